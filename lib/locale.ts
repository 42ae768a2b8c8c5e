/** The languages of the console and the cookies that hold a person's choice of language and theme. */
export const locales = ["ko", "en"] as const;
export type Locale = (typeof locales)[number];
export const defaultLocale: Locale = "ko";
export const localeCookie = "damso-locale";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];
export const themeCookie = "damso-theme";

export function asLocale(value: string | undefined): Locale {
  return value === "en" ? "en" : defaultLocale;
}

export function asTheme(value: string | undefined): Theme {
  return value === "light" || value === "dark" ? value : "system";
}
