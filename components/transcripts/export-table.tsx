import { useLocale, useTranslations } from "next-intl";
import { ConfirmForm } from "@/components/form/confirm-form";
import { Status, type StatusKind } from "@/components/ui/status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { FormAction } from "@/lib/action";
import { type ExportFacts, type ExportState, exportState } from "@/lib/transcripts/rules/exports";
import type { ExportFilter, ExportFormat } from "@/lib/transcripts/schema/exports";
import { ExportWhat } from "./export-what";

export type ListedExport = ExportFacts & {
  id: string;
  at: Date;
  personId: string;
  person: string;
  purpose: string;
  reason: string;
  format: ExportFormat;
  masked: boolean;
  filter: ExportFilter;
  channel: string | null;
  planned: number;
  written: number;
  downloads: number;
};

const kinds: Readonly<Record<ExportState, StatusKind>> = {
  ...{
    waiting: "waiting",
    making: "waiting",
    ready: "ok",
    failed: "bad",
    expired: "off",
    revoked: "off",
    destroyed: "off",
  },
};

/** `own`: who looks, where that person may export; `revoke`: the action, where it may be done. */
export function ExportTable({
  rows,
  own,
  revoke,
  now,
}: {
  rows: readonly ListedExport[];
  own: string | null;
  revoke: FormAction | null;
  now: Date;
}) {
  const t = useTranslations("transcripts.exports");
  const locale = useLocale();
  const head = (
    <>
      <Th>{t("columns.asked")}</Th>
      <Th>{t("columns.what")}</Th>
      <Th phone="hide">{t("columns.format")}</Th>
      <Th>{t("columns.state")}</Th>
      <Th phone="hide">{t("columns.expires")}</Th>
      <Th numeric phone="hide">
        {t("columns.downloads")}
      </Th>
      <Th>
        <span className="sr-only">{t("columns.acts")}</span>
      </Th>
    </>
  );
  return (
    <Table caption={t("list")} head={head}>
      {rows.map((row) => {
        const state = exportState(row, now);
        const left = state === "ready" ? row.planned - row.written : 0;
        const progress = t("progress", {
          written: row.written.toLocaleString(locale),
          planned: row.planned.toLocaleString(locale),
        });
        return (
          <Tr key={row.id}>
            <TdName second={row.person}>
              <Time at={row.at} now={now} />
            </TdName>
            <Td second={`${row.purpose} · ${row.reason}`}>
              <ExportWhat filter={{ ...row.filter, session: row.filter.session?.slice(0, 8) }} channel={row.channel} />
            </Td>
            <Td nowrap phone="hide" second={t(row.masked ? "masked" : "unmasked")}>
              {t(`formats.${row.format}`)}
            </Td>
            <Td second={left > 0 ? t("left", { count: left }) : progress}>
              <Status kind={kinds[state]}>{t(`states.${state}`)}</Status>
            </Td>
            <Td nowrap phone="hide">
              {row.expiresAt ? <Time at={row.expiresAt} now={now} /> : "–"}
            </Td>
            <Td numeric phone="hide">
              {row.downloads.toLocaleString(locale)}
            </Td>
            <Td>
              <div className="flex flex-wrap items-center gap-2">
                {state === "ready" && own === row.personId ? (
                  <a className="btn sm" href={`/transcripts/exports/${row.id}/file`} download>
                    {t("download")}
                  </a>
                ) : null}
                {revoke && ["waiting", "making", "ready", "failed"].includes(state) ? (
                  <ConfirmForm
                    action={revoke}
                    opener={t("revoke")}
                    openerSize="sm"
                    title={t("revokeTitle")}
                    body={t("revokeBody")}
                    submit={t("revoke")}
                    variant="danger"
                    hidden={{ exportId: row.id }}
                  />
                ) : null}
              </div>
            </Td>
          </Tr>
        );
      })}
    </Table>
  );
}
