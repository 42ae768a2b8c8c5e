import { useTranslations } from "next-intl";
import { ConfirmForm } from "@/components/form/confirm-form";
import { TextField } from "@/components/form/field";
import { Section } from "@/components/ui/section";
import { Status } from "@/components/ui/status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Hash, Missing } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import type { FormAction } from "@/lib/action";
import { currentSymbols } from "@/lib/placements/rules/consult-symbol";
import type { ConsultSymbolView } from "@/lib/placements/schema/button-kit";

/** Who uploaded what and when, and what became of it. @param symbols newest first */
export function SymbolTable({
  symbols,
  withdraw,
}: {
  symbols: readonly ConsultSymbolView[];
  withdraw: FormAction | null;
}) {
  const t = useTranslations("placements.symbol");
  const current = currentSymbols(symbols);
  if (symbols.length === 0)
    return (
      <Section title={t("list.title")}>
        <p className="text-sm text-fg-2">{t("list.empty")}</p>
      </Section>
    );
  return (
    <Section title={t("list.title")} count={symbols.length}>
      <Table
        caption={t("list.title")}
        head={
          <>
            <Th>{t("list.what")}</Th>
            <Th phone="hide">{t("list.size")}</Th>
            <Th phone="hide">{t("list.sha")}</Th>
            <Th>{t("list.by")}</Th>
            <Th>{t("list.state")}</Th>
            <Th end>
              <span className="sr-only">{t("withdraw.open")}</span>
            </Th>
          </>
        }
      >
        {symbols.map((symbol) => (
          <Tr key={symbol.id}>
            <TdName second={symbol.name}>
              {t("list.version", { kind: t(`kinds.${symbol.kind}`), number: symbol.number })}
            </TdName>
            <Td phone="hide">{t("list.pixels", { width: symbol.width, height: symbol.height })}</Td>
            <Td phone="hide">
              <Hash value={symbol.sha256} head={8} tail={4} />
            </Td>
            <Td second={<Time at={symbol.at} as="minute" />}>{symbol.personName ?? <Missing what="field" />}</Td>
            <Td second={symbol.withdrawn?.reason}>
              {symbol.withdrawn ? (
                <Status kind="off">{t("list.withdrawn")}</Status>
              ) : current[symbol.kind]?.id === symbol.id ? (
                <Status kind="ok">{t("list.current")}</Status>
              ) : (
                <Status kind="off">{t("list.older")}</Status>
              )}
            </Td>
            <Td end>{withdraw && !symbol.withdrawn ? <Withdraw symbol={symbol} action={withdraw} /> : null}</Td>
          </Tr>
        ))}
      </Table>
    </Section>
  );
}

function Withdraw({ symbol, action }: { symbol: ConsultSymbolView; action: FormAction }) {
  const t = useTranslations("placements.symbol");
  return (
    <ConfirmForm
      action={action}
      opener={t("withdraw.open")}
      openerSize="sm"
      title={t("withdraw.title", { kind: t(`kinds.${symbol.kind}`), number: symbol.number })}
      body={t("withdraw.body")}
      submit={t("withdraw.submit")}
      variant="danger"
      hidden={{ symbolId: symbol.id }}
      fields={{ reason: t("withdraw.reason") }}
    >
      <TextField name="reason" label={t("withdraw.reason")} minLength={5} maxLength={300} />
    </ConfirmForm>
  );
}
