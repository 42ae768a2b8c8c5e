import { getTranslations } from "next-intl/server";
import { LinkButton } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";

export default async function NotFound() {
  const t = await getTranslations("errors");
  return (
    <ErrorState
      kind="off"
      level={1}
      title={t("notFound.title")}
      actions={<LinkButton href="/">{t("toToday")}</LinkButton>}
    >
      {t("notFound.body")}
    </ErrorState>
  );
}
