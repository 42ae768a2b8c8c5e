// What of an event may be shown when it could not be taken: the names of its fields and the kinds of their values.
import type { Shape } from "../schema/connection";
import { asFields, type Fields, type Value } from "./read-json";

const deepest = 5;
const most = 40;
/** A name that a programmer gave; anything else may itself be content. */
const plainName = /^[A-Za-z_][A-Za-z0-9_-]{0,39}$/;

/** Names and types, bounded; values never. */
export function shapeOf(value: Value | undefined, depth = 0): Shape {
  if (value === null || value === undefined) return "null";
  if (typeof value !== "object") return typeof value;
  if (depth >= deepest) return "…";
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0], depth + 1)];
  const named = Object.entries(value).slice(0, most);
  const shape = named.map(([name, inner]): [string, Shape] => [showName(name), shapeOf(inner, depth + 1)]);
  if (Object.keys(value).length > most) shape.push(["…", "…"]);
  return Object.fromEntries(shape);
}

/** Fields of `value` that `known` does not name, as they may be shown. */
export function unknownFields(value: Fields, known: ReadonlySet<string>): string[] {
  return Object.keys(value).filter((name) => !known.has(name));
}

/** The fields of those names, to be kept sealed with what they came with; null for none. */
export function pick(value: Fields, names: readonly string[]): Fields | null {
  return names.length === 0 ? null : Object.fromEntries(names.map((name) => [name, value[name] ?? null]));
}

/** The shape of some fields alone. */
export function shapeOfFields(value: Value | undefined, names: readonly string[]): Shape {
  const fields = asFields(value);
  return fields ? shapeOf(pick(fields, names) ?? {}) : shapeOf(value);
}

function showName(name: string): string {
  return plainName.test(name) && name !== "__proto__" ? name : "…";
}

/** The path under a hook address as it may be kept: dealers' own event names are plain, anything else may be content. */
export function showEvent(path: string): string {
  return /^[a-z0-9_./-]{1,60}$/i.test(path) ? path : path === "" ? "/" : "…";
}
