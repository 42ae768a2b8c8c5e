import { createHmac } from "node:crypto";
import { clearThrottle, throttle } from "@/lib/db/crossings";
import { Refused } from "@/lib/errors";
import { log } from "@/lib/log";
import { derivedKey } from "@/lib/seal";
import { throttles } from "../rules";

type Kind = keyof typeof throttles;

/** The counter's name: an HMAC, so that the table holds neither address nor person. */
function keyOf(kind: Kind, subject: string): string {
  return createHmac("sha256", derivedKey("throttle")).update(`${kind}\n${subject}`).digest("base64url");
}

/** Counters known to be shut, and until when: a flood against one of them never reaches the database. */
const shut = new Map<string, number>();
const mostShut = 10_000;

/** Counts a try. @returns false while it is shut */
export async function mayTry(kind: Kind, subject: string): Promise<boolean> {
  const key = keyOf(kind, subject);
  if ((shut.get(key) ?? 0) > Date.now()) return false;
  const { most, within, shut: seconds } = throttles[kind];
  const { shutUntil } = await throttle(key, most, within, seconds);
  if (shutUntil) {
    if (shut.size >= mostShut) shut.clear();
    // Five seconds at a time: another process may open it earlier.
    shut.set(key, Math.min(shutUntil.getTime(), Date.now() + 5_000));
  } else shut.delete(key);
  return shutUntil === null;
}

/** Refuses without asking the database while a counter is known to be shut. @throws Refused people.locked */
export function assertNotKnownShut(kind: Kind, subject: string): void {
  if ((shut.get(keyOf(kind, subject)) ?? 0) > Date.now()) throw locked(kind);
}

/**
 * Counts a try before anything costly is done.
 * @throws Refused people.locked, the same for accounts that exist and those that do not
 */
export async function assertMayTry(kind: Kind, subject: string, address: string, field?: string): Promise<void> {
  if (await mayTry(kind, subject)) return;
  log("warn", "throttle.shut", { kind, address });
  throw locked(kind, field);
}

function locked(kind: Kind, field?: string): Refused {
  return new Refused("people.locked", field, { minutes: Math.ceil(throttles[kind].shut / 60) });
}

/** A right answer forgets the wrong ones before it. */
export async function forgetTries(kind: Kind, subject: string): Promise<void> {
  const key = keyOf(kind, subject);
  shut.delete(key);
  await clearThrottle(key);
}
