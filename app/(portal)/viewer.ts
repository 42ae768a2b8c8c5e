import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { setLocaleAction, setThemeAction } from "@/app/actions";
import type { ShellActions, Viewer } from "@/components/shell/menus";
import { currentActor, signedIn } from "@/lib/auth/session";
import { asTheme, themeCookie } from "@/lib/locale";
import { listMyOrganizations } from "@/lib/people/queries/account";
import { signOutAction, switchOrganizationAction } from "./actions";

/** Who looks, for the shell and the menu page: asked once per request. */
export const loadViewer = cache(async (): Promise<Viewer> => {
  const actor = await currentActor();
  const t = await getTranslations("shell");
  const [session, organizations, stored] = await Promise.all([signedIn(), listMyOrganizations(actor), cookies()]);
  return {
    name: session?.name ?? "",
    role: t(`roles.${actor.role}`),
    organization: { id: actor.organizationId, name: session?.organizationName ?? "" },
    organizations,
    theme: asTheme(stored.get(themeCookie)?.value),
  };
});

export const shellActions: ShellActions = {
  switchOrganization: switchOrganizationAction,
  signOut: signOutAction,
  setLocale: setLocaleAction,
  setTheme: setThemeAction,
};
