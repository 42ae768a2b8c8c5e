"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { type FormState, formAction, leave } from "@/lib/action";
import { type Credentials, createConnection } from "@/lib/dealers/commands/create-connection";
import { closeConnection, editConnection } from "@/lib/dealers/commands/edit-connection";
import { rotateSecret, rotateToken } from "@/lib/dealers/commands/rotate-connection";
import { eventPaths, hookAddress } from "@/lib/dealers/rules/connection";
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
