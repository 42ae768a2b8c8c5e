import { getTranslations } from "next-intl/server";
import { Tabs } from "@/components/ui/tabs";

export type AccessTab = "records" | "reviews" | "plan";

/** The places of access records (접속기록). */
export async function AccessTabs({ tab, waiting }: { tab: AccessTab; waiting?: number }) {
  const t = await getTranslations("audit.access");
  const places: readonly [AccessTab, string][] = [
    ["records", "/audit/access"],
    ["reviews", "/audit/access/reviews"],
    ["plan", "/audit/access/plan"],
  ];
  return (
    <Tabs
      label={t("title")}
      tabs={places.map(([key, href]) => ({
        ...{ href, label: t(`tabs.${key}`), current: key === tab },
        ...(key === "reviews" && waiting ? { count: waiting } : {}),
      }))}
    />
  );
}
