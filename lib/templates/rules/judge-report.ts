// Gathers what a judgement finds, and counts each field as it goes.
import type { TemplateVariable } from "../schema/content";
import { graphemes, textLength } from "./counting";
import { fillTemplate, longestLength, longestValue, variablesIn } from "./fill";
import type { Source, TextLimit } from "./limits";
import type { FieldCount, Finding } from "./report";

export const ours: Source = { source: "ours", section: "" };

export class Findings {
  readonly findings: Finding[] = [];
  readonly counts: FieldCount[] = [];

  constructor(readonly variables: readonly TemplateVariable[]) {}

  error(path: string, rule: string, source: Source, values: Finding["values"] = {}): void {
    this.add("error", path, rule, source, values);
  }

  warning(path: string, rule: string, source: Source, values: Finding["values"] = {}): void {
    this.add("warning", path, rule, source, values);
  }

  private add(severity: Finding["severity"], path: string, rule: string, from: Source, values: Finding["values"]) {
    this.findings.push({ path, severity, rule, values, source: from.source, section: from.section });
  }

  /** Counts a text, by its sample values and at its longest, and says when it is missing or too long. */
  text(path: string, value: string, limit: TextLimit): void {
    const sample = fillTemplate(value, this.variables, "sample");
    const count = textLength(sample);
    const longest = Math.max(count, textLength(fillTemplate(value, this.variables, "longest", "long")));
    this.counts.push({ path, count, longest, limit: limit.max, graphemes: graphemes(sample) });
    if (value.trim() === "") {
      if (limit.required) this.error(path, "required", limit);
      return;
    }
    if (longest <= limit.max) return;
    const told = limit.advice ? this.warning.bind(this) : this.error.bind(this);
    const widest = this.widest(value);
    if (count > limit.max || !widest) told(path, "tooLong", limit, { count, limit: limit.max });
    else told(path, "longestTooLong", limit, { longest, limit: limit.max, ...widest });
  }

  /** The variable that makes a text longest. */
  private widest(value: string): { variable: string; value: string; room: number } | null {
    const used = variablesIn(value);
    const [first] = this.variables
      .filter(({ name }) => used.includes(name))
      .map((variable) => ({ variable, length: longestLength(variable) ?? 0 }))
      .sort((one, other) => other.length - one.length);
    if (!first || first.length === 0) return null;
    const shown = longestValue(first.variable) ?? "";
    return { variable: first.variable.name, value: shown.slice(0, 60), room: first.length };
  }
}
