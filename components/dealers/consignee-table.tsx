import { useLocale, useTranslations } from "next-intl";
import { Status } from "@/components/ui/status";
import { Table } from "@/components/ui/table";
import { Hash, Missing } from "@/components/ui/text";
import { dayAndTime, fullDay } from "@/lib/clock";
import type { ConsigneeCell, ConsigneeSheet, ConsigneeSource } from "@/lib/dealers/rules/consignees";

/** What contract, sender profile, privacy policy and approval name, side by side; a difference stands out with both values. */
export function ConsigneeTable({ sheet, now }: { sheet: Pick<ConsigneeSheet, "channel" | "comparison">; now: Date }) {
  const t = useTranslations("dealers.consignees");
  const { sources, rows, findings } = sheet.comparison;
  const expectedOf = (row: string, source: string) =>
    findings.find((finding) => finding.row === row && finding.source === source);
  return (
    <Table
      boxed
      caption={t("table", { channel: sheet.channel.name })}
      head={
        <>
          <th scope="col">
            <span className="sr-only">{t("item")}</span>
          </th>
          {sources.map((source) => (
            <th key={source.key} scope="col">
              {t(`source.${source.key}`)}
              <Seen source={source} now={now} />
            </th>
          ))}
        </>
      }
    >
      {rows.map(({ row, cells }) => (
        <tr key={row}>
          <th scope="row" className="nw text-fg-2">
            {t(`row.${row}`)}
          </th>
          {cells.map((cell) => {
            const finding = expectedOf(row, cell.source);
            return (
              <td key={cell.source} className={cell.differs ? "bg-bad-soft" : undefined}>
                <Said cell={cell} />
                {finding ? (
                  <span className="t2">
                    {t("expected", { source: t(`source.${finding.against}`), value: finding.expected })}
                  </span>
                ) : null}
              </td>
            );
          })}
        </tr>
      ))}
    </Table>
  );
}

function Said({ cell: { statement, differs } }: { cell: ConsigneeCell }) {
  const t = useTranslations("dealers.consignees");
  switch (statement.state) {
    case "stated":
      return differs ? <Status kind="bad">{statement.value}</Status> : statement.value;
    case "missing":
      return <Status kind={differs ? "bad" : "off"}>{t("missing")}</Status>;
    case "unknown":
      return <Status kind="unknown">{t("unknown")}</Status>;
    case "absent":
      return <Missing what="field" />;
  }
}

/** When a place was read or signed; of what a machine read, the hash too. */
function Seen({ source: { key, at, sha256 }, now }: { source: ConsigneeSource; now: Date }) {
  const t = useTranslations("dealers.consignees");
  const locale = useLocale();
  if (at === null) return <span className="t2">{t(`unseen.${key}`)}</span>;
  const seen =
    key === "contract" || key === "reconsignment"
      ? t(`seen.${key}`, { day: fullDay(at, locale) })
      : t(`seen.${key}`, { at: dayAndTime(at, locale, now) });
  return (
    <span className="t2">
      {seen}
      {sha256 ? (
        <>
          {" "}
          · <Hash value={sha256} />
        </>
      ) : null}
    </span>
  );
}
