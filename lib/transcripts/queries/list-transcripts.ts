// The list of consultations: how they began, where they stand, until when they are kept. Never what was said.
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { addDays, type Day, kstDay, kstDayStart } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { graceDays } from "@/lib/retention/rules/period";
import { Prisma } from "@/prisma/generated/client";
import { silentDays } from "../rules";
import type { TranscriptFilter } from "../schema/reading";

export type TranscriptRow = {
  id: string;
  externalId: string;
  openedAt: Date;
  openedBy: string;
  lastUserMessageAt: Date | null;
  lastMessageAt: Date | null;
  endedAt: Date | null;
  messageCount: number;
  returning: boolean;
  userHandle: Uint8Array;
  extra: string | null;
  channelId: string;
  channelName: string;
  placementId: string | null;
  placementName: string | null;
  category: string;
  shelf: string;
  /** Last day, KST; null while it is not known. */
  dueOn: Day | null;
  /** Numbers of the holds on it. */
  holds: number[];
};
export type TranscriptPage = { items: TranscriptRow[]; previous: string | null; next: string | null };

export const transcriptPageSize = 50;

/** A page of consultations, newest first, inside the caller's transaction. */
export async function selectTranscripts(tx: Tx, filter: TranscriptFilter, now: Date): Promise<TranscriptPage> {
  const back = filter.before && !filter.after ? readCursor(filter.before) : null;
  const cursor = back ?? readCursor(filter.after);
  const where = transcriptConditions(filter, now);
  if (cursor)
    where.push(
      Prisma.sql`(s.opened_at, s.id) ${back ? Prisma.sql`>` : Prisma.sql`<`} (${cursor.at}, ${cursor.id}::uuid)`,
    );
  const order = back ? Prisma.sql`s.opened_at, s.id` : Prisma.sql`s.opened_at DESC, s.id DESC`;
  const found = await tx.$queryRaw<TranscriptRow[]>`
    SELECT s.id, s.external_id AS "externalId", s.opened_at AS "openedAt", s.opened_by AS "openedBy",
      s.last_user_message_at AS "lastUserMessageAt", s.last_message_at AS "lastMessageAt", s.ended_at AS "endedAt",
      s.message_count AS "messageCount", s."returning", s.user_handle AS "userHandle", s.extra, s.category, s.shelf,
      to_char(s.due_on, 'YYYY-MM-DD') AS "dueOn", c.id AS "channelId", c.name AS "channelName",
      p.id AS "placementId", p.name AS "placementName",
      ARRAY(SELECT h.number FROM held_sessions x JOIN active_holds h ON h.id = x.hold_id WHERE x.session_id = s.id ORDER BY 1) AS holds
    FROM consult_sessions s JOIN channels c ON c.id = s.channel_id LEFT JOIN placements p ON p.code = s.extra
    WHERE ${Prisma.join(where, " AND ")} ORDER BY ${order} LIMIT ${transcriptPageSize + 1}`;
  const more = found.length > transcriptPageSize;
  const items = back ? found.slice(0, transcriptPageSize).reverse() : found.slice(0, transcriptPageSize);
  return {
    items,
    previous: (back ? more : cursor !== null) ? cursorOf(items[0]) : null,
    next: back || more ? cursorOf(items.at(-1)) : null,
  };
}

