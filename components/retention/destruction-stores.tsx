import { useLocale, useTranslations } from "next-intl";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Missing } from "@/components/ui/text";
import { type Day, fullDay } from "@/lib/clock";

/**
 * Where what is destroyed lies, how it goes and how that is known.
 * @param files null: not counted yet
 * @param backupGoneOn the day on which the last copy in backups is gone; null: the company has not said how long they are kept
 */
export function DestructionStores({
  sessions,
  files,
  backupGoneOn,
}: {
  sessions: number;
  files: number | null;
  backupGoneOn: Day | null;
}) {
  const t = useTranslations("retention.destructions");
  const locale = useLocale();
  const stores = [
    { key: "consults", count: sessions, known: t("stores.recount") },
    { key: "files", count: files, known: t("stores.recount") },
    { key: "dealer", count: sessions, known: t("stores.answer") },
    {
      key: "backup",
      count: sessions,
      known: backupGoneOn ? t("stores.goneOn", { day: fullDay(backupGoneOn, locale) }) : t("stores.unknown"),
    },
  ] as const;
  return (
    <Table
      caption={t("stores.title")}
      head={
        <>
          <Th>{t("stores.place")}</Th>
          <Th>{t("stores.method")}</Th>
          <Th numeric>{t("stores.count")}</Th>
          <Th phone="hide">{t("stores.known")}</Th>
        </>
      }
    >
      {stores.map(({ key, count, known }) => (
        <Tr key={key}>
          <TdName>{t(`stores.${key}.name`)}</TdName>
          <Td>{t(`stores.${key}.method`)}</Td>
          <Td numeric>{count === null ? <Missing /> : t("number", { count })}</Td>
          <Td phone="hide">{known}</Td>
        </Tr>
      ))}
    </Table>
  );
}
