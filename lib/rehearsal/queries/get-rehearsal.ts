// A rehearsal as its page shows it.
import { z } from "zod";
import { loadKept, loadTerms } from "@/lib/archive/kept-rows";
import { openMessages, openSessionKeys } from "@/lib/archive/seal";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { rehearsing } from "@/lib/db/rehearsing";
import { userHandle } from "@/lib/keyring";
import { consultUrlForReading, placementStatus } from "@/lib/placements/rules";
import { reckonSession } from "@/lib/retention/rules/reckon";
import { sessionStatus, shortHandle } from "@/lib/transcripts/rules";
import { boundSchema, changedParts } from "../rules/bound";
import { bubbleSchema } from "../rules/phone";
import { rehearsedUser } from "../rules/user";
import type {
  Detail,
  EventKind,
  RehearsalEvent,
  RehearsalPlace,
  RehearsalView,
  RehearsedSession,
} from "../schema/rehearsal";
import { scenarioSchema } from "../schema/scenario";
import { walkSchema } from "../schema/walk";
import { currentBounds, liveNotice } from "./current-bound";

/** Consultations, and messages of each: whoever rehearses makes a handful. */
const [mostSessions, mostMessages] = [30, 300];
const mostPlaces = 300;

/** Null for another organization's and an unknown one alike. */
export async function getRehearsal(actor: Actor, id: string, now: Date): Promise<RehearsalView | null> {
  if (!z.uuid().safeParse(id).success) return null;
  return read(actor, "rehearsal:read", async (tx) => {
    await rehearsing(tx);
    const row = await tx.rehearsal.findUnique({
      where: { id },
      include: {
        channel: { select: { name: true, searchId: true, senderKey: true } },
        scenarioVersion: { select: { number: true, name: true, scenarioId: true, content: true } },
        events: { orderBy: { number: "asc" } },
      },
    });
    if (!row) return null;
    const moved = new Date((row.endedAt ?? now).getTime() + Number(row.offsetMs));
    const nameOf = await namesOf(tx, [row.personId, ...row.events.map(({ personId }) => personId)]);
    const walk = walkSchema.parse(row.walk);
    const { channelId, scenarioVersion } = row;
    const scenario = scenarioVersion && scenarioSchema.parse(scenarioVersion.content);
    const menu = scenario?.nodes.find((node) => node.id === walk.state?.at);
    const bound = boundSchema.parse(row.bound);
    const events = row.events.map(
      ({ number, kind, at, notedAt, detail, picture, personId }): RehearsalEvent => ({
        ...{ number, kind: kind as EventKind, at, notedAt, detail: detail as Detail, personName: nameOf(personId) },
        picture: picture === null ? null : z.array(bubbleSchema).parse(picture),
      }),
    );
    const own = await tx.organization.findUniqueOrThrow({
      where: { id: actor.organizationId },
      select: { name: true },
    });
    const handle = userHandle(row.organizationId, channelId, rehearsedUser(id));
    return {
      company: own.name,
      ...{ id, channelId, at: row.at, now: moved, aheadMs: Number(row.offsetMs), endedAt: row.endedAt, events, bound },
      ...{ channelName: row.channel.name, searchId: row.channel.searchId, senderKey: row.channel.senderKey },
      format: row.format as RehearsalView["format"],
      outcome: row.outcome as RehearsalView["outcome"],
      ...{ destroyedAt: row.destroyedAt, personName: nameOf(row.personId), userHandle: shortHandle(handle) },
      blocked: events.findLast(({ kind }) => kind === "blocked" || kind === "unblocked")?.kind === "blocked",
      ...{ room: walk.room, session: walk.session },
      choices: menu?.kind === "menu" && walk.state?.over === null ? menu.choices.map(({ label }) => label) : [],
      sessions: await sessionsOf(tx, actor.organizationId, id, moved),
      places: await placesOf(tx, channelId, moved),
      notice: await liveNotice(tx, channelId),
      scenario: scenarioVersion && { ...scenarioVersion, id: scenarioVersion.scenarioId },
      changed: changedParts(bound, (await currentBounds(tx, [channelId])).get(channelId) ?? bound),
    };
  });
}

