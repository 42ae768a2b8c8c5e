import type { Actor } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { Conflict, NotFound } from "@/lib/errors";
import { membershipStatus } from "../rules";
import type { RoleName } from "../schema";

export type Member = {
  id: string;
  personId: string;
  role: RoleName;
  version: number;
  disabledAt: Date | null;
  expiresAt: Date | null;
};

/**
 * The member to be changed, and how many other administrators can still work; locked together, so that two administrators
 * who take each other's rights at the same moment do not both succeed.
 * @throws NotFound; Conflict when the form was of an older version
 */
export async function lockMember(
  tx: Tx,
  actor: Actor,
  { personId, version }: { personId: string; version: number },
  now: Date,
): Promise<{ member: Member; otherAdministrators: number }> {
  const rows = await tx.$queryRaw<Member[]>`
    SELECT id, person_id AS "personId", role::text AS role, version, disabled_at AS "disabledAt", expires_at AS "expiresAt"
    FROM memberships WHERE organization_id = ${actor.organizationId}::uuid AND (person_id = ${personId}::uuid OR role = 'CLIENT_ADMIN')
    ORDER BY id FOR UPDATE`;
  const member = rows.find((row) => row.personId === personId);
  if (!member) throw new NotFound();
  if (member.version !== version) throw new Conflict("people.refused.stale");
  const otherAdministrators = rows.filter(
    (row) =>
      row.personId !== personId &&
      row.role === "CLIENT_ADMIN" &&
      membershipStatus(row, now) === "active" &&
      !row.expiresAt,
  ).length;
  return { member, otherAdministrators };
}

/** Ends a colleague's sessions in this organization. @returns how many */
export async function endSessionsHere(
  tx: Tx,
  { organizationId }: Pick<Actor, "organizationId">,
  personId: string,
  because: "ended_by_admin" | "rights_changed",
  now: Date,
): Promise<number> {
  const { count } = await tx.signIn.updateMany({
    where: { personId, organizationId, endedAt: null },
    data: { endedAt: now, endedBecause: because },
  });
  return count;
}
