"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { getLocale } from "next-intl/server";
import { leave, publicAction } from "@/lib/action";
import { currentSignIn, openCookie, pendingFactor, signOut } from "@/lib/auth/session";
import { env } from "@/lib/env";
import { sentence } from "@/lib/messages";
import { enrollFactorAtSignIn } from "@/lib/people/commands/enroll-factor";
import { giveFactor } from "@/lib/people/commands/give-factor";
import { joinOrganization } from "@/lib/people/commands/join-organization";
import type { Opened } from "@/lib/people/commands/open-session";
import { requestReset, resetPassword } from "@/lib/people/commands/reset-password";
import { signIn } from "@/lib/people/commands/sign-in";
import { safeNext } from "@/lib/people/rules";
import {
  enrollFactorSchema,
  giveFactorSchema,
  joinSchema,
  requestResetSchema,
  resetPasswordSchema,
  signInSchema,
} from "@/lib/people/schema";
import { recoveryCodesCookie } from "./recovery-codes";

export const signInAction = publicAction(signInSchema, async (visitor, input) => {
  const opened = await signIn(visitor, input, new Date());
  return enter(opened, input.next);
});

export const giveFactorAction = publicAction(giveFactorSchema, async (visitor, { code, next }) => {
  const state = await currentSignIn();
  if (!state || pendingFactor(state) !== "code") redirect("/sign-in");
  await openCookie(await giveFactor(state, visitor, code, new Date()));
  redirect(safeNext(next));
});

export const enrollFactorAction = publicAction(enrollFactorSchema, async (visitor, { code }) => {
  const state = await currentSignIn();
  if (!state || pendingFactor(state) !== "enroll") redirect("/sign-in");
  const { signInId, recoveryCodes } = await enrollFactorAtSignIn(state, visitor, code, new Date());
  await openCookie(signInId);
  const { name, value, options } = recoveryCodesCookie(recoveryCodes, env().DAMSO_URL);
  (await cookies()).set(name, value, options);
  redirect("/account/codes");
});

export const requestResetAction = publicAction(requestResetSchema, async (visitor, input) => {
  const locale = await getLocale();
  await requestReset(visitor, input, locale, new Date());
  return { ok: sentence("people.reset.sent", locale) };
});

export const resetPasswordAction = publicAction(resetPasswordSchema, async (visitor, input) => {
  await resetPassword(visitor, input, new Date());
  return leave("/sign-in", "people.reset.done");
});

export const joinAction = publicAction(joinSchema, async (visitor, input) =>
  enter(await joinOrganization(visitor, input, new Date()), undefined),
);

/** Out of a session whose second factor never came. */
export async function leaveEntryAction(): Promise<void> {
  await signOut();
  redirect("/sign-in");
}

async function enter({ signInId, pending }: Opened, next: string | undefined): Promise<never> {
  await openCookie(signInId);
  const path = safeNext(next);
  if (!pending) redirect(path);
  redirect(`/sign-in/${pending}${path === "/" ? "" : `?next=${encodeURIComponent(path)}`}`);
}
