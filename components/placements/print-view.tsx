import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { RefreshWhile } from "@/components/transcripts/refresh-while";
import { buttonClass } from "@/components/ui/button-class";
import { Callout } from "@/components/ui/callout";
import { Icon } from "@/components/ui/icon";
import { Section } from "@/components/ui/section";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Hash, Missing, Mono } from "@/components/ui/text";
import type { FormAction } from "@/lib/action";
import { asLocale } from "@/lib/locale";
import { printState } from "@/lib/placements/rules/prints";
import type { PrintItem, PrintRow } from "@/lib/placements/schema/prints";

/** One order: how far it is, its file, what was really printed, and its places. */
export function PrintView({
  batch,
  items,
  failure,
  today,
  edits,
  cancelAction,
  recordAction,
}: {
  batch: PrintRow;
  items: readonly PrintItem[];
  failure: string;
  today: string;
  edits: boolean;
  cancelAction: FormAction;
  recordAction: FormAction;
}) {
  const t = useTranslations("placements.prints");
  const f = useTranslations("form");
  const locale = asLocale(useLocale());
  const state = printState(batch);
  const recorded = items.some(({ copies }) => copies !== null);
  const hidden = <input type="hidden" name="batchId" value={batch.id} />;
  return (
    <>
      {state === "waiting" || state === "drawing" ? (
        <Callout kind="note" title={t(`state.${state}`, { done: batch.done, total: batch.total })} role="status">
          <progress className="mt-1 w-full" value={batch.done} max={batch.total} aria-label={t("progress")} />
          <RefreshWhile everyMs={2_000} />
        </Callout>
      ) : null}
      {state === "failed" ? (
        <Callout kind="bad" title={t("state.failed")} role="alert">
          {failure}
        </Callout>
      ) : null}
      {state === "canceled" ? <Callout kind="off">{t("canceledNote")}</Callout> : null}
      {batch.fileId && batch.sha256 ? (
        <Callout kind="ok" title={t("ready")}>
          <p className="mb-2">{t(batch.kind === "files" ? "readyFiles" : "readyPaper")}</p>
          <p className="flex flex-wrap items-center gap-3">
            <a className={buttonClass({ variant: "primary" })} href={`/placements/prints/${batch.id}/file`} download>
              <Icon name="download" /> {t("download", { size: sizeOf(batch.bytes ?? 0, locale) })}
            </a>
            <Hash value={batch.sha256} head={8} tail={8} />
          </p>
        </Callout>
      ) : null}
      {edits && (state === "waiting" || state === "drawing" || state === "failed") ? (
        <ActionForm action={cancelAction} summary={t("cancel")} working={f("working")} className="my-4">
          {hidden}
          <SubmitButton variant="ghost">{t("cancel")}</SubmitButton>
        </ActionForm>
      ) : null}
      {edits && state === "ready" && !recorded ? (
        <Section title={t("runs")}>
          <p className="mb-3 max-w-180 text-sm text-fg-2">{t("runsNote")}</p>
          <ActionForm
            action={recordAction}
            summary={t("check")}
            working={f("working")}
            fields={{ copies: t("copies"), printedOn: t("printedOn"), note: t("note") }}
            className="mb-7 max-w-140"
          >
            {hidden}
            <TextField
              name="copies"
              type="number"
              min={1}
              max={1_000_000}
              label={t("copies")}
              hint={t("copiesHint")}
              defaultValue={1}
            />
            <TextField name="printedOn" type="date" label={t("printedOn")} max={today} defaultValue={today} />
            <TextField name="note" label={t("note")} optional={f("optional")} hint={t("noteHint")} maxLength={200} />
            <SubmitButton>{t("record")}</SubmitButton>
          </ActionForm>
        </Section>
      ) : null}
      <Section title={t("places")} count={items.length}>
        <Table
          caption={t("places")}
          head={
            <>
              <Th numeric>{t("place")}</Th>
              <Th>{t("placeName")}</Th>
              <Th>{t("runLabel")}</Th>
              <Th phone="hide">{t("qr")}</Th>
              <Th phone="hide">{t("printed")}</Th>
            </>
          }
        >
          {items.map((item) => (
            <Tr key={item.place}>
              <Td numeric>{item.place}</Td>
              <TdName href={`/placements/${item.placementId}`} second={<Mono>{item.code}</Mono>}>
                {item.name}
              </TdName>
              <Td nowrap>{t("run", { number: item.runNumber })}</Td>
              <Td nowrap phone="hide">
                {item.qrNumber === null ? t("usual") : t("qrNumber", { number: item.qrNumber })}
              </Td>
              <Td nowrap phone="hide">
                {item.copies === null ? (
                  <Missing what="field" />
                ) : (
                  t("printedOnDay", { day: item.printedOn ?? "", copies: item.copies })
                )}
              </Td>
            </Tr>
          ))}
        </Table>
      </Section>
    </>
  );
}

function sizeOf(bytes: number, locale: string): string {
  const kilo = Math.max(1, Math.round(bytes / 1_000));
  return kilo < 1_000 ? `${kilo} kB` : `${(kilo / 1_000).toLocaleString(locale, { maximumFractionDigits: 1 })} MB`;
}
