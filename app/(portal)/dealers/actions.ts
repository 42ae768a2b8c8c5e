"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { type FormState, formAction, leave } from "@/lib/action";
import { type Credentials, createConnection } from "@/lib/dealers/commands/create-connection";
import { closeConnection, editConnection } from "@/lib/dealers/commands/edit-connection";
import { closeAccess, openAccess } from "@/lib/dealers/commands/open-access";
import { rotateSecret, rotateToken } from "@/lib/dealers/commands/rotate-connection";
import { tryAccess } from "@/lib/dealers/commands/try-access";
import { eventPaths, hookAddress } from "@/lib/dealers/rules/connection";
import { openAccessSchema } from "@/lib/dealers/schema/access";
import { connectionSchema, createConnectionSchema, editConnectionSchema } from "@/lib/dealers/schema/connection";
import { env } from "@/lib/env";

export const createConnectionAction = formAction(createConnectionSchema, async (actor, input) => {
  const t = await getTranslations("dealers");
  const made = await createConnection(actor, input);
  const shown = once(made, t("new.done"));
  return {
    ...shown,
    values: { ...shown.values, href: `/dealers/${made.connectionId}`, paths: [...eventPaths(input.format)] },
  };
});

export const rotateTokenAction = formAction(connectionSchema, async (actor, { connectionId }) => {
  const t = await getTranslations("dealers");
  const made = await rotateToken(actor, connectionId, new Date());
  revalidatePath(`/dealers/${connectionId}`);
  return once(made, t("address.done"));
});

export const rotateSecretAction = formAction(connectionSchema, async (actor, { connectionId }) => {
  const t = await getTranslations("dealers");
  const made = await rotateSecret(actor, connectionId, new Date());
  revalidatePath(`/dealers/${connectionId}`);
  return once(made, t("secret.done"));
});

export const editConnectionAction = formAction(editConnectionSchema, async (actor, input) => {
  await editConnection(actor, input);
  return leave(`/dealers/${input.connectionId}`, "dealers.done.edited");
});

export const closeConnectionAction = formAction(connectionSchema, async (actor, { connectionId }) => {
  await closeConnection(actor, connectionId, new Date());
  return leave(`/dealers/${connectionId}`, "dealers.done.closed");
});

export const openAccessAction = formAction(openAccessSchema, async (actor, input) => {
  await openAccess(actor, input);
  return leave(`/dealers/${input.connectionId}`, "dealers.access.done.opened");
});

export const closeAccessAction = formAction(connectionSchema, async (actor, { connectionId }) => {
  await closeAccess(actor, connectionId);
  return leave(`/dealers/${connectionId}`, "dealers.access.done.closed");
});

export const tryAccessAction = formAction(connectionSchema, async (actor, { connectionId }) => {
  const trial = await tryAccess(actor, connectionId);
  const t = await getTranslations("dealers.access");
  if (trial.outcome !== "refused") return { ok: t(`done.${trial.outcome}`) };
  return {
    message: trial.code === "" ? t(`reason.${trial.reason}`) : `${t(`reason.${trial.reason}`)} (${trial.code})`,
  };
});

/** Address and secret in the form's own answer: shown with it, kept nowhere. */
function once({ token, secret }: Credentials, ok: string): FormState {
  return {
    ok,
    values: {
      ...(token ? { address: hookAddress(env().DAMSO_URL, token) } : {}),
      ...(secret ? { secret } : {}),
    },
  };
}
