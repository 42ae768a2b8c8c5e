// The company's own list of words: what its messages must say and must not say, from a day on.
import { z } from "zod";
import type { Day } from "@/lib/clock";
import { line, paperDay } from "@/lib/text";

export const wordRuleKinds = ["forbidden", "required"] as const;
export const wordSeverities = ["warning", "error"] as const;

const emptyIsNull = (value: unknown) => (value === "" || value === undefined ? null : value);

export const addWordRuleSchema = z
  .object({
    kind: z.enum(wordRuleKinds),
    words: line(100, 1),
    /** Required words: they stand at the very beginning. */
    first: z.boolean().default(false),
    /** Only messages with this tag; empty: all. */
    tag: line(20).default(""),
    severity: z.enum(wordSeverities).default("warning"),
    reason: line(200).default(""),
    fromOn: paperDay,
    /** Last day. */
    untilOn: z.preprocess(emptyIsNull, paperDay.nullable()).default(null),
  })
  .refine(({ kind, first }) => !first || kind === "required", {
    path: ["first"],
    message: "templates.wording.refused.first",
  })
  .refine(({ fromOn, untilOn }) => untilOn === null || untilOn >= fromOn, {
    path: ["untilOn"],
    message: "templates.wording.refused.until",
  });
export type AddWordRule = z.output<typeof addWordRuleSchema>;

export const endWordRuleSchema = z.object({ ruleId: z.uuid(), untilOn: paperDay });
export type EndWordRule = z.output<typeof endWordRuleSchema>;

export type WordRule = {
  id: string;
  kind: (typeof wordRuleKinds)[number];
  words: string;
  first: boolean;
  tag: string;
  severity: (typeof wordSeverities)[number];
  reason: string;
  /** Came with the product, to be looked at before it is relied on. */
  example: boolean;
  fromOn: Day;
  untilOn: Day | null;
};
export type WordRuleRow = WordRule & { personName: string; at: Date };
