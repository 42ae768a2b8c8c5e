"use server";

import { revalidatePath } from "next/cache";
import { getLocale } from "next-intl/server";
import { type FormState, formAction, leave } from "@/lib/action";
import type { PersonActor } from "@/lib/auth/actor";
import { Conflict } from "@/lib/errors";
import { keptValues } from "@/lib/form-data";
import { sentence } from "@/lib/messages";
import { approveNotice, rejectNotice, submitNotice, withdrawNotice } from "@/lib/privacy/commands/decide-notice";
import { applyNotice, declineNotice, requestNotice, verifyNotice } from "@/lib/privacy/commands/follow-notice";
import { saveNotice } from "@/lib/privacy/commands/save-notice";
import { getNotice } from "@/lib/privacy/queries/get-notice";
import { channelOfNotice } from "@/lib/privacy/queries/notice-channel";
import {
  applyNoticeSchema,
  approveNoticeSchema,
  declineNoticeSchema,
  rejectNoticeSchema,
  requestNoticeSchema,
  type SaveNotice,
  saveNoticeSchema,
  submitNoticeSchema,
  verifyNoticeSchema,
  withdrawNoticeSchema,
} from "@/lib/privacy/schema/notice";

const at = (channelId: string, part = "") => `/privacy/notices/${channelId}${part}`;

export const saveNoticeAction = formAction(saveNoticeSchema, async (actor, input, formData) => {
  try {
    await saveNotice(actor, input);
  } catch (error) {
    if (error instanceof Conflict) return stale(actor, input, formData);
    throw error;
  }
  return leave(at(input.channelId), "privacy.notices.done.saved");
});

/** Keeps what was typed and shows what is saved now; the next save is a knowing one. */
async function stale(actor: PersonActor, input: SaveNotice, formData: FormData): Promise<FormState> {
  const current = (await getNotice(actor, input.channelId, new Date()))?.versions[0];
  const locale = await getLocale();
  revalidatePath(at(input.channelId, "/edit"));
  return {
    message: sentence("privacy.notices.stale", locale, { number: current?.number ?? 0 }),
    ...(current
      ? { errors: { source: sentence("privacy.notices.current", locale, { text: current.words.source }) } }
      : {}),
    values: keptValues(formData),
  };
}

/** Back to the notice of its channel. */
async function back(actor: PersonActor, noticeId: string, key: string): Promise<never> {
  return leave(at(await channelOfNotice(actor, noticeId)), key);
}

export const submitNoticeAction = formAction(submitNoticeSchema, async (actor, input) => {
  await submitNotice(actor, input, new Date());
  return back(actor, input.noticeId, "privacy.notices.done.submitted");
});

export const approveNoticeAction = formAction(approveNoticeSchema, async (actor, input) => {
  await approveNotice(actor, input, new Date());
  return back(actor, input.noticeId, "privacy.notices.done.approved");
});

export const rejectNoticeAction = formAction(rejectNoticeSchema, async (actor, input) => {
  await rejectNotice(actor, input, new Date());
  return back(actor, input.noticeId, "privacy.notices.done.rejected");
});

export const withdrawNoticeAction = formAction(withdrawNoticeSchema, async (actor, input) => {
  await withdrawNotice(actor, input, new Date());
  return back(actor, input.noticeId, "privacy.notices.done.withdrawn");
});

export const requestNoticeAction = formAction(requestNoticeSchema, async (actor, input) => {
  await requestNotice(actor, input, new Date());
  return back(actor, input.noticeId, "privacy.notices.done.requested");
});

export const declineNoticeAction = formAction(declineNoticeSchema, async (actor, input) => {
  await declineNotice(actor, input, new Date());
  return back(actor, input.noticeId, "privacy.notices.done.declined");
});

export const applyNoticeAction = formAction(applyNoticeSchema, async (actor, input) => {
  await applyNotice(actor, input, new Date());
  return back(actor, input.noticeId, "privacy.notices.done.applied");
});

export const verifyNoticeAction = formAction(verifyNoticeSchema, async (actor, input) => {
  const seen = await verifyNotice(actor, input, new Date());
  return back(actor, input.noticeId, `privacy.notices.done.${seen}`);
});
