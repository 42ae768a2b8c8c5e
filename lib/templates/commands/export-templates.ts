import type { Actor } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { NotFound, Refused } from "@/lib/errors";
import { openOrReport } from "@/lib/evidence";
import { only } from "@/lib/streams";
import { Prisma } from "@/prisma/generated/client";
import { mediaFacts } from "../queries/media";
import { packTexts } from "../rules/pack";
import { mediaOf } from "../rules/search-text";
import { type TemplateContent, templateContentSchema } from "../schema/content";
import { type ExportTemplates, mostExported } from "../schema/transfer";

export type ExportedTemplate = {
  id: string;
  name: string;
  tags: string[];
  /** Search id; null: every channel. */
  channel: string | null;
  state: string;
  content: TemplateContent;
};

/**
 * Hands out the newest texts of templates, by name.
 * @throws Forbidden; NotFound when one of them is not there; Refused when there is none, or more than 500
 */
export function exportTemplates(actor: Actor, { way, ids }: ExportTemplates): Promise<ExportedTemplate[]> {
  return change(actor, "template:export", async (tx, record) => {
    const templates = await load(tx, ids);
    if (templates.length < new Set(ids).size) throw new NotFound();
    if (templates.length === 0) throw new Refused("templates.transfer.refused.none");
    if (templates.length > mostExported) throw new Refused("templates.transfer.refused.many");
    await record({
      action: "template.exported",
      target: { kind: "organization", id: actor.organizationId },
      body: { way, count: templates.length },
    });
    return templates;
  });
}

async function load(tx: Tx, ids: readonly string[]): Promise<ExportedTemplate[]> {
  const which = ids.length > 0 ? Prisma.sql`t.id = ANY (${[...ids]}::uuid[])` : Prisma.sql`s.state <> 'archived'`;
  const rows = await tx.$queryRaw<(Omit<ExportedTemplate, "content"> & { content: unknown })[]>`
    SELECT t.id, t.name, t.tags, c.search_id AS channel, s.state, d.content FROM templates t JOIN template_states s ON s.template_id = t.id
    JOIN template_drafts d ON d.organization_id = t.organization_id AND d.template_id = t.id AND d.number = t.revision
    LEFT JOIN channels c ON c.id = t.channel_id WHERE ${which} ORDER BY t.name, t.id LIMIT ${mostExported + 1}`;
  return rows.map((row) => ({ ...row, content: templateContentSchema.parse(row.content) }));
}

export type PackEntry = { path: string; source: AsyncIterable<Uint8Array> };

/** The entries of a pack, opened as they are read. @throws FileChanged from an entry whose file is not what was recorded */
export async function* packEntries(
  actor: Actor,
  templates: readonly ExportedTemplate[],
  at: Date,
): AsyncGenerator<PackEntry> {
  const { rows, media } = await read(actor, "template:export", async (tx) => {
    const ids = templates.flatMap(({ content }) => mediaOf(content));
    const rows = await tx.mediaFile.findMany({ where: { id: { in: [...new Set(ids)] } } });
    return { rows, media: await mediaFacts(tx, ids) };
  });
  for (const { path, text } of packTexts(templates.map(packed), media, at).texts)
    yield { path, source: only(new TextEncoder().encode(text)) };
  // The library keeps the same file once; those taken out of it may stand beside their successor.
  const written = new Set<string>();
  for (const { fileId: id, sha256, bytes } of rows) {
    if (written.has(sha256)) continue;
    written.add(sha256);
    const source = await openOrReport(actor, "template:export", { id, sha256, bytes });
    yield { path: `media/${sha256}`, source: source as ReadableStream<Uint8Array> & AsyncIterable<Uint8Array> };
  }
}

const packed = ({ name, tags, channel, state, content }: ExportedTemplate) => ({ name, tags, channel, state, content });