export async function namesOf(tx: Tx, ids: readonly (string | null)[]): Promise<(id: string | null) => string> {
  const known = [...new Set(ids)].flatMap((id) => id ?? []);
  const persons = await tx.person.findMany({ where: { id: { in: known } }, select: { id: true, name: true } });
  const names = new Map(persons.map(({ id, name }) => [id, name]));
  return (id) => names.get(id ?? "") ?? "";
}

export async function sessionsOf(
  tx: Tx,
  organizationId: string,
  rehearsalId: string,
  now: Date,
): Promise<RehearsedSession[]> {
  const rows = await tx.consultSession.findMany({
    where: { rehearsalId },
    // As they arrived: a dealer's times may have no fractions of a second.
    orderBy: [{ receivedAt: "desc" }, { id: "desc" }],
    take: mostSessions,
    include: { placement: { select: { name: true } } },
  });
  const ids = rows.map(({ id }) => id);
  const keys = await openSessionKeys(tx, organizationId, ids);
  const rings = await tx.sessionKey.findMany({
    where: { sessionId: { in: ids } },
    select: { sessionId: true, ring: true },
  });
  const terms = await loadTerms(tx);
  const kept = await loadKept(tx, ids);
  const all: RehearsedSession[] = [];
  for (const row of rows) {
    const key = keys.get(row.id);
    const facts = kept.get(row.id);
    const reckoned = facts && reckonSession(facts, terms, now);
    const { id, externalId, openedAt, openedBy, endedAt, returning, extra, messageCount, placement } = row;
    all.push({
      ...{ id, externalId, openedAt, openedBy, endedAt, returning, extra, messageCount },
      ...{ status: sessionStatus(row, now), placeName: placement?.name ?? null, dueOn: reckoned?.dueOn ?? null },
      policyName: terms.find(({ versionId }) => versionId === reckoned?.versionId)?.name ?? null,
      waitsFor: reckoned?.wait ?? null,
      ring: rings.find(({ sessionId }) => sessionId === id)?.ring ?? null,
      messages: key ? await wordsOf(tx, { id, organizationId }, key) : [],
    });
  }
  return all;
}

async function wordsOf(
  tx: Tx,
  session: { id: string; organizationId: string },
  key: Uint8Array,
): Promise<RehearsedSession["messages"]> {
  const rows = await openMessages(tx, session, key, { take: mostMessages });
  return rows.map(({ direction, kind, at, content }) => ({ direction, kind, at, content }));
}

type PlaceRow = Omit<RehearsalPlace, "state" | "leads"> & {
  searchId: string;
  bot: string | null;
  event: string | null;
} & {
  retiredAt: Date | null;
  wentLiveAt: Date | null;
  endsAt: Date | null;
};

async function placesOf(tx: Tx, channelId: string, now: Date): Promise<RehearsalPlace[]> {
  const rows = await tx.$queryRaw<PlaceRow[]>`
    SELECT p.id, p.name, p.code, p.medium, p.bot, p.event, c.search_id AS "searchId", r.at AS "retiredAt", g.at AS "wentLiveAt", (e.ends_on + 1)::timestamp AT TIME ZONE 'Asia/Seoul' AS "endsAt"
    FROM placements p JOIN channels c ON c.id = p.channel_id LEFT JOIN channel_go_lives g ON g.channel_id = p.channel_id LEFT JOIN placement_last_days e ON e.placement_id = p.id
      LEFT JOIN placement_retirements r ON r.placement_id = p.id
    WHERE p.channel_id = ${channelId}::uuid AND r.at IS NULL ORDER BY p.name, p.id LIMIT ${mostPlaces}`;
  return rows.map(({ id, name, code, medium, searchId, bot, event, ...facts }) => ({
    ...{ id, name, code, medium, leads: consultUrlForReading({ searchId, code, bot, event }) },
    state: placementStatus(facts, facts, now),
  }));
}
