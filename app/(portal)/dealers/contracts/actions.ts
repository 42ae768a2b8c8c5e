"use server";

import { revalidatePath } from "next/cache";
import { getLocale } from "next-intl/server";
import { type FormState, formAction, leave } from "@/lib/action";
import type { PersonActor } from "@/lib/auth/actor";
import {
  approveContract,
  rejectContract,
  submitContract,
  withdrawContract,
} from "@/lib/dealers/commands/approve-contract";
import { coverChannel, uncoverChannel } from "@/lib/dealers/commands/cover-channel";
import { createContract, editContract } from "@/lib/dealers/commands/edit-contract";
import { verifyContractFiles } from "@/lib/dealers/commands/open-document";
import { setClauses } from "@/lib/dealers/commands/set-clauses";
import { dealerBySlug } from "@/lib/dealers/directory";
import { getContract } from "@/lib/dealers/queries/get-contract";
import { contractFieldNames } from "@/lib/dealers/rules/contract-content";
import type { ContractView } from "@/lib/dealers/rules/contract-view";
import {
  approveContractSchema,
  clausesOf,
  coverChannelSchema,
  createContractSchema,
  type EditContract,
  editContractSchema,
  rejectContractSchema,
  setClausesSchema,
  submitContractSchema,
  uncoverChannelSchema,
  verifyContractSchema,
  withdrawContractSchema,
} from "@/lib/dealers/schema/contract";
import { Conflict } from "@/lib/errors";
import { keptValues } from "@/lib/form-data";
import { sentence } from "@/lib/messages";

const at = (contractId: string, part = "") => `/dealers/contracts/${contractId}${part}`;

export const createContractAction = formAction(createContractSchema, async (actor, input) => {
  const id = await createContract(actor, input);
  return leave(at(id), "dealers.contracts.done.created");
});

export const editContractAction = formAction(editContractSchema, async (actor, input, formData) => {
  try {
    await editContract(actor, input);
  } catch (error) {
    if (error instanceof Conflict) return staleFields(actor, input, formData);
    throw error;
  }
  return leave(at(input.contractId), "dealers.contracts.done.edited");
});

/** Keeps what was typed and says beside each field what is saved now; the next save is a knowing one. */
async function staleFields(
  actor: PersonActor,
  input: EditContract,
  formData: FormData,
): Promise<FormState | undefined> {
  const current = await getContract(actor, input.contractId, new Date());
  if (!current) return undefined;
  const locale = await getLocale();
  const differing = contractFieldNames.filter((name) => current[name] !== input[name]);
  const errors = Object.fromEntries(
    differing.map((name) => [
      name,
      sentence("dealers.contracts.current", locale, { value: shown(current, name, locale) }),
    ]),
  );
  revalidatePath(at(input.contractId, "/edit"));
  return { message: sentence("dealers.contracts.stale", locale), errors, values: keptValues(formData) };
}

function shown(contract: ContractView, name: (typeof contractFieldNames)[number], locale: "ko" | "en"): string {
  const value = contract[name];
  if (name === "dealer") return dealerBySlug(contract.dealer)?.name ?? contract.dealer;
  if (name === "renewal") return sentence(`dealers.contracts.renewals.${contract.renewal}`, locale);
  if (typeof value === "boolean") return sentence(`dealers.contracts.${value ? "yes" : "no"}`, locale);
  if ((name === "noticeUnit" || name === "dealerNoticeUnit") && value !== null) {
    return sentence(`dealers.contracts.units.${value}`, locale);
  }
  return value === null || value === "" ? "–" : String(value);
}

/** After a Conflict the page shows what is saved now, so that the next save is a knowing one. */
async function fresh(path: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (error instanceof Conflict) revalidatePath(path);
    throw error;
  }
}

export const coverChannelAction = formAction(coverChannelSchema, async (actor, input) => {
  await fresh(at(input.contractId, "/channels"), () => coverChannel(actor, input));
  return leave(at(input.contractId, "/channels"), "dealers.contracts.done.covered");
});

export const uncoverChannelAction = formAction(uncoverChannelSchema, async (actor, input) => {
  await fresh(at(input.contractId, "/channels"), () => uncoverChannel(actor, input));
  return leave(at(input.contractId, "/channels"), "dealers.contracts.done.uncovered");
});

export const setClausesAction = formAction(setClausesSchema, async (actor, input, formData) => {
  const clauses = clausesOf(input);
  try {
    await setClauses(actor, { contractId: input.contractId, version: input.version, clauses });
  } catch (error) {
    if (error instanceof Conflict) return staleClauses(actor, input.contractId, clauses, formData);
    throw error;
  }
  return leave(at(input.contractId), "dealers.contracts.done.clauses");
});

async function staleClauses(
  actor: PersonActor,
  contractId: string,
  typed: ReturnType<typeof clausesOf>,
  formData: FormData,
): Promise<FormState | undefined> {
  const current = await getContract(actor, contractId, new Date());
  if (!current) return undefined;
  const locale = await getLocale();
  const errors: Record<string, string> = {};
  for (const saved of current.clauses) {
    const mine = typed.find((one) => one.clause === saved.clause);
    for (const part of ["place", "page", "verdict", "note"] as const) {
      if (mine?.[part] === saved[part]) continue;
      const value =
        part === "verdict"
          ? sentence(`dealers.contracts.clauses.verdicts.${saved.verdict}`, locale)
          : saved[part] || "–";
      errors[`${part}-${saved.clause}`] = sentence("dealers.contracts.current", locale, { value });
    }
  }
  revalidatePath(at(contractId, "/clauses"));
  return { message: sentence("dealers.contracts.stale", locale), errors, values: keptValues(formData) };
}

export const submitContractAction = formAction(submitContractSchema, async (actor, input) => {
  await submitContract(actor, input);
  return leave(at(input.contractId, "/approval"), "dealers.contracts.done.submitted");
});

export const withdrawContractAction = formAction(withdrawContractSchema, async (actor, input) => {
  await withdrawContract(actor, input);
  return leave(at(input.contractId, "/approval"), "dealers.contracts.done.withdrawn");
});

export const approveContractAction = formAction(approveContractSchema, async (actor, input) => {
  await approveContract(actor, input);
  return leave(at(input.contractId, "/approval"), "dealers.contracts.done.approved");
});

export const rejectContractAction = formAction(rejectContractSchema, async (actor, input) => {
  await rejectContract(actor, input);
  return leave(at(input.contractId, "/approval"), "dealers.contracts.done.rejected");
});

export const verifyContractAction = formAction(verifyContractSchema, async (actor, { contractId }) => {
  const { different } = await verifyContractFiles(actor, contractId);
  const done = different.length > 0 ? "dealers.contracts.done.differs" : "dealers.contracts.done.verified";
  return leave(at(contractId, "/documents"), done);
});
