import { useLocale, useTranslations } from "next-intl";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Mono } from "@/components/ui/text";
import { Time } from "@/components/ui/time";

/** Codes that came with consults and belong to no place. */
export function UnknownCodeTable({
  codes,
  now,
}: {
  codes: readonly { code: string; consults: number; firstAt: Date; lastAt: Date }[];
  now: Date;
}) {
  const t = useTranslations("transcripts");
  const locale = useLocale();
  const head = (
    <>
      <Th>{t("column.code")}</Th>
      <Th numeric>{t("column.consults")}</Th>
      <Th>{t("column.first")}</Th>
      <Th>{t("column.last")}</Th>
    </>
  );
  return (
    <Table caption={t("codes.list")} head={head}>
      {codes.map(({ code, consults, firstAt, lastAt }) => (
        <Tr key={code}>
          <TdName href={`/monitor?code=${encodeURIComponent(code)}`}>
            <Mono>{code}</Mono>
          </TdName>
          <Td numeric>{consults.toLocaleString(locale)}</Td>
          <Td nowrap>
            <Time at={firstAt} as="minute" now={now} />
          </Td>
          <Td nowrap>
            <Time at={lastAt} as="minute" now={now} />
          </Td>
        </Tr>
      ))}
    </Table>
  );
}
