import { z } from "zod";
import type { Day } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { Conflict, NotFound, Refused } from "@/lib/errors";
import { type HoldState, holdState, type ReleaseOutcome } from "../rules/hold";

export type LockedHold = {
  id: string;
  number: number;
  title: string;
  reason: string;
  ownerId: string;
  reviewOn: Day;
  version: number;
  state: HoldState;
};
export type LockedRelease = {
  id: string;
  holdId: string;
  reason: string;
  hash: string;
  requestedBy: string;
  outcome: ReleaseOutcome | null;
};

/** The hold with its state, held until the change is committed. @throws NotFound */
export async function lockHold(tx: Tx, id: string): Promise<LockedHold> {
  if (!z.uuid().safeParse(id).success) throw new NotFound();
  const [row] = await tx.$queryRaw<Omit<LockedHold, "state">[]>`
    SELECT id, number, title, reason, owner_id AS "ownerId", review_on::text AS "reviewOn", version FROM holds WHERE id = ${id}::uuid FOR UPDATE`;
  if (!row) throw new NotFound();
  const releases = await tx.holdRelease.findMany({ where: { holdId: id }, select: { outcome: true } });
  return { ...row, state: holdState(releases.map(({ outcome }) => ({ outcome: outcome as ReleaseOutcome | null }))) };
}

/** The release of that id and its hold, held. @throws NotFound */
export async function lockRelease(tx: Tx, id: string): Promise<{ hold: LockedHold; release: LockedRelease }> {
  const found = await tx.holdRelease.findUnique({ where: { id }, select: { holdId: true } });
  if (!found) throw new NotFound();
  const hold = await lockHold(tx, found.holdId);
  const release = await tx.holdRelease.findUniqueOrThrow({ where: { id } });
  return { hold, release: { ...release, outcome: release.outcome as ReleaseOutcome | null } };
}

/** @throws Conflict when somebody saved the hold meanwhile */
export function assertHoldVersion(hold: LockedHold, seen: number): void {
  if (hold.version !== seen) throw new Conflict("retention.holds.stale");
}

/** An owner answers for the hold: an administrator or officer of this company whose rights stand. @throws Refused beside `ownerId` */
export async function assertOwner(tx: Tx, ownerId: string, now: Date): Promise<void> {
  const found = await tx.membership.count({
    where: {
      personId: ownerId,
      role: { in: ["CLIENT_ADMIN", "COMPLIANCE_OFFICER"] },
      disabledAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
    },
  });
  if (found === 0) throw new Refused("retention.holds.refused.owner", "ownerId");
}
