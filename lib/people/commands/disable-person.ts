import { type Actor, actorReference } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { Refused } from "@/lib/errors";
import { assertAdministratorLeft, assertNotOwn, membershipEnd } from "../rules";
import { ownPersonId } from "./change-role";
import { endSessionsHere, lockMember } from "./lock-member";

/** Takes a colleague's rights away; a copied cookie is worth nothing at its next request. @throws Refused, Conflict, NotFound */
export async function disablePerson(
  actor: Actor,
  input: { personId: string; version: number; note?: string | undefined },
  now: Date,
): Promise<void> {
  await change(actor, "person:disable", async (tx, record) => {
    const { member, otherAdministrators } = await lockMember(tx, actor, input, now);
    assertNotOwn(ownPersonId(actor), member.personId);
    if (member.disabledAt) throw new Refused("people.refused.alreadyDisabled");
    if (member.role === "CLIENT_ADMIN") assertAdministratorLeft(otherAdministrators);
    await tx.membership.update({ where: { id: member.id }, data: { disabledAt: now, version: { increment: 1 } } });
    await tx.rightChange.create({
      data: {
        organizationId: actor.organizationId,
        personId: member.personId,
        kind: "revoked",
        fromRole: member.role,
        note: input.note ?? "",
        changedBy: actorReference(actor).id,
        at: now,
      },
    });
    const ended = await endSessionsHere(tx, actor, member.personId, "rights_changed", now);
    await record({
      action: "person.disabled",
      target: { kind: "person", id: member.personId },
      body: { role: member.role, ended },
    });
  });
}

/** Gives a colleague the rights back that were taken; an account that had run out gets a new end. @throws Refused, Conflict, NotFound */
export async function enablePerson(
  actor: Actor,
  input: { personId: string; version: number },
  now: Date,
): Promise<void> {
  await change(actor, "person:disable", async (tx, record) => {
    const { member } = await lockMember(tx, actor, input, now);
    assertNotOwn(ownPersonId(actor), member.personId);
    if (!member.disabledAt) throw new Refused("people.refused.notDisabled");
    const over = member.expiresAt !== null && member.expiresAt <= now;
    const expiresAt = over ? membershipEnd(member.role, undefined, now) : member.expiresAt;
    await tx.membership.update({
      where: { id: member.id },
      data: { disabledAt: null, expiresAt, version: { increment: 1 } },
    });
    await tx.rightChange.create({
      data: {
        organizationId: actor.organizationId,
        personId: member.personId,
        kind: "restored",
        toRole: member.role,
        changedBy: actorReference(actor).id,
        at: now,
      },
    });
    await record({
      action: "person.enabled",
      target: { kind: "person", id: member.personId },
      body: { role: member.role },
    });
  });
}
