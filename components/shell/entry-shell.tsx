import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Mark } from "@/components/ui/mark";
import { LanguageChoice } from "./choices";

/** The card in the middle for those not signed in: sign-in, reset, invite, and pages that are not there. */
export function EntryShell({
  setLocale,
  children,
}: {
  setLocale?: (formData: FormData) => Promise<void>;
  children: ReactNode;
}) {
  const t = useTranslations("shell");
  return (
    <div className="entry">
      <main className="entry-card">
        <div className="entry-brand">
          <Mark />
          <b>{t("name")}</b>
          {t("purpose")}
        </div>
        {children}
      </main>
      {setLocale ? (
        <footer className="entry-foot">
          <LanguageChoice action={setLocale} />
        </footer>
      ) : null}
    </div>
  );
}
