import { useTranslations } from "next-intl";
import { Status, type StatusKind } from "@/components/ui/status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { SentMessageRow } from "@/lib/transcripts/schema/sending";

const kinds: Readonly<Record<NonNullable<SentMessageRow["outcome"]> | "waiting", StatusKind>> = {
  ...{ accepted: "ok", refused: "bad", unsent: "bad", unknown: "unknown", waiting: "waiting" },
};

/** What people sent into a consultation and what came of it, newest first; never what was said. */
export function SentTable({ rows, now }: { rows: readonly SentMessageRow[]; now: Date }) {
  const t = useTranslations("transcripts.sending");
  const r = useTranslations("dealers.access.reason");
  return (
    <Table
      caption={t("sent")}
      head={
        <>
          <Th>{t("column.template")}</Th>
          <Th>{t("column.outcome")}</Th>
          <Th phone="hide">{t("column.person")}</Th>
          <Th numeric>{t("column.at")}</Th>
        </>
      }
    >
      {rows.map(({ id, templateId, templateName, number, personName, at, outcome, reason }) => (
        <Tr key={id}>
          <TdName href={`/templates/${templateId}`} second={`v${number}`}>
            {templateName}
          </TdName>
          <Td>
            <Status kind={kinds[outcome ?? "waiting"]}>{t(`outcome.${outcome ?? "waiting"}`)}</Status>
            {reason === "" ? null : <span className="t2">{r(reason as "unknown")}</span>}
          </Td>
          <Td phone="hide">{personName}</Td>
          <Td numeric nowrap>
            <Time at={at} now={now} />
          </Td>
        </Tr>
      ))}
    </Table>
  );
}
