// What is wrong with the variables of a message.
import type { TemplateContent } from "../schema/content";
import { textLength } from "./counting";
import { longestLength, variablesIn } from "./fill";
import { type Findings, ours } from "./judge-report";
import { textsOf } from "./texts";

/** Letters, digits and single spaces: what may stand between `#{` and `}`. */
const nameShape = /^[\p{L}\p{N}_]+(?: [\p{L}\p{N}_]+)*$/u;
const mostName = 30;

export function judgeVariables(content: TemplateContent, found: Findings): void {
  const texts = textsOf(content);
  const used = new Set(texts.flatMap(({ text }) => variablesIn(text)));
  const declared = new Set(content.variables.map(({ name }) => name));
  for (const { path, text } of texts) {
    if (/#\{(?![^{}\n]*\})/.test(text)) found.error(path, "variable.open", ours);
    for (const name of variablesIn(text))
      if (!declared.has(name)) found.error(path, "variable.undeclared", ours, { variable: name });
  }
  const seen = new Set<string>();
  for (const [at, variable] of content.variables.entries()) {
    const { name, max, longest, closed, samples } = variable;
    const path = `variables.${at}`;
    if (name === "") found.error(`${path}.name`, "required", ours);
    else if (!nameShape.test(name) || name.length > mostName) found.error(`${path}.name`, "variable.name", ours);
    if (seen.has(name)) found.error(`${path}.name`, "variable.twice", ours, { variable: name });
    seen.add(name);
    if (!used.has(name) && name !== "") found.warning(`${path}.name`, "variable.unused", ours, { variable: name });
    if (closed) {
      if (samples.every((one) => one.trim() === "")) found.error(`${path}.samples`, "variable.empty", ours);
    } else if (longestLength(variable) === null || longestLength(variable) === 0)
      found.error(`${path}.longest`, "variable.noLongest", ours, { variable: name });
    else if (max !== null && textLength(longest) > max)
      found.error(`${path}.longest`, "variable.longerThanMax", ours, { count: textLength(longest), limit: max });
    if (!closed)
      for (const [place, sample] of samples.entries()) {
        const limit = longestLength(variable);
        if (limit !== null && limit > 0 && textLength(sample) > limit)
          found.error(`${path}.samples.${place}`, "variable.sampleLong", ours, { count: textLength(sample), limit });
      }
  }
}
