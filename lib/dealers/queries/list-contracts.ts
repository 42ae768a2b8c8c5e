import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { type Day, kstDay } from "@/lib/clock";
import { cutPage, type Page, pageLength, placeCursor, readPlace } from "@/lib/keyset";
import { Prisma } from "@/prisma/generated/client";
import { approvalState, type ContractState, contractState } from "../rules/contract";
import { termEndOf, termRuleOf } from "../rules/contract-term";
import { type Deadline, deadlinesOf } from "../rules/deadlines";
import type { ListContracts } from "../schema/contract";

export type ContractRow = {
  id: string;
  number: string;
  title: string;
  dealer: string;
  service: boolean;
  consignment: boolean;
  startsOn: Day;
  /** Last day by an agreed end, else of the running term; null without a term. */
  lastOn: Day | null;
  state: ContractState;
  /** The decision day of the running term while the contract is in force and nobody has decided; null otherwise. */
  decision: Deadline | null;
  /** The first three by name, and how many there are. */
  channels: string[];
  channelCount: number;
};

type Found = {
  id: string;
  number: string;
  title: string;
  dealer: string;
  service: boolean;
  consignment: boolean;
  startsOn: Day;
  endsOn: Day | null;
  renewal: string;
  renewalMonths: number | null;
  noticeCount: number | null;
  noticeUnit: string | null;
  dealerNoticeCount: number | null;
  dealerNoticeUnit: string | null;
  marginDays: number;
  version: number;
  createdAt: Date;
  step: string | null;
  agreedEndOn: Day | null;
  channels: string[] | null;
  channelCount: number;
  chosen: Day[] | null;
};

/** Where a page begins: instant or last day, and id of a row. */
const cursorSchema = z.tuple([z.union([z.iso.datetime(), z.iso.date(), z.literal("infinity")]), z.uuid()]);

/** Fifty contracts, the newest first or by the end of the first term. */
export async function listContracts(actor: Actor, filter: ListContracts, now: Date): Promise<Page<ContractRow>> {
  const today = kstDay(now);
  const backwards = filter.before !== undefined;
  const cursor = readPlace(filter.before ?? filter.after, cursorSchema);
  const byEnd = filter.sort === "end";
  // A contract without a term comes last.
  const key = byEnd ? Prisma.sql`coalesce(c.ends_on, 'infinity'::date)` : Prisma.sql`c.created_at`;
  const conditions = [Prisma.sql`TRUE`];
  if (filter.q) {
    const pattern = `%${filter.q.replace(/[\\%_]/g, "\\$&")}%`;
    conditions.push(Prisma.sql`(c.number ILIKE ${pattern} OR c.title ILIKE ${pattern})`);
  }
  if (filter.dealer) conditions.push(Prisma.sql`c.dealer = ${filter.dealer}`);
  if (filter.state) conditions.push(inState(filter.state, today));
  const ascending = byEnd !== backwards;
  if (cursor) {
    const place = byEnd
      ? Prisma.sql`(${cursor[0]}::date, ${cursor[1]}::uuid)`
      : Prisma.sql`(${cursor[0]}::timestamptz, ${cursor[1]}::uuid)`;
    conditions.push(ascending ? Prisma.sql`(${key}, c.id) > ${place}` : Prisma.sql`(${key}, c.id) < ${place}`);
  }
  const order = ascending ? Prisma.sql`${key}, c.id` : Prisma.sql`${key} DESC, c.id DESC`;
  const found = await read(
    actor,
    "contract:read",
    (tx) => tx.$queryRaw<Found[]>`
      WITH page AS MATERIALIZED (
        SELECT c.*, s.kind AS step, CASE WHEN d.kind = 'end' THEN d.ends_on END AS agreed_end, row_number() OVER (ORDER BY ${order}) AS place
        FROM contracts c
        LEFT JOIN contract_ends d ON d.contract_id = c.id
        LEFT JOIN LATERAL (SELECT kind FROM contract_steps WHERE contract_id = c.id AND number = c.version
          AND organization_id = c.organization_id ORDER BY at DESC, id DESC LIMIT 1) s ON true
        WHERE ${Prisma.join(conditions, " AND ")} ORDER BY ${order} LIMIT ${pageLength + 1}),
      covers AS (SELECT x.contract_id, count(*)::int AS count, (array_agg(h.name ORDER BY h.name))[1:3] AS names
        FROM contract_channels x JOIN channels h ON h.id = x.channel_id WHERE x.contract_id IN (SELECT id FROM page) GROUP BY x.contract_id),
      decided AS (SELECT contract_id, array_agg(DISTINCT term_ends_on::text) AS terms FROM contract_choices
        WHERE contract_id IN (SELECT id FROM page) GROUP BY contract_id)
      SELECT p.id, p.number, p.title, p.dealer, p.service, p.consignment, p.starts_on::text AS "startsOn", p.ends_on::text AS "endsOn", p.renewal,
        p.renewal_months AS "renewalMonths", p.notice_count AS "noticeCount", p.notice_unit AS "noticeUnit",
        p.dealer_notice_count AS "dealerNoticeCount", p.dealer_notice_unit AS "dealerNoticeUnit", p.margin_days AS "marginDays",
        p.version, p.created_at AS "createdAt", p.step, p.agreed_end::text AS "agreedEndOn",
        covers.names AS channels, coalesce(covers.count, 0) AS "channelCount", decided.terms AS chosen
      FROM page p LEFT JOIN covers ON covers.contract_id = p.id LEFT JOIN decided ON decided.contract_id = p.id ORDER BY p.place`,
  );
  const page = cutPage(found, { back: backwards, cursor }, (row) =>
    placeCursor([byEnd ? (row.endsOn ?? "infinity") : row.createdAt.toISOString(), row.id]),
  );
  return { ...page, items: page.items.map((row) => rowOf(row, today)) };
}

function rowOf(row: Found, today: Day): ContractRow {
  const { id, number, title, dealer, service, consignment, startsOn, version, step, agreedEndOn } = row;
  const steps = step ? [{ kind: step, number: version, hash: "", personId: "", at: row.createdAt }] : [];
  const termEndsOn = termEndOf(row, today);
  const state = contractState(approvalState(version, steps), { startsOn, termEndsOn, endsOn: agreedEndOn }, today);
  const open = (state === "inForce" || state === "upcoming") && !row.chosen?.includes(termEndsOn ?? "");
  const decision = open ? deadlinesOf(termRuleOf(row), today).find(({ kind }) => kind === "decision") : undefined;
  return {
    ...{ id, number, title, dealer, service, consignment, startsOn, state },
    lastOn: agreedEndOn ?? termEndsOn,
    decision: decision ?? null,
    channels: row.channels ?? [],
    channelCount: row.channelCount,
  };
}

/** The approval of the newest version, or an agreed end that has passed; the same as `approvalState` and `contractState`, for the database. */
function inState(state: NonNullable<ListContracts["state"]>, today: Day): Prisma.Sql {
  const ended = Prisma.sql`(d.kind IS NOT DISTINCT FROM 'end' AND d.ends_on < ${today}::date)`;
  switch (state) {
    case "ended":
      return ended;
    case "draft":
      return Prisma.sql`(NOT ${ended} AND coalesce(s.kind, 'withdrawn') IN ('rejected', 'withdrawn'))`;
    case "submitted":
    case "approved":
      return Prisma.sql`(NOT ${ended} AND s.kind = ${state})`;
  }
}
