import { getTranslations } from "next-intl/server";
import { Status } from "@/components/ui/status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Day } from "@/lib/clock";

type Row = {
  id: string;
  from: Day;
  to: Day;
  records: number;
  samples: number;
  judged: number;
  findings: number;
  openFindings: number;
  startedAt: Date;
  startedBy: string;
  closedAt: Date | null;
  closedBy: string | null;
};

/** Reviews (점검) by period: how much was looked at, what was found, whether it is closed. */
export async function ReviewTable({ reviews, now }: { reviews: readonly Row[]; now: Date }) {
  const t = await getTranslations("audit.access.reviews");
  const head = (
    <>
      <Th>{t("period")}</Th>
      <Th numeric>{t("records")}</Th>
      <Th numeric phone="hide">
        {t("samples")}
      </Th>
      <Th numeric phone="hide">
        {t("findings")}
      </Th>
      <Th phone="hide">{t("by")}</Th>
      <Th>{t("state")}</Th>
    </>
  );
  return (
    <Table caption={t("done")} head={head}>
      {reviews.map((row) => (
        <Tr key={row.id}>
          <TdName href={`/audit/access/reviews/${row.id}`}>{`${row.from} – ${row.to}`}</TdName>
          <Td numeric>{row.records.toLocaleString("en-US")}</Td>
          <Td numeric phone="hide">
            {`${row.judged} / ${row.samples}`}
          </Td>
          <Td numeric phone="hide">
            {row.findings}
          </Td>
          <Td phone="hide" second={<Time at={row.closedAt ?? row.startedAt} now={now} />}>
            {row.closedBy ?? row.startedBy}
          </Td>
          <Td>
            {row.closedAt ? (
              row.openFindings > 0 ? (
                <Status kind="warn">{t("openFindings", { count: row.openFindings })}</Status>
              ) : (
                <Status kind="ok">{t("closedState")}</Status>
              )
            ) : (
              <Status kind="waiting">{t("openState")}</Status>
            )}
          </Td>
        </Tr>
      ))}
    </Table>
  );
}
