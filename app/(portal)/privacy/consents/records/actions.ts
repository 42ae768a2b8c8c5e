"use server";

import { redirect } from "next/navigation";
import { formAction } from "@/lib/action";
import { Refused } from "@/lib/errors";
import { findConsents } from "@/lib/privacy/queries/consents";
import { findConsentsSchema } from "@/lib/privacy/schema/consent";

/** Finds a user's answers by the exact user_key and opens the newest; the search is recorded. */
export const findConsentsAction = formAction(findConsentsSchema, async (actor, input) => {
  const [newest] = await findConsents(actor, input);
  if (!newest) throw new Refused("privacy.consents.refused.nobody", "userKey");
  redirect(`/privacy/consents/records/${newest.id}`);
});
