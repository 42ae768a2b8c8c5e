// What the editor's form holds, by name: the other half of contentFromForm.
import type { TemplateContent } from "../schema/content";

/** Every name and value that the form of a whole message sends. Used where a form is made without the editor: tests, and a flush before leaving. */
export function formEntries(content: TemplateContent): [string, string][] {
  const entries: [string, string][] = [];
  const walk = (value: unknown, name: string): void => {
    if (name.endsWith(".samples") && Array.isArray(value))
      entries.push([name, value.map((one) => `${one}\n`).join("")]);
    else if (Array.isArray(value)) {
      entries.push([`${name}.length`, String(value.length)]);
      for (const [at, one] of value.entries()) walk(one, `${name}.${at}`);
    } else if (value === null)
      entries.push(
        /(^|\.)(picture|media)$/.test(name)
          ? [`${name}.mediaId`, ""]
          : /\.max$/.test(name)
            ? [name, ""]
            : [`${name}.on`, "0"],
      );
    else if (typeof value === "object") {
      if (["highlight", "summary", "tail"].includes(name)) entries.push([`${name}.on`, "1"]);
      for (const [key, one] of Object.entries(value as object)) walk(one, name === "" ? key : `${name}.${key}`);
    } else entries.push([name, String(value)]);
  };
  walk(content, "");
  return entries;
}

/** The same message with another value at a path (`items.1.title`). A path that is not there changes nothing. */
export function withValue(content: TemplateContent, path: string, value: unknown): TemplateContent {
  return placed(content, path.split("."), value) as TemplateContent;
}

function placed(at: unknown, [step = "", ...rest]: readonly string[], value: unknown): unknown {
  if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return at;
  const held = (at as Record<string, unknown>)[step];
  const made = rest.length === 0 ? value : placed(held, rest, value);
  if (Array.isArray(at)) return at.map((one, index) => (String(index) === step ? made : one));
  return { ...at, [step]: made };
}
