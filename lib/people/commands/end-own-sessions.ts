import type { PersonActor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { NotFound } from "@/lib/errors";
import { proveSelf, spendProof } from "./prove-self";

/**
 * Ends one of the own sessions, or every other one.
 * @param signInId a session's id, or "others"
 * @throws Refused people.refused.proof; NotFound for a session that is not one's own or has ended
 */
export async function endOwnSessions(
  actor: PersonActor,
  { signInId, proofPassword }: { signInId: string; proofPassword: string },
  now: Date,
): Promise<void> {
  const proof = await proveSelf(actor, proofPassword, now);
  await change(actor, "account:own", async (tx, record) => {
    await spendProof(tx, actor.personId, proof, "proofPassword", now);
    const which = signInId === "others" ? { not: actor.signInId } : signInId;
    const { count } = await tx.signIn.updateMany({
      where: { id: which, personId: actor.personId, endedAt: null },
      data: { endedAt: now, endedBecause: "ended" },
    });
    if (count === 0 && signInId !== "others") throw new NotFound();
    await record({
      action: "session.ended",
      target: { kind: "session", id: signInId },
      body: { because: "ended", count },
    });
  });
}
