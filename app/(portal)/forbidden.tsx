import { getTranslations } from "next-intl/server";
import { LinkButton } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";

export default async function Forbidden() {
  const t = await getTranslations("errors");
  return (
    <ErrorState
      kind="lock"
      level={1}
      title={t("forbidden.title")}
      actions={<LinkButton href="/">{t("toToday")}</LinkButton>}
    >
      {t("forbidden.body")}
    </ErrorState>
  );
}
