import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { cursorOf, cutPage, pageLength, placeCursor, readCursor, readPlace } from "@/lib/keyset";
import { Prisma } from "@/prisma/generated/client";
import type {
  InviteRow,
  ListPeople,
  OpenSession,
  PersonDetail,
  PersonPage,
  PersonRow,
  RightChangeRow,
  RoleName,
} from "../schema";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const columns = Prisma.sql`p.id AS "personId", p.name, p.email, m.role::text AS role, p.totp_confirmed_at IS NOT NULL AS "totpConfirmed",
  (SELECT max(s.last_seen_at) FROM sign_ins s WHERE s.person_id = p.id AND s.organization_id = m.organization_id) AS "lastSeenAt",
  m.expires_at AS "expiresAt", m.disabled_at AS "disabledAt"`;
const members = Prisma.sql`memberships m JOIN persons p ON p.id = m.person_id`;

/** The people of the organization by name, 50 at a time. */
export function listPeople(actor: Actor, filter: ListPeople, now: Date): Promise<PersonPage> {
  return read(actor, "person:read", async (tx) => {
    const back = filter.after === undefined ? readPlace(filter.before, cursorSchema) : null;
    const cursor = back ?? readPlace(filter.after, cursorSchema);
    const found = await tx.$queryRaw<PersonRow[]>`
      SELECT ${columns} FROM ${members}
      WHERE m.organization_id = ${actor.organizationId}::uuid AND ${Prisma.join([...conditions(filter, now), pageCondition(cursor, back !== null)], " AND ")}
      ORDER BY ${back ? Prisma.sql`p.name COLLATE "C" DESC, p.id DESC` : Prisma.sql`p.name COLLATE "C", p.id`} LIMIT ${pageLength + 1}::int`;
    return cutPage(found, { back: back !== null, cursor }, (row) => placeCursor([row.name, row.personId]));
  });
}

/** One colleague with the sessions open in this organization, or null. */
export async function getPerson(actor: Actor, personId: string): Promise<PersonDetail | null> {
  if (!uuid.test(personId)) return null;
  return read(actor, "person:read", async (tx) => {
    const [row] = await tx.$queryRaw<Omit<PersonDetail, "openSessions">[]>`
      SELECT ${columns}, m.version, m.created_at AS "joinedAt" FROM ${members}
      WHERE m.organization_id = ${actor.organizationId}::uuid AND p.id = ${personId}::uuid`;
    if (!row) return null;
    const openSessions = await tx.$queryRaw<OpenSession[]>`
      SELECT id, address, agent, created_at AS "createdAt", last_seen_at AS "lastSeenAt", ends_at AS "endsAt" FROM sign_ins
      WHERE person_id = ${personId}::uuid AND organization_id = ${actor.organizationId}::uuid AND ended_at IS NULL
        AND ends_at > clock_timestamp() AND last_seen_at > clock_timestamp() - interval '30 minutes'
      ORDER BY last_seen_at DESC, id LIMIT 100`;
    return { ...row, openSessions };
  });
}

/** How many people can work here, and how many of those who need a second factor have none. */
export function countPeople(
  actor: Actor,
  now: Date,
): Promise<{ active: number; withoutFactor: number; secondFactorNeeded: boolean; openInvites: number }> {
  return read(actor, "person:read", async (tx) => {
    const { secondFactorNeeded } = await tx.organization.findUniqueOrThrow({ where: { id: actor.organizationId } });
    const live = {
      organizationId: actor.organizationId,
      disabledAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
    };
    const active = await tx.membership.count({ where: live });
    const guarded: RoleName[] = ["CLIENT_ADMIN", "COMPLIANCE_OFFICER"];
    const withoutFactor = await tx.membership.count({
      where: { ...live, role: { in: guarded }, person: { totpConfirmedAt: null } },
    });
    const openInvites = await tx.ticket.count({
      where: { kind: "invite", usedAt: null, withdrawnAt: null, expiresAt: { gt: now } },
    });
    return { active, withoutFactor, secondFactorNeeded, openInvites };
  });
}

