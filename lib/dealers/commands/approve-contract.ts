import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { Permission } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { Conflict, Refused } from "@/lib/errors";
import { assertMayDecide, assertMaySubmit } from "../rules/contract-approval";
import type { ApproveContract, RejectContract, SubmitContract, WithdrawContract } from "../schema/contract";
import { contentOf, type LockedContract, lockContract } from "./contract-lock";

/** Asks for the approval of the version whose hash was looked at. @throws NotFound, Conflict when another one was saved, Refused with what is missing */
export async function submitContract(actor: Actor, { contractId, hash, note }: SubmitContract): Promise<void> {
  await step(
    actor,
    "contract:submit",
    { contractId, hash, kind: "submitted", action: "contract.submitted", note },
    async (tx, contract) => {
      const { fields, clauses, documents } = await contentOf(tx, contractId);
      assertMaySubmit(contract.approval, { ...fields, clauses, documents });
    },
  );
}

/** Takes a request back while nobody has decided. @throws NotFound, Conflict, Refused */
export async function withdrawContract(actor: Actor, { contractId, hash }: WithdrawContract): Promise<void> {
  await step(
    actor,
    "contract:submit",
    { contractId, hash, kind: "withdrawn", action: "contract.withdrawn", note: "" },
    async (_tx, contract) => {
      if (contract.approval !== "submitted") throw new Refused("dealers.contracts.refused.notSubmitted");
    },
  );
}

/**
 * Approves the submitted version by its hash. A second person does it: neither its submitter nor anybody who saved a version since the last approval.
 * @throws NotFound, Conflict when another version was saved meanwhile, Refused
 */
export async function approveContract(actor: Actor, { contractId, hash, note }: ApproveContract): Promise<void> {
  await step(
    actor,
    "contract:approve",
    { contractId, hash, kind: "approved", action: "contract.approved", note },
    (tx, contract) => assertDecider(tx, contract, personOf(actor).personId),
  );
}

/** Sends the submitted version back with a reason. @throws as approveContract */
export async function rejectContract(actor: Actor, { contractId, hash, note }: RejectContract): Promise<void> {
  await step(
    actor,
    "contract:approve",
    { contractId, hash, kind: "rejected", action: "contract.rejected", note },
    (tx, contract) => assertDecider(tx, contract, personOf(actor).personId),
  );
}

type Step = { contractId: string; hash: string; kind: string; action: `contract.${string}`; note: string };

async function step(
  actor: Actor,
  permission: Permission,
  { contractId, hash, kind, action, note }: Step,
  assert: (tx: Tx, contract: LockedContract) => Promise<void>,
): Promise<void> {
  await change(actor, permission, async (tx, record) => {
    const contract = await lockContract(tx, contractId);
    if (contract.hash !== hash) throw new Conflict("dealers.contracts.refused.changed", { number: contract.version });
    await assert(tx, contract);
    const { organizationId, personId } = personOf(actor);
    const number = contract.version;
    // Steps of one contract have instants of their own, so that the newest is one.
    const at = new Date(Math.max(Date.now(), (contract.steps[0]?.at.getTime() ?? 0) + 1));
    await tx.contractStep.create({ data: { organizationId, contractId, kind, number, hash, note, personId, at } });
    await record({
      action,
      target: { kind: "contract", id: contractId },
      body: { version: number, hash },
    });
  });
}

async function assertDecider(tx: Tx, contract: LockedContract, personId: string): Promise<void> {
  const approved = contract.steps.find((one) => one.kind === "approved")?.number ?? 0;
  const authors = await tx.contractVersion.findMany({
    where: { contractId: contract.id, number: { gt: approved } },
    select: { personId: true },
    distinct: ["personId"],
  });
  const submitterId = contract.steps.find((one) => one.kind === "submitted")?.personId ?? null;
  assertMayDecide(contract.approval, { authorIds: authors.map((one) => one.personId), submitterId }, personId);
}
