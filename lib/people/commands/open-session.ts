import { randomUUID } from "node:crypto";
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

/** What a fresh session without a second factor still needs. */
export function pendingAt(workplace: Workplace, totpConfirmed: boolean): Opened["pending"] {
  const state = factorState({ ...workplace, totpConfirmed, factorAt: null });
  return state === "code" || state === "enroll" ? state : null;
}
