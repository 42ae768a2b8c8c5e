import { useTranslations } from "next-intl";
import { Tabs } from "@/components/ui/tabs";

/** The parts of 리허설. */
export function RehearsalTabs({ tab }: { tab: "rehearsals" | "scenarios" }) {
  const t = useTranslations("rehearsal");
  return (
    <Tabs
      label={t("run.title")}
      tabs={[
        { href: "/rehearsal", label: t("run.title"), current: tab === "rehearsals" },
        { href: "/rehearsal/scenarios", label: t("scenarios.title"), current: tab === "scenarios" },
      ]}
    />
  );
}
