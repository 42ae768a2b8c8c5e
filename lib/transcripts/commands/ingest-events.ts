// Takes dealers' events: each once, whole or not at all, sealed, whatever order they come in.
import { receiptOf } from "@/lib/archive/seal";
import type { DealerActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { rehearsing } from "@/lib/db/rehearsing";
import { userHandle } from "@/lib/keyring";
import type { ConsultEvent, Refusal, Taken } from "../schema";
import { type Arrival, writeSessions } from "./write-sessions";

/** A statement that waits longer fails, and the dealer is asked to come again: it gives up after 5 s itself (field-facts 1.2). */
const statementMs = 4_000;

/**
 * Takes up to some thousand events of one connection in one transaction.
 * An event that came before is answered as stored; the same id with other content is refused.
 * @param channelId the connection's channel
 * @param receivedAt when they arrived
 * @returns one answer per event, in order
 */
export async function ingestEvents(
  actor: DealerActor,
  channelId: string,
  events: readonly ConsultEvent[],
  receivedAt: Date,
): Promise<Taken[]> {
  if (events.length === 0) return [];
  return ingest(actor, "event:ingest", async (tx) => {
    await tx.$executeRaw`SELECT set_config('statement_timeout', ${String(statementMs)}, true)`;
    return (await takeEvents(tx, actor, channelId, events, receivedAt)).taken;
  });
}

/** Under which connection events are taken: its receipts know what came before. */
export type Source = Pick<DealerActor, "connectionId" | "organizationId" | "rehearsalId">;

/**
 * What `ingestEvents` does, inside the transaction of a caller who was let through another door (the operator's import).
 * @returns one answer per event, in order, and how many of them nobody had brought before
 */
export async function takeEvents(
  tx: Tx,
  source: Source,
  channelId: string,
  events: readonly ConsultEvent[],
  receivedAt: Date,
): Promise<{ taken: Taken[]; added: number }> {
  if (source.rehearsalId) await rehearsing(tx);
  const taken = new Map<number, Refusal>();
  const { arrivals, repeats } = identify(source.organizationId, channelId, events);
  const digests = new Map(arrivals.map(({ key, digest }) => [key, digest]));
  const fresh = await keepReceipts(tx, source, arrivals, receivedAt, digests);
  for (const { at, key, digest } of arrivals) if (digests.get(key) !== digest) taken.set(at, "conflicting_repeat");
  if (fresh.length > 0) {
    const placed = await findOpenSessions(tx, channelId, fresh, taken);
    await writeSessions(tx, { actor: source, channelId, receivedAt }, placed, taken);
    await forgetReceipts(tx, source, fresh, taken);
  }
  const added = fresh.filter(({ at }) => !taken.has(at)).length;
  for (const { at, digest, of } of repeats) {
    const first = taken.get(of.at);
    if (digests.get(of.key) !== digest) taken.set(at, "conflicting_repeat");
    else if (first && first !== "conflicting_repeat") taken.set(at, first);
  }
  const answers = events.map((_, at): Taken => {
    const reason = taken.get(at);
    return reason ? { stored: false, reason } : { stored: true };
  });
  return { taken: answers, added };
}

/** An event that names itself as another of the same batch does. */
type Repeat = { at: number; digest: string; of: Arrival };

/** Names each event by its keyed hashes; the same event twice in one batch goes on once. */
function identify(
  organizationId: string,
  channelId: string,
  events: readonly ConsultEvent[],
): { arrivals: Arrival[]; repeats: Repeat[] } {
  const byKey = new Map<string, Arrival>();
  const repeats: Repeat[] = [];
  events.forEach((event, at) => {
    const { key, digest } = receiptOf(organizationId, event);
    const first = byKey.get(key);
    if (first) repeats.push({ at, digest, of: first });
    else {
      const handle = userHandle(organizationId, channelId, event.userKey).toString("hex");
      byKey.set(key, { at, event, key, digest, handle, externalId: event.sessionId });
    }
  });
  // In one order for everybody, so that two instances wait for each other but never in a circle.
  return { arrivals: [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1)), repeats };
}

