import { useTranslations } from "next-intl";
import { Tabs } from "@/components/ui/tabs";

/** Parts of 메시지 템플릿, in the order in which a message is made. Each has its own address. */
const parts = [
  ["list", "/templates"],
  ["types", "/templates/types"],
  ["media", "/templates/media"],
  ["locked", "/templates/locked"],
  ["wording", "/templates/wording"],
  ["transfer", "/templates/transfer"],
] as const;
export type TemplatePart = (typeof parts)[number][0];

/** The parts of 메시지 템플릿; `current` is where one stands. */
export function TemplateTabs({ current }: { current: TemplatePart }) {
  const t = useTranslations("templates.part");
  return (
    <Tabs
      label={t("label")}
      tabs={parts.map(([part, href]) => ({ href, label: t(part), current: part === current }))}
    />
  );
}
