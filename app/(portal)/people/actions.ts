"use server";

import { getLocale } from "next-intl/server";
import { formAction, leave } from "@/lib/action";
import { changeExpiry } from "@/lib/people/commands/change-expiry";
import { changeRole } from "@/lib/people/commands/change-role";
import { disablePerson, enablePerson } from "@/lib/people/commands/disable-person";
import { invitePerson, resendInvite, withdrawInvite } from "@/lib/people/commands/invite-person";
import { endSessionsOf, resetFactor } from "@/lib/people/commands/reset-factor";
import {
  changeExpirySchema,
  changeRoleSchema,
  disablePersonSchema,
  enablePersonSchema,
  endSessionsOfSchema,
  invitePersonSchema,
  inviteSchema,
  resetFactorSchema,
} from "@/lib/people/schema";

export const invitePersonAction = formAction(invitePersonSchema, async (actor, input) => {
  await invitePerson(actor, input, await getLocale(), new Date());
  return leave("/people/invites", "people.done.invited");
});

export const resendInviteAction = formAction(inviteSchema, async (actor, input) => {
  await resendInvite(actor, input, await getLocale(), new Date());
  return leave("/people/invites", "people.done.resent");
});

export const withdrawInviteAction = formAction(inviteSchema, async (actor, input) => {
  await withdrawInvite(actor, input, new Date());
  return leave("/people/invites", "people.done.withdrawn");
});

export const changeRoleAction = formAction(changeRoleSchema, async (actor, input) => {
  await changeRole(actor, input, new Date());
  return leave(`/people/${input.personId}`, "people.done.role");
});

export const changeExpiryAction = formAction(changeExpirySchema, async (actor, input) => {
  await changeExpiry(actor, input, new Date());
  return leave(`/people/${input.personId}`, "people.done.expiry");
});

export const disablePersonAction = formAction(disablePersonSchema, async (actor, input) => {
  await disablePerson(actor, input, new Date());
  return leave(`/people/${input.personId}`, "people.done.disabled");
});

export const enablePersonAction = formAction(enablePersonSchema, async (actor, input) => {
  await enablePerson(actor, input, new Date());
  return leave(`/people/${input.personId}`, "people.done.enabled");
});

export const resetFactorAction = formAction(resetFactorSchema, async (actor, input) => {
  await resetFactor(actor, input, await getLocale(), new Date());
  return leave(`/people/${input.personId}`, "people.done.factorReset");
});

export const endSessionsOfAction = formAction(endSessionsOfSchema, async (actor, input) => {
  await endSessionsOf(actor, input, new Date());
  return leave(`/people/${input.personId}`, "people.done.sessionsEnded");
});
