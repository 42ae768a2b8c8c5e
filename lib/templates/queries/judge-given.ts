import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Day } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { judge } from "../rules/judge";
import { type ConsentCover, personalDataFindings } from "../rules/personal-data";
import type { JudgeWith, MediaFacts, TemplateReport } from "../rules/report";
import { mediaOf } from "../rules/search-text";
import { wordingFindings } from "../rules/wording";
import type { TemplateContent } from "../schema/content";
import type { WordRule } from "../schema/word-rule";
import { mediaFacts } from "./media";
import { loadWordRules } from "./word-rules";

type Given = JudgeWith & { media: ReadonlyMap<string, MediaFacts> };

/** What a judgement needs of this company besides the words: its files that are named, and its codes that buttons carry. */
export async function judgeGiven(tx: Tx, content: TemplateContent): Promise<Given> {
  const buttons = [...content.buttons, ...content.items.flatMap((item) => item.buttons)];
  const extras = [...new Set(buttons.map(({ extra }) => extra).filter((extra) => extra !== ""))];
  const known = await tx.placement.findMany({ where: { code: { in: extras } }, select: { code: true } });
  return { media: await mediaFacts(tx, mediaOf(content)), codes: new Set(known.map(({ code }) => code)) };
}

/** What a template says besides its words: rules of the company and of consents look there. */
export type JudgedAbout = { tags: readonly string[]; channelId: string | null };

/**
 * Everything that is held against a message on a day: the guide and dealers, the company's own words, personal data asked without a consent
 * form. Submission, import and pages ask here.
 */
export async function reportOf(
  tx: Tx,
  content: TemplateContent,
  about: JudgedAbout,
  on: Day,
): Promise<{ report: TemplateReport; media: Given["media"] }> {
  const given = await judgeGiven(tx, content);
  const { findings, counts } = judge(content, given);
  const words = wordingFindings(content, await loadWordRules(tx), { on, tags: about.tags });
  const personal = personalDataFindings(content, { channelId: about.channelId, forms: await consentCovers(tx) });
  return { report: { findings: [...findings, ...words, ...personal], counts }, media: given.media };
}

/** The same for a page. */
export function getTemplateReport(
  actor: Actor,
  content: TemplateContent,
  about: JudgedAbout,
  on: Day,
): Promise<{ report: TemplateReport; media: Given["media"] }> {
  return read(actor, "template:read", (tx) => reportOf(tx, content, about, on));
}

/** What the company holds against every message besides the guide: for an editor that judges while one writes. */
export function getCompanyRules(actor: Actor): Promise<{ rules: WordRule[]; forms: ConsentCover[] }> {
  return read(actor, "template:read", async (tx) => ({
    rules: await loadWordRules(tx),
    forms: await consentCovers(tx),
  }));
}

/** Where consents are asked: forms that were approved and are not retired. */
export function consentCovers(tx: Tx): Promise<ConsentCover[]> {
  return tx.consentForm.findMany({
    where: { retiredAt: null, steps: { some: { kind: "approved" } } },
    select: { channelId: true },
    take: 1_000,
  });
}
