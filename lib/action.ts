/** Server actions as sentences: who acts, what was said, what comes of it. Works with and without JavaScript. */
import { cookies, headers } from "next/headers";
import { forbidden, notFound, redirect, unstable_rethrow } from "next/navigation";
import { getLocale } from "next-intl/server";
import type { z } from "zod";
import type { PersonActor } from "@/lib/auth/actor";
import { currentActor, currentVisitor } from "@/lib/auth/session";
import { Conflict, Forbidden, NotFound, Refused, type SentenceValues } from "./errors";
import { issueSentence, keptValues, readForm } from "./form-data";
import type { Locale } from "./locale";
import { hasSentence, sentence } from "./messages";

/** What a form shows after it was sent. `errors` by field name, `message` for the form as a whole, `values` as typed. */
export interface FormState {
  errors?: Record<string, string>;
  message?: string;
  values?: Record<string, string | string[]>;
  ok?: string;
  /** What was found, for forms that ask and change nothing. */
  found?: readonly unknown[];
}

export type FormAction = (state: FormState, formData: FormData) => Promise<FormState>;

async function attempt<S extends z.ZodType>(
  schema: S,
  sent: unknown,
  handle: (input: z.infer<S>) => Promise<FormState | undefined> | Promise<void>,
): Promise<FormState> {
  const locale = await getLocale();
  const say = (key: string, values?: SentenceValues) => sentence(key, locale, values);
  // An action can be called with anything by its id: what is no form is an empty one.
  const formData = sent instanceof FormData ? sent : new FormData();
  const values = keptValues(formData);
  const read = readForm(schema, formData);
  if ("refused" in read) {
    return { errors: { [read.refused.field]: say(read.refused.key, read.refused.values) }, values };
  }
  const parsed = await schema.safeParseAsync(read.input);
  if (!parsed.success) return { ...issues(parsed.error, read.input, locale), values };
  try {
    return (await handle(parsed.data)) ?? { ok: say("form.saved") };
  } catch (error) {
    unstable_rethrow(error);
    if (error instanceof Refused) {
      const text = say(error.key, error.values);
      return error.field ? { errors: { [error.field]: text }, values } : { message: text, values };
    }
    if (error instanceof Conflict) return { message: say(error.key, error.values), values };
    if (error instanceof NotFound) notFound();
    if (error instanceof Forbidden) forbidden();
    throw error;
  }
}

function issues(error: z.ZodError, input: unknown, locale: Locale): Pick<FormState, "errors" | "message"> {
  const errors: Record<string, string> = {};
  let message: string | undefined;
  for (const issue of error.issues) {
    const { key, values } = issueSentence(issue, input, (text) => hasSentence(text, locale));
    const field = issue.path[0];
    if (field === undefined) message ??= sentence(key, locale, values);
    else errors[String(field)] ??= sentence(key, locale, values);
  }
  return { errors, ...(message ? { message } : {}) };
}

/**
 * A server action for a signed-in person, for `useActionState` and ActionForm.
 * Refusals stand beside their field; NotFound and Forbidden show their pages; a redirect passes; the rest is an error page.
 * A handler that returns nothing says "저장했습니다".
 */
export function formAction<S extends z.ZodType>(
  schema: S,
  handler: (
    actor: PersonActor,
    input: z.infer<S>,
    formData: FormData,
  ) => Promise<FormState | undefined> | Promise<void>,
): FormAction {
  return async (_state, formData) => {
    const actor = await currentActor();
    return attempt(schema, formData, (input) => handler(actor, input, formData));
  };
}

/** The same for forms before sign-in: sign-in itself, invite, reset. */
export function publicAction<S extends z.ZodType>(
  schema: S,
  handler: (
    visitor: Awaited<ReturnType<typeof currentVisitor>>,
    input: z.infer<S>,
    formData: FormData,
  ) => Promise<FormState | undefined> | Promise<void>,
): FormAction {
  return async (_state, formData) => {
    const visitor = await currentVisitor();
    return attempt(schema, formData, (input) => handler(visitor, input, formData));
  };
}

const doneCookie = "damso-done";

/**
 * Leaves for `path` and shows one sentence there, above the page: `return leave("/channels/…", "channels.done.opened")`.
 * The cookie belongs to that path alone and lives ten seconds, so no script has to remove it.
 */
export async function leave(path: string, key: string): Promise<never> {
  await leaveSentence(path, key);
  redirect(path);
}

/** The sentence alone, for a route handler that redirects by itself. */
export async function leaveSentence(path: string, key: string): Promise<void> {
  const { pathname } = new URL(path, "http://damso.invalid");
  (await cookies()).set(doneCookie, key, { path: pathname, maxAge: 10, httpOnly: true, sameSite: "strict" });
}

/** The sentence left for this page, if one was. A page above may have left one too: browsers send the nearest first (RFC 6265, 5.4). */
export async function doneSentence(): Promise<string | null> {
  const sent = ((await headers()).get("cookie") ?? "").split(/;\s*/);
  const key = sent.find((pair) => pair.startsWith(`${doneCookie}=`))?.slice(doneCookie.length + 1);
  if (!key) return null;
  const locale = await getLocale();
  return hasSentence(key, locale) ? sentence(key, locale) : null;
}
