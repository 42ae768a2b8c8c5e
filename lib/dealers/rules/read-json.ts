// Bytes to JSON as a stranger sends it: digits beyond 2^53 stay text, and what is meant to break a parser is malformed.
import { isSafeNumber, parse } from "lossless-json";

export type Value = string | number | boolean | null | Value[] | { [name: string]: Value };
export type Fields = { [name: string]: Value };
export type ReadJson = { ok: true; value: Value } | { ok: false };

const deepest = 32;
const mostNodes = 200_000;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Text of UTF-8 bytes, without a BOM, or null when they are no UTF-8. */
export function readText(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

/** Reads one JSON text. Malformed: syntax, a key given twice, more than 32 levels, a number that is none (1e309). */
export function readJson(text: string): ReadJson {
  if (!isShallow(text)) return { ok: false };
  try {
    const value = parse(text, undefined, { parseNumber: readNumber, onDuplicateKey: refuseKey });
    return { ok: true, value: value as Value };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return { ok: false };
    throw error;
  }
}

/** A number that a double holds exactly is one; any other keeps its digits as text. */
function readNumber(digits: string): number | string {
  if (isSafeNumber(digits)) return Object.is(Number(digits), -0) ? 0 : Number(digits);
  if (!Number.isFinite(Number(digits))) throw new SyntaxError("A number is out of range");
  return digits;
}

function refuseKey(): never {
  throw new SyntaxError("A key stands twice");
}

/** One pass before the recursive parser: brackets outside strings, so that depth never becomes a stack. */
function isShallow(text: string): boolean {
  let depth = 0;
  let nodes = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      at = endOfString(text, at);
    } else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      nodes += 1;
      if (depth > deepest) return false;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
    else if (code === 0x2c) nodes += 1;
    if (nodes > mostNodes) return false;
  }
  return true;
}

/** Place of the closing quote, or of the end. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}

/** The value as an object with fields, or null. */
export function asFields(value: Value | undefined): Fields | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
}
