/** The sentences of the console, one file per word: messages/<locale>/<word>.json. Read on the server only. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createTranslator } from "use-intl/core";
import type { SentenceValues } from "./errors";
import type { Locale } from "./locale";

type Tree = { [key: string]: string | Tree };

const shelf = new Map<Locale, Tree>();

/** Every file of a locale, by its name as namespace. Kept in memory in production, fresh in development. */
export function loadMessages(locale: Locale): Tree {
  const kept = shelf.get(locale);
  if (kept && process.env.NODE_ENV === "production") return kept;
  const folder = path.join(/* turbopackIgnore: true */ process.cwd(), "messages", locale);
  const tree: Tree = {};
  for (const file of readdirSync(folder).sort()) {
    if (file.endsWith(".json")) tree[file.slice(0, -5)] = JSON.parse(readFileSync(path.join(folder, file), "utf8"));
  }
  shelf.set(locale, tree);
  return tree;
}

/** True when `key` ("<word>.<key>") names a sentence. */
export function hasSentence(key: string, locale: Locale): boolean {
  let at: string | Tree | undefined = loadMessages(locale);
  for (const step of key.split(".")) {
    if (typeof at !== "object" || !Object.hasOwn(at, step)) return false;
    at = at[step];
  }
  return typeof at === "string";
}

/** One sentence by its full key, for keys that come as data (Refused, flash) and for mail. Unknown keys come back as they are. */
export function sentence(key: string, locale: Locale, values?: SentenceValues): string {
  if (!hasSentence(key, locale)) return key;
  const translate = createTranslator<Record<string, unknown>>({
    locale,
    messages: loadMessages(locale) as Record<string, unknown>,
    timeZone: "Asia/Seoul",
  }) as (key: string, values?: SentenceValues) => string;
  return translate(key, values);
}
