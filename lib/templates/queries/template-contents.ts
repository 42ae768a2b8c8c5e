import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { MediaFacts } from "../rules/report";
import { mediaOf } from "../rules/search-text";
import { type TemplateContent, templateContentSchema } from "../schema/content";
import { mediaFacts } from "./media";

export type TemplateContents = {
  /** What each template says in its newest draft, by its id. */
  contents: ReadonlyMap<string, TemplateContent>;
  media: ReadonlyMap<string, MediaFacts>;
};

/** What some templates say, for a page that draws them all, with the files that they show. */
export function getTemplateContents(actor: Actor, ids: readonly string[]): Promise<TemplateContents> {
  return read(actor, "template:read", async (tx) => {
    const rows = await tx.$queryRaw<{ id: string; content: unknown }[]>`
      SELECT t.id, d.content FROM templates t
      JOIN template_drafts d ON d.organization_id = t.organization_id AND d.template_id = t.id AND d.number = t.revision
      WHERE t.id = ANY (${[...ids]}::uuid[])`;
    const contents = new Map(rows.map(({ id, content }) => [id, templateContentSchema.parse(content)]));
    return { contents, media: await mediaFacts(tx, [...new Set([...contents.values()].flatMap(mediaOf))]) };
  });
}
