// Listing is a search: what a filter or a search showed is an access record (접속기록), with the filter and the ids shown.

import { recordAccess } from "@/lib/archive/access";
import type { AuditValue } from "@/lib/audit/record";
import { canonicalJson } from "@/lib/audit/record";
import type { PersonActor } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { userHandle } from "@/lib/keyring";
import { selectTranscripts, type TranscriptPage } from "../queries/list-transcripts";
import { sessionIdSchema, userKeySchema } from "../schema";
import type { FindTranscript, TranscriptFilter } from "../schema/reading";
import { recordedFilter } from "./recorded-filter";

/** The same page of the same search by the same person within these minutes, showing the same, is one search. */
export const sameSearchMinutes = 10;

/**
 * A page of the list. With a filter or a search it leaves one access record; without any it is the list as such and leaves none,
 * nor does the same page again within ten minutes while it shows the same consultations.
 */
export async function searchTranscripts(
  actor: PersonActor,
  filter: TranscriptFilter,
  now: Date,
): Promise<TranscriptPage> {
  if (!isNarrowed(filter)) return read(actor, "transcript:search", (tx) => selectTranscripts(tx, filter, now));
  const seen = await read(actor, "transcript:search", async (tx) => {
    const page = await selectTranscripts(tx, filter, now);
    return (await wasRecorded(tx, actor, detailOf(actor, filter, page), now)) ? page : null;
  });
  if (seen) return seen;
  return change(actor, "transcript:search", async (tx, record) => {
    const page = await selectTranscripts(tx, filter, now);
    await recordSearch(tx, record, actor, "search", filter, page);
    return page;
  });
}

/** Where a search leads: one filter; or nothing, or more than one channel has such a user. */
export type Found = { filter: TranscriptFilter } | { filter: null; why: "none" | "several" };

/**
 * Finds a session by its id or a user by the exact user_key, of one channel or of all. The user_key becomes its keyed handle here
 * and goes no further. One access record, also where nothing is found.
 */
export async function findTranscripts(actor: PersonActor, { key, channel }: FindTranscript, now: Date): Promise<Found> {
  return change(actor, "transcript:search", async (tx, record) => {
    const channels = await tx.channel.findMany({
      where: channel ? { id: channel } : {},
      select: { id: true },
      orderBy: { id: "asc" },
      take: 500,
    });
    const found = (await sessionOf(tx, channels, key)) ?? (await usersOf(tx, actor.organizationId, channels, key));
    const [only] = found;
    const filter = only && found.length === 1 ? only : null;
    const page = filter ? await selectTranscripts(tx, filter, now) : { items: [], previous: null, next: null };
    await recordSearch(tx, record, actor, "find", filter ?? (channel ? { channel } : {}), page);
    if (filter) return { filter };
    return { filter: null, why: found.length === 0 ? "none" : "several" };
  });
}

type Channels = readonly { id: string }[];

async function sessionOf(tx: Tx, channels: Channels, key: string): Promise<TranscriptFilter[] | null> {
  if (!sessionIdSchema.safeParse(key).success) return null;
  const ids = channels.map(({ id }) => id);
  const found = await tx.consultSession.findFirst({
    where: { channelId: { in: ids }, externalId: key },
    select: { id: true },
  });
  return found ? [{ session: key }] : null;
}

async function usersOf(tx: Tx, organizationId: string, channels: Channels, key: string): Promise<TranscriptFilter[]> {
  if (!userKeySchema.safeParse(key).success) return [];
  const handles = channels.map(({ id }) => userHandle(organizationId, id, key).toString("hex"));
  const found = await tx.$queryRaw<{ channel: string; user: string }[]>`
    SELECT g.channel, g.handle AS "user" FROM unnest(${channels.map(({ id }) => id)}::uuid[], ${handles}::text[]) AS g (channel, handle)
    WHERE EXISTS (SELECT 1 FROM consult_sessions s WHERE s.channel_id = g.channel AND s.user_handle = decode(g.handle, 'hex'))`;
  return found.map(({ channel, user }) => ({ channel, user }));
}

/** Any condition beyond the place in the list. */
export function isNarrowed({ before: _before, after: _after, ...conditions }: TranscriptFilter): boolean {
  return Object.values(conditions).some((value) => value !== undefined);
}

type Detail = { [key: string]: AuditValue };

function detailOf({ organizationId }: PersonActor, filter: TranscriptFilter, page: TranscriptPage): Detail {
  return { filter: recordedFilter(organizationId, filter), ids: page.items.map(({ id }) => id) };
}

async function wasRecorded(tx: Tx, actor: PersonActor, detail: Detail, now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - sameSearchMinutes * 60_000);
  const found = await tx.accessRecord.findFirst({
    where: {
      organizationId: actor.organizationId,
      actorId: actor.personId,
      at: { gte: since },
      action: { in: ["search", "find"] },
      detail: canonicalJson(detail),
    },
    select: { id: true },
  });
  return found !== null;
}

async function recordSearch(
  tx: Tx,
  record: Parameters<typeof recordAccess>[1],
  actor: PersonActor,
  action: "search" | "find",
  filter: TranscriptFilter,
  page: TranscriptPage,
): Promise<void> {
  const sessions = page.items.map(({ id, userHandle: handle }) => ({ id, handle }));
  await recordAccess(
    tx,
    record,
    actor,
    { action, sessions, detail: detailOf(actor, filter, page) },
    { kind: "organization", id: actor.organizationId },
  );
}
