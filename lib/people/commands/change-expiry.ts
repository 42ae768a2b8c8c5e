import { type Actor, actorReference } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { Day } from "@/lib/clock";
import { assertAdministratorLeft, assertNotOwn, lastDayOf, membershipEnd } from "../rules";
import { ownPersonId } from "./change-role";
import { endSessionsHere, lockMember } from "./lock-member";

/** Sets the last day of a colleague's account, or takes it away (not an auditor's). @throws Refused, Conflict, NotFound */
export async function changeExpiry(
  actor: Actor,
  input: { personId: string; expiresOn?: Day | undefined; version: number },
  now: Date,
): Promise<void> {
  await change(actor, "person:change-role", async (tx, record) => {
    const { member, otherAdministrators } = await lockMember(tx, actor, input, now);
    assertNotOwn(ownPersonId(actor), member.personId);
    const expiresAt = membershipEnd(member.role, input.expiresOn, now);
    if (member.role === "CLIENT_ADMIN" && expiresAt) assertAdministratorLeft(otherAdministrators);
    await tx.membership.update({ where: { id: member.id }, data: { expiresAt, version: { increment: 1 } } });
    const day = expiresAt ? lastDayOf(expiresAt) : "";
    await tx.rightChange.create({
      data: {
        organizationId: actor.organizationId,
        personId: member.personId,
        kind: "expiry_changed",
        fromRole: member.role,
        toRole: member.role,
        note: day,
        changedBy: actorReference(actor).id,
        at: now,
      },
    });
    const ended = await endSessionsHere(tx, actor, member.personId, "rights_changed", now);
    await record({
      action: "expiry.changed",
      target: { kind: "person", id: member.personId },
      body: { lastDay: day, ended },
    });
  });
}
