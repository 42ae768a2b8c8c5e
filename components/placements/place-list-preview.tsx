import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { LinkButton } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Section } from "@/components/ui/section";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Missing, Mono } from "@/components/ui/text";
import type { FormAction } from "@/lib/action";
import type { PlaceFault, PlaceRow } from "@/lib/placements/rules/place-list";

/** Lines shown; the rest is counted. */
const shownFaults = 200;
const shownRows = 50;

type Fault = PlaceFault & { says: string };
type Row = PlaceRow & { channelName: string; ownerName: string | null };

/** What a list holds before it is taken: which lines are wrong and why, which places would be made. */
export function PlaceListPreview({
  list,
  takeAction,
  discardAction,
}: {
  list: { id: string; rows: readonly Row[]; faults: readonly Fault[] };
  takeAction: FormAction;
  discardAction: FormAction;
}) {
  const t = useTranslations("placements.import");
  const form = useTranslations("form");
  const { rows, faults } = list;
  const lines = new Set(faults.map(({ line }) => line)).size;
  const hidden = <input type="hidden" name="importId" value={list.id} />;
  return (
    <>
      <Callout kind={faults.length > 0 ? "warn" : "note"} title={t("sum", { count: rows.length })}>
        {faults.length > 0 ? <p>{t("faultsNote", { count: lines })}</p> : null}
      </Callout>
      <div className="my-4 flex flex-wrap gap-2">
        {rows.length > 0 ? (
          <ActionForm action={takeAction} summary={t("preview")} working={form("working")}>
            {hidden}
            <SubmitButton>{t("take", { count: rows.length })}</SubmitButton>
          </ActionForm>
        ) : null}
        <LinkButton href="/placements/import">{t("again")}</LinkButton>
        <ActionForm action={discardAction} summary={t("discard")} working={form("working")}>
          {hidden}
          <SubmitButton variant="ghost">{t("discard")}</SubmitButton>
        </ActionForm>
      </div>
      {faults.length > 0 ? <Faults faults={faults} /> : null}
      {rows.length > 0 ? <Rows rows={rows} /> : <p className="hint">{t("nothing")}</p>}
    </>
  );
}

function Faults({ faults }: { faults: readonly Fault[] }) {
  const t = useTranslations("placements");
  return (
    <Section title={t("import.faults")} count={faults.length}>
      <Table
        caption={t("import.faults")}
        head={
          <>
            <Th numeric>{t("import.line")}</Th>
            <Th>{t("import.column")}</Th>
            <Th>{t("import.value")}</Th>
            <Th>{t("import.fault")}</Th>
          </>
        }
      >
        {faults.slice(0, shownFaults).map((fault) => (
          <Tr key={`${fault.line} ${fault.column}`}>
            <Td numeric>{fault.line}</Td>
            <Td nowrap>{t(`field.${fault.column}`)}</Td>
            <Td>{fault.value || <Missing />}</Td>
            <Td>{fault.says}</Td>
          </Tr>
        ))}
      </Table>
      {faults.length > shownFaults ? (
        <p className="hint pt-2">{t("import.more", { count: faults.length - shownFaults })}</p>
      ) : null}
    </Section>
  );
}

function Rows({ rows }: { rows: readonly Row[] }) {
  const t = useTranslations("placements");
  return (
    <Section title={t("import.rows")} count={rows.length}>
      <Table
        caption={t("import.rows")}
        head={
          <>
            <Th>{t("column.place")}</Th>
            <Th>{t("column.medium")}</Th>
            <Th phone="hide">{t("column.channel")}</Th>
            <Th phone="hide">{t("field.location")}</Th>
            <Th phone="hide">{t("field.campaign")}</Th>
            <Th phone="hide">{t("column.owner")}</Th>
          </>
        }
      >
        {rows.slice(0, shownRows).map((row) => (
          <Tr key={row.line}>
            <TdName second={row.code ? <Mono>{row.code}</Mono> : t("import.codeMade")}>{row.name}</TdName>
            <Td nowrap>{t(`medium.${row.medium}`)}</Td>
            <Td phone="hide">{row.channelName}</Td>
            <Td phone="hide">
              {[row.site, row.location, row.pageUrl].filter(Boolean).join(" · ") || <Missing what="field" />}
            </Td>
            <Td phone="hide">{row.campaign || <Missing what="field" />}</Td>
            <Td nowrap phone="hide">
              {row.ownerName ?? t("field.me")}
            </Td>
          </Tr>
        ))}
      </Table>
      {rows.length > shownRows ? (
        <p className="hint pt-2">{t("import.more", { count: rows.length - shownRows })}</p>
      ) : null}
    </Section>
  );
}
