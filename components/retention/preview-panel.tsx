import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { LinkButton } from "@/components/ui/button";
import { Panel, PanelPart } from "@/components/ui/panel";
import { Section } from "@/components/ui/section";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import type { FormAction } from "@/lib/action";
import { type Day, duration } from "@/lib/clock";
import type { DestructionRow, PreviewRow } from "@/lib/retention/rules/destruction-view";
import { DestructionStateWord } from "./destruction-state";
import { DestructionStores } from "./destruction-stores";

/** What is due now by channel and where it lies; the button freezes it. `open` is the run that waits already. */
export function PreviewPanel({
  rows,
  open,
  backupGoneOn,
  prepare,
  now,
}: {
  rows: readonly PreviewRow[];
  open: DestructionRow | null;
  backupGoneOn: Day | null;
  /** Null: the viewer may look only. */
  prepare: FormAction | null;
  now: Date;
}) {
  const t = useTranslations("retention.destructions");
  const form = useTranslations("form");
  const locale = useLocale();
  const sum = (part: (row: PreviewRow) => number) => rows.reduce((total, row) => total + part(row), 0);
  const due = sum((row) => row.due);
  const footer = (
    <div className="flex w-full flex-wrap items-center gap-3">
      <span className="text-xs text-fg-3">{t("preview.rule")}</span>
      <div className="ml-auto flex flex-wrap gap-2">
        {open ? (
          <LinkButton size="sm" href={`/retention/destructions/${open.id}`}>
            {t("preview.open", { number: open.number })}
          </LinkButton>
        ) : null}
        {prepare && due > 0 ? (
          <ActionForm action={prepare} summary={t("preview.refused")} working={form("working")}>
            <input type="hidden" name="kind" value="routine" />
            <SubmitButton size="sm">{t("preview.freeze")}</SubmitButton>
          </ActionForm>
        ) : null}
      </div>
    </div>
  );
  return (
    <Section title={t("preview.title")} note={t("preview.note")}>
      {rows.length === 0 && !open ? (
        <p className="text-sm text-fg-3">{t("preview.none")}</p>
      ) : (
        <Panel
          title={due > 0 ? t("preview.due", { count: due }) : t("preview.none")}
          aside={
            open ? (
              <>
                <DestructionStateWord state={open.state} />
                {open.state === "running" ? null : (
                  <> {t("left", { time: duration(open.validUntil.getTime() - now.getTime(), locale) })}</>
                )}
              </>
            ) : undefined
          }
          footer={footer}
        >
          {rows.length > 0 ? (
            <PanelPart>
              <div className="grid gap-x-8 gap-y-5 min-[1100px]:grid-cols-2">
                <div className="min-w-0">
                  <PreviewTable
                    rows={rows}
                    total={{
                      ended: sum((row) => row.ended),
                      held: sum((row) => row.held),
                      keptByLaw: sum((row) => row.keptByLaw),
                      due,
                    }}
                  />
                </div>
                <div className="min-w-0">
                  <DestructionStores sessions={due} files={null} backupGoneOn={backupGoneOn} />
                </div>
              </div>
            </PanelPart>
          ) : null}
        </Panel>
      )}
    </Section>
  );
}

type Sums = Pick<PreviewRow, "ended" | "held" | "keptByLaw" | "due">;

function PreviewTable({ rows, total }: { rows: readonly PreviewRow[]; total: Sums }) {
  const t = useTranslations("retention.destructions");
  const lines = [
    ...rows.map((row) => ({ key: row.channelId, name: row.name, sums: row as Sums })),
    ...(rows.length > 1 ? [{ key: "total", name: t("preview.total"), sums: total }] : []),
  ];
  return (
    <Table
      caption={t("preview.byChannel")}
      head={
        <>
          <Th>{t("preview.channel")}</Th>
          <Th numeric>{t("preview.ended")}</Th>
          <Th numeric>{t("preview.held")}</Th>
          <Th numeric>{t("preview.keptByLaw")}</Th>
          <Th numeric>{t("preview.target")}</Th>
        </>
      }
    >
      {lines.map(({ key, name, sums }) => (
        <Tr key={key}>
          <TdName>{name}</TdName>
          <Td numeric>{t("number", { count: sums.ended })}</Td>
          <Td numeric>{t("number", { count: 0 - sums.held })}</Td>
          <Td numeric>{t("number", { count: 0 - sums.keptByLaw })}</Td>
          <Td numeric>
            <b>{t("number", { count: sums.due })}</b>
          </Td>
        </Tr>
      ))}
    </Table>
  );
}
