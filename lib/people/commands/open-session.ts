import { randomUUID } from "node:crypto";
import type { PersonActor } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { factorState, lifetimes } from "../rules";
import type { RoleName, Visitor } from "../schema";

/** A session that was opened, and the step that still stands before the console. */
export type Opened = { signInId: string; pending: "code" | "enroll" | null };

export type Workplace = { organizationId: string; role: RoleName; secondFactorNeeded: boolean };

/** Writes a new session with an id of its own; never takes over one that the browser brought. */
export async function openSession(
  tx: Tx,
  visitor: Visitor,
  session: { personId: string; organizationId: string; factorAt: Date | null; endsAt?: Date },
  now: Date,
): Promise<string> {
  const id = randomUUID();
  await tx.signIn.createMany({
    data: [
      {
        id,
        personId: session.personId,
        organizationId: session.organizationId,
        createdAt: now,
        lastSeenAt: now,
        endsAt: session.endsAt ?? new Date(now.getTime() + lifetimes.sessionMs),
        factorAt: session.factorAt,
        address: visitor.address.slice(0, 60),
        agent: visitor.agent.slice(0, 300),
      },
    ],
  });
  return id;
}

/**
 * Ends every session of the person, this one too, and opens another in its place: a copy of this session's cookie is worth
 * nothing from then on. @returns the new id, for the browser's new cookie, and how many others ended
 */
export async function renewSession(
  tx: Tx,
  actor: PersonActor,
  because: "password_changed" | "factor_reset" | "ended",
  now: Date,
): Promise<{ signInId: string; ended: number }> {
  const { personId, organizationId, signInId: oldId } = actor;
  const { factorAt, endsAt, agent } = await tx.signIn.findUniqueOrThrow({ where: { id: oldId } });
  const { count } = await tx.signIn.updateMany({
    where: { personId, endedAt: null },
    data: { endedAt: now, endedBecause: because },
  });
  const visitor = { address: actor.address, agent };
  const signInId = await openSession(tx, visitor, { personId, organizationId, factorAt, endsAt }, now);
  return { signInId, ended: Math.max(0, count - 1) };
}

/** What a fresh session without a second factor still needs. */
export function pendingAt(workplace: Workplace, totpConfirmed: boolean): Opened["pending"] {
  const state = factorState({ ...workplace, totpConfirmed, factorAt: null });
  return state === "code" || state === "enroll" ? state : null;
}
