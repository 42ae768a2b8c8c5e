import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { setLocaleAction, setThemeAction } from "@/app/actions";
import type { ShellActions, Viewer } from "@/components/shell/menus";
import { currentActor } from "@/lib/auth/session";
import { asTheme, themeCookie } from "@/lib/locale";
import { getAccount, listMyOrganizations } from "@/lib/people/queries";
import { signOutAction, switchOrganizationAction } from "./actions";

/** Who looks, for the shell and the menu page: asked once per request. */
export const loadViewer = cache(async (): Promise<Viewer> => {
  const actor = await currentActor();
  const t = await getTranslations("shell");
  const [account, organizations, stored] = await Promise.all([
    getAccount(actor),
    listMyOrganizations(actor),
    cookies(),
  ]);
  return {
    name: account.name,
    role: t(`roles.${actor.role}`),
    organization: organizations.find(({ id }) => id === actor.organizationId) ?? { id: actor.organizationId, name: "" },
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
