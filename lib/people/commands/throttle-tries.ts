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

/** Counts a try. @returns false while it is shut */
export async function mayTry(kind: Kind, subject: string): Promise<boolean> {
  const { most, within, shut } = throttles[kind];
  const { shutUntil } = await throttle(keyOf(kind, subject), most, within, shut);
  return shutUntil === null;
}

/**
 * Counts a try before anything costly is done.
 * @throws Refused people.locked, the same for accounts that exist and those that do not
 */
export async function assertMayTry(kind: Kind, subject: string, address: string, field?: string): Promise<void> {
  if (await mayTry(kind, subject)) return;
  log("warn", "throttle.shut", { kind, address });
  throw new Refused("people.locked", field, { minutes: Math.ceil(throttles[kind].shut / 60) });
}

/** A right answer forgets the wrong ones before it. */
export async function forgetTries(kind: Kind, subject: string): Promise<void> {
  await clearThrottle(keyOf(kind, subject));
}
