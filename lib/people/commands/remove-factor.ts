import type { PersonActor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { Refused } from "@/lib/errors";
import { factorObligatory } from "../rules";
import { renewSession } from "./open-session";
import { proveSelf, spendProof } from "./prove-self";

/** Takes the own second factor away, where the role does not need one. Every session ends. @returns the id of the one that takes this one's place @throws Refused people.refused.factorObligatory, people.refused.proof */
export async function removeFactor(actor: PersonActor, proofPassword: string, now: Date): Promise<string> {
  const { personId, organizationId } = actor;
  const proof = await proveSelf(actor, proofPassword, now);
  return change(actor, "account:own", async (tx, record) => {
    const memberships = await tx.membership.findMany({
      where: { personId, disabledAt: null },
      select: { role: true, organization: { select: { secondFactorNeeded: true } } },
    });
    const needed = memberships.some(({ role, organization }) => factorObligatory({ role, ...organization }));
    if (needed) throw new Refused("people.refused.factorObligatory");
    await spendProof(tx, personId, proof, "proofPassword", now);
    await tx.person.update({ where: { id: personId }, data: { totpSealed: null, totpConfirmedAt: null } });
    await tx.recoveryCode.deleteMany({ where: { personId } });
    const { signInId } = await renewSession(tx, actor, "factor_reset", now);
    await record({
      action: "factor.removed",
      target: { kind: "person", id: personId },
      body: { organization: organizationId },
    });
    return signInId;
  });
}
