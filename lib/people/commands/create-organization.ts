import { randomUUID } from "node:crypto";
import type { OperatorActor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { personByEmail } from "@/lib/db/crossings";
import { Refused } from "@/lib/errors";
import { membershipEnd } from "../rules";
import type { RoleName } from "../schema";

/** Opens an organization; only the operator can. @throws Refused people.refused.slugTaken */
export async function createOrganization(
  operator: string,
  input: { id?: string; slug: string; name: string; secondFactorNeeded: boolean; demonstration?: boolean },
  now: Date,
): Promise<OperatorActor> {
  const id = input.id ?? randomUUID();
  const actor: OperatorActor = { kind: "operator", name: operator, organizationId: id };
  await change(actor, "organization:settings", async (tx, record) => {
    const { slug, name, secondFactorNeeded, demonstration = false } = input;
    const { count } = await tx.organization.createMany({
      data: [{ id, slug, name, secondFactorNeeded, demonstration, createdAt: now }],
      skipDuplicates: true,
    });
    if (count === 0) throw new Refused("people.refused.slugTaken");
    await record({ action: "organization.opened", target: { kind: "organization", id } });
  });
  return actor;
}

/**
 * Makes a person a member without a mail: the operator's way, for the first administrator and the demonstration.
 * Somebody who has an account already keeps name and password.
 * @param input.passwordHash by hashPassword
 * @throws Refused people.refused.colleague
 */
export async function createPerson(
  actor: OperatorActor,
  input: {
    id?: string;
    email: string;
    name: string;
    role: RoleName;
    passwordHash: string | null;
    expiresOn?: string | undefined;
  },
  now: Date,
): Promise<string> {
  const known = await personByEmail(input.email);
  const personId = known?.personId ?? input.id ?? randomUUID();
  const expiresAt = membershipEnd(input.role, input.expiresOn, now);
  const { organizationId } = actor;
  await change(actor, "person:invite", async (tx, record) => {
    if (!known) {
      const { email, name, passwordHash } = input;
      await tx.person.createMany({
        data: [{ id: personId, email, name, passwordHash, passwordSetAt: passwordHash ? now : null, createdAt: now }],
      });
    }
    const { count } = await tx.membership.createMany({
      data: [{ organizationId, personId, role: input.role, expiresAt, createdAt: now }],
      skipDuplicates: true,
    });
    if (count === 0) throw new Refused("people.refused.colleague", "email");
    await tx.rightChange.create({
      data: { organizationId, personId, kind: "granted", toRole: input.role, changedBy: actor.name, at: now },
    });
    await record({
      action: "person.joined",
      target: { kind: "person", id: personId },
      body: { role: input.role, by: "operator" },
    });
  });
  return personId;
}
