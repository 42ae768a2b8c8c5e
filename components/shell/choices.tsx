import { useLocale, useTranslations } from "next-intl";
import { useId } from "react";
import { locales, type Theme, themes } from "@/lib/locale";

type Choose = (formData: FormData) => Promise<void>;

const languageNames = { ko: "한국어", en: "English" } as const;

/** 한국어 / English: a form, so that it works before any script arrives. */
export function LanguageChoice({ action }: { action: Choose }) {
  const locale = useLocale();
  const t = useTranslations("shell");
  const id = useId();
  return (
    <form action={action} className="menu-line">
      <span id={id}>{t("language")}</span>
      <fieldset className="segments" aria-labelledby={id}>
        {locales.map((one) => (
          <button key={one} type="submit" name="locale" value={one} lang={one} aria-pressed={one === locale}>
            {languageNames[one]}
          </button>
        ))}
      </fieldset>
    </form>
  );
}

/** 기기 / 밝게 / 어둡게. */
export function ThemeChoice({ action, theme }: { action: Choose; theme: Theme }) {
  const t = useTranslations("shell");
  const id = useId();
  return (
    <form action={action} className="menu-line">
      <span id={id}>{t("theme")}</span>
      <fieldset className="segments" aria-labelledby={id}>
        {themes.map((one) => (
          <button key={one} type="submit" name="theme" value={one} aria-pressed={one === theme}>
            {t(`themes.${one}`)}
          </button>
        ))}
      </fieldset>
    </form>
  );
}
