// next-auth's settings: the cookie carries a session id and nothing else; the database decides at each request.
import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { signInState } from "@/lib/db/crossings";
import { env } from "@/lib/env";
import { Refused } from "@/lib/errors";
import { log } from "@/lib/log";
import { signIn } from "@/lib/people/commands/sign-in";
import { endSession } from "@/lib/people/commands/sign-out";
import { safeNext } from "@/lib/people/rules";
import { signInSchema } from "@/lib/people/schema";
import { derivedKey } from "@/lib/seal";

/** 12 h in seconds: no cookie outlives its session. */
export const sessionSeconds = 12 * 60 * 60;

/** Name and attributes of the session cookie. Plain name on loopback http, where browsers refuse `__Host-`. */
export function sessionCookie(): {
  name: string;
  options: { httpOnly: true; sameSite: "lax"; path: "/"; secure: boolean };
} {
  const secure = env().DAMSO_URL.startsWith("https://");
  return {
    name: secure ? "__Host-damso" : "damso",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure },
  };
}

/** Secret of the cookie's encryption. */
export function cookieSecret(): string {
  secret ??= derivedKey("next-auth").toString("base64url");
  return secret;
}

let secret: string | undefined;

/** Both ways in, the form and this provider, are the same verb with the same throttle. */
export function authOptions(): NextAuthOptions {
  const { DAMSO_URL } = env();
  // next-auth reads its public address from here alone; forwarded headers never decide it.
  process.env.NEXTAUTH_URL = DAMSO_URL;
  const secure = DAMSO_URL.startsWith("https://");
  const own = { httpOnly: true, sameSite: "lax", path: "/", secure };
  return {
    secret: cookieSecret(),
    useSecureCookies: secure,
    session: { strategy: "jwt", maxAge: sessionSeconds },
    jwt: { maxAge: sessionSeconds },
    cookies: {
      sessionToken: sessionCookie(),
      csrfToken: { name: secure ? "__Host-damso-csrf" : "damso-csrf", options: own },
      callbackUrl: { name: secure ? "__Host-damso-next" : "damso-next", options: own },
    },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in", verifyRequest: "/sign-in", newUser: "/" },
    providers: [
      Credentials({
        name: "password",
        credentials: { email: {}, password: {} },
        async authorize(credentials, request) {
          const input = signInSchema.safeParse(credentials);
          if (!input.success) return null;
          const headers: Record<string, unknown> = request.headers ?? {};
          const visitor = { address: text(headers["x-damso-address"]), agent: text(headers["user-agent"]) };
          try {
            const opened = await signIn(visitor, input.data, new Date());
            return { id: opened.signInId };
          } catch (error) {
            if (error instanceof Refused) return null;
            throw error;
          }
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sid: user.id } : { sid: token.sid }),
      async session({ session, token }) {
        const state = typeof token.sid === "string" ? await signInState(token.sid) : null;
        if (!state) return { expires: new Date(0).toISOString() };
        return { expires: session.expires, user: { name: state.name, email: state.email } };
      },
      redirect: ({ url }) => `${DAMSO_URL}${safeNext(url, DAMSO_URL)}`,
    },
    events: {
      async signOut({ token }) {
        const state = typeof token?.sid === "string" ? await signInState(token.sid) : null;
        if (state) await endSession(state, "unknown");
      },
    },
    logger: {
      error: (code) => log("warn", "next-auth.error", { code }),
      warn: (code) => log("info", "next-auth.warning", { code }),
      debug: () => undefined,
    },
  };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "unknown";
}
