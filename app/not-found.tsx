import { getTranslations } from "next-intl/server";
import { EntryShell } from "@/components/shell/entry-shell";
import { LinkButton } from "@/components/ui/button";

export default async function NotFound() {
  const t = await getTranslations("errors");
  return (
    <EntryShell>
      <h1>{t("notFound.title")}</h1>
      <p className="mb-4 text-sm text-fg-2">{t("notFound.body")}</p>
      <LinkButton href="/">{t("toToday")}</LinkButton>
    </EntryShell>
  );
}
