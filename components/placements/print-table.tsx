import { useLocale, useTranslations } from "next-intl";
import { Status, type StatusKind } from "@/components/ui/status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Missing } from "@/components/ui/text";
import { fullTime } from "@/lib/clock";
import { asLocale } from "@/lib/locale";
import { printState } from "@/lib/placements/rules/prints";
import type { PrintRow, PrintState } from "@/lib/placements/schema/prints";

const kinds: Record<PrintState, StatusKind> = {
  waiting: "waiting",
  drawing: "waiting",
  ready: "ok",
  failed: "bad",
  canceled: "off",
};

/** Shape and word of where an order stands. */
export function PrintStatus({ print, pill }: { print: PrintRow; pill?: boolean }) {
  const t = useTranslations("placements.prints.state");
  const state = printState(print);
  return (
    <Status kind={kinds[state]} pill={pill}>
      {t(state, { done: print.done, total: print.total })}
    </Status>
  );
}

export function PrintTable({ prints }: { prints: readonly PrintRow[] }) {
  const t = useTranslations("placements.prints");
  const locale = asLocale(useLocale());
  return (
    <Table
      caption={t("title")}
      head={
        <>
          <Th>{t("name")}</Th>
          <Th phone="hide">{t("kind.label")}</Th>
          <Th numeric>{t("places")}</Th>
          <Th>{t("stateLabel")}</Th>
          <Th phone="hide">{t("by")}</Th>
        </>
      }
    >
      {prints.map((print) => (
        <Tr key={print.id}>
          <TdName href={`/placements/prints/${print.id}`} second={fullTime(print.at, locale)}>
            {print.name}
          </TdName>
          <Td phone="hide">{t(`kind.${print.kind}`)}</Td>
          <Td numeric>{print.total.toLocaleString(locale)}</Td>
          <Td nowrap>
            <PrintStatus print={print} />
          </Td>
          <Td nowrap phone="hide">
            {print.personName ?? <Missing what="field" />}
          </Td>
        </Tr>
      ))}
    </Table>
  );
}
