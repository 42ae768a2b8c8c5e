// A save of a policy as one text: what is approved is its hash, so nothing that was not looked at can be approved.
import { createHash } from "node:crypto";
import type { Anchor, Category, PolicyScope } from "./categories";
import { lawByKey } from "./law-table";
import type { PeriodUnit } from "./period";

/** What a policy is about: fixed when it is made. */
export type PolicyTarget = {
  number: number;
  name: string;
  channelId: string | null;
  category: Category | null;
  scope: PolicyScope;
};

/** What a version says. */
export type PolicyWords = {
  count: number;
  unit: PeriodUnit;
  anchor: Anchor;
  basis: string;
  basisNote: string;
  whyNotShorter: string;
};

/** The law as it stood in the table when the version was saved; null for the company's own reason. */
export type PolicyLaw = { law: string; article: string; count: number | null; unit: string | null; checkedOn: string };

export type PolicyContent = PolicyTarget & PolicyWords & { statute: PolicyLaw | null };

/** In the order in which they are shown. */
export const policyWordNames = ["period", "anchor", "basis", "basisNote", "whyNotShorter", "statute"] as const;
export type PolicyWordName = (typeof policyWordNames)[number];

/** RP-03 */
export function policyCode(number: number): string {
  return `RP-${String(number).padStart(2, "0")}`;
}

/** What a version says with the law that it names, as of today's table. */
export function policyContent(target: PolicyTarget, words: PolicyWords): PolicyContent {
  const entry = lawByKey(words.basis);
  const { number, name, channelId, category, scope } = target;
  const { count, unit, anchor, basis, basisNote, whyNotShorter } = words;
  return {
    ...{ number, name, channelId, category, scope, count, unit, anchor, basis, basisNote, whyNotShorter },
    statute: entry && {
      ...{ law: entry.law, article: entry.article, count: entry.period?.count ?? null },
      ...{ unit: entry.period?.unit ?? null, checkedOn: entry.checkedOn },
    },
  };
}

/** Canonical JSON: fixed keys in a fixed order. The same content is always the same text. */
export function policyText(content: PolicyContent): string {
  const { number, name, channelId, category, scope, count, unit, anchor, basis, basisNote, whyNotShorter } = content;
  const { statute: said } = content;
  const statute = said && {
    ...{ law: said.law, article: said.article, count: said.count, unit: said.unit, checkedOn: said.checkedOn },
  };
  const all = {
    number,
    name,
    channelId,
    category,
    scope,
    count,
    unit,
    anchor,
    basis,
    basisNote,
    whyNotShorter,
    statute,
  };
  return JSON.stringify(all);
}

/** SHA-256 of a version's text, hex. */
export function policyHash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The content of a text that `policyText` wrote. */
export function readPolicyText(text: string): PolicyContent {
  return JSON.parse(text) as PolicyContent;
}

/** What `after` says otherwise, in the order of the page. */
export function policyDifferences(before: PolicyContent, after: PolicyContent): PolicyWordName[] {
  return policyWordNames.filter((name) => {
    if (name === "period") return before.count !== after.count || before.unit !== after.unit;
    return JSON.stringify(before[name]) !== JSON.stringify(after[name]);
  });
}
