import { useTranslations } from "next-intl";
import { Status } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";

type Entry = { id: string; at: Date; by: string; what: string; result: string; version: number | null };

/** What was done with a contract, from the audit log; `what` and `by` are finished words. */
export function ContractHistoryTable({ entries, now }: { entries: readonly Entry[]; now: Date }) {
  const t = useTranslations("dealers.contracts.history");
  const head = (
    <>
      <Th>{t("when")}</Th>
      <Th>{t("who")}</Th>
      <Th>{t("what")}</Th>
    </>
  );
  return (
    <Table caption={t("table")} head={head}>
      {entries.map((entry) => (
        <Tr key={entry.id}>
          <Td nowrap>
            <Time at={entry.at} as="second" now={now} />
          </Td>
          <Td nowrap>{entry.by}</Td>
          <Td second={entry.version ? t("version", { number: entry.version }) : undefined}>
            {entry.what} {entry.result === "ok" ? null : <Status kind="bad">{t("refused")}</Status>}
          </Td>
        </Tr>
      ))}
    </Table>
  );
}
