import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { MediaFacts } from "../rules/report";
import { type TemplateContent, templateContentSchema } from "../schema/content";
import { judgeGiven } from "./judge-given";

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
    const media = new Map<string, MediaFacts>();
    for (const content of contents.values())
      for (const [id, facts] of (await judgeGiven(tx, content)).media) media.set(id, facts);
    return { contents, media };
  });
}
