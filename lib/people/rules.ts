import { addDays, type Day, kstDay, kstDayStart } from "@/lib/clock";
import { Refused } from "@/lib/errors";
import type { RoleName } from "./schema";

/** Roles whose second factor is obligatory where the organization asks for it (안전성 확보조치 기준 제6조 제2항, checked 2026-11-22). */
const guardedRoles: readonly RoleName[] = ["CLIENT_ADMIN", "COMPLIANCE_OFFICER"];

/** How long things of sign-in live. Sessions also end in SQL (damso_sign_in): 30 min idle. */
export const lifetimes = {
  sessionMs: 12 * 3_600_000,
  inviteMs: 7 * 86_400_000,
  resetMs: 10 * 60_000,
  auditorDays: 90,
} as const;

/** Tries within a window before a lock, both in seconds. Asked before anything is hashed. */
export const throttles = {
  /** One account: at most ten hashes, then shut; opens by itself. */
  account: { most: 10, within: 900, shut: 900 },
  /** One address: generous, since a whole company may sit behind it. */
  address: { most: 3_000, within: 900, shut: 300 },
  factor: { most: 10, within: 900, shut: 900 },
  /** Mails to one account. */
  reset: { most: 3, within: 900, shut: 900 },
  /** Addresses without an account: counted for the work of counting alone. */
  nobody: { most: 1_000_000, within: 900, shut: 1 },
} as const;

type Factor = { role: RoleName; secondFactorNeeded: boolean; totpConfirmed: boolean; factorAt: Date | null };

/** Where a session stands with the second factor: whoever has one gives it, whoever must have one enrolls first. */
export function factorState(state: Factor): "given" | "code" | "enroll" | "unneeded" {
  if (state.factorAt) return "given";
  if (state.totpConfirmed) return "code";
  return factorObligatory(state) ? "enroll" : "unneeded";
}

export function factorObligatory({ role, secondFactorNeeded }: Pick<Factor, "role" | "secondFactorNeeded">): boolean {
  return secondFactorNeeded && guardedRoles.includes(role);
}

const base = "http://damso.invalid";

/**
 * Where to go after sign-in: a path of ours with its query, or "/" for anything that is, or could be read as, another place.
 * @param value as it came from outside
 * @param origin our own origin, where a whole address is allowed as well
 */
export function safeNext(value: unknown, origin?: string): string {
  if (typeof value !== "string" || value.length > 2_000) return "/";
  const path = origin && value.startsWith(`${origin}/`) ? value.slice(origin.length) : value;
  if (!/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path)) return "/";
  if (!URL.canParse(path, base)) return "/";
  const url = new URL(path, base);
  if (url.origin !== base) return "/";
  const plain = decoded(url.pathname);
  if (plain === null || /^\/[/\\]|[\\\p{Cc}]/u.test(plain)) return "/";
  if (/^\/(sign-in|api)(\/|$)/.test(plain)) return "/";
  url.searchParams.delete("_rsc");
  return `${url.pathname}${url.search}`;
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    // A percent sign that stands for nothing.
    return null;
  }
}

type Membership = { disabledAt: Date | null; expiresAt: Date | null };

/** What a membership is worth now. */
export function membershipStatus(membership: Membership, now: Date): "active" | "disabled" | "expired" {
  if (membership.disabledAt) return "disabled";
  return membership.expiresAt && membership.expiresAt <= now ? "expired" : "active";
}

/** What an invitation or reset link is worth now. */
export function ticketStatus(
  ticket: { usedAt: Date | null; withdrawnAt: Date | null; expiresAt: Date },
  now: Date,
): "open" | "used" | "withdrawn" | "expired" {
  if (ticket.usedAt) return "used";
  if (ticket.withdrawnAt) return "withdrawn";
  return ticket.expiresAt <= now ? "expired" : "open";
}

/** @throws Refused when somebody would change his or her own rights */
export function assertNotOwn(actorPersonId: string | null, personId: string): void {
  if (actorPersonId === personId) throw new Refused("people.refused.own");
}

/** @throws Refused when nobody would be left to administer the organization */
export function assertAdministratorLeft(others: number): void {
  if (others < 1) throw new Refused("people.refused.lastAdministrator");
}

/** The last day of an auditor's account that is opened today. */
export function auditorLastDay(now: Date): Day {
  return addDays(kstDay(now), lifetimes.auditorDays);
}

/**
 * The instant at which an account that is good until the end of a day (24:00 KST) ends; null for one without an end.
 * An auditor's account always has one. @throws Refused when the day is past or more than two years away
 */
export function membershipEnd(role: RoleName, lastDay: Day | undefined, now: Date): Date | null {
  const day = lastDay ?? (role === "AUDITOR" ? auditorLastDay(now) : undefined);
  if (day === undefined) return null;
  const today = kstDay(now);
  if (day < today) throw new Refused("people.refused.pastDay", "expiresOn");
  if (day > addDays(today, 730)) throw new Refused("people.refused.farDay", "expiresOn");
  return kstDayStart(addDays(day, 1));
}

/** The day to show for an account's end: the last one on which it can be used. */
export function lastDayOf(expiresAt: Date): Day {
  return kstDay(new Date(expiresAt.getTime() - 1));
}

/** What a browser's own words come down to: "Chrome · Windows". Never shown raw. */
export function browserName(agent: string): string {
  const browser = [
    ["Edge", /Edg(e|A|iOS)?\//],
    ["Whale", /Whale\//],
    ["Samsung Internet", /SamsungBrowser\//],
    ["Firefox", /(Firefox|FxiOS)\//],
    ["Chrome", /(Chrome|CriOS|HeadlessChrome)\//],
    ["Safari", /Safari\//],
  ] as const;
  const system = [
    ["Android", /Android/],
    ["iPhone", /iPhone/],
    ["iPad", /iPad/],
    ["Windows", /Windows/],
    ["macOS", /Mac OS X/],
    ["Linux", /Linux/],
  ] as const;
  const found = [browser, system].flatMap((list) => list.find(([, pattern]) => pattern.test(agent))?.[0] ?? []);
  return found.join(" · ");
}