/** Writes a receipt per event. @returns those that had none; of the others `digests` learns what they were at their first coming */
async function keepReceipts(
  tx: Tx,
  actor: Source,
  arrivals: Arrival[],
  receivedAt: Date,
  digests: Map<string, string>,
): Promise<Arrival[]> {
  const made = await tx.$queryRaw<{ key: string }[]>`
    INSERT INTO event_receipts (connection_id, key, organization_id, digest, at)
    SELECT ${actor.connectionId}::uuid, decode(r.key, 'hex'), ${actor.organizationId}::uuid, decode(r.digest, 'hex'), ${receivedAt}
    FROM unnest(${arrivals.map(({ key }) => key)}::text[], ${arrivals.map(({ digest }) => digest)}::text[]) AS r (key, digest)
    ON CONFLICT DO NOTHING RETURNING encode(key, 'hex') AS key`;
  const fresh = new Set(made.map(({ key }) => key));
  const known = arrivals.filter(({ key }) => !fresh.has(key));
  if (known.length > 0) {
    const before = await tx.$queryRaw<{ key: string; digest: string }[]>`
      SELECT encode(key, 'hex') AS key, encode(digest, 'hex') AS digest FROM event_receipts
      WHERE connection_id = ${actor.connectionId}::uuid AND key IN (SELECT decode(k, 'hex') FROM unnest(${known.map(({ key }) => key)}::text[]) AS k)`;
    for (const { key, digest } of before) digests.set(key, digest);
  }
  return arrivals.filter(({ key }) => fresh.has(key));
}

/** Where a dealer leaves the session id out, the event belongs to the user's newest session; a message without one opens its own. */
async function findOpenSessions(
  tx: Tx,
  channelId: string,
  arrivals: Arrival[],
  taken: Map<number, Refusal>,
): Promise<Arrival[]> {
  const nameless = arrivals.filter(({ externalId }) => externalId === null);
  if (nameless.length === 0) return arrivals;
  const rows = await tx.$queryRaw<{ handle: string; externalId: string }[]>`
    SELECT DISTINCT ON (user_handle) encode(user_handle, 'hex') AS handle, external_id AS "externalId" FROM consult_sessions
    WHERE channel_id = ${channelId}::uuid AND ended_at IS NULL
      AND user_handle IN (SELECT decode(h, 'hex') FROM unnest(${nameless.map(({ handle }) => handle)}::text[]) AS h)
    ORDER BY user_handle, opened_at DESC`;
  const newest = new Map(rows.map(({ handle, externalId }) => [handle, externalId]));
  for (const { handle, externalId } of arrivals) if (externalId !== null) newest.set(handle, externalId);
  return arrivals.flatMap((arrival) => {
    if (arrival.externalId !== null) return [arrival];
    let externalId = newest.get(arrival.handle);
    if (externalId === undefined) {
      if (arrival.event.kind === "note" || arrival.event.kind === "ended") {
        taken.set(arrival.at, "no_session");
        return [];
      }
      externalId = `~${arrival.key}`;
      newest.set(arrival.handle, externalId);
    }
    return [{ ...arrival, externalId }];
  });
}

/** What was refused after all must be judged again when it comes again. */
async function forgetReceipts(tx: Tx, actor: Source, fresh: Arrival[], taken: Map<number, Refusal>): Promise<void> {
  const refused = fresh.filter(({ at }) => taken.has(at)).map(({ key }) => key);
  if (refused.length === 0) return;
  await tx.$executeRaw`DELETE FROM event_receipts WHERE connection_id = ${actor.connectionId}::uuid
    AND key IN (SELECT decode(k, 'hex') FROM unnest(${refused}::text[]) AS k)`;
}
