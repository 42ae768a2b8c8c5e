import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { can } from "@/lib/auth/permissions";
import { type Day, kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import { channelStatus, onboardingItems, onboardingProgress } from "./rules";
import type { ChannelState, ListChannels, OnboardingKey } from "./schema";

const pageLength = 50;

export type ChannelRow = {
  id: string;
  searchId: string;
  publicId: string | null;
  senderKey: string | null;
  name: string;
  dealer: string | null;
  state: ChannelState;
  wentLiveAt: Date | null;
  /** Last day of use, KST. */
  endsOn: Day | null;
  /** Items needed for going live. */
  progress: { done: number; of: number };
  /** Placements that have not been retired. */
  placements: number;
  createdAt: Date;
};

type Found = Omit<ChannelRow, "state" | "progress" | "endsOn" | "wentLiveAt"> & {
  wentLiveAt: Date | null;
  endsOn: string | null;
  marks: { item: string; kind: string; at: string }[];
};

/** Fifty channels, newest first. `previous` and `next` are cursors for `before` and `after`, null at the ends. */
export async function listChannels(
  actor: Actor,
  filter: ListChannels,
  now: Date,
): Promise<{ items: ChannelRow[]; previous: string | null; next: string | null }> {
  const backwards = filter.before !== undefined;
  const cursor = cursorFrom(filter.before ?? filter.after);
  const conditions = [Prisma.sql`TRUE`];
  if (filter.q) conditions.push(matches(filter.q));
  if (filter.state) conditions.push(inState(filter.state, kstDay(now)));
  if (cursor) {
    const place = Prisma.sql`(${cursor.at}::timestamptz, ${cursor.id}::uuid)`;
    conditions.push(
      backwards ? Prisma.sql`(c.created_at, c.id) > ${place}` : Prisma.sql`(c.created_at, c.id) < ${place}`,
    );
  }
  const order = backwards ? Prisma.sql`c.created_at, c.id` : Prisma.sql`c.created_at DESC, c.id DESC`;
  const found = await read(
    actor,
    "channel:read",
    (tx) => tx.$queryRaw<Found[]>`
      SELECT c.id, c.search_id AS "searchId", c.public_id AS "publicId", c.sender_key AS "senderKey", c.name, c.dealer, c.created_at AS "createdAt",
        g.at AS "wentLiveAt", e.ends_on::text AS "endsOn",
        (SELECT count(*)::int FROM placements p WHERE p.channel_id = c.id
          AND NOT EXISTS (SELECT FROM placement_retirements r WHERE r.placement_id = p.id)) AS placements,
        coalesce((SELECT jsonb_agg(m) FROM (SELECT DISTINCT ON (item) item, kind, at FROM onboarding_marks
          WHERE channel_id = c.id ORDER BY item, at DESC) m), '[]') AS marks
      FROM channels c
      LEFT JOIN channel_go_lives g ON g.channel_id = c.id
      LEFT JOIN channel_ends e ON e.channel_id = c.id
      WHERE ${Prisma.join(conditions, " AND ")}
      ORDER BY ${order} LIMIT ${pageLength + 1}`,
  );
  const more = found.length > pageLength;
  const page = found.slice(0, pageLength);
  if (backwards) page.reverse();
  const [first, last] = [page[0], page.at(-1)];
  return {
    items: page.map((row) => rowOf(row, now)),
    previous: first && (backwards ? more : cursor !== null) ? cursorOf(first) : null,
    next: last && (backwards || more) ? cursorOf(last) : null,
  };
}

function rowOf({ marks, ...row }: Found, now: Date): ChannelRow {
  const dated = marks.map((mark) => ({ ...mark, at: new Date(mark.at) }));
  return { ...row, state: channelStatus(row, now), progress: onboardingProgress(row.dealer, dated) };
}

/** Part of the name or of the search id; "@" in front, as people write the latter, asks for it alone. */
function matches(text: string): Prisma.Sql {
  const pattern = `%${text.replace(/^@/, "").replace(/[\\%_]/g, "\\$&")}%`;
  const bySearchId = Prisma.sql`c.search_id ILIKE ${pattern}`;
  return text.startsWith("@") ? bySearchId : Prisma.sql`(c.name ILIKE ${pattern} OR ${bySearchId})`;
}

/** The same four states as `channelStatus`, for the database. */
function inState(state: ChannelState, today: Day): Prisma.Sql {
  const over = Prisma.sql`(e.ends_on IS NOT NULL AND e.ends_on < ${today}::date)`;
  switch (state) {
    case "ended":
      return over;
    case "preparing":
      return Prisma.sql`(g.at IS NULL AND NOT ${over})`;
    case "live":
      return Prisma.sql`(g.at IS NOT NULL AND e.ends_on IS NULL)`;
    case "ending":
      return Prisma.sql`(g.at IS NOT NULL AND e.ends_on >= ${today}::date)`;
  }
}

const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);

function cursorOf(row: { createdAt: Date; id: string }): string {
  return Buffer.from(JSON.stringify([row.createdAt.toISOString(), row.id])).toString("base64url");
}

/** A cursor that is not ours means the first page. */
function cursorFrom(text: string | undefined): { at: string; id: string } | null {
  if (!text) return null;
  const parsed = z
    .string()
    .transform((raw, context) => {
      try {
        return JSON.parse(Buffer.from(raw, "base64url").toString()) as unknown;
      } catch {
        context.addIssue("not a cursor");
        return z.NEVER;
      }
    })
    .pipe(cursorSchema)
    .safeParse(text);
  return parsed.success ? { at: parsed.data[0], id: parsed.data[1] } : null;
}

export type MarkView = {
  id: string;
  item: string;
  kind: "done" | "reopened";
  note: string;
  by: string;
  at: Date;
  file: { id: string; name: string; mime: string; bytes: number; sha256: string } | null;
};

