import { getTranslations } from "next-intl/server";
import { EntryShell } from "@/components/shell/entry-shell";
import { LinkButton } from "@/components/ui/button";

export default async function Forbidden() {
  const t = await getTranslations("errors");
  return (
    <EntryShell>
      <h1>{t("forbidden.title")}</h1>
      <p className="mb-4 text-sm text-fg-2">{t("forbidden.body")}</p>
      <LinkButton href="/">{t("toToday")}</LinkButton>
    </EntryShell>
  );
}
