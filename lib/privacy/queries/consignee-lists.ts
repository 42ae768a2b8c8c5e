import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { type Day, kstDay } from "@/lib/clock";
import { fromDay, toDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import {
  type ConsigneeChange,
  type ConsigneeContract,
  type ConsigneeEntry,
  consigneeChanges,
  consigneeEntries,
  consigneeHash,
  consigneeText,
  readConsigneeText,
} from "../rules/consignee-list";

export type PublishedConsignees = {
  number: number;
  effectiveOn: Day;
  entries: ConsigneeEntry[];
  hash: string;
  reason: string;
  by: string;
  at: Date;
};

export type ConsigneesView = {
  /** What contracts and approvals give today, and its hash. */
  generated: { entries: ConsigneeEntry[]; hash: string };
  /** The list published last, which may count from a later day; null: none yet. */
  newest: PublishedConsignees | null;
  /** The list that counts today. */
  standing: PublishedConsignees | null;
  /** How the newest list differs from what the contracts say today. */
  changes: ConsigneeChange[];
  /** The short name of the organization in the open address. */
  slug: string;
};

/** The list as it is published, beside what contracts say today. @throws Forbidden */
export function getConsignees(actor: Actor, now: Date): Promise<ConsigneesView> {
  return read(actor, "consignee-list:read", async (tx) => {
    const [newest, standing] = [await listOn(tx, null), await listOn(tx, kstDay(now))];
    const entries = await generatedEntries(tx, newest?.entries ?? [], now);
    const organization = await tx.organization.findUniqueOrThrow({
      where: { id: actor.organizationId },
      select: { slug: true },
    });
    return {
      ...{ newest, standing, slug: organization.slug },
      generated: { entries, hash: consigneeHash(consigneeText(entries)) },
      changes: consigneeChanges(newest?.entries ?? [], entries),
    };
  });
}

/** The list that counted on a day, with the company's name; null: none did. @throws Forbidden */
export function consigneesOn(actor: Actor, on: Day): Promise<(PublishedConsignees & { company: string }) | null> {
  return read(actor, "consignee-list:read", async (tx) => {
    const list = await listOn(tx, on);
    if (!list) return null;
    const { name } = await tx.organization.findUniqueOrThrow({
      where: { id: actor.organizationId },
      select: { name: true },
    });
    return { ...list, company: name };
  });
}

/** Published lists, the latest first, in pages. @param after number of the last one before */
export function listConsigneeLists(
  actor: Actor,
  after: string | null,
): Promise<{ items: (PublishedConsignees & { changes: ConsigneeChange[] })[]; next: string | null }> {
  return read(actor, "consignee-list:read", async (tx) => {
    const from = z.coerce.number().int().min(1).max(100_000).safeParse(after).data;
    const rows = await tx.consigneeList.findMany({
      ...(from === undefined ? {} : { where: { number: { lt: from } } }),
      orderBy: { number: "desc" },
      take: 51,
    });
    const name = await namesOf(tx, rows);
    const lists = rows.map((row) => published(row, name));
    const items = lists.slice(0, 50).map((list, index) => ({
      ...list,
      changes: consigneeChanges(lists[index + 1]?.entries ?? [], list.entries),
    }));
    return { items, next: rows.length > 50 ? String(items.at(-1)?.number) : null };
  });
}

/** What contracts and approvals in force say today, with the words of the list before. */
export async function generatedEntries(
  tx: Tx,
  before: readonly ConsigneeEntry[],
  now: Date,
): Promise<ConsigneeEntry[]> {
  const today = kstDay(now);
  const contracts = await tx.$queryRaw<ConsigneeContract[]>`
    SELECT n.number, n.consignee, n.sub_consignee AS "subConsignee", n.retention, coalesce((
      SELECT json_agg(json_build_object('subConsignee', r.sub_consignee, 'scope', r.scope) ORDER BY r.sub_consignee, r.valid_from DESC, r.at DESC)
      FROM reconsignments r WHERE r.contract_id = n.id AND r.valid_from <= ${today}::date
        AND (r.withdrawn_on IS NULL OR r.withdrawn_on > ${today}::date) AND (r.valid_until IS NULL OR r.valid_until >= ${today}::date)), '[]') AS approvals
    FROM contracts n WHERE n.consignment AND n.starts_on <= ${today}::date AND (n.ends_on IS NULL OR n.renewal <> 'none' OR n.ends_on >= ${today}::date)
      AND EXISTS (SELECT FROM contract_steps s WHERE s.contract_id = n.id AND s.kind = 'approved')
      AND NOT EXISTS (SELECT FROM contract_ends e WHERE e.contract_id = n.id AND e.kind = 'end' AND e.ends_on < ${today}::date)
    ORDER BY n.starts_on, n.number`;
  return consigneeEntries(contracts, before);
}

type Row = {
  number: number;
  effectiveOn: Date;
  text: string;
  hash: string;
  reason: string;
  personId: string;
  at: Date;
};

/** @param on null: the newest, whenever it begins to count */
export async function listOn(tx: Tx, on: Day | null): Promise<PublishedConsignees | null> {
  const rows = await tx.consigneeList.findMany({
    ...(on === null ? {} : { where: { effectiveOn: { lte: fromDay(on) } } }),
    orderBy: on === null ? [{ number: "desc" }] : [{ effectiveOn: "desc" }, { number: "desc" }],
    take: 1,
  });
  const [row] = rows;
  return row ? published(row, await namesOf(tx, rows)) : null;
}

function published(row: Row, name: (id: string) => string): PublishedConsignees {
  const { number, text, hash, reason, personId, at } = row;
  return {
    number,
    effectiveOn: toDay(row.effectiveOn),
    entries: readConsigneeText(text),
    hash,
    reason,
    by: name(personId),
    at,
  };
}

async function namesOf(tx: Tx, rows: readonly { personId: string }[]): Promise<(id: string) => string> {
  const persons = await tx.person.findMany({
    where: { id: { in: [...new Set(rows.map(({ personId }) => personId))] } },
    select: { id: true, name: true },
  });
  return (id) => persons.find((person) => person.id === id)?.name ?? "";
}
