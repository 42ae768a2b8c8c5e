import { useLocale, useTranslations } from "next-intl";
import { LineChart } from "@/components/ui/line-chart";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import type { PlacementDetail } from "@/lib/placements/schema";

/** Presses and scans of the last 28 days, with the consults that began with the code. */
export function PlacementTraffic({ placement, now }: { placement: PlacementDetail; now: Date }) {
  const t = useTranslations("placements");
  const locale = useLocale();
  const sum = (values: readonly number[], today: number) =>
    values.reduce((total, value) => total + value, today).toLocaleString(locale);
  const scans = { label: t("traffic.scans"), values: placement.scans };
  const presses = { label: t("traffic.presses"), values: placement.presses };
  return (
    <Section
      title={t("traffic.title")}
      actions={<Link href={`/placements/statistics?placement=${placement.id}`}>{t("statistics.ofPlace")}</Link>}
      note={t("traffic.note", {
        scans: sum(placement.scans, placement.today.scans),
        presses: sum(placement.presses, placement.today.presses),
        consults: placement.consults.toLocaleString(locale),
      })}
    >
      <LineChart
        label={t("traffic.title")}
        days={placement.days}
        series={placement.medium === "offline" ? [scans, presses] : [presses, scans]}
        now={now}
      />
      <p className="hint mt-1">{t("traffic.footnote", { others: placement.others.toLocaleString(locale) })}</p>
      <p className="hint">
        {t("traffic.all", {
          todayScans: placement.today.scans.toLocaleString(locale),
          todayPresses: placement.today.presses.toLocaleString(locale),
          scans: placement.allScans.toLocaleString(locale),
          presses: placement.allPresses.toLocaleString(locale),
        })}
      </p>
    </Section>
  );
}
