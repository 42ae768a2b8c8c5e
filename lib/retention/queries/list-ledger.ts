import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { cutPage, pageLength, placeCursor, readPlace } from "@/lib/keyset";
import { paperDay } from "@/lib/text";
import { Prisma } from "@/prisma/generated/client";
import type { LedgerRow } from "../rules/ledger-row";
import type { ListLedger } from "../schema/ledger";

export type LedgerPage = { items: LedgerRow[]; next: string | null };

/** Where a page begins: day of the destruction and id of a line. */
const placeSchema = z.tuple([paperDay, z.uuid()]);
type Place = z.infer<typeof placeSchema>;

/** A page of the ledger, the latest destruction first. A cursor that is not ours means the first page. @throws Forbidden */
export function listLedger(actor: Actor, filter: ListLedger): Promise<LedgerPage> {
  return read(actor, "ledger:read", async (tx) => {
    const cursor = readPlace(filter.after, placeSchema);
    const found = await selectLedger(tx, filter, cursor, pageLength + 1);
    const { items, next } = cutPage(found, { back: false, cursor }, (row) => placeCursor([row.destroyedOn, row.id]));
    return { items, next };
  });
}

/** The latest lines, for the overview. @throws Forbidden */
export function latestLedger(actor: Actor, count: number): Promise<LedgerRow[]> {
  return read(actor, "ledger:read", (tx) => selectLedger(tx, {}, null, count));
}

/** At most `most` lines behind a place, the latest destruction first. */
export function selectLedger(
  tx: Tx,
  { year, reason }: Pick<ListLedger, "year" | "reason">,
  behind: Place | null,
  most: number,
): Promise<LedgerRow[]> {
  const where = [Prisma.sql`l.organization_id = damso_organization()`];
  if (year) where.push(Prisma.sql`l.destroyed_on BETWEEN ${`${year}-01-01`}::date AND ${`${year}-12-31`}::date`);
  if (reason) where.push(Prisma.sql`l.reason = ${reason}`);
  if (behind) where.push(Prisma.sql`(l.destroyed_on, l.id) < (${behind[0]}::date, ${behind[1]}::uuid)`);
  return tx.$queryRaw<LedgerRow[]>`
    SELECT l.id, l.number, l.file_name AS "fileName", l.material, l.made_from::text AS "madeFrom", l.made_to::text AS "madeTo", l.count,
      l.destroyed_on::text AS "destroyedOn", l.reason, l.reason_note AS "reasonNote", l.method, l.backup_note AS "backupNote", l.digest,
      h.name AS "handledBy", a.name AS "approvedBy", l.destruction_id AS "destructionId"
    FROM ledger_entries l LEFT JOIN persons h ON h.id = l.handled_by LEFT JOIN persons a ON a.id = l.approved_by
    WHERE ${Prisma.join(where, " AND ")} ORDER BY l.destroyed_on DESC, l.id DESC LIMIT ${most}`;
}
