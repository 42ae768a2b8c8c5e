"use server";

import { formAction, leave } from "@/lib/action";
import { publishConsignees } from "@/lib/privacy/commands/publish-consignees";
import { publishConsigneesSchema } from "@/lib/privacy/schema/consignee-list";

export const publishConsigneesAction = formAction(publishConsigneesSchema, async (actor, input) => {
  await publishConsignees(actor, input, new Date());
  return leave("/privacy/consignees", "privacy.consignees.published");
});
