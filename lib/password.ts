// Passwords: argon2id with OWASP's parameters, few at a time, and none that everybody tries first.
import { availableParallelism } from "node:os";
import { hash, verify } from "@node-rs/argon2";
import { Refused } from "./errors";
import { turnsOf } from "./turns";

const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** One core stays free of hashing: a flood of sign-ins costs those who sign in, not those who work. */
const hashing = turnsOf("hashing", Math.max(1, Math.min(2, availableParallelism() - 1)), 40);

/** Hash of exactly these characters. @throws Refused people.busy when too many wait already */
export function hashPassword(password: string): Promise<string> {
  return hashing.run(() => hash(password, cost));
}

let nobody: Promise<string> | undefined;

/** Whether a password is the one behind a hash. Without a hash the same work is done for nothing, so that time tells nothing. */
export async function verifyPassword(known: string | null, password: string): Promise<boolean> {
  nobody ??= hash("the password of nobody", cost);
  const against = known ?? (await nobody);
  const right = await hashing.run(() => verify(against, password));
  return known !== null && right;
}

/**
 * Why a new password will not do, or null. Common ones come from a list of 49,000 and are short repetitions; words are names it must not consist of.
 * @param words names of the person and the company, address: what remains without them must be long enough by itself
 */
export async function passwordProblem(
  password: string,
  words: readonly string[],
): Promise<"common" | "contextual" | null> {
  const plain = password.normalize("NFKC").toLowerCase();
  if ((await commonPasswords()).has(plain) || /^(.{1,2})\1{3,11}$/u.test(plain)) return "common";
  let rest = plain;
  for (const word of contextWords(words)) rest = rest.replaceAll(word, "");
  return rest !== plain && [...rest].length < 8 ? "contextual" : null;
}

/** @throws Refused beside the field `newPassword` */
export async function assertGoodPassword(password: string, words: readonly string[]): Promise<void> {
  const problem = await passwordProblem(password, words);
  if (problem) throw new Refused(`people.password.${problem}`, "newPassword");
}

function contextWords(given: readonly string[]): string[] {
  const parts = [...given, "damso", "담소", "상담톡"].flatMap((text) => {
    const plain = text.normalize("NFKC").toLowerCase();
    const pieces = plain.split(/[\s@.,_()-]+/).filter((piece) => piece !== "주식회사" && piece !== "example");
    return [plain, plain.replaceAll(/\s/g, ""), pieces.join(""), ...pieces];
  });
  // Hangul words of two syllables say as much as Latin ones of four letters.
  const telling = parts.filter((word) => (/^[\x20-\x7e]*$/.test(word) ? word.length >= 4 : [...word].length >= 2));
  return [...new Set(telling)].sort((a, b) => b.length - a.length);
}

let common: Promise<ReadonlySet<string>> | undefined;

function commonPasswords(): Promise<ReadonlySet<string>> {
  common ??= import("@zxcvbn-ts/language-common").then(({ dictionary }) => new Set(dictionary["passwords-common"]));
  return common;
}
