// The demonstration's two companies and the people in them, with the rights they were given then.
import { createHash, randomUUID } from "node:crypto";
import type { OperatorActor, PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { addDays, kstDay, kstDayStart } from "@/lib/clock";
import { personByEmail } from "@/lib/db/crossings";
import { hashPassword } from "@/lib/password";
import { lifetimes, membershipEnd } from "@/lib/people/rules";
import type { Role } from "@/prisma/generated/enums";
import { type DemonstrationPerson, demonstrationPassword } from "./logins";
import { recordPastEvent } from "./past-event";

/** A seeded company: its people as actors, by name. */
export type SeededOrganization = { organizationId: string; person: (name: string) => PersonActor };

const day = 86_400_000;
/** Days before `now` at which the company was opened here, and at which its auditor joined (his account ends after ninety days). */
const openedDaysAgo = 460;
const auditorDaysAgo = 78;

/** Opens a company with its people, who all have the demonstration's password and need no second factor. */
export async function seedOrganization(
  slug: string,
  { name, people }: { name: string; people: readonly DemonstrationPerson[] },
  now: Date,
): Promise<SeededOrganization> {
  const ago = (days: number, minutes = 0) => new Date(now.getTime() - days * day + minutes * 60_000);
  const operator: OperatorActor = { kind: "operator", name: "demonstration", organizationId: randomUUID() };
  const id = operator.organizationId;
  await ingest(operator, "organization:settings", async (tx) => {
    const at = ago(openedDaysAgo);
    await tx.organization.createMany({
      data: [{ id, slug, name, secondFactorNeeded: false, demonstration: true, createdAt: at }],
    });
    await recordPastEvent(tx, operator, at, { action: "organization.opened", target: { kind: "organization", id } });
  });
  const passwordHash = await hashPassword(demonstrationPassword());
  const actors = new Map<string, PersonActor>();
  for (const [place, person] of people.entries()) {
    const joinedAt = person.role === "AUDITOR" ? ago(auditorDaysAgo) : ago(openedDaysAgo, 10 + place * 7);
    const personId = await join(operator, person, passwordHash, joinedAt);
    actors.set(person.name, actorOf(id, personId, person.role));
  }
  return {
    organizationId: id,
    person: (wanted) => {
      const actor = actors.get(wanted);
      if (!actor) throw new Error(`The demonstration has nobody called ${wanted}`);
      return actor;
    },
  };
}

/** An invitation that nobody has answered yet, sent two days ago. Its link was never mailed, so it opens nothing. */
export async function seedOpenInvite(admin: PersonActor, now: Date): Promise<void> {
  const at = new Date(now.getTime() - 2 * day);
  await ingest(admin, "person:invite", async (tx) => {
    const { id } = await tx.ticket.create({
      data: {
        kind: "invite",
        organizationId: admin.organizationId,
        email: "sora.yoon@hangyeol.example",
        name: "윤소라",
        role: "MARKETER",
        tokenHash: createHash("sha256").update(randomUUID()).digest(),
        createdBy: admin.personId,
        createdAt: at,
        expiresAt: new Date(at.getTime() + lifetimes.inviteMs),
      },
    });
    await recordPastEvent(tx, admin, at, {
      action: "person.invited",
      target: { kind: "invite", id },
      body: { role: "MARKETER" },
    });
  });
}

/** Yesterday's working day: who came in and went home when (minutes after midnight, KST). */
export async function seedYesterday(people: readonly PersonActor[], now: Date): Promise<void> {
  const midnight = kstDayStart(addDays(kstDay(now), -1)).getTime();
  for (const [place, person] of people.entries()) {
    const came = new Date(midnight + (538 + place * 7) * 60_000);
    const left = new Date(midnight + (1_072 + place * 11) * 60_000);
    await ingest(person, "account:own", async (tx) => {
      const { id } = await tx.signIn.create({
        data: {
          personId: person.personId,
          organizationId: person.organizationId,
          createdAt: came,
          lastSeenAt: left,
          endsAt: new Date(came.getTime() + 12 * 3_600_000),
          factorAt: null,
          endedAt: left,
          endedBecause: "signed_out",
          address: person.address,
          agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/141.0.0.0",
        },
      });
      const target = { kind: "session", id };
      await recordPastEvent(tx, person, came, { action: "session.opened", target });
      await recordPastEvent(tx, person, left, { action: "session.ended", target });
    });
  }
}

async function join(
  operator: OperatorActor,
  { name, email, role }: DemonstrationPerson,
  passwordHash: string,
  at: Date,
): Promise<string> {
  const known = await personByEmail(email);
  const personId = known?.personId ?? randomUUID();
  const { organizationId } = operator;
  await ingest(operator, "person:invite", async (tx) => {
    if (!known) {
      await tx.person.createMany({
        data: [{ id: personId, email, name, passwordHash, passwordSetAt: at, createdAt: at }],
      });
    }
    const expiresAt = membershipEnd(role, undefined, at);
    await tx.membership.createMany({ data: [{ organizationId, personId, role, expiresAt, createdAt: at }] });
    await tx.rightChange.createMany({
      data: [{ organizationId, personId, kind: "granted", toRole: role, changedBy: operator.name, at }],
    });
    await recordPastEvent(tx, operator, at, {
      action: "person.joined",
      target: { kind: "person", id: personId },
      body: { role, by: "operator" },
    });
  });
  return personId;
}

function actorOf(organizationId: string, personId: string, role: Role): PersonActor {
  return { kind: "person", personId, organizationId, role, signInId: personId, address: "10.20.4.31" };
}
