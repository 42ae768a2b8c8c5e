import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { HoldTable, type ListedHold } from "./hold-table";

/** The holds that stand, on the overview of 보유·파기; those to be reviewed first. */
export function HoldsPanel({ holds, mayPlace, now }: { holds: readonly ListedHold[]; mayPlace: boolean; now: Date }) {
  const t = useTranslations("retention.holds");
  return (
    <Section
      title={t("title")}
      note={t("panelNote")}
      actions={
        mayPlace ? (
          <Link href="/retention/holds/new">{t("addShort")}</Link>
        ) : (
          <Link href="/retention/holds">{t("all")}</Link>
        )
      }
    >
      {holds.length === 0 ? (
        <p className="text-sm text-fg-3">{t("none")}</p>
      ) : (
        <HoldTable holds={holds} now={now} short />
      )}
      <div className="mt-3">
        <Callout kind="off">{t("releaseNote")}</Callout>
      </div>
    </Section>
  );
}
