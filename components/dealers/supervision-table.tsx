import { useLocale, useTranslations } from "next-intl";
import { Status, type StatusKind } from "@/components/ui/status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Deadline, Missing } from "@/components/ui/text";
import { dayWithWeekday, fullDay } from "@/lib/clock";
import type { ContractView } from "@/lib/dealers/rules/contract-view";
import type { SupervisionOutlook, SupervisionState } from "@/lib/dealers/rules/supervision";
import { PaperLink } from "./paper-link";

const kinds: Readonly<Record<SupervisionState, StatusKind>> = {
  never: "off",
  unset: "off",
  planned: "ok",
  soon: "warn",
  overdue: "bad",
};

/** Of training and inspection: when the last was, and where the next one stands. */
export function SupervisionStand({ outlook, now }: { outlook: readonly SupervisionOutlook[]; now: Date }) {
  const t = useTranslations("dealers.supervision");
  const locale = useLocale();
  return (
    <ul className="mb-3 flex flex-wrap gap-x-6 gap-y-1 text-sm">
      {outlook.map(({ kind, state, lastOn, nextOn }) => (
        <li key={kind}>
          <span className="font-semibold">{t(`kind.${kind}`)}</span>{" "}
          <Status kind={kinds[state]}>
            {t(`outlook.${state}`, { day: nextOn ? dayWithWeekday(nextOn, locale, now) : "" })}
          </Status>
          {lastOn ? <span className="text-fg-3"> · {t("last", { day: fullDay(lastOn, locale) })}</span> : null}
        </li>
      ))}
    </ul>
  );
}

/** Trainings and inspections, newest day first. The next day of an entry counts until a later entry of its kind. */
export function SupervisionTable({
  contract,
  entries,
  outlook,
  may,
  now,
}: {
  contract: Pick<ContractView, "id" | "documents">;
  entries: ContractView["supervisions"];
  outlook: readonly SupervisionOutlook[];
  may: { download: boolean };
  now: Date;
}) {
  const t = useTranslations("dealers.supervision");
  const locale = useLocale();
  const stands = (entry: ContractView["supervisions"][number]) =>
    outlook.some(({ kind, lastOn }) => kind === entry.kind && lastOn === entry.heldOn);
  return (
    <Table
      caption={t("table")}
      head={
        <>
          <Th>{t("column.subject")}</Th>
          <Th>{t("column.heldOn")}</Th>
          <Th>{t("column.nextOn")}</Th>
          <Th>{t("column.document")}</Th>
          <Th phone="hide">{t("column.by")}</Th>
        </>
      }
    >
      {entries.map((entry) => (
        <Tr key={entry.id}>
          <TdName second={entry.result}>{entry.subject}</TdName>
          <Td nowrap second={t(`kind.${entry.kind}`)}>
            <time dateTime={entry.heldOn}>{fullDay(entry.heldOn, locale)}</time>
          </Td>
          <Td nowrap second={entry.nextOn && !stands(entry) ? t("superseded") : undefined}>
            {entry.nextOn ? <Deadline on={entry.nextOn} now={now} done={!stands(entry)} /> : <Missing what="field" />}
          </Td>
          <Td>
            {entry.file ? (
              <PaperLink contract={contract} file={entry.file} may={may.download} />
            ) : (
              <Missing what="field" />
            )}
          </Td>
          <Td phone="hide" nowrap>
            {entry.by}
          </Td>
        </Tr>
      ))}
    </Table>
  );
}
