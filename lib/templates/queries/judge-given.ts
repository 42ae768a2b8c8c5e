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

/** What judgements need of this company besides the words: files that the messages name, and its codes that their buttons carry. */
async function judgeGiven(tx: Tx, contents: readonly TemplateContent[]): Promise<Given> {
  const buttons = contents.flatMap(({ buttons: own, items }) => [...own, ...items.flatMap((item) => item.buttons)]);
  const extras = [...new Set(buttons.map(({ extra }) => extra).filter((extra) => extra !== ""))];
  const known = await tx.placement.findMany({ where: { code: { in: extras } }, select: { code: true } });
  const media = await mediaFacts(tx, [...new Set(contents.flatMap(mediaOf))]);
  return { media, codes: new Set(known.map(({ code }) => code)) };
}

/** What a template says besides its words: rules of the company and of consents look there. */
export type JudgedAbout = { tags: readonly string[]; channelId: string | null };
type Reported = { report: TemplateReport; media: Given["media"] };

/**
 * Everything that is held against messages on a day: the guide and dealers, the company's own words, personal data asked without a consent
 * form. Submission, import and pages ask here. However many the messages are, the same few questions are put to the data.
 * @returns a judge of these messages
 */
export async function reporterOf(
  tx: Tx,
  contents: readonly TemplateContent[],
  on: Day,
): Promise<(content: TemplateContent, about: JudgedAbout) => Reported> {
  const [given, rules, forms] = [await judgeGiven(tx, contents), await loadWordRules(tx), await consentCovers(tx)];
  return (content, { tags, channelId }) => {
    const { findings, counts } = judge(content, given);
    const words = wordingFindings(content, rules, { on, tags });
    const personal = personalDataFindings(content, { channelId, forms });
    return { report: { findings: [...findings, ...words, ...personal], counts }, media: given.media };
  };
}

/** The same for one message. */
export async function reportOf(tx: Tx, content: TemplateContent, about: JudgedAbout, on: Day): Promise<Reported> {
  return (await reporterOf(tx, [content], on))(content, about);
}

/** The same for a page. */
export function getTemplateReport(
  actor: Actor,
  content: TemplateContent,
  about: JudgedAbout,
  on: Day,
): Promise<Reported> {
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
