import type { PersonActor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { Refused } from "@/lib/errors";
import { factorObligatory } from "../rules";
import { proveSelf, spendProof } from "./prove-self";

/** Takes the own second factor away, where the role does not need one. Other sessions end. @throws Refused people.refused.factorObligatory, people.refused.proof */
export async function removeFactor(actor: PersonActor, proofPassword: string, now: Date): Promise<void> {
  const { personId, organizationId } = actor;
  const proof = await proveSelf(actor, proofPassword, now);
  await change(actor, "account:own", async (tx, record) => {
    const memberships = await tx.membership.findMany({
      where: { personId, disabledAt: null },
      select: { role: true, organization: { select: { secondFactorNeeded: true } } },
    });
    const needed = memberships.some(({ role, organization }) => factorObligatory({ role, ...organization }));
    if (needed) throw new Refused("people.refused.factorObligatory");
    await spendProof(tx, personId, proof, "proofPassword", now);
    await tx.person.update({ where: { id: personId }, data: { totpSealed: null, totpConfirmedAt: null } });
    await tx.recoveryCode.deleteMany({ where: { personId } });
    await tx.signIn.updateMany({
      where: { personId, endedAt: null, id: { not: actor.signInId } },
      data: { endedAt: now, endedBecause: "factor_reset" },
    });
    await record({
      action: "factor.removed",
      target: { kind: "person", id: personId },
      body: { organization: organizationId },
    });
  });
}