export type ChannelView = {
  id: string;
  searchId: string;
  publicId: string | null;
  senderKey: string | null;
  name: string;
  dealer: string | null;
  contact: string;
  version: number;
  createdAt: Date;
  state: ChannelState;
  wentLiveAt: Date | null;
  wentLiveBy: string | null;
  endsOn: Day | null;
  endReason: string | null;
  organizationName: string;
  /** Newest first. */
  marks: MarkView[];
  placements: number;
  /** Null for those who may not see connections. */
  connections: number | null;
};

/** One channel with what was said of its onboarding, or null. */
export async function getChannel(actor: Actor, id: string, now: Date): Promise<ChannelView | null> {
  if (!z.uuid().safeParse(id).success) return null;
  return read(actor, "channel:read", async (tx) => {
    const channel = await tx.channel.findUnique({
      where: { id },
      include: { goLive: true, end: true, marks: { include: { file: true }, orderBy: { at: "desc" } } },
    });
    if (!channel) return null;
    const { goLive, end, marks } = channel;
    const names = await namesOf(tx, [...marks.map((mark) => mark.personId), ...(goLive ? [goLive.personId] : [])]);
    const life = { wentLiveAt: goLive?.at ?? null, endsOn: end ? end.endsOn.toISOString().slice(0, 10) : null };
    const organization = await tx.organization.findUnique({
      where: { id: actor.organizationId },
      select: { name: true },
    });
    return {
      id: channel.id,
      searchId: channel.searchId,
      publicId: channel.publicId,
      senderKey: channel.senderKey,
      name: channel.name,
      dealer: channel.dealer,
      contact: channel.contact,
      version: channel.version,
      createdAt: channel.createdAt,
      ...life,
      state: channelStatus(life, now),
      wentLiveBy: goLive ? (names.get(goLive.personId) ?? "") : null,
      endReason: end?.reason ?? null,
      organizationName: organization?.name ?? "",
      marks: marks.map((mark) => ({
        id: mark.id,
        item: mark.item,
        kind: mark.kind === "done" ? "done" : "reopened",
        note: mark.note,
        by: names.get(mark.personId) ?? "",
        at: mark.at,
        file: mark.file ? { ...pick(mark.file), bytes: Number(mark.file.bytes) } : null,
      })),
      placements: await tx.placement.count({ where: { channelId: id, retirement: null } }),
      connections: can(actor, "connection:read")
        ? await tx.dealerConnection.count({ where: { channelId: id, closedAt: null } })
        : null,
    };
  });
}

function pick({ id, name, mime, sha256 }: { id: string; name: string; mime: string; sha256: string }) {
  return { id, name, mime, sha256 };
}

/** Names of colleagues, also of those who have left. */
async function namesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const persons = await tx.person.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  return new Map(persons.map((person) => [person.id, person.name]));
}

/** What a field for choosing a channel offers, by name. */
export async function channelOptions(
  actor: Actor,
  now: Date,
): Promise<{ id: string; name: string; searchId: string; state: ChannelState }[]> {
  const channels = await read(actor, "channel:read", (tx) =>
    tx.channel.findMany({
      select: {
        id: true,
        name: true,
        searchId: true,
        goLive: { select: { at: true } },
        end: { select: { endsOn: true } },
      },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: 500,
    }),
  );
  return channels.map(({ goLive, end, ...channel }) => ({
    ...channel,
    state: channelStatus(
      { wentLiveAt: goLive?.at ?? null, endsOn: end ? end.endsOn.toISOString().slice(0, 10) : null },
      now,
    ),
  }));
}

export type HistoryEntry = {
  id: string;
  at: Date;
  action: string;
  /** A person's name, else the kind of actor. */
  by: string;
  result: string;
  /** The onboarding item it was about, where there was one. */
  item: OnboardingKey | null;
};

/** The newest fifty audit entries of a channel and of its evidence; `after` continues. Null when there is no such channel. */
export async function listChannelHistory(
  actor: Actor,
  channelId: string,
  after?: string,
): Promise<{ items: HistoryEntry[]; next: string | null } | null> {
  if (!z.uuid().safeParse(channelId).success) return null;
  const cursor = cursorFrom(after);
  return read(actor, "audit:read", async (tx) => {
    if ((await tx.channel.count({ where: { id: channelId } })) === 0) return null;
    const files = await tx.evidenceFile.findMany({ where: { channelId }, select: { id: true } });
    const events = await tx.auditEvent.findMany({
      where: {
        targetId: { in: [channelId, ...files.map((file) => file.id)] },
        ...(cursor ? { OR: [{ at: { lt: cursor.at } }, { at: cursor.at, id: { lt: cursor.id } }] } : {}),
      },
      select: { id: true, at: true, action: true, actorKind: true, actorId: true, result: true, body: true },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: pageLength + 1,
    });
    const page = events.slice(0, pageLength);
    const people = page.filter((event) => event.actorKind === "person" && z.uuid().safeParse(event.actorId).success);
    const names = await namesOf(
      tx,
      people.map((event) => event.actorId),
    );
    const last = page.at(-1);
    return {
      items: page.map(({ actorKind, actorId, body, ...event }) => ({
        ...event,
        by: names.get(actorId) ?? actorKind,
        item: itemOf(body),
      })),
      next: last && events.length > pageLength ? cursorOf({ createdAt: last.at, id: last.id }) : null,
    };
  });
}

/** Bodies are canonical JSON of ours; what somebody put in by hand must not break the page that shows it. */
function itemOf(body: string): OnboardingKey | null {
  const item = /"item":"([a-z-]+)"/.exec(body)?.[1];
  return onboardingItems.find((one) => one.key === item)?.key ?? null;
}
