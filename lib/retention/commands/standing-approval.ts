import { randomUUID } from "node:crypto";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { can } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { Conflict, NotFound, Refused } from "@/lib/errors";
import { standingState } from "../rules/policy-approval";
import type { CloseStanding, RequestStanding } from "../schema/policy";
import { lockPolicy } from "./policy-lock";

/**
 * Asks the second person to agree once to routine destructions of the version in force (상시 승인).
 * @returns its id. @throws NotFound, Conflict when another version is in force, Refused when one stands or waits already
 */
export async function requestStanding(actor: Actor, { policyId, hash }: RequestStanding): Promise<string> {
  const id = randomUUID();
  await change(actor, "standing-approval:request", async (tx, record) => {
    const policy = await lockPolicy(tx, policyId);
    const approved = policy.steps.find((one) => one.kind === "approved");
    if (!approved) throw new Refused("retention.standing.refused.notInForce");
    if (approved.hash !== hash) throw new Conflict("retention.standing.refused.changed", { number: approved.number });
    const version = await tx.policyVersion.findUniqueOrThrow({
      where: { policyId_number: { policyId, number: approved.number } },
      select: { id: true },
    });
    const open = await tx.standingApproval.count({
      where: { policyVersionId: version.id, OR: [{ outcome: null }, { outcome: "approved", endedAt: null }] },
    });
    if (open > 0) throw new Refused("retention.standing.refused.open");
    const { organizationId, personId } = personOf(actor);
    await tx.standingApproval.create({
      data: { id, organizationId, policyVersionId: version.id, hash, requestedBy: personId },
    });
    await record({
      action: "standing-approval.requested",
      target: { kind: "policy", id: policyId },
      body: { standing: id, version: approved.number, hash },
    });
  });
  return id;
}

/** Takes the request back while nobody has decided. @returns the policy's id. @throws NotFound, Conflict, Refused */
export async function withdrawStanding(actor: Actor, input: CloseStanding): Promise<string> {
  return change(actor, "standing-approval:request", async (tx, record) => {
    const found = await lockStanding(tx, input);
    if (found.state !== "waiting") throw new Refused("retention.standing.refused.notWaiting");
    await tx.standingApproval.update({
      where: { id: found.id },
      data: { outcome: "withdrawn", closedBy: personOf(actor).personId, closedAt: new Date() },
    });
    await record({ action: "standing-approval.withdrawn", ...found.entry });
    return found.policyId;
  });
}

/** Agrees: routine destructions of this version need no approval of their own inside the guard. Another person than the one who asked. @returns the policy's id. @throws NotFound, Conflict, Refused */
export async function approveStanding(actor: Actor, input: CloseStanding): Promise<string> {
  return change(actor, "standing-approval:approve", async (tx, record) => {
    const found = await lockStanding(tx, input);
    const { personId } = personOf(actor);
    assertDecides(found, personId);
    if (!found.inForce) throw new Conflict("retention.standing.refused.superseded");
    await tx.standingApproval.update({
      where: { id: found.id },
      data: { outcome: "approved", closedBy: personId, closedAt: new Date() },
    });
    await record({ action: "standing-approval.approved", ...found.entry });
    return found.policyId;
  });
}

/** Does not agree. @throws as approveStanding */
export async function declineStanding(actor: Actor, input: CloseStanding): Promise<string> {
  return change(actor, "standing-approval:approve", async (tx, record) => {
    const found = await lockStanding(tx, input);
    const { personId } = personOf(actor);
    assertDecides(found, personId);
    await tx.standingApproval.update({
      where: { id: found.id },
      data: { outcome: "declined", closedBy: personId, closedAt: new Date() },
    });
    await record({ action: "standing-approval.declined", ...found.entry });
    return found.policyId;
  });
}

/** Ends one that stands. Either side may: ending makes destruction stricter, never looser. @returns the policy's id. @throws NotFound, Conflict, Refused */
export async function endStanding(actor: Actor, input: CloseStanding): Promise<string> {
  const approves = can(actor, "standing-approval:approve");
  return change(actor, approves ? "standing-approval:approve" : "standing-approval:request", async (tx, record) => {
    const found = await lockStanding(tx, input);
    if (found.state !== "standing") throw new Refused("retention.standing.refused.notStanding");
    await tx.standingApproval.update({
      where: { id: found.id },
      data: { endedBy: personOf(actor).personId, endedAt: new Date() },
    });
    await record({ action: "standing-approval.ended", ...found.entry });
    return found.policyId;
  });
}

async function lockStanding(tx: Tx, { standingId, hash }: CloseStanding) {
  const rows = await tx.$queryRaw<{ policyId: string; number: number }[]>`
    SELECT v.policy_id AS "policyId", v.number FROM standing_approvals a JOIN policy_versions v ON v.id = a.policy_version_id
    WHERE a.id = ${standingId}::uuid`;
  const [row] = rows;
  if (!row) throw new NotFound();
  // The policy's row is the lock of everything about it; the approval is read once it is held.
  const policy = await lockPolicy(tx, row.policyId);
  const found = await tx.standingApproval.findUniqueOrThrow({ where: { id: standingId } });
  if (found.hash !== hash) throw new Conflict("retention.standing.refused.changed", { number: row.number });
  return {
    ...{ id: standingId, policyId: row.policyId, state: standingState(found), requestedBy: found.requestedBy },
    inForce: policy.steps.find((one) => one.kind === "approved")?.hash === found.hash,
    entry: {
      target: { kind: "policy", id: row.policyId },
      body: { standing: standingId, version: row.number, hash },
    },
  };
}

function assertDecides(found: { state: string; requestedBy: string }, personId: string): void {
  if (found.state !== "waiting") throw new Refused("retention.standing.refused.notWaiting");
  if (found.requestedBy === personId) throw new Refused("retention.standing.refused.requester");
}
