import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { Permission } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { Refused } from "@/lib/errors";
import { assertMayDecidePolicy, assertMaySubmitPolicy } from "../rules/policy-approval";
import { assertPolicyFits } from "../rules/policy-fit";
import type { ApprovePolicy, RejectPolicy, SubmitPolicy, WithdrawPolicy } from "../schema/policy";
import { assertHash, type LockedPolicy, lockPolicy } from "./policy-lock";

/** Asks for the approval of the version whose hash was looked at. @throws NotFound, Conflict when another one was saved, Refused */
export async function submitPolicy(actor: Actor, { policyId, hash, note }: SubmitPolicy): Promise<void> {
  const act = { policyId, hash, note, kind: "submitted", action: "policy.submitted" } as const;
  await step(actor, "policy:submit", act, async (_tx, policy) => {
    assertMaySubmitPolicy(policy.state);
    // The law table may say more today than when the version was saved.
    assertPolicyFits({ ...policy.target, ...policy.words });
  });
}

/** Takes a request back while nobody has decided. @throws NotFound, Conflict, Refused */
export async function withdrawPolicy(actor: Actor, { policyId, hash }: WithdrawPolicy): Promise<void> {
  const act = { policyId, hash, note: "", kind: "withdrawn", action: "policy.withdrawn" } as const;
  await step(actor, "policy:submit", act, async (_tx, policy) => {
    if (policy.state !== "submitted") throw new Refused("retention.policies.refused.notSubmitted");
  });
}

/**
 * Approves the submitted version by its hash: it is in force from now on, and every last day is reckoned again (a new epoch in the same change).
 * A second person does it: neither its submitter nor anybody who saved a version since the last approval.
 * @throws NotFound, Conflict when another version was saved meanwhile, Refused
 */
export async function approvePolicy(actor: Actor, { policyId, hash, note }: ApprovePolicy): Promise<void> {
  const act = { policyId, hash, note, kind: "approved", action: "policy.approved" } as const;
  await step(actor, "policy:approve", act, async (tx, policy) => {
    await assertDecider(tx, policy, personOf(actor).personId);
    assertPolicyFits({ ...policy.target, ...policy.words });
    const raised = await tx.retentionSetting.updateMany({
      where: { organizationId: actor.organizationId },
      data: { epoch: { increment: 1 } },
    });
    if (raised.count !== 1) throw new Error("The organization has no retention settings");
  });
}

/** Sends the submitted version back with a reason. @throws as approvePolicy */
export async function rejectPolicy(actor: Actor, { policyId, hash, note }: RejectPolicy): Promise<void> {
  const act = { policyId, hash, note, kind: "rejected", action: "policy.rejected" } as const;
  await step(actor, "policy:approve", act, (tx, policy) => assertDecider(tx, policy, personOf(actor).personId));
}

type Step = { policyId: string; hash: string; kind: string; action: `policy.${string}`; note: string };

async function step(
  actor: Actor,
  permission: Permission,
  { policyId, hash, kind, action, note }: Step,
  assert: (tx: Tx, policy: LockedPolicy) => Promise<void>,
): Promise<void> {
  await change(actor, permission, async (tx, record) => {
    const policy = await lockPolicy(tx, policyId);
    assertHash(policy, hash);
    await assert(tx, policy);
    const { organizationId, personId } = personOf(actor);
    const number = policy.version;
    // Steps of one policy have instants of their own, so that the newest is one.
    const at = new Date(Math.max(Date.now(), (policy.steps[0]?.at.getTime() ?? 0) + 1));
    await tx.policyStep.create({ data: { organizationId, policyId, kind, number, hash, note, personId, at } });
    await record({ action, target: { kind: "policy", id: policyId }, body: { version: number, hash } });
  });
}

async function assertDecider(tx: Tx, policy: LockedPolicy, personId: string): Promise<void> {
  const approved = policy.steps.find((one) => one.kind === "approved")?.number ?? 0;
  const authors = await tx.policyVersion.findMany({
    where: { policyId: policy.id, number: { gt: approved } },
    select: { personId: true },
    distinct: ["personId"],
  });
  const submitterId = policy.steps.find((one) => one.kind === "submitted")?.personId ?? null;
  assertMayDecidePolicy(policy.state, { authorIds: authors.map((one) => one.personId), submitterId }, personId);
}
