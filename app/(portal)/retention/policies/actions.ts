"use server";

import { revalidatePath } from "next/cache";
import { getLocale } from "next-intl/server";
import { type FormState, formAction, leave } from "@/lib/action";
import type { PersonActor } from "@/lib/auth/actor";
import { Conflict } from "@/lib/errors";
import { keptValues } from "@/lib/form-data";
import { sentence } from "@/lib/messages";
import { approvePolicy, rejectPolicy, submitPolicy, withdrawPolicy } from "@/lib/retention/commands/approve-policy";
import { draftPolicy, savePolicyVersion } from "@/lib/retention/commands/save-policy";
import {
  approveStanding,
  declineStanding,
  endStanding,
  requestStanding,
  withdrawStanding,
} from "@/lib/retention/commands/standing-approval";
import { getPolicy } from "@/lib/retention/queries/get-policy";
import { lawByKey } from "@/lib/retention/rules/law-table";
import type { PolicyContent } from "@/lib/retention/rules/policy-content";
import {
  approvePolicySchema,
  closeStandingSchema,
  draftPolicySchema,
  rejectPolicySchema,
  requestStandingSchema,
  type SavePolicyVersion,
  savePolicyVersionSchema,
  submitPolicySchema,
  withdrawPolicySchema,
} from "@/lib/retention/schema/policy";

const at = (policyId: string, part = "") => `/retention/policies/${policyId}${part}`;

export const draftPolicyAction = formAction(draftPolicySchema, async (actor, input) => {
  const id = await draftPolicy(actor, input);
  return leave(at(id), "retention.policies.done.drafted");
});

export const savePolicyVersionAction = formAction(savePolicyVersionSchema, async (actor, input, formData) => {
  try {
    await savePolicyVersion(actor, input);
  } catch (error) {
    if (error instanceof Conflict) return stale(actor, input, formData);
    throw error;
  }
  return leave(at(input.policyId), "retention.policies.done.saved");
});

const wordNames = ["count", "unit", "anchor", "basis", "basisNote", "whyNotShorter"] as const;

/** Keeps what was typed and says beside each field what is saved now; the next save is a knowing one. */
async function stale(actor: PersonActor, input: SavePolicyVersion, formData: FormData): Promise<FormState | undefined> {
  const current = await getPolicy(actor, input.policyId);
  if (!current) return undefined;
  const locale = await getLocale();
  const errors = Object.fromEntries(
    wordNames
      .filter((name) => current.content[name] !== input[name])
      .map((name) => [
        name,
        sentence("retention.policies.current", locale, { value: shown(current.content, name, locale) }),
      ]),
  );
  revalidatePath(at(input.policyId, "/edit"));
  return {
    message: sentence("retention.policies.stale", locale, { number: current.version }),
    errors,
    values: keptValues(formData),
  };
}

function shown(content: PolicyContent, name: (typeof wordNames)[number], locale: "ko" | "en"): string {
  switch (name) {
    case "unit":
      return sentence(`retention.units.${content.unit}`, locale);
    case "anchor":
      return sentence(`retention.anchors.${content.anchor}`, locale);
    case "basis":
      return lawByKey(content.basis)?.article ?? sentence("retention.policies.own", locale);
    default:
      return String(content[name]) || "–";
  }
}

export const submitPolicyAction = formAction(submitPolicySchema, async (actor, input) => {
  await submitPolicy(actor, input);
  return leave(at(input.policyId), "retention.policies.done.submitted");
});

export const withdrawPolicyAction = formAction(withdrawPolicySchema, async (actor, input) => {
  await withdrawPolicy(actor, input);
  return leave(at(input.policyId), "retention.policies.done.withdrawn");
});

export const approvePolicyAction = formAction(approvePolicySchema, async (actor, input) => {
  await approvePolicy(actor, input);
  return leave(at(input.policyId), "retention.policies.done.approved");
});

export const rejectPolicyAction = formAction(rejectPolicySchema, async (actor, input) => {
  await rejectPolicy(actor, input);
  return leave(at(input.policyId), "retention.policies.done.rejected");
});

export const requestStandingAction = formAction(requestStandingSchema, async (actor, input) => {
  await requestStanding(actor, input);
  return leave(at(input.policyId), "retention.standing.done.requested");
});

export const withdrawStandingAction = formAction(closeStandingSchema, async (actor, input) => {
  const policyId = await withdrawStanding(actor, input);
  return leave(at(policyId), "retention.standing.done.withdrawn");
});

export const approveStandingAction = formAction(closeStandingSchema, async (actor, input) => {
  const policyId = await approveStanding(actor, input);
  return leave(at(policyId), "retention.standing.done.approved");
});

export const declineStandingAction = formAction(closeStandingSchema, async (actor, input) => {
  const policyId = await declineStanding(actor, input);
  return leave(at(policyId), "retention.standing.done.declined");
});

export const endStandingAction = formAction(closeStandingSchema, async (actor, input) => {
  const policyId = await endStanding(actor, input);
  return leave(at(policyId), "retention.standing.done.ended");
});
