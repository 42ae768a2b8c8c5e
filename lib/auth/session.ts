// Who is asking: the cookie's session id, checked against the database at every request.
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { decode, encode } from "next-auth/jwt";
import { cache } from "react";
import type { PersonActor } from "@/lib/auth/actor";
import { type SignInState, signInState } from "@/lib/db/crossings";
import { endSession } from "@/lib/people/commands/sign-out";
import { factorState, safeNext } from "@/lib/people/rules";
import type { Visitor } from "@/lib/people/schema";
import { cookieSecret, sessionCookie, sessionSeconds } from "./options";

/** The session as the shell and the account page show it. */
export type SignedIn = SignInState & { actor: PersonActor };

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Where this request came from. server.ts writes the header and strips it from outside. */
export async function currentVisitor(): Promise<Visitor> {
  const sent = await headers();
  return { address: sent.get("x-damso-address") ?? "unknown", agent: sent.get("user-agent") ?? "" };
}

/** The session in force behind the cookie, whether or not its second factor is still to come, or null. Asked once per request. */
export const currentSignIn = cache(async (): Promise<SignInState | null> => {
  const token = (await cookies()).get(sessionCookie().name)?.value;
  const signInId = token ? await sessionIdOf(token) : null;
  return signInId ? signInState(signInId) : null;
});

/** Session, names and actor of a person who may work; null for everybody else, also while the second factor is missing. */
export const signedIn = cache(async (): Promise<SignedIn | null> => {
  const state = await currentSignIn();
  if (!state || pendingFactor(state)) return null;
  return { ...state, actor: actorOf(state, (await currentVisitor()).address) };
});

/**
 * The person who asks. Redirects to /sign-in (with the way back), to /sign-in/code or to /sign-in/enroll
 * when there is no session or its second factor is still to come.
 */
export async function currentActor(): Promise<PersonActor> {
  const signed = await signedIn();
  if (signed) return signed.actor;
  const state = await currentSignIn();
  const next = await wayBack();
  redirect(state ? `/sign-in/${pendingFactor(state) ?? "code"}${next}` : `/sign-in${next}`);
}

/** The step that still stands between a session and the console, or null. */
export function pendingFactor(state: SignInState): "code" | "enroll" | null {
  const factor = factorState(state);
  return factor === "code" || factor === "enroll" ? factor : null;
}

/** Gives the browser the cookie of a session that was just opened. Only in a server action or a route handler. */
export async function openCookie(signInId: string): Promise<void> {
  const { name, options } = sessionCookie();
  const value = await encode({ token: { sid: signInId }, secret: cookieSecret(), maxAge: sessionSeconds });
  (await cookies()).set(name, value, { ...options, maxAge: sessionSeconds });
}

/** Ends the session of this request, if there is one, and takes its cookie away. */
export async function signOut(): Promise<void> {
  const state = await currentSignIn();
  if (state) await endSession(state, (await currentVisitor()).address);
  const { name, options } = sessionCookie();
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
}

function actorOf(state: SignInState, address: string): PersonActor {
  const { personId, organizationId, role, signInId } = state;
  return { kind: "person", personId, organizationId, role, signInId, address };
}

/** The session id inside a cookie, or null when it is not one of ours. */
async function sessionIdOf(token: string): Promise<string | null> {
  try {
    const sid = (await decode({ token, secret: cookieSecret() }))?.sid;
    return typeof sid === "string" && uuid.test(sid) ? sid : null;
  } catch {
    // Forged, foreign or past its time: the same as no cookie.
    return null;
  }
}

async function wayBack(): Promise<string> {
  const path = safeNext((await headers()).get("x-damso-path"));
  return path === "/" ? "" : `?next=${encodeURIComponent(path)}`;
}
