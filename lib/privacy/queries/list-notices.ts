import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { cutPage, pageLength, placeCursor, readPlace } from "@/lib/keyset";
import { Prisma } from "@/prisma/generated/client";
import { noticeFindings, type StandingVersion } from "../rules/notice-findings";
import { noticeState, seenAt } from "../rules/notice-life";
import type { NoticeRow } from "../rules/notice-view";
import { noticeFactsOf, withHours } from "./notice-facts";

/** Where a page begins: name and id of a channel. */
const cursorSchema = z.tuple([z.string().max(100), z.uuid()]);

type Channel = NoticeRow["channel"] & { noticeId: string | null };

/** Notices of channels by name, in pages, with what their standing texts say wrong today. @throws Forbidden */
export function listNotices(
  actor: Actor,
  after: string | null,
  now: Date,
): Promise<{ items: NoticeRow[]; next: string | null }> {
  return read(actor, "notice:read", async (tx) => {
    const from = readPlace(after, cursorSchema);
    const behind = from ? Prisma.sql`WHERE (c.name, c.id) > (${from[0]}, ${from[1]}::uuid)` : Prisma.empty;
    const channels = await tx.$queryRaw<Channel[]>`
      SELECT c.id, c.name, c.search_id AS "searchId", g.channel_id IS NOT NULL AND e.channel_id IS NULL AS live, n.id AS "noticeId"
      FROM channels c LEFT JOIN notices n ON n.organization_id = c.organization_id AND n.channel_id = c.id
      LEFT JOIN channel_go_lives g ON g.channel_id = c.id LEFT JOIN channel_ends e ON e.channel_id = c.id
      ${behind} ORDER BY c.name, c.id LIMIT ${pageLength + 1}`;
    const rows = await noticeRows(tx, channels, now);
    return cutPage(rows, { back: false, cursor: from }, ({ channel }) => placeCursor([channel.name, channel.id]));
  });
}

/** Channels with where their notices stand: four queries, however many there are. */
export async function noticeRows(tx: Tx, channels: readonly Channel[], now: Date): Promise<NoticeRow[]> {
  const noticeIds = channels.flatMap(({ noticeId }) => noticeId ?? []);
  const facts = await noticeFactsOf(
    tx,
    channels.map(({ id }) => id),
    now,
  );
  const versions = await standingVersions(tx, noticeIds);
  return channels.map(({ noticeId, ...channel }): NoticeRow => {
    const own = versions.filter((version) => version.noticeId === noticeId);
    const newest = own.at(-1);
    const seen = seenAt(own, now);
    const known = facts.get(channel.id);
    const hours = own.find(({ id }) => id === seen?.versionId)?.hours ?? newest?.hours ?? "";
    return {
      ...{ noticeId, channel },
      newest: newest
        ? { number: newest.number, state: noticeState(newest, own), since: newest.steps.at(-1)?.at ?? newest.savedAt }
        : null,
      seen: seen && { number: seen.number, from: seen.from },
      findings: known ? noticeFindings(own, withHours(known, hours), now) : [],
    };
  });
}

/** Versions with their approved texts, oldest first. */
export async function standingVersions(
  tx: Tx,
  noticeIds: readonly string[],
): Promise<(StandingVersion & { noticeId: string; savedAt: Date })[]> {
  const rows = await tx.noticeVersion.findMany({
    where: { noticeId: { in: [...noticeIds] } },
    orderBy: { number: "asc" },
    include: {
      saves: { orderBy: { number: "desc" }, take: 1, select: { hash: true, hours: true, at: true } },
      steps: {
        orderBy: [{ at: "asc" }, { id: "asc" }],
        select: { kind: true, hash: true, personId: true, at: true, text: true },
      },
    },
  });
  return rows.map(({ id, noticeId, number, saves, steps, createdAt }) => ({
    ...{ id, noticeId, number, hash: saves[0]?.hash ?? "", hours: saves[0]?.hours ?? "", steps },
    savedAt: saves[0]?.at ?? createdAt,
    text: steps.findLast(({ kind }) => kind === "approved")?.text ?? null,
  }));
}
