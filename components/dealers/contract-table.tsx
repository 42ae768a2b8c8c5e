import { useLocale, useTranslations } from "next-intl";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Deadline, Missing } from "@/components/ui/text";
import { type Day, fullDay } from "@/lib/clock";
import { dealerBySlug } from "@/lib/dealers/directory";
import type { ContractState } from "@/lib/dealers/rules/contract";
import { ContractStatus } from "./contract-status";

type Row = {
  id: string;
  number: string;
  title: string;
  dealer: string;
  service: boolean;
  consignment: boolean;
  startsOn: Day;
  lastOn: Day | null;
  state: ContractState;
  decision: { on: Day } | null;
  channels: readonly string[];
  channelCount: number;
};

/** The list of contracts: dealer and number, kind, channels, term, next decision day, state. */
export function ContractTable({
  contracts,
  byEnd,
  now,
}: {
  contracts: readonly Row[];
  /** Where the head of the term leads, and whether the rows are in its order now. */
  byEnd: { href: string; current: boolean };
  now: Date;
}) {
  const t = useTranslations("dealers.contracts");
  const locale = useLocale();
  const head = (
    <>
      <Th>{t("column.name")}</Th>
      <Th>{t("column.state")}</Th>
      <Th phone="hide">{t("column.kind")}</Th>
      <Th phone="hide">{t("column.channels")}</Th>
      <Th phone="hide" sort={{ href: byEnd.href, ...(byEnd.current ? { direction: "ascending" } : {}) }}>
        {t("column.term")}
      </Th>
      <Th>{t("column.decision")}</Th>
    </>
  );
  return (
    <Table caption={t("listTable")} head={head}>
      {contracts.map((row) => {
        const [first = "", ...rest] = row.channels;
        return (
          <Tr key={row.id}>
            <TdName href={`/dealers/contracts/${row.id}`} second={`${row.number} · ${row.title}`}>
              {dealerBySlug(row.dealer)?.name ?? row.dealer}
            </TdName>
            <Td>
              <ContractStatus state={row.state} />
            </Td>
            <Td phone="hide">{t(`kinds.${row.service ? (row.consignment ? "both" : "service") : "consignment"}`)}</Td>
            <Td phone="hide">
              {row.channelCount === 0 ? <span className="text-fg-3">{t("noChannel")}</span> : null}
              {row.channelCount > 3
                ? t("moreChannels", { first, count: row.channelCount - 1 })
                : [first, ...rest].join(", ")}
            </Td>
            <Td phone="hide" nowrap>
              {row.lastOn === null
                ? t("termFrom", { from: fullDay(row.startsOn, locale) })
                : t("termRange", { from: fullDay(row.startsOn, locale), to: fullDay(row.lastOn, locale) })}
            </Td>
            <Td>{row.decision ? <Deadline on={row.decision.on} now={now} /> : <Missing />}</Td>
          </Tr>
        );
      })}
    </Table>
  );
}
