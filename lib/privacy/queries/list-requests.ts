import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { addDays, type Day, kstDay } from "@/lib/clock";
import { cutPage, type Page, pageLength } from "@/lib/keyset";
import { Prisma } from "@/prisma/generated/client";
import { clocks } from "../rules/reasons";
import { answerDueOn, requestState, type StepFact } from "../rules/request";
import type { ListRequests, RequestKind, RequestState, RequestWay } from "../schema/request";

export type RequestRow = {
  id: string;
  number: number;
  kind: RequestKind;
  receivedOn: Day;
  receivedVia: RequestWay;
  channelName: string | null;
  /** Its consultations are known: channel and user_key were said. */
  known: boolean;
  state: RequestState;
  dueOn: Day;
  answeredOn: Day | null;
};
export type RequestPage = Page<RequestRow>;

type Found = Omit<RequestRow, "state" | "dueOn"> & { steps: StepFact[] | null; rank: number; place: number };

const answered = Prisma.sql`('granted', 'partly', 'refused', 'withdrawn')`;
/** The same as answerDueOn: every kind has the clock of an access. */
const due = Prisma.sql`coalesce(s.until_on, r.received_on + ${clocks.access.days}::int)`;
/** Unanswered ones first, the nearest day first; answered ones by their receipt, the newest first. */
const rank = Prisma.sql`CASE WHEN s.answered THEN 1 ELSE 0 END`;
const place = Prisma.sql`CASE WHEN s.answered THEN '2000-01-01'::date - r.received_on ELSE ${due} - '2000-01-01'::date END`;

/** A page of requests. @throws Forbidden */
export function listRequests(actor: Actor, filter: ListRequests, now: Date): Promise<RequestPage> {
  return read(actor, "data-request:read", async (tx) => {
    const back = filter.before && !filter.after ? readCursor(filter.before) : null;
    const cursor = back ?? readCursor(filter.after);
    const where = conditions(filter, kstDay(now));
    if (cursor)
      where.push(
        Prisma.sql`(${rank}, ${place}, r.id) ${back ? Prisma.sql`<` : Prisma.sql`>`} (${cursor.rank}::int, ${cursor.place}::int, ${cursor.id}::uuid)`,
      );
    const order = back ? Prisma.sql`9 DESC, 10 DESC, r.id DESC` : Prisma.sql`9, 10, r.id`;
    const found = await tx.$queryRaw<Found[]>`
      SELECT r.id, r.number, r.kind, r.received_on::text AS "receivedOn", r.received_via AS "receivedVia", c.name AS "channelName",
        r.user_handle IS NOT NULL AS known, (s.answered_at AT TIME ZONE 'Asia/Seoul')::date::text AS "answeredOn",
        ${rank} AS rank, ${place} AS place, s.steps
      FROM data_requests r LEFT JOIN channels c ON c.id = r.channel_id
        CROSS JOIN LATERAL (SELECT coalesce(bool_or(t.kind IN ${answered}), false) AS answered, max(t.until_on) AS until_on,
          min(t.at) FILTER (WHERE t.kind IN ${answered}) AS answered_at,
          json_agg(json_build_object('kind', t.kind, 'untilOn', t.until_on) ORDER BY t.at) AS steps
          FROM data_request_steps t WHERE t.organization_id = r.organization_id AND t.data_request_id = r.id) s
      WHERE ${Prisma.join(where, " AND ")} ORDER BY ${order} LIMIT ${pageLength + 1}`;
    const page = cutPage(found, { back: back !== null, cursor }, (row) => `${row.rank}.${row.place}.${row.id}`);
    return { ...page, items: page.items.map(rowOf) };
  });
}

function conditions(filter: ListRequests, today: Day): Prisma.Sql[] {
  const where = [Prisma.sql`r.organization_id = damso_organization()`];
  if (filter.kind) where.push(Prisma.sql`r.kind = ${filter.kind}`);
  if (filter.state === "closed") where.push(Prisma.sql`s.answered`);
  else if (filter.state) where.push(Prisma.sql`NOT s.answered`);
  if (filter.state === "late") where.push(Prisma.sql`${due} < ${today}::date`);
  if (filter.q) {
    const number = /^(?:SR-)?0*(\d{1,9})$/i.exec(filter.q)?.[1];
    where.push(Prisma.sql`r.number = ${number ? Number(number) : -1}`);
  }
  return where;
}

function rowOf({ steps, rank: _rank, place: _place, ...row }: Found): RequestRow {
  const taken = steps ?? [];
  return { ...row, state: requestState(row.kind, taken), dueOn: answerDueOn(row.kind, row.receivedOn, taken) };
}

function readCursor(cursor: string | undefined): { rank: number; place: number; id: string } | null {
  const match = /^([01])\.(-?\d{1,6})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor ?? "");
  return match?.[3] ? { rank: Number(match[1]), place: Number(match[2]), id: match[3] } : null;
}

/** Requests that nobody has answered and whose day is near or past, the nearest first, at most fifty. For 오늘. */
export function dueRequestsBy(today: Day, ahead: number): Prisma.Sql {
  return Prisma.sql`
    SELECT r.id, r.number, r.kind, ${due}::text AS "dueOn" FROM data_requests r
      CROSS JOIN LATERAL (SELECT coalesce(bool_or(t.kind IN ${answered}), false) AS answered, max(t.until_on) AS until_on
        FROM data_request_steps t WHERE t.organization_id = r.organization_id AND t.data_request_id = r.id) s
    WHERE r.organization_id = damso_organization() AND NOT s.answered AND ${due} <= ${addDays(today, ahead)}::date
    ORDER BY ${due}, r.number LIMIT 50`;
}
