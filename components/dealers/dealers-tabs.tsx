import { useTranslations } from "next-intl";
import { Tabs } from "@/components/ui/tabs";

export type DealersTab = "list" | "connections" | "directory";

/** The parts of 딜러 계약 that the viewer may see. */
export function DealersTabs({ tab, may }: { tab: DealersTab; may: { contracts: boolean; connections: boolean } }) {
  const t = useTranslations("dealers.contracts.tabs");
  return (
    <Tabs
      label={t("label")}
      tabs={[
        ...(may.contracts ? [{ href: "/dealers", label: t("list"), current: tab === "list" }] : []),
        ...(may.connections
          ? [{ href: "/dealers/connections", label: t("connections"), current: tab === "connections" }]
          : []),
        { href: "/dealers/directory", label: t("directory"), current: tab === "directory" },
      ]}
    />
  );
}
