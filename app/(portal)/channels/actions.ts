"use server";

import { revalidatePath } from "next/cache";
import { getLocale } from "next-intl/server";
import { type FormState, formAction, leave } from "@/lib/action";
import type { PersonActor } from "@/lib/auth/actor";
import { endChannel, withdrawEnd } from "@/lib/channels/commands/end-channel";
import { agreeGoLive, declineGoLive, requestGoLive, withdrawGoLive } from "@/lib/channels/commands/go-live";
import { markOnboarding } from "@/lib/channels/commands/mark-onboarding";
import { editChannel, openChannel } from "@/lib/channels/commands/open-channel";
import { fillPlan, planOnboarding } from "@/lib/channels/commands/plan-onboarding";
import { getChannel } from "@/lib/channels/queries/get-channel";
import {
  agreeGoLiveSchema,
  declineGoLiveSchema,
  type EditChannel,
  editChannelSchema,
  endChannelSchema,
  fillPlanSchema,
  markOnboardingSchema,
  openChannelSchema,
  planOnboardingSchema,
  requestGoLiveSchema,
  withdrawEndSchema,
  withdrawGoLiveSchema,
} from "@/lib/channels/schema";
import { dealerBySlug } from "@/lib/dealers/directory";
import { Conflict } from "@/lib/errors";
import { keptValues } from "@/lib/form-data";
import { sentence } from "@/lib/messages";

export const openChannelAction = formAction(openChannelSchema, async (actor, input) => {
  const id = await openChannel(actor, input);
  return leave(`/channels/${id}`, "channels.done.opened");
});

export const editChannelAction = formAction(editChannelSchema, async (actor, input, formData) => {
  try {
    await editChannel(actor, input);
  } catch (error) {
    if (error instanceof Conflict) return stale(actor, input, formData);
    throw error;
  }
  return leave(`/channels/${input.channelId}/profile`, "channels.done.edited");
});

/** Keeps what was typed and says beside each field what is saved now; the next save is a knowing one. */
async function stale(actor: PersonActor, input: EditChannel, formData: FormData): Promise<FormState | undefined> {
  const current = await getChannel(actor, input.channelId, new Date());
  if (!current) return undefined;
  const locale = await getLocale();
  const shown = { ...current, dealer: dealerBySlug(current.dealer)?.name ?? null };
  const fields = [
    ...(["name", "publicId", "senderKey", "dealer", "contact"] as const),
    ...(["categoryCode", "consignorName", "privacyUrl"] as const),
  ];
  const errors = Object.fromEntries(
    fields
      .filter((field) => current[field] !== input[field])
      .map((field) => [field, sentence("channels.refused.current", locale, { value: shown[field] || "–" })]),
  );
  revalidatePath(`/channels/${input.channelId}/edit`);
  return { message: sentence("channels.refused.stale", locale), errors, values: keptValues(formData) };
}

const saidOf = { done: "marked", reopened: "reopened", "not-applicable": "not-applicable" } as const;

export const markOnboardingAction = formAction(markOnboardingSchema, async (actor, input) => {
  await markOnboarding(actor, input);
  return leave(`/channels/${input.channelId}`, `channels.done.${saidOf[input.kind]}`);
});

export const planOnboardingAction = formAction(planOnboardingSchema, async (actor, input) => {
  try {
    await planOnboarding(actor, input);
  } catch (error) {
    if (error instanceof Conflict) revalidatePath(`/channels/${input.channelId}`);
    throw error;
  }
  return leave(`/channels/${input.channelId}`, "channels.done.planned");
});

export const fillPlanAction = formAction(fillPlanSchema, async (actor, input) => {
  await fillPlan(actor, input);
  return leave(`/channels/${input.channelId}`, "channels.done.filled");
});

export const requestGoLiveAction = formAction(requestGoLiveSchema, async (actor, input) => {
  await requestGoLive(actor, input);
  return leave(`/channels/${input.channelId}`, "channels.done.requested");
});

export const agreeGoLiveAction = formAction(agreeGoLiveSchema, async (actor, input) => {
  await agreeGoLive(actor, input);
  return leave(`/channels/${input.channelId}`, "channels.done.live");
});

export const declineGoLiveAction = formAction(declineGoLiveSchema, async (actor, input) => {
  await declineGoLive(actor, input);
  return leave(`/channels/${input.channelId}`, "channels.done.declined");
});

export const withdrawGoLiveAction = formAction(withdrawGoLiveSchema, async (actor, input) => {
  await withdrawGoLive(actor, input);
  return leave(`/channels/${input.channelId}`, "channels.done.requestWithdrawn");
});

export const endChannelAction = formAction(endChannelSchema, async (actor, input) => {
  await endChannel(actor, input);
  return leave(`/channels/${input.channelId}`, "channels.done.ending");
});

export const withdrawEndAction = formAction(withdrawEndSchema, async (actor, input) => {
  await withdrawEnd(actor, input);
  return leave(`/channels/${input.channelId}`, "channels.done.withdrawn");
});
