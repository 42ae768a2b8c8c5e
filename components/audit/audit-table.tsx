import { getLocale, getTranslations } from "next-intl/server";
import { Glyph } from "@/components/ui/status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Missing, Mono } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import { kstDay } from "@/lib/clock";
import { actionWord, actorWord, placeWord, type Told, targetWord } from "./audit-words";

export type AuditTableRow = Told & {
  id: string;
  at: Date;
  seq: number | null;
  hash: string | null;
  subject: string;
  result: string;
};

/** The log as a ledger: number, instant, who and whence, whose data, what, and the link in the chain. `brokenAt`: first number that does not fit. */
export async function AuditTable({
  rows,
  hrefOf,
  chosen,
  brokenAt,
  now,
}: {
  rows: readonly AuditTableRow[];
  hrefOf: (id: string) => string;
  chosen: string | undefined;
  brokenAt: number | null;
  now: Date;
}) {
  const t = await getTranslations("audit");
  const locale = await getLocale();
  const head = (
    <>
      <Th numeric>{t("columns.seq")}</Th>
      <Th>{t("columns.at")}</Th>
      <Th>{t("columns.actor")}</Th>
      <Th phone="hide">{t("columns.subject")}</Th>
      <Th>{t("columns.action")}</Th>
      <Th phone="hide">{t("columns.chain")}</Th>
    </>
  );
  return (
    <Table caption={t("list")} head={head}>
      {rows.map((row) => (
        <Tr key={row.id} current={row.id === chosen}>
          <Td numeric nowrap>
            <span className="text-fg-3">{row.seq === null ? <Missing /> : row.seq.toLocaleString("en-US")}</span>
          </Td>
          <Td nowrap>
            <Time at={row.at} as={kstDay(row.at) === kstDay(now) ? "clock" : "second"} now={now} />
          </Td>
          <Td second={row.address === "local" ? placeWord(row, locale) : <Mono>{placeWord(row, locale)}</Mono>}>
            {actorWord(row, locale)}
          </Td>
          <Td phone="hide">{row.subject ? <Mono>{shortened(row.subject)}</Mono> : <Missing what="field" />}</Td>
          <TdName href={hrefOf(row.id)} second={targetWord(row, locale)}>
            {actionWord(row.action, locale)}
          </TdName>
          <Td phone="hide" nowrap>
            <ChainMark
              row={row}
              brokenAt={brokenAt}
              labels={{ ok: t("sealed"), waiting: t("waiting"), bad: t("brokenHere") }}
            />
          </Td>
        </Tr>
      ))}
    </Table>
  );
}

/** Tick and the beginning of the hash: sealed; dashes: about to be; diamond: from here on the chain does not fit. */
function ChainMark({
  row,
  brokenAt,
  labels,
}: {
  row: AuditTableRow;
  brokenAt: number | null;
  labels: Record<"ok" | "waiting" | "bad", string>;
}) {
  const broken = brokenAt !== null && row.seq !== null && row.seq >= brokenAt;
  const kind = row.hash === null ? "unknown" : broken ? "bad" : "ok";
  return (
    <span className={`status k-${kind}`}>
      <Glyph kind={kind} />
      <span className="sr-only">{kind === "unknown" ? "" : broken ? labels.bad : labels.ok}</span>
      {row.hash === null ? labels.waiting : <Mono>{row.hash.slice(0, 4)}</Mono>}
    </span>
  );
}

function shortened(handle: string): string {
  return handle.length > 12 ? `${handle.slice(0, 12)}…` : handle;
}
