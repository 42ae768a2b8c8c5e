"use server";

import { redirect } from "next/navigation";
import { currentActor, signOut } from "@/lib/auth/session";
import { switchOrganization } from "@/lib/people/commands";

/** Works on in another company of the same person; an id that is not theirs is not found. */
export async function switchOrganizationAction(formData: FormData): Promise<void> {
  const actor = await currentActor();
  await switchOrganization(actor, { organizationId: String(formData.get("organizationId")) });
  redirect("/");
}

export async function signOutAction(): Promise<void> {
  await signOut();
  redirect("/sign-in");
}
