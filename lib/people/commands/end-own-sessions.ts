import type { PersonActor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { NotFound } from "@/lib/errors";
import { renewSession } from "./open-session";
import { proveSelf, spendProof } from "./prove-self";

/**
 * Ends one of the own sessions, or every other one.
 * @param signInId a session's id, or "others"
 * @returns the id of the session that takes this one's place after "others" (a copied cookie ends with them), else null
 * @throws Refused people.refused.proof; NotFound for a session that is not one's own or has ended
 */
export async function endOwnSessions(
  actor: PersonActor,
  { signInId, proofPassword }: { signInId: string; proofPassword: string },
  now: Date,
): Promise<string | null> {
  const proof = await proveSelf(actor, proofPassword, now);
  return change(actor, "account:own", async (tx, record) => {
    await spendProof(tx, actor.personId, proof, "proofPassword", now);
    const renewed = signInId === "others" ? await renewSession(tx, actor, "ended", now) : null;
    if (!renewed) await endOne(tx, actor, signInId, now);
    const count = renewed ? renewed.ended : 1;
    await record({
      action: "session.ended",
      target: { kind: "session", id: signInId },
      body: { because: "ended", count },
    });
    return renewed?.signInId ?? null;
  });
}

async function endOne(tx: Tx, { personId }: PersonActor, id: string, now: Date): Promise<void> {
  const { count } = await tx.signIn.updateMany({
    where: { id, personId, endedAt: null },
    data: { endedAt: now, endedBecause: "ended" },
  });
  if (count === 0) throw new NotFound();
}
