"use server";

import { cookies } from "next/headers";
import { asLocale, asTheme, localeCookie, themeCookie } from "@/lib/locale";

const year = 60 * 60 * 24 * 365;

/** What a form says under a name. An action can be called with anything by its id. */
function said(form: unknown, name: string): string {
  return form instanceof FormData ? String(form.get(name)) : "";
}

/** Language and theme are this browser's, signed in or not; the page that asked is drawn anew. */
export async function setLocaleAction(formData: FormData): Promise<void> {
  const locale = asLocale(said(formData, "locale"));
  (await cookies()).set(localeCookie, locale, { maxAge: year, sameSite: "lax", httpOnly: true, path: "/" });
}

export async function setThemeAction(formData: FormData): Promise<void> {
  const theme = asTheme(said(formData, "theme"));
  (await cookies()).set(themeCookie, theme, { maxAge: year, sameSite: "lax", httpOnly: true, path: "/" });
}
