// What was taken out of the house, by whom and why; never its password.
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { type ExportFilter, type ExportFormat, exportFilterSchema } from "../schema/exports";
import { listOpenPurposes, type PurposeChoice } from "./list-purposes";

export type ExportRow = {
  id: string;
  at: Date;
  personId: string;
  person: string;
  purpose: string;
  reason: string;
  format: ExportFormat;
  masked: boolean;
  filter: ExportFilter;
  /** Name of the channel in the filter. */
  channel: string | null;
  planned: number;
  written: number;
  startedAt: Date | null;
  finishedAt: Date | null;
  failure: string;
  expiresAt: Date | null;
  goneAt: Date | null;
  goneWhy: string;
  downloads: number;
};
export type ExportPage = { items: ExportRow[]; previous: string | null; next: string | null };

export const exportPageSize = 50;

/** A page of exports, newest first. */
export function listExports(
  actor: Actor,
  place: { before?: string | undefined; after?: string | undefined },
): Promise<ExportPage> {
  return read(actor, "transcript:search", async (tx) => {
    const back = place.before && !place.after ? readCursor(place.before) : null;
    const cursor = back ?? readCursor(place.after);
    const found = await tx.transcriptExport.findMany({
      where: cursor ? beyond(cursor, back !== null) : {},
      orderBy: back ? [{ at: "asc" }, { id: "asc" }] : [{ at: "desc" }, { id: "desc" }],
      take: exportPageSize + 1,
    });
    const more = found.length > exportPageSize;
    const rows = back ? found.slice(0, exportPageSize).reverse() : found.slice(0, exportPageSize);
    const filters = rows.map(({ filter }) => exportFilterSchema.parse(JSON.parse(filter)));
    const people = await tx.person.findMany({
      where: { id: { in: rows.map(({ personId }) => personId) } },
      select: { id: true, name: true },
    });
    const purposes = await tx.viewPurpose.findMany({
      where: { id: { in: rows.map(({ purposeId }) => purposeId) } },
      select: { id: true, name: true },
    });
    const channels = await tx.channel.findMany({
      where: { id: { in: filters.flatMap(({ channel }) => channel ?? []) } },
      select: { id: true, name: true },
    });
    const nameIn = (list: readonly { id: string; name: string }[], id: string | undefined) =>
      list.find((one) => one.id === id)?.name;
    const items = rows.map(
      ({ passwordSealed: _sealed, organizationId: _own, fileId: _file, sha256: _hash, bytes: _bytes, ...row }, at) => ({
        ...row,
        format: row.format as ExportFormat,
        filter: filters[at] ?? {},
        person: nameIn(people, row.personId) ?? "",
        purpose: nameIn(purposes, row.purposeId) ?? "",
        channel: nameIn(channels, filters[at]?.channel) ?? null,
      }),
    );
    return {
      items,
      previous: (back ? more : cursor !== null) ? cursorOf(items[0]) : null,
      next: back || more ? cursorOf(items.at(-1)) : null,
    };
  });
}

/** The purposes that an export may be asked for. */
export function exportPurposes(actor: Actor): Promise<PurposeChoice[]> {
  return read(actor, "transcript:export", (tx) => listOpenPurposes(tx));
}

function beyond({ at, id }: { at: Date; id: string }, back: boolean) {
  return back
    ? { OR: [{ at: { gt: at } }, { at, id: { gt: id } }] }
    : { OR: [{ at: { lt: at } }, { at, id: { lt: id } }] };
}

function cursorOf(row: { at: Date; id: string } | undefined): string | null {
  return row ? `${row.at.getTime()}.${row.id}` : null;
}

function readCursor(cursor: string | undefined): { at: Date; id: string } | null {
  const match = /^(\d{1,13})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor ?? "");
  return match?.[1] && match[2] ? { at: new Date(Number(match[1])), id: match[2] } : null;
}
