import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { LinkButton } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Section } from "@/components/ui/section";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Missing } from "@/components/ui/text";
import type { FormAction } from "@/lib/action";
import type { BlockFault, BlockRow } from "@/lib/channels/rules/block-list";

/** Lines shown; the rest is counted. */
const shownFaults = 200;
const shownRows = 50;

/** What an uploaded list holds, before it is saved: what is wrong with which line, who would be added. */
export function BlockPreview({
  channelId,
  list,
  saveAction,
  discardAction,
}: {
  channelId: string;
  list: { id: string; rows: readonly BlockRow[]; there: number; faults: readonly BlockFault[] };
  saveAction: FormAction;
  discardAction: FormAction;
}) {
  const t = useTranslations("channels");
  const form = useTranslations("form");
  const { rows, faults, there } = list;
  const hidden = (
    <>
      <input type="hidden" name="channelId" value={channelId} />
      <input type="hidden" name="importId" value={list.id} />
    </>
  );
  return (
    <>
      <Callout kind={faults.length > 0 ? "warn" : "note"} title={t("blocks.preview.sum", { rows: rows.length })}>
        {faults.length > 0 ? <p>{t("blocks.preview.faults", { count: faults.length })}</p> : null}
        {there > 0 ? <p>{t("blocks.preview.there", { count: there })}</p> : null}
      </Callout>
      <div className="my-4 flex flex-wrap gap-2">
        {rows.length > 0 ? (
          <ActionForm action={saveAction} summary={t("blocks.preview.title")} working={form("working")}>
            {hidden}
            <SubmitButton>{t("blocks.preview.save", { count: rows.length })}</SubmitButton>
          </ActionForm>
        ) : null}
        <LinkButton href={`/channels/${channelId}/blocks/import`}>{t("blocks.preview.again")}</LinkButton>
        <ActionForm action={discardAction} summary={t("blocks.preview.discardTitle")} working={form("working")}>
          {hidden}
          <SubmitButton variant="ghost">{t("blocks.preview.discard")}</SubmitButton>
        </ActionForm>
      </div>
      {faults.length > 0 ? <Faults faults={faults} /> : null}
      {rows.length > 0 ? <Rows rows={rows} /> : <p className="hint">{t("blocks.preview.nothing")}</p>}
    </>
  );
}

function Faults({ faults }: { faults: readonly BlockFault[] }) {
  const t = useTranslations("channels");
  const head = (
    <>
      <Th numeric>{t("blocks.fields.line")}</Th>
      <Th>{t("blocks.fields.column")}</Th>
      <Th>{t("blocks.fields.value")}</Th>
      <Th>{t("blocks.fields.fault")}</Th>
    </>
  );
  return (
    <Section title={t("blocks.preview.faultsTitle")} count={faults.length}>
      <Table caption={t("blocks.preview.faultsTitle")} head={head}>
        {faults.slice(0, shownFaults).map((fault) => (
          <Tr key={fault.line}>
            <Td numeric>{fault.line}</Td>
            <Td nowrap>{t(`blocks.columns.${fault.column}`)}</Td>
            <Td>{fault.value || <Missing />}</Td>
            <Td>{t(`blocks.faults.${fault.code}`, { other: fault.other })}</Td>
          </Tr>
        ))}
      </Table>
      {faults.length > shownFaults ? (
        <p className="hint pt-2">{t("blocks.preview.faultsMore", { count: faults.length - shownFaults })}</p>
      ) : null}
    </Section>
  );
}

function Rows({ rows }: { rows: readonly BlockRow[] }) {
  const t = useTranslations("channels");
  const head = (
    <>
      <Th>{t("blocks.columns.label")}</Th>
      <Th>{t("blocks.columns.reason")}</Th>
      <Th>{t("blocks.columns.blockedOn")}</Th>
    </>
  );
  return (
    <Section title={t("blocks.preview.rows")} count={rows.length}>
      <Table caption={t("blocks.preview.rows")} head={head}>
        {rows.slice(0, shownRows).map((row) => (
          <Tr key={row.line}>
            <TdName>{row.label}</TdName>
            <Td>{row.reason || <Missing />}</Td>
            <Td nowrap>{row.blockedOn ?? <Missing />}</Td>
          </Tr>
        ))}
      </Table>
      {rows.length > shownRows ? (
        <p className="hint pt-2">{t("blocks.preview.rowsMore", { count: rows.length - shownRows })}</p>
      ) : null}
    </Section>
  );
}
