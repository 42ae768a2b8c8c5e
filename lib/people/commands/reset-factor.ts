import type { PersonActor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { resetFactorOfColleague } from "@/lib/db/crossings";
import { NotFound } from "@/lib/errors";
import type { Locale } from "@/lib/locale";
import { sentence } from "@/lib/messages";
import { queueMail } from "@/lib/outbox";
import { assertNotOwn } from "../rules";
import { endSessionsHere } from "./lock-member";
import { proveSelf, spendProof } from "./prove-self";

type About = { personId: string; proofPassword: string };

/**
 * Takes a colleague's second factor away, who is told by mail; all sessions of that person end, in other organizations too.
 * @throws Refused people.refused.proof, people.refused.own; NotFound
 */
export async function resetFactor(actor: PersonActor, input: About, locale: Locale, now: Date): Promise<void> {
  assertNotOwn(actor.personId, input.personId);
  const proof = await proveSelf(actor, input.proofPassword, now);
  await change(actor, "person:reset-factor", async (tx, record) => {
    const person = await tx.person.findFirst({
      where: { id: input.personId, memberships: { some: { organizationId: actor.organizationId } } },
      select: { email: true },
    });
    if (!person || !(await resetFactorOfColleague(tx, input.personId))) throw new NotFound();
    await spendProof(tx, actor.personId, proof, "proofPassword", now);
    const organization = await tx.organization.findUniqueOrThrow({ where: { id: actor.organizationId } });
    await queueMail(tx, actor.organizationId, {
      to: person.email,
      subject: sentence("people.mail.factorReset.subject", locale),
      text: sentence("people.mail.factorReset.body", locale, { organization: organization.name }),
    });
    await record({ action: "factor.reset", target: { kind: "person", id: input.personId } });
  });
}

/** Ends every session of a colleague in this organization. @throws Refused people.refused.proof; NotFound */
export async function endSessionsOf(actor: PersonActor, input: About, now: Date): Promise<void> {
  const proof = await proveSelf(actor, input.proofPassword, now);
  await change(actor, "person:disable", async (tx, record) => {
    const member = await tx.membership.count({
      where: { personId: input.personId, organizationId: actor.organizationId },
    });
    if (member === 0) throw new NotFound();
    await spendProof(tx, actor.personId, proof, "proofPassword", now);
    const ended = await endSessionsHere(tx, actor, input.personId, "ended_by_admin", now);
    await record({
      action: "session.ended",
      target: { kind: "person", id: input.personId },
      body: { because: "ended_by_admin", count: ended },
    });
  });
}
