import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { Prisma } from "@/prisma/generated/client";
import type { LedgerRow } from "../rules/ledger-row";
import type { ListLedger } from "../schema/ledger";

const pageSize = 50;

export type LedgerPage = { items: LedgerRow[]; next: string | null };

/** A page of the ledger, the latest destruction first. @throws Forbidden */
export function listLedger(actor: Actor, filter: ListLedger): Promise<LedgerPage> {
  return read(actor, "ledger:read", async (tx) => {
    const where = [Prisma.sql`l.organization_id = damso_organization()`];
    if (filter.year)
      where.push(
        Prisma.sql`l.destroyed_on BETWEEN ${`${filter.year}-01-01`}::date AND ${`${filter.year}-12-31`}::date`,
      );
    if (filter.reason) where.push(Prisma.sql`l.reason = ${filter.reason}`);
    const at = /^(\d{4}-\d\d-\d\d)\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(filter.after ?? "");
    if (at) where.push(Prisma.sql`(l.destroyed_on, l.id) < (${at[1]}::date, ${at[2]}::uuid)`);
    const found = await tx.$queryRaw<LedgerRow[]>`
      SELECT l.id, l.number, l.file_name AS "fileName", l.material, l.made_from::text AS "madeFrom", l.made_to::text AS "madeTo", l.count,
        l.destroyed_on::text AS "destroyedOn", l.reason, l.method, h.name AS "handledBy", a.name AS "approvedBy", l.destruction_id AS "destructionId"
      FROM ledger_entries l LEFT JOIN persons h ON h.id = l.handled_by LEFT JOIN persons a ON a.id = l.approved_by
      WHERE ${Prisma.join(where, " AND ")} ORDER BY l.destroyed_on DESC, l.id DESC LIMIT ${pageSize + 1}`;
    const items = found.slice(0, pageSize);
    const last = items.at(-1);
    return { items, next: found.length > pageSize && last ? `${last.destroyedOn}.${last.id}` : null };
  });
}
