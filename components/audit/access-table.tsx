import { getLocale, getTranslations } from "next-intl/server";
import { Link } from "@/components/ui/link";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Missing, Mono } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import { asLocale } from "@/lib/locale";
import { accessActorWord, accessWord } from "./access-words";

export type AccessTableRow = {
  id: string;
  at: Date;
  actorKind: string;
  actorId: string;
  actorName: string | null;
  address: string;
  subject: string;
  action: string;
  sessionId: string | null;
  purpose: string;
  reason: string;
  count: number;
};

/** The five items of 제2조 제3호, side by side: who, when, from where, whose data, what was done; then why. */
export async function AccessTable({ rows, now }: { rows: readonly AccessTableRow[]; now: Date }) {
  const t = await getTranslations("audit.access");
  const locale = asLocale(await getLocale());
  const head = (
    <>
      <Th>{t("columns.at")}</Th>
      <Th>{t("columns.who")}</Th>
      <Th phone="hide">{t("columns.from")}</Th>
      <Th>{t("columns.whose")}</Th>
      <Th>{t("columns.what")}</Th>
      <Th phone="hide">{t("columns.why")}</Th>
    </>
  );
  return (
    <Table caption={t("title")} head={head}>
      {rows.map((row) => (
        <Tr key={row.id}>
          <Td nowrap>
            <Time at={row.at} as="second" now={now} />
          </Td>
          <Td>
            <Link
              className="underline underline-offset-2"
              href={`/audit/access?actor=${encodeURIComponent(row.actorId)}`}
            >
              {accessActorWord(row, locale)}
            </Link>
          </Td>
          <Td phone="hide">
            <Mono>{row.address}</Mono>
          </Td>
          <Td>
            {row.subject ? (
              <Link className="underline underline-offset-2" href={`/audit/access?q=${row.subject}`}>
                <Mono>{row.subject.slice(0, 8)}</Mono>
              </Link>
            ) : row.count > 0 ? (
              t("people", { count: row.count })
            ) : (
              <Missing />
            )}
          </Td>
          <Td>{accessWord(row.action, locale)}</Td>
          <Td phone="hide" {...(row.reason ? { second: row.reason } : {})}>
            {row.purpose || <Missing what="field" />}
          </Td>
        </Tr>
      ))}
    </Table>
  );
}
