// Files that the operator imported, and which of their rows were not taken.
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { NotFound } from "@/lib/errors";

export type ImportRow = {
  id: string;
  name: string;
  channel: string;
  bytes: number;
  offset: number;
  rows: number;
  stored: number;
  known: number;
  bad: number;
  startedAt: Date;
  finishedAt: Date | null;
};
export type ImportPage = { items: ImportRow[]; previous: string | null; next: string | null };

export const importPageSize = 50;

type Place = { before?: string | undefined; after?: string | undefined };

/** A page of imports, newest first. */
export function listImports(actor: Actor, place: Place): Promise<ImportPage> {
  return read(actor, "transcript:search", async (tx) => {
    const back = place.before && !place.after ? readCursor(place.before) : null;
    const cursor = back ?? readCursor(place.after);
    const found = await tx.transcriptImport.findMany({
      where: cursor ? beyond(cursor, back !== null) : {},
      orderBy: back ? [{ startedAt: "asc" }, { id: "asc" }] : [{ startedAt: "desc" }, { id: "desc" }],
      take: importPageSize + 1,
    });
    const more = found.length > importPageSize;
    const rows = back ? found.slice(0, importPageSize).reverse() : found.slice(0, importPageSize);
    const connections = await tx.dealerConnection.findMany({
      where: { id: { in: rows.map(({ connectionId }) => connectionId) } },
      select: { id: true, channel: { select: { name: true } } },
    });
    const names = new Map(connections.map(({ id, channel }) => [id, channel.name]));
    const items = rows.map(({ connectionId, bytes, offset, sha256: _sha256, organizationId: _own, ...row }) => ({
      ...row,
      ...{ bytes: Number(bytes), offset: Number(offset), channel: names.get(connectionId) ?? "" },
    }));
    return {
      items,
      previous: (back ? more : cursor !== null) ? cursorOf(items[0]) : null,
      next: back || more ? cursorOf(items.at(-1)) : null,
    };
  });
}

function beyond({ at, id }: { at: Date; id: string }, back: boolean) {
  return back
    ? { OR: [{ startedAt: { gt: at } }, { startedAt: at, id: { gt: id } }] }
    : { OR: [{ startedAt: { lt: at } }, { startedAt: at, id: { lt: id } }] };
}

function cursorOf(row: ImportRow | undefined): string | null {
  return row ? `${row.startedAt.getTime()}.${row.id}` : null;
}

function readCursor(cursor: string | undefined): { at: Date; id: string } | null {
  const match = /^(\d{1,13})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor ?? "");
  return match?.[1] && match[2] ? { at: new Date(Number(match[1])), id: match[2] } : null;
}

export type Fault = { row: number; reason: string; detail: string };
export type ImportDetail = ImportRow & { faults: Fault[]; next: number | null };

/** One import with a page of its rows that were not taken. @param after row behind which the page begins @throws NotFound */
export function getImport(actor: Actor, id: string, after: number): Promise<ImportDetail> {
  return read(actor, "transcript:search", async (tx) => {
    const found = await tx.transcriptImport.findFirst({ where: { id } });
    if (!found) throw new NotFound();
    const connection = await tx.dealerConnection.findFirst({
      where: { id: found.connectionId },
      select: { channel: { select: { name: true } } },
    });
    const faults = await tx.importFault.findMany({
      where: { importId: id, row: { gt: after } },
      select: { row: true, reason: true, detail: true },
      orderBy: { row: "asc" },
      take: importPageSize + 1,
    });
    const { name, rows, stored, known, bad, startedAt, finishedAt } = found;
    const shown = faults.slice(0, importPageSize);
    return {
      ...{ id, name, rows, stored, known, bad, startedAt, finishedAt, channel: connection?.channel.name ?? "" },
      ...{ bytes: Number(found.bytes), offset: Number(found.offset), faults: shown },
      next: faults.length > importPageSize ? (shown.at(-1)?.row ?? null) : null,
    };
  });
}

/** How many rows were not taken for which reason, most first. */
export function listFaultCounts(
  actor: Actor,
  importId: string,
): Promise<{ reason: string; count: number; first: number }[]> {
  return read(
    actor,
    "transcript:search",
    (tx) => tx.$queryRaw<{ reason: string; count: number; first: number }[]>`
      SELECT reason, count(*)::int AS count, min(row) AS first FROM import_faults WHERE import_id = ${importId}::uuid
      GROUP BY reason ORDER BY count(*) DESC, reason`,
  );
}

/** Open connections of a channel, newest first. */
export function importConnections(actor: Actor, channelId: string): Promise<{ id: string; format: string }[]> {
  return read(actor, "transcript:import", (tx) =>
    tx.dealerConnection.findMany({
      where: { channelId, closedAt: null },
      select: { id: true, format: true },
      orderBy: { createdAt: "desc" },
      take: 50,
    }),
  );
}
