"use server";

import { revalidatePath } from "next/cache";
import { getLocale } from "next-intl/server";
import { formAction, leave } from "@/lib/action";
import { Conflict } from "@/lib/errors";
import { sentence } from "@/lib/messages";
import { openRequest } from "@/lib/privacy/commands/open-request";
import { registerRequest } from "@/lib/privacy/commands/register-request";
import {
  answerRequest,
  finishRequest,
  identifyRequest,
  postponeRequest,
  withdrawRequest,
} from "@/lib/privacy/commands/take-step";
import {
  answerRequestSchema,
  finishRequestSchema,
  identifyRequestSchema,
  openRequestSchema,
  postponeRequestSchema,
  registerRequestSchema,
  withdrawRequestSchema,
} from "@/lib/privacy/schema/request";

const at = (id: string) => `/privacy/requests/${id}`;

/** After a Conflict the page shows what is saved now, so that the next save is a knowing one. */
async function fresh(requestId: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (error instanceof Conflict) revalidatePath(at(requestId));
    throw error;
  }
}

export const registerRequestAction = formAction(registerRequestSchema, async (actor, input) => {
  const { id } = await registerRequest(actor, input);
  return leave(at(id), "privacy.requests.done.registered");
});

export const identifyRequestAction = formAction(identifyRequestSchema, async (actor, input) => {
  await fresh(input.requestId, () => identifyRequest(actor, input));
  return leave(at(input.requestId), "privacy.requests.done.identified");
});

export const postponeRequestAction = formAction(postponeRequestSchema, async (actor, input) => {
  await fresh(input.requestId, () => postponeRequest(actor, input));
  return leave(at(input.requestId), "privacy.requests.done.postponed");
});

export const answerRequestAction = formAction(answerRequestSchema, async (actor, input) => {
  await fresh(input.requestId, () => answerRequest(actor, input));
  return leave(at(input.requestId), "privacy.requests.done.answered");
});

export const finishRequestAction = formAction(finishRequestSchema, async (actor, input) => {
  await fresh(input.requestId, () => finishRequest(actor, input));
  return leave(at(input.requestId), "privacy.requests.done.finished");
});

export const withdrawRequestAction = formAction(withdrawRequestSchema, async (actor, input) => {
  await fresh(input.requestId, () => withdrawRequest(actor, input));
  return leave(at(input.requestId), "privacy.requests.done.withdrawn");
});

/** Answers with what was sealed, in the form itself: nothing of it stands in an address or in a page that was not asked for. */
export const openRequestAction = formAction(openRequestSchema, async (actor, { requestId }) => {
  const opened = await openRequest(actor, requestId);
  const locale = await getLocale();
  const say = (key: string) => sentence(`privacy.requests.${key}`, locale);
  const lines = [
    ...(opened.userKey ? [`[${say("field.userKey")}] ${opened.userKey}`] : []),
    `[${say("field.identity")}] ${opened.identity}`,
    `[${say("field.detail")}] ${opened.detail}`,
    ...opened.notes.map(({ kind, note }) => `[${say(`steps.${kind}`)}] ${note}`),
  ];
  return { ok: say("done.opened"), values: { shown: lines.join("\n") } };
});
