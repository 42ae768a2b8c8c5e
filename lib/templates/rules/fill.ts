// Variables `#{name}` and what stands in their place. Particles behind a variable follow the value: 은/는, 이/가, 을/를, 과/와, 으로/로.
import { particle, particleForms } from "@/lib/josa";
import type { TemplateContent, TemplateVariable } from "../schema/content";
import { textLength } from "./counting";

/** source: as written. sample: with the first example. longest: with the longest value there may be. */
export type View = "source" | "sample" | "longest";

const hole = /#\{([^{}\n]*)\}/g;
const plain: Readonly<Record<string, string>> = {
  ...{ 은: "은(는)", 는: "은(는)", 이: "이(가)", 가: "이(가)", 을: "을(를)", 를: "을(를)", 과: "과(와)", 와: "과(와)" },
  ...{ 으로: "(으)로", 로: "(으)로" },
};
const escaped = (text: string) => text.replace(/[()]/g, "\\$&");
/** A written-out pair counts anywhere; a bare particle only where the word ends with it. */
const particleHere = new RegExp(
  `^(?:(${particleForms.map(escaped).join("|")})|(${Object.keys(plain).join("|")})(?![\\p{L}\\p{N}]))`,
  "u",
);

/** Names of the variables in a text, each once, in order. */
export function variablesIn(text: string): string[] {
  return [...new Set([...text.matchAll(hole)].map(([, name = ""]) => name))];
}

/** Length of a variable's longest value in UTF-16 code units; null where nothing says it. */
export function longestLength(variable: TemplateVariable): number | null {
  const { closed, samples, max, longest } = variable;
  if (closed) return samples.length > 0 ? Math.max(...samples.map(textLength)) : null;
  if (max !== null) return Math.max(max, textLength(longest));
  return longest === "" ? null : textLength(longest);
}

/** A variable's longest value as it can be shown: the one that was given, or 가 as often as it may be long. Null where nothing says it. */
export function longestValue(variable: TemplateVariable): string | null {
  const length = longestLength(variable);
  if (length === null) return null;
  const { closed, samples, longest } = variable;
  const given = closed ? samples.find((one) => textLength(one) === length) : longest;
  return given !== undefined && textLength(given) === length ? given : "가".repeat(length);
}

/**
 * A text with its variables filled. What is not declared or has no value stays as it is written.
 * @param particles "fit": the one that belongs to the value; "long": the longer of the two, for counting the worst case
 */
export function fillTemplate(
  text: string,
  variables: readonly TemplateVariable[],
  view: View,
  particles: "fit" | "long" = "fit",
): string {
  if (view === "source" || !text.includes("#{")) return text;
  const known = new Map(variables.map((variable) => [variable.name, variable]));
  return fillWith(text, (name) => shown(known.get(name), view), particles);
}

/** The same with values of one's own, as a message is sent. @param valueFor null: the variable stays as it is written */
export function fillWith(
  text: string,
  valueFor: (name: string) => string | null,
  particles: "fit" | "long" = "fit",
): string {
  let filled = "";
  let from = 0;
  for (const match of text.matchAll(hole)) {
    filled += text.slice(from, match.index);
    from = match.index + match[0].length;
    const value = valueFor(match[1] ?? "");
    filled += value ?? match[0];
    const behind = value === null ? null : particleHere.exec(text.slice(from, from + 12));
    if (value === null || !behind) continue;
    from += behind[0].length;
    filled += particle(particles === "long" ? "각" : value, behind[1] ?? plain[behind[2] ?? ""] ?? "");
  }
  return filled + text.slice(from);
}

function shown(variable: TemplateVariable | undefined, view: View): string | null {
  if (!variable) return null;
  if (view === "longest") return longestValue(variable);
  const [sample = ""] = variable.samples;
  return sample !== "" ? sample : longestValue(variable);
}

/** A message as it goes out: every text of it filled, no variable left to fill. What has no value stays as it is written. */
export function filledContent(content: TemplateContent, values: ReadonlyMap<string, string>): TemplateContent {
  const fill = (value: unknown): unknown => {
    if (typeof value === "string") return fillWith(value, (name) => values.get(name) ?? null);
    if (Array.isArray(value)) return value.map(fill);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fill(one)]));
  };
  return fill({ ...content, variables: [] }) as TemplateContent;
}
