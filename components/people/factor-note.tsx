import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";

/** Says where the second factor is switched off, and how many of those who need one have none. */
export function FactorNote({
  secondFactorNeeded,
  withoutFactor,
  toSettings,
}: {
  secondFactorNeeded: boolean;
  withoutFactor: number;
  toSettings: boolean;
}) {
  const t = useTranslations("people");
  if (secondFactorNeeded) {
    return withoutFactor > 0 ? <Callout kind="warn">{t("factorMissingNote", { count: withoutFactor })}</Callout> : null;
  }
  const link = toSettings ? (
    <LinkButton href="/settings" size="sm">
      {t("factorOffNote.toSettings")}
    </LinkButton>
  ) : null;
  return (
    <Callout kind="warn" title={t("factorOffNote.title")} actions={link}>
      {t("factorOffNote.body")}
    </Callout>
  );
}