/** What narrows consult_sessions `s` with its place `p`. Each condition is served by an index of its own (migration transcript_lists). */
export function transcriptConditions(filter: TranscriptFilter, now: Date): Prisma.Sql[] {
  const where = [Prisma.sql`s.organization_id = damso_organization()`];
  const add = (sql: Prisma.Sql) => where.push(sql);
  if (filter.channel) add(Prisma.sql`s.channel_id = ${filter.channel}::uuid`);
  if (filter.place === "known") add(Prisma.sql`p.id IS NOT NULL`);
  // A place that is entered later is known by its code: placement_id alone may still be empty.
  if (filter.place === "unknown") add(Prisma.sql`s.placement_id IS NULL AND s.extra IS NOT NULL AND p.id IS NULL`);
  if (filter.place === "none") add(Prisma.sql`s.extra IS NULL`);
  if (filter.placement)
    add(Prisma.sql`s.extra = (SELECT o.code FROM placements o WHERE o.id = ${filter.placement}::uuid)`);
  if (filter.from) add(Prisma.sql`s.opened_at >= ${kstDayStart(filter.from)}`);
  if (filter.to) add(Prisma.sql`s.opened_at < ${kstDayStart(addDays(filter.to, 1))}`);
  if (filter.state) add(stateCondition(filter.state, now));
  if (filter.category) add(Prisma.sql`s.category = ${filter.category}`);
  if (filter.policy)
    add(
      Prisma.sql`s.policy_version_id = ANY(ARRAY(SELECT v.id FROM policy_versions v WHERE v.policy_id = ${filter.policy}::uuid))`,
    );
  if (filter.hold) add(filter.hold === "held" ? Prisma.sql`s.held_at IS NOT NULL` : Prisma.sql`s.held_at IS NULL`);
  if (filter.apart) add(Prisma.sql`s.shelf LIKE 'law-%'`);
  if (filter.visit) add(filter.visit === "again" ? Prisma.sql`s."returning"` : Prisma.sql`NOT s."returning"`);
  if (filter.due) add(Prisma.sql`s.due_on = ${filter.due}::date`);
  // Overdue once the five days after the last day are over as well (표준 개인정보 보호지침 제10조).
  if (filter.overdue) add(Prisma.sql`s.due_on < ${addDays(kstDay(now), -graceDays)}::date`);
  if (filter.user) add(Prisma.sql`s.user_handle = decode(${filter.user}, 'hex')`);
  if (filter.session) add(Prisma.sql`s.external_id = ${filter.session}`);
  if (filter.session && !filter.channel) add(ofAnyChannel);
  if (filter.user && !filter.channel) add(ofAnyChannel);
  return where;
}

/** Session ids and handles are indexed by channel. */
const ofAnyChannel = Prisma.sql`s.channel_id = ANY(ARRAY(SELECT o.id FROM channels o WHERE o.organization_id = damso_organization()))`;

/** `ended` by an event; `expired` once 30 days have passed since the full hour after the user's last message (rules sessionExpiry). */
function stateCondition(state: "open" | "ended" | "expired", now: Date): Prisma.Sql {
  if (state === "ended") return Prisma.sql`s.ended_at IS NOT NULL`;
  const hour = Math.floor(now.getTime() / 3_600_000) * 3_600_000;
  const silent = new Date(hour - silentDays * 24 * 3_600_000);
  const last = Prisma.sql`coalesce(s.last_user_message_at, s.opened_at)`;
  return Prisma.sql`s.ended_at IS NULL AND ${last} ${state === "expired" ? Prisma.sql`<` : Prisma.sql`>=`} ${silent}`;
}

function cursorOf(row: { openedAt: Date; id: string } | undefined): string | null {
  return row ? `${row.openedAt.getTime()}.${row.id}` : null;
}

function readCursor(cursor: string | undefined): { at: Date; id: string } | null {
  const match = /^(\d{1,13})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor ?? "");
  return match?.[1] && match[2] ? { at: new Date(Number(match[1])), id: match[2] } : null;
}

export type TranscriptChoices = {
  channels: { id: string; name: string; searchId: string }[];
  policies: { id: string; name: string; number: number }[];
};

/** What the list can be narrowed to, by name. */
export function listTranscriptChoices(actor: Actor): Promise<TranscriptChoices> {
  return read(actor, "transcript:search", async (tx) => ({
    channels: await tx.channel.findMany({
      select: { id: true, name: true, searchId: true },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: 500,
    }),
    policies: await tx.retentionPolicy.findMany({
      select: { id: true, name: true, number: true },
      orderBy: { number: "asc" },
      take: 200,
    }),
  }));
}
