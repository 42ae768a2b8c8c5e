import { useLocale, useTranslations } from "next-intl";
import { ConfirmForm } from "@/components/form/confirm-form";
import { Status } from "@/components/ui/status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Missing, Mono } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import type { FormAction } from "@/lib/action";

export interface ListedHost {
  host: string;
  state: "allowed" | "refused" | "undecided";
  decidedBy: string | null;
  decidedAt: Date | null;
  kept: number;
  waiting: number;
  notKept: number;
}

/** Counts are exact below this. */
const most = 10_000;
const kinds = { allowed: "ok", refused: "off", undecided: "warn" } as const;

export function AttachmentHostTable({
  hosts,
  edits,
  reclaimDays,
  now,
}: {
  hosts: readonly ListedHost[];
  edits: { allow: FormAction; refuse: FormAction } | null;
  reclaimDays: number;
  now: Date;
}) {
  const t = useTranslations("transcripts.files");
  const locale = useLocale();
  const count = (value: number) =>
    value < most ? value.toLocaleString(locale) : t("many", { count: most.toLocaleString(locale) });
  const head = (
    <>
      <Th>{t("column.host")}</Th>
      <Th>{t("column.state")}</Th>
      <Th numeric phone="hide">
        {t("column.kept")}
      </Th>
      <Th numeric phone="hide">
        {t("column.waiting")}
      </Th>
      <Th numeric phone="hide">
        {t("column.notKept")}
      </Th>
      <Th phone="hide">{t("column.decided")}</Th>
      {edits ? <Th end /> : null}
    </>
  );
  return (
    <Table caption={t("hosts")} head={head}>
      {hosts.map(({ host, state, decidedBy, decidedAt, ...counts }) => (
        <Tr key={host}>
          <TdName>
            <Mono>{host}</Mono>
          </TdName>
          <Td nowrap>
            <Status kind={kinds[state]}>{t(`state.${state}`)}</Status>
          </Td>
          <Td numeric phone="hide">
            {count(counts.kept)}
          </Td>
          <Td numeric phone="hide">
            {count(counts.waiting)}
          </Td>
          <Td numeric phone="hide">
            {count(counts.notKept)}
          </Td>
          <Td nowrap phone="hide">
            {decidedAt ? (
              <>
                {decidedBy} <Time at={decidedAt} as="day" now={now} />
              </>
            ) : (
              <Missing />
            )}
          </Td>
          {edits ? (
            <Td end>
              <div className="flex flex-wrap justify-end gap-2">
                {state === "allowed" ? null : (
                  <ConfirmForm
                    action={edits.allow}
                    opener={t("allow")}
                    openerSize="sm"
                    title={t("allowTitle", { host })}
                    body={t("allowBody", { days: reclaimDays })}
                    submit={t("allow")}
                    variant="primary"
                    hidden={{ host }}
                  />
                )}
                {state === "refused" ? null : (
                  <ConfirmForm
                    action={edits.refuse}
                    opener={t("refuse")}
                    openerSize="sm"
                    title={t("refuseTitle", { host })}
                    body={t("refuseBody")}
                    submit={t("refuse")}
                    hidden={{ host }}
                  />
                )}
              </div>
            </Td>
          ) : null}
        </Tr>
      ))}
    </Table>
  );
}
