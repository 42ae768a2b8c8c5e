// A hold ends by two people: one asks, another agrees to exactly what was asked.
import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { assertMayAskRelease, assertMayDecide, assertOpen, releaseHash, textHash } from "../rules/hold";
import type { ApproveRelease, DeclineRelease, RequestRelease, WithdrawRelease } from "../schema/hold";
import { assertHoldVersion, lockHold, lockRelease } from "./hold-lock";

/** Asks for the release of a hold; it holds until a second person agrees. @returns id of the release @throws NotFound, Conflict, Refused */
export function requestRelease(actor: Actor, { holdId, version, reason }: RequestRelease): Promise<string> {
  return change(actor, "hold:request-release", async (tx, record) => {
    const { organizationId, personId } = personOf(actor);
    const hold = await lockHold(tx, holdId);
    assertHoldVersion(hold, version);
    assertMayAskRelease(hold.state);
    const hash = releaseHash(hold, reason);
    const { id } = await tx.holdRelease.create({
      data: { organizationId, holdId, reason, hash, requestedBy: personId, requestedAt: new Date() },
      select: { id: true },
    });
    await record({
      action: "hold.release-requested",
      target: { kind: "hold", id: holdId },
      body: { number: hold.number, release: id, version, hash, reason: textHash(reason) },
    });
    return id;
  });
}

/**
 * Agrees to a release as a second person. Nothing is destroyed by it: what the hold covered is reckoned again, and destroyed once due.
 * @returns id of the hold @throws NotFound; Refused for the person who asked; Conflict when answered, or the hold was changed since
 */
export function approveRelease(actor: Actor, { releaseId, hash, note }: ApproveRelease): Promise<string> {
  return change(actor, "hold:approve-release", async (tx, record) => {
    const { hold, release } = await lockRelease(tx, releaseId);
    const { personId } = personOf(actor);
    assertMayDecide(release, personId, { seen: hash, asked: release.hash, now: releaseHash(hold, release.reason) });
    await close(tx, releaseId, "approved", personId, note);
    await record({
      action: "hold.release-approved",
      target: { kind: "hold", id: hold.id },
      body: { number: hold.number, release: releaseId, version: hold.version, hash, requestedBy: release.requestedBy },
    });
    return hold.id;
  });
}

/** Declines a release with a reason, also one that an edit has made void. @returns id of the hold @throws NotFound, Refused, Conflict */
export function declineRelease(actor: Actor, { releaseId, hash, note }: DeclineRelease): Promise<string> {
  return change(actor, "hold:approve-release", async (tx, record) => {
    const { hold, release } = await lockRelease(tx, releaseId);
    const { personId } = personOf(actor);
    assertMayDecide(release, personId, { seen: hash, asked: release.hash, now: release.hash });
    await close(tx, releaseId, "declined", personId, note);
    await record({
      action: "hold.release-declined",
      target: { kind: "hold", id: hold.id },
      body: { number: hold.number, release: releaseId, hash, note: textHash(note) },
    });
    return hold.id;
  });
}

/** Takes a request for release back while nobody has answered. @returns id of the hold @throws NotFound, Conflict */
export function withdrawRelease(actor: Actor, { releaseId }: WithdrawRelease): Promise<string> {
  return change(actor, "hold:request-release", async (tx, record) => {
    const { hold, release } = await lockRelease(tx, releaseId);
    const { personId } = personOf(actor);
    assertOpen(release);
    await close(tx, releaseId, "withdrawn", personId, "");
    await record({
      action: "hold.release-withdrawn",
      target: { kind: "hold", id: hold.id },
      body: { number: hold.number, release: releaseId, hash: release.hash },
    });
    return hold.id;
  });
}

async function close(tx: Tx, id: string, outcome: string, closedBy: string, note: string): Promise<void> {
  await tx.holdRelease.update({ where: { id }, data: { outcome, closedBy, closedAt: new Date(), note } });
}
