import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Day } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { cursorOf, cutPage, pageLength, readCursor } from "@/lib/keyset";
import { isStatutory, lawByKey } from "@/lib/retention/rules/law-table";
import { answerDueOn, requestState } from "../rules/request";
import type { RequestKind, RequestState, RequestWay } from "../schema/request";

export type StepView = {
  id: string;
  kind: string;
  reason: string;
  untilOn: Day | null;
  letterHash: string;
  byName: string;
  at: Date;
};
/** A request without what is sealed of it. */
export type RequestView = {
  id: string;
  number: number;
  kind: RequestKind;
  receivedOn: Day;
  receivedVia: RequestWay;
  channelId: string | null;
  channelName: string | null;
  known: boolean;
  proxy: boolean;
  registeredByName: string;
  registeredAt: Date;
  version: number;
  state: RequestState;
  dueOn: Day;
  steps: StepView[];
  /** The newest destruction that was prepared for it. */
  destruction: { id: string; number: string; finishedAt: Date | null } | null;
};

/** Why a consultation of the person is kept: a hold, a law, a policy, or nothing that is known. */
export type KeptBecause =
  | { kind: "hold"; numbers: number[] }
  | { kind: "law"; law: string; article: string; until: Day | null }
  | { kind: "policy"; until: Day | null }
  | { kind: "open" };
export type MatchedSession = {
  id: string;
  openedAt: Date;
  endedAt: Date | null;
  channelName: string;
  externalId: string;
  category: string;
  messageCount: number;
  because: KeptBecause;
};

/** A request by id, or null. @throws Forbidden */
export function getRequest(actor: Actor, id: string): Promise<RequestView | null> {
  if (!z.uuid().safeParse(id).success) return Promise.resolve(null);
  return read(actor, "data-request:read", async (tx) => {
    const [row] = await tx.$queryRaw<Omit<RequestView, "state" | "dueOn" | "steps" | "destruction">[]>`
      SELECT r.id, r.number, r.kind, r.received_on::text AS "receivedOn", r.received_via AS "receivedVia", r.channel_id AS "channelId",
        c.name AS "channelName", r.user_handle IS NOT NULL AS known, r.proxy, coalesce(p.name, '–') AS "registeredByName",
        r.registered_at AS "registeredAt", r.version
      FROM data_requests r LEFT JOIN channels c ON c.id = r.channel_id LEFT JOIN persons p ON p.id = r.registered_by WHERE r.id = ${id}::uuid`;
    if (!row) return null;
    const steps = await tx.$queryRaw<StepView[]>`
      SELECT t.id, t.kind, t.reason, t.until_on::text AS "untilOn", t.letter_hash AS "letterHash", coalesce(p.name, '–') AS "byName", t.at
      FROM data_request_steps t LEFT JOIN persons p ON p.id = t.person_id
      WHERE t.organization_id = damso_organization() AND t.data_request_id = ${id}::uuid ORDER BY t.at, t.id LIMIT 100`;
    return {
      ...row,
      steps,
      state: requestState(row.kind, steps),
      dueOn: answerDueOn(row.kind, row.receivedOn, steps),
      destruction: await destructionOf(tx, id),
    };
  });
}

async function destructionOf(tx: Tx, id: string): Promise<RequestView["destruction"]> {
  const [found] = await tx.$queryRaw<NonNullable<RequestView["destruction"]>[]>`
    SELECT d.id, d.number, (SELECT max(s.at) FROM destruction_steps s WHERE s.organization_id = d.organization_id AND s.destruction_id = d.id
      AND s.kind = 'finished') AS "finishedAt"
    FROM destructions d WHERE d.organization_id = damso_organization() AND d.data_request_id = ${id}::uuid ORDER BY d.prepared_at DESC LIMIT 1`;
  return found ?? null;
}

type FoundSession = Omit<MatchedSession, "because"> & { dueOn: Day | null; basis: string | null; holds: number[] };

/**
 * The person's consultations, newest first, with why each is kept: by its number and its days, never what was said.
 * @param cursor `next` of the page before
 */
export function listMatched(
  actor: Actor,
  requestId: string,
  cursor: string | undefined,
): Promise<{ items: MatchedSession[]; next: string | null }> {
  return read(actor, "data-request:read", async (tx) => {
    const place = readCursor(cursor);
    const found = await tx.$queryRaw<FoundSession[]>`
      WITH page AS MATERIALIZED (
        SELECT s.* FROM data_requests r JOIN consult_sessions s ON s.channel_id = r.channel_id AND s.user_handle = r.user_handle
        WHERE r.id = ${requestId}::uuid AND s.organization_id = damso_organization()
          AND (${place?.at ?? null}::timestamptz IS NULL OR (s.opened_at, s.id) < (${place?.at ?? null}::timestamptz, ${place?.id ?? null}::uuid))
        ORDER BY s.opened_at DESC, s.id DESC LIMIT ${pageLength + 1})
      SELECT s.id, s.opened_at AS "openedAt", s.ended_at AS "endedAt", c.name AS "channelName", s.external_id AS "externalId", s.category,
        s.message_count AS "messageCount", s.due_on::text AS "dueOn", v.basis,
        ARRAY(SELECT h.number FROM held_sessions x JOIN holds h ON h.id = x.hold_id WHERE x.session_id = s.id ORDER BY 1) AS holds
      FROM page s JOIN channels c ON c.id = s.channel_id LEFT JOIN policy_versions v ON v.id = s.policy_version_id
      ORDER BY s.opened_at DESC, s.id DESC`;
    const { items, next } = cutPage(found, { back: false, cursor: place }, (row) => cursorOf(row.openedAt, row.id));
    return {
      items: items.map(({ dueOn, basis, holds, ...session }) => ({ ...session, because: why(dueOn, basis, holds) })),
      next,
    };
  });
}

function why(dueOn: Day | null, basis: string | null, holds: number[]): KeptBecause {
  if (holds.length > 0) return { kind: "hold", numbers: holds };
  const law = basis !== null && isStatutory(basis) ? lawByKey(basis) : null;
  if (law) return { kind: "law", law: law.law, article: law.article, until: dueOn };
  return basis === null && dueOn === null ? { kind: "open" } : { kind: "policy", until: dueOn };
}

/** Channels that a request may be about, by name. @throws Forbidden */
export function requestChannels(actor: Actor): Promise<{ id: string; name: string; searchId: string }[]> {
  return read(actor, "data-request:read", (tx) =>
    tx.channel.findMany({
      select: { id: true, name: true, searchId: true },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: 500,
    }),
  );
}
