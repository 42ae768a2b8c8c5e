/** From a posted form to the input a schema expects, and from a schema's issues to sentences. Pure; knows no request. */
import type { z } from "zod";
import type { SentenceValues } from "./errors";

/** One text of a form may hold this many characters; a schema asks for less. */
const longest = 100_000;

export type FormInput = Record<string, unknown>;

/** A field that is refused before any schema sees it. */
export interface Unreadable {
  field: string;
  key: string;
  values?: SentenceValues;
}

type Shape = Readonly<Record<string, z.core.$ZodType>>;

/** The fields a schema knows, or null when it is no object: then every posted field goes to it, and it drops what it does not know. */
function shapeOf(schema: z.core.$ZodType): Shape | null {
  const def = schema._zod.def as z.core.$ZodTypeDef & { in?: z.core.$ZodType; shape?: Shape };
  if (def.type === "object") return def.shape ?? null;
  return def.type === "pipe" && def.in ? shapeOf(def.in) : null;
}

/** The kind of value below optional, default, nullable and transforms, and whether nothing may stand there. */
function kindOf(schema: z.core.$ZodType): { type: string; absent: "undefined" | "null" | "empty" } {
  const def = schema._zod.def as z.core.$ZodTypeDef & {
    innerType?: z.core.$ZodType;
    in?: z.core.$ZodType;
    values?: unknown[];
  };
  if (def.type === "optional" || def.type === "default" || def.type === "prefault") {
    return { type: def.innerType ? kindOf(def.innerType).type : def.type, absent: "undefined" };
  }
  if (def.type === "nullable") return { type: def.innerType ? kindOf(def.innerType).type : def.type, absent: "null" };
  if (def.type === "pipe" && def.in) return kindOf(def.in);
  if (def.innerType) return kindOf(def.innerType);
  // A tick that must be set is z.literal(true).
  if (def.type === "literal" && def.values?.every((value) => typeof value === "boolean")) {
    return { type: "boolean", absent: "empty" };
  }
  return { type: def.type, absent: "empty" };
}

function valueFor(schema: z.core.$ZodType, given: FormDataEntryValue[]): unknown {
  const { type, absent } = kindOf(schema);
  const filled = given.filter((value) => typeof value !== "string" || value !== "" || type === "array");
  if (type === "array") return filled.filter((value) => value !== "");
  if (type === "boolean") return given.length > 0 && given.at(-1) !== "false" && given.at(-1) !== "";
  if (filled.length > 1) return filled;
  const [value] = filled;
  if (value === undefined) {
    if (absent === "empty") return type === "string" && given.length > 0 ? "" : undefined;
    return absent === "null" ? null : undefined;
  }
  if (type === "number" && typeof value === "string")
    return /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
  return value;
}

/**
 * Reads a form for a schema: repeated names only where the schema has a list, numbers and ticks as such, an empty field as absent,
 * line ends as "\n". Fields the schema does not know are dropped. A text that cannot be kept (NUL, half a character, over 100,000
 * characters) refuses the form.
 */
export function readForm(schema: z.ZodType, formData: FormData): { input: FormInput } | { refused: Unreadable } {
  const given = new Map<string, FormDataEntryValue[]>();
  for (const [name, raw] of formData) {
    if (name.startsWith("$ACTION")) continue;
    if (typeof raw !== "string" && raw.size === 0) continue;
    const value = typeof raw === "string" ? raw.replaceAll("\r\n", "\n") : raw;
    if (typeof value === "string") {
      // The transport has already turned half characters into U+FFFD: keeping that would lose what was typed.
      if (value.includes("\0") || /[\ufffd\p{Surrogate}]/u.test(value))
        return { refused: { field: name, key: "errors.text" } };
      if (value.length > longest) {
        return { refused: { field: name, key: "errors.tooLong", values: { max: longest, length: value.length } } };
      }
    }
    given.set(name, [...(given.get(name) ?? []), value]);
  }
  const shape = shapeOf(schema);
  if (!shape)
    return {
      input: Object.fromEntries([...given].map(([name, values]) => [name, values.length > 1 ? values : values[0]])),
    };
  return {
    input: Object.fromEntries(
      Object.entries(shape).map(([name, field]) => [name, valueFor(field, given.get(name) ?? [])]),
    ),
  };
}

/** What was typed, to be shown again. Secrets and files are not kept. */
export function keptValues(formData: FormData): Record<string, string | string[]> {
  const kept = new Map<string, string[]>();
  for (const [name, value] of formData) {
    if (typeof value !== "string" || name.startsWith("$ACTION") || /password|passphrase|secret|token|otp/i.test(name))
      continue;
    if (value.length > longest) continue;
    kept.set(name, [...(kept.get(name) ?? []), value]);
  }
  return Object.fromEntries([...kept].map(([name, values]) => [name, values.length > 1 ? values : (values[0] ?? "")]));
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, step) => (typeof at === "object" && at !== null ? (at as Record<PropertyKey, unknown>)[step] : undefined),
    input,
  );
}

function bound(value: number | bigint | Date): number | string {
  return value instanceof Date ? value.toISOString().slice(0, 10) : Number(value);
}

/** The sentence of one issue, as key and values. A schema's own message that is itself a key ("channels.searchId") wins. */
export function issueSentence(
  issue: z.core.$ZodIssue,
  input: unknown,
  isKey: (key: string) => boolean,
): { key: string; values?: SentenceValues } {
  const value = valueAt(input, issue.path);
  const nothing = value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
  if (nothing && issue.code !== "custom") return { key: "errors.required" };
  if (isKey(issue.message)) return { key: issue.message };
  const length = typeof value === "string" ? value.length : Array.isArray(value) ? value.length : 0;
  switch (issue.code) {
    case "invalid_type":
      return { key: issue.expected === "number" || issue.expected === "int" ? "errors.number" : "errors.format" };
    case "too_small":
      if (issue.origin === "string") return { key: "errors.tooShort", values: { min: bound(issue.minimum), length } };
      if (issue.origin === "array") return { key: "errors.chooseSome", values: { min: bound(issue.minimum) } };
      return { key: "errors.tooSmall", values: { min: bound(issue.minimum) } };
    case "too_big":
      if (issue.origin === "string") return { key: "errors.tooLong", values: { max: bound(issue.maximum), length } };
      if (issue.origin === "array") return { key: "errors.tooMany", values: { max: bound(issue.maximum) } };
      return { key: "errors.tooLarge", values: { max: bound(issue.maximum) } };
    case "invalid_value":
      return { key: value === false ? "errors.tick" : "errors.choose" };
    case "invalid_format":
      if (issue.format === "email" || issue.format === "url") return { key: `errors.${issue.format}` };
      return { key: issue.format === "date" || issue.format === "datetime" ? "errors.date" : "errors.format" };
    default:
      return { key: "errors.format" };
  }
}

/** The form that a request carries, or null when its body is none. */
export async function postedForm(request: Request): Promise<FormData | null> {
  try {
    return await request.formData();
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
