import { randomUUID } from "node:crypto";
import type { Actor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import { fromDay, toDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import { Forbidden, NotFound, Refused } from "@/lib/errors";
import { assertMayRecord, assertMayWithdraw } from "../rules/reconsignment";
import type { AttachLetter, RecordReconsignment, WithdrawReconsignment } from "../schema/reconsignment";
import { paperOf } from "./paper-of";

/**
 * Records a written approval of re-consignment for a channel that the contract covers (법 제26조 제6항, guide 3-1).
 * @param now decides which day it is in Korea
 * @returns its id
 * @throws NotFound; Refused beside a day that does not fit or is approved already, or beside the letter
 */
export async function recordReconsignment(actor: Actor, input: RecordReconsignment, now: Date): Promise<string> {
  const id = randomUUID();
  await change(actor, "reconsignment:record", async (tx, record) => {
    if (actor.kind !== "person") throw new Forbidden("a person is needed");
    const { contractId, channelId, documentId, approvedOn, validFrom, validUntil, ...words } = input;
    // Approvals of a channel are recorded one after the other, whatever contract they belong to.
    await tx.$queryRaw`SELECT id FROM channels WHERE id = ${channelId}::uuid FOR UPDATE`;
    const covered = await tx.contractChannel.count({ where: { contractId, channelId } });
    if (covered === 0) throw await uncovered(tx, contractId, channelId);
    const others = await tx.reconsignment.findMany({
      where: { channelId },
      select: { validFrom: true, validUntil: true, withdrawnOn: true },
    });
    assertMayRecord(input, others.map(periodOf), kstDay(now));
    const paper = documentId ? await paperOf(tx, contractId, documentId, "reconsignment") : null;
    await tx.reconsignment.create({
      data: {
        ...words,
        ...{ id, organizationId: actor.organizationId, contractId, channelId, personId: actor.personId, at: now },
        ...{ approvedOn: fromDay(approvedOn), validFrom: fromDay(validFrom), validUntil: fromDay(validUntil) },
        fileId: paper?.fileId ?? null,
      },
    });
    await record({
      action: "reconsignment.recorded",
      target: { kind: "contract", id: contractId },
      body: {
        ...{ reconsignment: id, channel: channelId, approvedOn, validFrom, validUntil },
        ...(paper ? { file: paper.fileId, sha256: paper.sha256 } : {}),
      },
    });
  });
  return id;
}

/** Not there at all, or there and not covered. */
async function uncovered(tx: Tx, contractId: string, channelId: string): Promise<Error> {
  const contract = await tx.contract.count({ where: { id: contractId } });
  const channel = await tx.channel.count({ where: { id: channelId } });
  return contract && channel ? new Refused("dealers.reconsignment.refused.channel", "channelId") : new NotFound();
}

/**
 * Puts the signed letter to an approval, or another one in its place. @throws NotFound, Refused beside the document, Refused when withdrawn
 */
export async function attachLetter(actor: Actor, input: AttachLetter): Promise<void> {
  await change(actor, "reconsignment:record", async (tx, record) => {
    const { contractId, reconsignmentId, documentId } = input;
    const held = await lockReconsignment(tx, contractId, reconsignmentId);
    const { withdrawnOn } = periodOf(held);
    if (withdrawnOn !== null) {
      throw new Refused("dealers.reconsignment.refused.withdrawn", undefined, { day: withdrawnOn });
    }
    const paper = await paperOf(tx, contractId, documentId, "reconsignment");
    if (paper.fileId === held.fileId) throw new Refused("dealers.reconsignment.refused.sameLetter", "documentId");
    await tx.reconsignment.update({ where: { id: reconsignmentId }, data: { fileId: paper.fileId } });
    await record({
      action: "reconsignment.letter-attached",
      target: { kind: "contract", id: contractId },
      body: { reconsignment: reconsignmentId, file: paper.fileId, sha256: paper.sha256, before: held.fileId },
    });
  });
}

/** Withdraws an approval from a day on. @throws NotFound, Refused when withdrawn already or beside a day that does not fit */
export async function withdrawReconsignment(actor: Actor, input: WithdrawReconsignment): Promise<void> {
  await change(actor, "reconsignment:withdraw", async (tx, record) => {
    if (actor.kind !== "person") throw new Forbidden("a person is needed");
    const { contractId, reconsignmentId, withdrawnOn, reason } = input;
    const held = await lockReconsignment(tx, contractId, reconsignmentId);
    assertMayWithdraw(periodOf(held), withdrawnOn);
    await tx.reconsignment.update({
      where: { id: reconsignmentId },
      data: { withdrawnOn: fromDay(withdrawnOn), withdrawnBy: actor.personId, withdrawnNote: reason },
    });
    await record({
      action: "reconsignment.withdrawn",
      target: { kind: "contract", id: contractId },
      body: { reconsignment: reconsignmentId, channel: held.channelId, withdrawnOn },
    });
  });
}

type Kept = { validFrom: Date; validUntil: Date | null; withdrawnOn: Date | null };

function periodOf({ validFrom, validUntil, withdrawnOn }: Kept) {
  return { validFrom: toDay(validFrom), validUntil: toDay(validUntil), withdrawnOn: toDay(withdrawnOn) };
}

/** The approval of this contract, held until the change is committed. @throws NotFound */
async function lockReconsignment(tx: Tx, contractId: string, id: string) {
  await tx.$queryRaw`SELECT id FROM reconsignments WHERE id = ${id}::uuid FOR UPDATE`;
  const held = await tx.reconsignment.findUnique({ where: { id } });
  if (!held || held.contractId !== contractId) throw new NotFound();
  return held;
}
