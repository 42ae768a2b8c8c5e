import { type Actor, actorReference } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { Refused } from "@/lib/errors";
import { assertAdministratorLeft, assertNotOwn, membershipEnd } from "../rules";
import type { RoleName } from "../schema";
import { endSessionsHere, lockMember } from "./lock-member";

/**
 * Gives a colleague another role; his or her sessions in this organization end. A new auditor's account gets its end by itself.
 * The history keeps it for three years (안전성 확보조치 기준 제5조 제3항).
 * @throws Refused for the own role, the same role, the last administrator; Conflict; NotFound
 */
export async function changeRole(
  actor: Actor,
  input: { personId: string; role: RoleName; version: number },
  now: Date,
): Promise<void> {
  await change(actor, "person:change-role", async (tx, record) => {
    const { member, otherAdministrators } = await lockMember(tx, actor, input, now);
    assertNotOwn(ownPersonId(actor), member.personId);
    if (member.role === input.role) throw new Refused("people.refused.sameRole", "role");
    if (member.role === "CLIENT_ADMIN") assertAdministratorLeft(otherAdministrators);
    const expiresAt =
      input.role === "AUDITOR" && !member.expiresAt ? membershipEnd("AUDITOR", undefined, now) : member.expiresAt;
    await tx.membership.update({
      where: { id: member.id },
      data: { role: input.role, expiresAt, version: { increment: 1 } },
    });
    await tx.rightChange.create({
      data: {
        organizationId: actor.organizationId,
        personId: member.personId,
        kind: "changed",
        fromRole: member.role,
        toRole: input.role,
        changedBy: actorReference(actor).id,
        at: now,
      },
    });
    const ended = await endSessionsHere(tx, actor, member.personId, "rights_changed", now);
    await record({
      action: "role.changed",
      target: { kind: "person", id: member.personId },
      body: { from: member.role, to: input.role, ended },
    });
  });
}

/** Whose rights are the actor's own; nobody's for the operator. */
export function ownPersonId(actor: Actor): string | null {
  return actor.kind === "person" ? actor.personId : null;
}
