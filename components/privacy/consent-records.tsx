import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Mono } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import type { ConsentRow } from "@/lib/privacy/rules/consent-view";
import { StandingStatus } from "./consent-status";

/** Answers of users, known by their keyed handles alone. */
export function ConsentRecords({ rows, now }: { rows: readonly ConsentRow[]; now: Date }) {
  const t = useTranslations("privacy.consents");
  return (
    <Table
      caption={t("records.title")}
      head={
        <>
          <Th>{t("records.user")}</Th>
          <Th>{t("columns.name")}</Th>
          <Th phone="hide">{t("columns.channel")}</Th>
          <Th>{t("columns.state")}</Th>
          <Th phone="hide">{t("records.how")}</Th>
          <Th nowrap>{t("records.at")}</Th>
        </>
      }
    >
      {rows.map((row) => (
        <Tr key={row.id}>
          <TdName href={`/privacy/consents/records/${row.id}`}>
            <Mono>{row.handle.slice(0, 10)}</Mono>
          </TdName>
          <Td second={`v${row.version}`}>
            <Link href={`/privacy/consents/${row.form.id}`}>{row.form.name}</Link>
          </Td>
          <Td phone="hide">{row.channelName}</Td>
          <Td>
            <StandingStatus standing={row.standing} />
          </Td>
          <Td phone="hide">{t(`ways.${row.how}`)}</Td>
          <Td nowrap>
            <Time at={row.at} now={now} />
          </Td>
        </Tr>
      ))}
    </Table>
  );
}
