import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { NotFound } from "@/lib/errors";
import { openOrReport } from "@/lib/evidence";
import type { OpenFile } from "@/lib/file-answer";
import { cursorOf, cutPage, type Page, pageLength, readCursor } from "@/lib/keyset";
import { Prisma } from "@/prisma/generated/client";
import type { MediaFacts } from "../rules/report";
import type { MediaFilters, MediaKind, MediaRow, MediaUse, MediaView } from "../schema/media";

/** What a judgement of messages needs to know of their files, by id. Those taken out of the library are among them: versions show them. */
export async function mediaFacts(tx: Tx, ids: readonly string[]): Promise<Map<string, MediaFacts>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.mediaFile.findMany({ where: { id: { in: [...new Set(ids)] } } });
  return new Map(
    rows.map(({ id, kind, mime, name, bytes, width, height, seconds, sha256 }) => [
      id,
      { kind: kind as MediaKind, mime, name, bytes, width, height, seconds, sha256 },
    ]),
  );
}

/** Facts of files by their ids, for messages that are shown. */
export function listMediaFacts(actor: Actor, ids: readonly string[]): Promise<Map<string, MediaFacts>> {
  return read(actor, "template:read", (tx) => mediaFacts(tx, ids));
}

/** The library, newest first, fifty at a time. */
export function listMedia(actor: Actor, filters: MediaFilters): Promise<Page<MediaRow>> {
  const { q, kind, unused, after, before } = filters;
  const back = before !== "";
  const pattern = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  const cursor = readCursor(back ? before : after);
  const where = [Prisma.sql`NOT EXISTS (SELECT FROM media_withdrawals w WHERE w.media_id = m.id)`];
  if (kind) where.push(Prisma.sql`m.kind = ${kind}`);
  if (q !== "") where.push(Prisma.sql`(m.name ILIKE ${pattern} OR m.alt ILIKE ${pattern})`);
  if (unused) where.push(Prisma.sql`NOT EXISTS (SELECT FROM ${uses} WHERE m.id = ANY (d.media))`);
  if (cursor)
    where.push(
      back
        ? Prisma.sql`(m.at, m.id) > (${cursor.at}, ${cursor.id}::uuid)`
        : Prisma.sql`(m.at, m.id) < (${cursor.at}, ${cursor.id}::uuid)`,
    );
  const order = back ? Prisma.sql`m.at ASC, m.id ASC` : Prisma.sql`m.at DESC, m.id DESC`;
  return read(actor, "template:read", async (tx) => {
    const rows = await tx.$queryRaw<MediaRow[]>`
      SELECT m.id, m.kind, m.name, m.mime, m.bytes, m.sha256, m.cleaned, m.width, m.height, m.seconds, m.alt, m.at, p.name AS "personName",
        (SELECT count(*)::int FROM ${uses} WHERE m.id = ANY (d.media)) AS uses
      FROM media_files m LEFT JOIN persons p ON p.id = m.person_id
      WHERE m.organization_id = damso_organization() AND ${Prisma.join(where, " AND ")} ORDER BY ${order} LIMIT ${pageLength + 1}`;
    return cutPage(rows, { back, cursor }, ({ at, id }) => cursorOf(at, id));
  });
}

/** Newest drafts of templates with their files. */
const uses = Prisma.sql`template_drafts d JOIN templates t ON t.organization_id = d.organization_id AND t.id = d.template_id AND t.revision = d.number`;

/** Templates whose newest draft shows a file. */
export function usesOf(tx: Tx, mediaId: string): Promise<MediaUse[]> {
  return tx.$queryRaw<MediaUse[]>`
    SELECT t.id AS "templateId", t.name, s.in_use AS version FROM ${uses} JOIN template_states s ON s.template_id = t.id
    WHERE d.media @> ARRAY[${mediaId}::uuid] ORDER BY t.name, t.id LIMIT 200`;
}

/** The newest of the library for a choice: at most 200. */
export function listMediaChoices(actor: Actor): Promise<MediaRow[]> {
  return read(
    actor,
    "template:read",
    (tx) => tx.$queryRaw<MediaRow[]>`
      SELECT m.id, m.kind, m.name, m.mime, m.bytes, m.sha256, m.cleaned, m.width, m.height, m.seconds, m.alt, m.at, NULL AS "personName", 0 AS uses
      FROM media_files m WHERE m.organization_id = damso_organization()
        AND NOT EXISTS (SELECT FROM media_withdrawals w WHERE w.media_id = m.id) ORDER BY m.at DESC, m.id DESC LIMIT 200`,
  );
}

/** One file with where it is used, or null. */
export async function getMedia(actor: Actor, id: string): Promise<MediaView | null> {
  if (!z.uuid().safeParse(id).success) return null;
  return read(actor, "template:read", async (tx) => {
    const row = await tx.mediaFile.findUnique({ where: { id }, include: { withdrawal: true } });
    if (!row) return null;
    const person = await tx.person.findUnique({ where: { id: row.personId }, select: { name: true } });
    const { kind, fileId, name, mime, bytes, sha256, cleaned, width, height, seconds, alt, at } = row;
    return {
      ...{ id, fileId, name, mime, bytes, sha256, cleaned, width, height, seconds, alt, at },
      ...{ kind: kind as MediaKind, personName: person?.name ?? null, withdrawn: row.withdrawal !== null },
      usedIn: await usesOf(tx, id),
    };
  });
}

/** The bytes of a file, checked against its hash. @throws NotFound, FileChanged */
export async function openMedia(actor: Actor, id: string): Promise<OpenFile & { kind: MediaKind; bytes: number }> {
  const media = await getMedia(actor, id);
  if (!media) throw new NotFound();
  const { fileId, name, mime, bytes, sha256, kind } = media;
  const stream = await openOrReport(actor, "template:read", { id: fileId, sha256, bytes });
  return { name, mime, bytes, stream, kind };
}