/** Invitations of the last 90 days, newest first, at most 200. */
export function listInvites(actor: Actor, now: Date): Promise<InviteRow[]> {
  return read(
    actor,
    "person:read",
    (tx) => tx.$queryRaw<InviteRow[]>`
      SELECT t.id, t.email, t.name, t.role::text AS role, p.name AS "invitedBy", t.created_at AS "createdAt", t.expires_at AS "expiresAt",
        t.membership_expires_at AS "membershipExpiresAt", t.used_at AS "usedAt", t.withdrawn_at AS "withdrawnAt"
      FROM tickets t LEFT JOIN persons p ON p.id::text = t.created_by
      WHERE t.kind = 'invite' AND t.organization_id = ${actor.organizationId}::uuid AND t.created_at > ${new Date(now.getTime() - 90 * 86_400_000)}
      ORDER BY t.created_at DESC, t.id LIMIT 200`,
  );
}

/**
 * Rights granted, changed and revoked, newest first, 50 at a time; nothing is ever taken out of it
 * (kept three years: 안전성 확보조치 기준 제5조 제3항, checked 2026-11-22).
 */
export function listRightChanges(
  actor: Actor,
  filter: { personId?: string | undefined; after?: string | undefined },
): Promise<{ items: RightChangeRow[]; next: string | null }> {
  return read(actor, "right:read", async (tx) => {
    const cursor = readCursor(filter.after);
    const person = filter.personId ? Prisma.sql`r.person_id = ${filter.personId}::uuid` : Prisma.sql`true`;
    const from = cursor ? Prisma.sql`(r.at, r.id) < (${cursor.at}, ${cursor.id}::uuid)` : Prisma.sql`true`;
    const found = await tx.$queryRaw<RightChangeRow[]>`
      SELECT r.id, r.at, r.person_id AS "personId", p.name, r.kind, r.from_role::text AS "fromRole", r.to_role::text AS "toRole", r.note,
        r.changed_by AS "changedBy", b.name AS "changedByName"
      FROM right_changes r LEFT JOIN persons p ON p.id = r.person_id LEFT JOIN persons b ON b.id::text = r.changed_by
      WHERE r.organization_id = ${actor.organizationId}::uuid AND ${person} AND ${from}
      ORDER BY r.at DESC, r.id DESC LIMIT ${pageLength + 1}::int`;
    const { items, next } = cutPage(found, { back: false, cursor }, (row) => cursorOf(row.at, row.id));
    return { items, next };
  });
}

function conditions(filter: ListPeople, now: Date): Prisma.Sql[] {
  const ended = Prisma.sql`(m.disabled_at IS NOT NULL OR (m.expires_at IS NOT NULL AND m.expires_at <= ${now}))`;
  const list: Prisma.Sql[] = [];
  if (filter.state === "active") list.push(Prisma.sql`NOT ${ended}`);
  if (filter.state === "ended") list.push(ended);
  if (filter.q) {
    const pattern = `%${filter.q.normalize("NFC").replace(/[\\%_]/g, "\\$&")}%`;
    list.push(Prisma.sql`(p.name ILIKE ${pattern} OR p.email ILIKE ${pattern})`);
  }
  return list;
}

/** Where a page begins: name and id of a person. */
const cursorSchema = z.tuple([z.string().regex(/^[^\p{Cc}\p{Surrogate}]*$/u), z.guid()]);

function pageCondition(cursor: z.infer<typeof cursorSchema> | null, back: boolean): Prisma.Sql {
  if (!cursor) return Prisma.sql`true`;
  const here = Prisma.sql`(p.name COLLATE "C", p.id)`;
  const there = Prisma.sql`(${cursor[0]}::text COLLATE "C", ${cursor[1]}::uuid)`;
  return back ? Prisma.sql`${here} < ${there}` : Prisma.sql`${here} > ${there}`;
}
