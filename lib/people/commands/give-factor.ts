import type { VisitorActor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { SignInState } from "@/lib/db/crossings";
import { NotFound } from "@/lib/errors";
import type { Visitor } from "../schema";
import { openSession } from "./open-session";
import { proveFactor, spendProof } from "./prove-self";

/**
 * Completes a sign-in with a code of the app or a recovery code. The session goes on under a new id and ends when the old one would have.
 * @returns the new session id
 * @throws Refused people.factor.wrong (wrong, used before, or too old), people.locked
 */
export async function giveFactor(state: SignInState, visitor: Visitor, code: string, now: Date): Promise<string> {
  const { personId, organizationId, signInId: oldId } = state;
  const actor: VisitorActor & { personId: string } = {
    kind: "visitor",
    organizationId,
    personId,
    address: visitor.address,
  };
  const proof = await proveFactor(actor, code, now);
  return change(actor, "account:enter", async (tx, record) => {
    await spendProof(tx, personId, proof, "code", now);
    const { count } = await tx.signIn.updateMany({
      where: { id: oldId, personId, endedAt: null },
      data: { endedAt: now, endedBecause: "factor_given" },
    });
    if (count === 0) throw new NotFound();
    const signInId = await openSession(
      tx,
      visitor,
      { personId, organizationId, factorAt: now, endsAt: state.endsAt },
      now,
    );
    await record({
      action: "factor.given",
      target: { kind: "session", id: signInId },
      body: { by: proof.by, before: oldId },
    });
    return signInId;
  });
}
