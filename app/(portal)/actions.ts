"use server";

import { revalidatePath } from "next/cache";
import { notFound, redirect } from "next/navigation";
import { currentActor, signOut } from "@/lib/auth/session";
import { NotFound } from "@/lib/errors";
import { switchOrganization } from "@/lib/people/commands/switch-organization";

/** Works on in another company of the same person; an id that is not theirs is not found. */
export async function switchOrganizationAction(formData: FormData): Promise<void> {
  const actor = await currentActor();
  try {
    await switchOrganization(actor, {
      organizationId: formData instanceof FormData ? String(formData.get("organizationId")) : "",
    });
  } catch (error) {
    if (error instanceof NotFound) notFound();
    throw error;
  }
  // The shell belongs to the company, and the browser would keep it.
  revalidatePath("/", "layout");
  redirect("/");
}

export async function signOutAction(): Promise<void> {
  await signOut();
  redirect("/sign-in");
}
