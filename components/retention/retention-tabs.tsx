import { useTranslations } from "next-intl";
import { Tabs } from "@/components/ui/tabs";

const tabs = ["overview", "policies", "holds", "destructions", "ledger", "statistics"] as const;
export type RetentionTab = (typeof tabs)[number];

/** The parts of 보유·파기; `counts` are those of lib/retention/queries/retention-counts. */
export function RetentionTabs({
  tab,
  counts,
}: {
  /** Null: a page below one of them. */
  tab: RetentionTab | null;
  counts: Readonly<Record<Exclude<RetentionTab, "overview" | "statistics">, number>>;
}) {
  const t = useTranslations("retention.tabs");
  return (
    <Tabs
      label={t("label")}
      tabs={tabs.map((one) => ({
        href: one === "overview" ? "/retention" : `/retention/${one}`,
        label: t(one),
        ...(one === "overview" || one === "statistics" ? {} : { count: counts[one] }),
        current: one === tab,
      }))}
    />
  );
}
