import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { type Day, kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { cutPage, pageLength, placeCursor, readPlace } from "@/lib/keyset";
import { Prisma } from "@/prisma/generated/client";
import {
  type ApprovalFacts,
  type CheckFacts,
  type ContractParties,
  consigneeSourcesOf,
} from "../rules/consignee-facts";
import { type ConsigneeSheet, compareConsignees } from "../rules/consignees";

/** Where a page begins: name and id of a channel. */
const cursorSchema = z.tuple([z.string().max(100), z.uuid()]);

/**
 * The comparison of each channel that a contract covers, by name, in pages; one query, however many channels there are.
 * @param after `next` of the page before
 */
export async function listConsigneeSheets(
  actor: Actor,
  contractId: string,
  after: string | null,
  now: Date,
): Promise<{ items: ConsigneeSheet[]; next: string | null }> {
  if (!z.uuid().safeParse(contractId).success) return { items: [], next: null };
  return read(actor, "contract:read", async (tx) => {
    const from = readPlace(after, cursorSchema);
    const behind = from ? Prisma.sql`AND (c.name, c.id) > (${from[0]}, ${from[1]}::uuid)` : Prisma.empty;
    const found = await sheetsOf(
      tx,
      Prisma.sql`n.id = ${contractId}::uuid ${behind}`,
      Prisma.sql`ORDER BY c.name, c.id LIMIT ${pageLength + 1}`,
      kstDay(now),
    );
    const { items, next } = cutPage(found, { back: false, cursor: from }, ({ channel }) =>
      placeCursor([channel.name, channel.id]),
    );
    return { items, next };
  });
}

/** Comparisons that stand in force today and show a difference, all contracts: what 오늘 asks about. */
export async function differingSheets(tx: Tx, now: Date): Promise<ConsigneeSheet[]> {
  const today = kstDay(now);
  const standing = Prisma.sql`n.consignment AND x.from_on <= ${today}::date AND (x.until_on IS NULL OR x.until_on >= ${today}::date)
    AND EXISTS (SELECT FROM contract_steps s WHERE s.contract_id = n.id AND s.kind = 'approved')
    AND NOT EXISTS (SELECT FROM contract_ends e WHERE e.contract_id = n.id AND e.kind = 'end' AND e.ends_on < ${today}::date)`;
  const found = await sheetsOf(tx, standing, Prisma.sql`ORDER BY n.id, c.name, c.id`, today);
  return found.filter((sheet) => sheet.comparison.findings.length > 0);
}

type KeptCheck = Omit<CheckFacts, "at"> & { at: string };

type Found = ContractParties & {
  contractId: string;
  contractNumber: string;
  id: string;
  name: string;
  searchId: string;
  profile: KeptCheck | null;
  policy: KeptCheck | null;
  approval: ApprovalFacts | null;
};

/** Contract, newest checks and the approval that counts, of each covered channel: index look-ups beside one another. */
async function sheetsOf(tx: Tx, where: Prisma.Sql, order: Prisma.Sql, today: Day): Promise<ConsigneeSheet[]> {
  const found = await tx.$queryRaw<Found[]>`
    SELECT n.id AS "contractId", n.number AS "contractNumber", n.consignor, n.consignee, n.sub_consignee AS "subConsignee", n.retention,
      n.signed_on::text AS "signedOn", c.id, c.name, c.search_id AS "searchId", p.kept AS profile, q.kept AS policy, r.kept AS approval
    FROM contracts n JOIN contract_channels x ON x.contract_id = n.id JOIN channels c ON c.id = x.channel_id
    LEFT JOIN LATERAL (${newestCheck("sender-profile")}) p ON true
    LEFT JOIN LATERAL (${newestCheck("privacy-policy")}) q ON true
    LEFT JOIN LATERAL (
      SELECT json_build_object('consignor', a.consignor, 'consignee', a.consignee, 'subConsignee', a.sub_consignee,
        'approvedOn', a.approved_on) AS kept
      FROM reconsignments a WHERE a.contract_id = n.id AND a.channel_id = c.id
        AND (a.withdrawn_on IS NULL OR a.withdrawn_on > ${today}::date) AND (a.valid_until IS NULL OR a.valid_until >= ${today}::date)
      ORDER BY a.valid_from, a.at DESC LIMIT 1) r ON true
    WHERE ${where} ${order}`;
  return found.map((row) => ({
    contractId: row.contractId,
    contractNumber: row.contractNumber,
    channel: { id: row.id, name: row.name, searchId: row.searchId },
    comparison: compareConsignees(
      consigneeSourcesOf({
        contract: row,
        senderProfile: dated(row.profile),
        privacyPolicy: dated(row.policy),
        reconsignment: row.approval,
      }),
    ),
  }));
}

function newestCheck(kind: "sender-profile" | "privacy-policy"): Prisma.Sql {
  return Prisma.sql`SELECT json_build_object('at', k.at, 'sha256', k.sha256, 'facts', k.facts, 'answers', k.answers) AS kept
    FROM channel_checks k WHERE k.channel_id = c.id AND k.kind = ${kind} ORDER BY (k.sha256 IS NULL), k.at DESC, k.id DESC LIMIT 1`;
}

function dated(check: KeptCheck | null): CheckFacts | null {
  return check && { ...check, at: new Date(check.at) };
}
