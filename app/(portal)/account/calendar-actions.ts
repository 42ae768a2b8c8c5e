"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { formAction, leave } from "@/lib/action";
import { closeCalendar, openCalendar } from "@/lib/dealers/commands/own-calendar";
import { ownCalendarSchema } from "@/lib/dealers/schema/deadline";
import { env } from "@/lib/env";

/** The address stands in the form's own answer: shown with it, kept nowhere. */
export const openCalendarAction = formAction(ownCalendarSchema, async (actor) => {
  const t = await getTranslations("dealers");
  const { token } = await openCalendar(actor, new Date());
  revalidatePath("/account");
  return {
    ok: t("deadlines.calendar.done"),
    values: { address: `${env().DAMSO_URL}/calendar/${token}.ics` },
  };
});

export const closeCalendarAction = formAction(ownCalendarSchema, async (actor) => {
  await closeCalendar(actor, new Date());
  return leave("/account", "dealers.deadlines.calendar.closed");
});
