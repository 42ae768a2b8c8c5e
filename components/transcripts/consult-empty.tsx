import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** Nothing came yet: what has to be there first. */
export function ConsultEmpty() {
  const t = useTranslations("transcripts");
  return (
    <EmptyState
      title={t("empty.title")}
      starts={[
        {
          title: t("empty.toDealers"),
          action: <LinkButton href="/dealers">{t("empty.toDealers")}</LinkButton>,
        },
        {
          title: t("empty.toPlacements"),
          action: <LinkButton href="/placements">{t("empty.toPlacements")}</LinkButton>,
        },
      ]}
    >
      {t("empty.body")}
    </EmptyState>
  );
}
