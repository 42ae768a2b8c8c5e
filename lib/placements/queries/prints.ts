import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import { cutPage, type Page, pageLength, placeCursor, readPlace } from "@/lib/keyset";
import { Prisma } from "@/prisma/generated/client";
import { placementConditions, placementSources } from "../queries";
import type { PlacementFilters } from "../schema";
import { mostPrints, type PrintItem, type PrintRow } from "../schema/prints";

const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);

const columns = Prisma.sql`b.id, b.name, b.kind, b.total, b.done, b.at, w.name AS "personName", b.lease_until AS "startedAt",
  b.finished_at AS "finishedAt", b.canceled_at AS "canceledAt", b.failure, b.file_id AS "fileId", f.bytes::float8 AS bytes, f.sha256`;

/** Fifty batches, newest first. */
export function listPrints(actor: Actor, filters: { after: string; before: string }): Promise<Page<PrintRow>> {
  return read(actor, "placement:read", async (tx) => {
    const cursor = readPlace(filters.after || filters.before, cursorSchema);
    const back = filters.after === "" && cursor !== null;
    const behind = !cursor
      ? Prisma.sql`true`
      : back
        ? Prisma.sql`(b.at, b.id) > (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)`
        : Prisma.sql`(b.at, b.id) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)`;
    const found = await tx.$queryRaw<PrintRow[]>`
      SELECT ${columns} FROM print_batches b LEFT JOIN persons w ON w.id = b.person_id LEFT JOIN evidence_files f ON f.id = b.file_id
      WHERE ${behind} ORDER BY ${back ? Prisma.sql`b.at, b.id` : Prisma.sql`b.at DESC, b.id DESC`} LIMIT ${pageLength + 1}`;
    return cutPage(found, { back, cursor }, (row) => placeCursor([row.at.toISOString(), row.id]));
  });
}

/** One batch with its places, or null. */
export async function getPrint(actor: Actor, id: string): Promise<{ batch: PrintRow; items: PrintItem[] } | null> {
  if (!z.uuid().safeParse(id).success) return null;
  return read(actor, "placement:read", async (tx) => {
    const [batch] = await tx.$queryRaw<PrintRow[]>`
      SELECT ${columns} FROM print_batches b LEFT JOIN persons w ON w.id = b.person_id LEFT JOIN evidence_files f ON f.id = b.file_id
      WHERE b.id = ${id}::uuid`;
    if (!batch) return null;
    const items = await tx.$queryRaw<PrintItem[]>`
      SELECT i.place, i.placement_id AS "placementId", p.name, p.code, p.site, p.location, i.qr_number AS "qrNumber", i.run_number AS "runNumber",
        r.copies, r.printed_on::text AS "printedOn"
      FROM print_batch_items i JOIN placements p ON p.id = i.placement_id
      LEFT JOIN print_runs r ON r.placement_id = i.placement_id AND r.number = i.run_number
      WHERE i.batch_id = ${id}::uuid ORDER BY i.place`;
    return { batch, items };
  });
}

export type Printable = { id: string; name: string; code: string; channelName: string };

/** Places that can be printed (by redirect, neither retired nor ended): those that were ticked, or all that the filters find, at most 1,000. */
export function listPrintable(
  actor: Actor,
  wanted: { ids: readonly string[]; filters: PlacementFilters },
  now: Date,
): Promise<Printable[]> {
  const today = kstDay(now);
  const chosen =
    wanted.ids.length > 0
      ? [Prisma.sql`p.id = ANY(${[...wanted.ids]}::uuid[])`]
      : placementConditions(wanted.filters, today);
  return read(
    actor,
    "placement:read",
    (tx) => tx.$queryRaw<Printable[]>`
      SELECT p.id, p.name, p.code, c.name AS "channelName" FROM ${placementSources}
      WHERE ${Prisma.join(chosen, " AND ")} AND p.mode = 'redirect' AND r.placement_id IS NULL AND (e.ends_on IS NULL OR e.ends_on >= ${today}::date)
      ORDER BY p.site, p.name, p.id LIMIT ${mostPrints}`,
  );
}
