// Every action that is recorded anywhere has its phrase in both languages, and its noun a name in the filter.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { loadMessages } from "@/lib/messages";

type Words = {
  actions: Record<string, Record<string, string>>;
  groups: Record<string, string>;
  targets: Record<string, string>;
};

/** What stands behind `action:` and `const action =`, up to the end of the expression. */
const expressions = /\baction(?:: | = )((?:[^,;{}]|\?[^,;]*)*)/g;
const literals = /"([a-z][a-z-]*\.[a-z][a-z-]*)"/g;

function recorded(): Map<string, string> {
  const files = execFileSync(
    "git",
    ["ls-files", "-co", "--exclude-standard", "-z", "app", "lib", "server", "scripts", "prisma"],
    { encoding: "utf8" },
  )
    .split("\0")
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|generated/.test(file) && existsSync(file));
  const found = new Map<string, string>();
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    for (const [, expression = ""] of text.matchAll(expressions))
      for (const [, action = ""] of expression.matchAll(literals)) found.set(action, file);
  }
  return found;
}

const words = (locale: "ko" | "en") => loadMessages(locale).audit as unknown as Words;

it.each(["ko", "en"] as const)("every recorded action has a phrase (%s)", (locale) => {
  const { actions, groups } = words(locale);
  const missing = [...recorded()].filter(([action]) => {
    const [noun = "", verb = ""] = action.split(".");
    return actions[noun]?.[verb] === undefined || groups[noun] === undefined;
  });
  expect(missing).toEqual([]);
});

it("finds the actions of this code base", () => {
  expect([...recorded().keys()]).toEqual(
    expect.arrayContaining(["audit.verified", "access.denied", "placement.retired"]),
  );
});

it("no phrase is left behind by an action that is gone", () => {
  const used = recorded();
  const said = Object.entries(words("ko").actions).flatMap(([noun, verbs]) =>
    Object.keys(verbs).map((verb) => `${noun}.${verb}`),
  );
  expect(said.filter((action) => !used.has(action))).toEqual([]);
});
