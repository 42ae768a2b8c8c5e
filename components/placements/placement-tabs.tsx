import { useTranslations } from "next-intl";
import { Tabs } from "@/components/ui/tabs";

/** Parts of 버튼·QR, in the order in which a button lives. Each has its own address. */
const parts = [
  ["list", "/placements"],
  ["statistics", "/placements/statistics"],
  ["prints", "/placements/prints"],
  ["presence", "/placements/presence"],
  ["findings", "/placements/findings"],
  ["decode", "/placements/decode"],
  ["symbol", "/placements/symbol"],
  ["takeDowns", "/placements/take-downs"],
] as const;
export type PlacementPart = (typeof parts)[number][0];

/** The parts of 버튼·QR; `current` is where one stands. */
export function PlacementTabs({ current }: { current: PlacementPart }) {
  const t = useTranslations("placements.part");
  return (
    <Tabs
      label={t("label")}
      tabs={parts.map(([part, href]) => ({ href, label: t(part), current: part === current }))}
    />
  );
}
