"use server";

import { revalidatePath } from "next/cache";
import { getLocale } from "next-intl/server";
import { formAction, leave } from "@/lib/action";
import { Conflict } from "@/lib/errors";
import { keptValues } from "@/lib/form-data";
import { sentence } from "@/lib/messages";
import { changeOrganization } from "@/lib/people/commands/change-organization";
import { getOrganization } from "@/lib/people/queries/account";
import { changeOrganizationSchema } from "@/lib/people/schema";

export const changeOrganizationAction = formAction(changeOrganizationSchema, async (actor, input, formData) => {
  try {
    await changeOrganization(actor, input);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    const [now, locale] = [await getOrganization(actor), await getLocale()];
    const factor = sentence(`people.settings.${now.secondFactorNeeded ? "on" : "off"}`, locale);
    revalidatePath("/settings");
    return {
      message: sentence("people.settings.stale", locale, { name: now.name, factor }),
      values: keptValues(formData),
    };
  }
  return leave("/settings", "people.done.settings");
});
