"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { recoveryCodesCookie } from "@/app/(entry)/recovery-codes";
import { formAction, leave } from "@/lib/action";
import { currentSignIn, currentVisitor, openCookie } from "@/lib/auth/session";
import { env } from "@/lib/env";
import { renamePerson } from "@/lib/people/commands/change-organization";
import { changePassword } from "@/lib/people/commands/change-password";
import { endOwnSessions } from "@/lib/people/commands/end-own-sessions";
import { enrollOwnFactor, renewRecoveryCodes } from "@/lib/people/commands/enroll-factor";
import { removeFactor } from "@/lib/people/commands/remove-factor";
import {
  changePasswordSchema,
  endOwnSessionsSchema,
  enrollOwnFactorSchema,
  keptCodesSchema,
  removeFactorSchema,
  renamePersonSchema,
  renewRecoveryCodesSchema,
} from "@/lib/people/schema";

export const renamePersonAction = formAction(renamePersonSchema, async (actor, input) => {
  await renamePerson(actor, input);
  return leave("/account", "people.done.renamed");
});

export const changePasswordAction = formAction(changePasswordSchema, async (actor, input) => {
  await openCookie(await changePassword(actor, input, new Date()));
  return leave("/account", "people.done.password");
});

export const endOwnSessionsAction = formAction(endOwnSessionsSchema, async (actor, input) => {
  const renewed = await endOwnSessions(actor, input, new Date());
  if (renewed) await openCookie(renewed);
  return leave("/account", "people.done.ownSessions");
});

export const enrollOwnFactorAction = formAction(enrollOwnFactorSchema, async (actor, input) => {
  const state = await currentSignIn();
  if (!state) redirect("/sign-in");
  const { signInId, recoveryCodes } = await enrollOwnFactor(actor, state, await currentVisitor(), input, new Date());
  await openCookie(signInId);
  return showCodes(recoveryCodes);
});

export const renewRecoveryCodesAction = formAction(renewRecoveryCodesSchema, async (actor, { proofPassword }) =>
  showCodes(await renewRecoveryCodes(actor, proofPassword, new Date())),
);

export const removeFactorAction = formAction(removeFactorSchema, async (actor, { proofPassword }) => {
  await openCookie(await removeFactor(actor, proofPassword, new Date()));
  return leave("/account", "people.done.factorRemoved");
});

async function showCodes(codes: readonly string[]): Promise<never> {
  const { name, value, options } = recoveryCodesCookie(codes, env().DAMSO_URL);
  (await cookies()).set(name, value, options);
  redirect("/account/codes");
}

/** The codes are kept: the cookie that showed them goes. Nothing else changes. */
export const keptCodesAction = formAction(keptCodesSchema, async () => {
  (await cookies()).set("damso-codes", "", { path: "/account/codes", maxAge: 0 });
  redirect("/");
});
