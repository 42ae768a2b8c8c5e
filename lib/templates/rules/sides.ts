// What of a template can stand side by side: its versions and, where it says something else, its newest draft.

import type { TemplateContent } from "../schema/content";
import type { TemplateView } from "../schema/view";

/** `key` names it in an address: `v2`, `draft`. `version` is null for the draft. */
export type TemplateSideFact = {
  key: string;
  version: number | null;
  revision: number;
  hash: string;
  content: TemplateContent;
  /** Of a version: who submitted it, and when. */
  personName: string;
  at: Date;
};

/** Newest first. */
export function sidesOf({ versions, revision, hash, content, ownerName, changedAt }: TemplateView): TemplateSideFact[] {
  const draft: TemplateSideFact[] =
    versions[0]?.hash === hash
      ? []
      : [{ key: "draft", version: null, revision, hash, content, personName: ownerName, at: changedAt }];
  return [...draft, ...versions.map((one) => ({ ...one, key: `v${one.number}`, version: one.number }))];
}

/** The two that an address asks for, the older one first; else the newest two. Fewer than two: nothing to compare. */
export function comparedSides(
  all: readonly TemplateSideFact[],
  asked: Readonly<Record<string, string | string[] | undefined>>,
): TemplateSideFact[] {
  if (all.length < 2) return [];
  const named = (key: string | string[] | undefined, otherwise: number) =>
    all.find((one) => one.key === key) ?? all[otherwise];
  return [named(asked.left, 1), named(asked.right, 0)].filter((one) => one !== undefined);
}
