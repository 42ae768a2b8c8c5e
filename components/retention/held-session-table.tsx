import { useLocale, useTranslations } from "next-intl";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Missing, Mono } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import { type Day, dayWithWeekday } from "@/lib/clock";
import { holdNumber } from "@/lib/retention/rules/hold";

export type ListedSession = {
  id: string;
  openedAt: Date;
  endedAt: Date | null;
  channelName: string;
  externalId: string;
  messageCount: number;
  dueOn: Day | null;
  others: readonly number[];
};

/** The consultations of a hold: where and when, never what was said. Opening one asks the purpose on its own page. */
export function HeldSessionTable({
  sessions,
  opens,
  now,
}: {
  sessions: readonly ListedSession[];
  /** The viewer may open consultations. */
  opens: boolean;
  now: Date;
}) {
  const t = useTranslations("retention.holds.sessions");
  const locale = useLocale();
  const head = (
    <>
      <Th>{t("session")}</Th>
      <Th>{t("openedAt")}</Th>
      <Th numeric phone="hide">
        {t("messages")}
      </Th>
      <Th>{t("dueOn")}</Th>
      <Th phone="hide">{t("others")}</Th>
    </>
  );
  return (
    <Table caption={t("title")} head={head}>
      {sessions.map((session) => (
        <Tr key={session.id}>
          <TdName {...(opens ? { href: `/transcripts/${session.id}` } : {})} second={session.channelName}>
            <Mono>{session.externalId}</Mono>
          </TdName>
          <Td nowrap>
            <Time at={session.openedAt} now={now} />
          </Td>
          <Td numeric phone="hide">
            {t("count", { count: session.messageCount })}
          </Td>
          <Td nowrap>{session.dueOn ? dayWithWeekday(session.dueOn, locale, now) : t("undated")}</Td>
          <Td phone="hide">{session.others.length > 0 ? session.others.map(holdNumber).join(", ") : <Missing />}</Td>
        </Tr>
      ))}
    </Table>
  );
}
