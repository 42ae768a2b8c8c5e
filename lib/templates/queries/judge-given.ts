import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { judge } from "../rules/judge";
import type { JudgeWith, MediaFacts, TemplateReport } from "../rules/report";
import { mediaOf } from "../rules/search-text";
import type { TemplateContent } from "../schema/content";
import { mediaFacts } from "./media";

type Given = JudgeWith & { media: ReadonlyMap<string, MediaFacts> };

/** What a judgement needs of this company besides the words: its files that are named, and its codes that buttons carry. */
export async function judgeGiven(tx: Tx, content: TemplateContent): Promise<Given> {
  const buttons = [...content.buttons, ...content.items.flatMap((item) => item.buttons)];
  const extras = [...new Set(buttons.map(({ extra }) => extra).filter((extra) => extra !== ""))];
  const known = await tx.placement.findMany({ where: { code: { in: extras } }, select: { code: true } });
  return { media: await mediaFacts(tx, mediaOf(content)), codes: new Set(known.map(({ code }) => code)) };
}

/** The judgement of a content as the server gives it, the same that a submission asks for, and the files that it shows. */
export function getTemplateReport(
  actor: Actor,
  content: TemplateContent,
): Promise<{ report: TemplateReport; media: Given["media"] }> {
  return read(actor, "template:read", async (tx) => {
    const given = await judgeGiven(tx, content);
    return { report: judge(content, given), media: given.media };
  });
}
