import { useLocale, useTranslations } from "next-intl";
import { Section } from "@/components/ui/section";
import { fullDay } from "@/lib/clock";
import { dealers, directorySource } from "@/lib/dealers/directory";
import { DealerTable } from "./dealer-table";

/** The official dealers as the guide lists them, with where the list is from and when it was compared. */
export function DealerDirectory({ channels }: { channels: readonly { id: string; name: string; dealer: string }[] }) {
  const t = useTranslations("dealers.directory");
  const locale = useLocale();
  const source = { source: directorySource.title, day: fullDay(directorySource.checkedOn, locale) };
  return (
    <Section title={t("title")} count={dealers.length} note={t("note", source)}>
      <DealerTable dealers={dealers} channels={channels} />
    </Section>
  );
}
