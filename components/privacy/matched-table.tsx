import { useLocale, useTranslations } from "next-intl";
import { Status } from "@/components/ui/status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Mono } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import { type Day, dayWithWeekday } from "@/lib/clock";
import { holdNumber } from "@/lib/retention/rules/hold";

type Because =
  | { kind: "hold"; numbers: readonly number[] }
  | { kind: "law"; law: string; article: string; until: Day | null }
  | { kind: "policy"; until: Day | null }
  | { kind: "open" };
export type ListedMatch = {
  id: string;
  openedAt: Date;
  channelName: string;
  externalId: string;
  messageCount: number;
  because: Because;
};

/** The person's consultations and why each is kept; opening one asks the purpose on its own page. */
export function MatchedTable({ sessions, now }: { sessions: readonly ListedMatch[]; now: Date }) {
  const t = useTranslations("privacy.requests.matched");
  const head = (
    <>
      <Th>{t("session")}</Th>
      <Th>{t("openedAt")}</Th>
      <Th numeric phone="hide">
        {t("messages")}
      </Th>
      <Th>{t("because")}</Th>
    </>
  );
  return (
    <Table caption={t("title")} head={head}>
      {sessions.map((session) => (
        <Tr key={session.id}>
          <TdName href={`/transcripts/${session.id}`} second={session.channelName}>
            <Mono>{session.externalId}</Mono>
          </TdName>
          <Td nowrap>
            <Time at={session.openedAt} now={now} />
          </Td>
          <Td numeric phone="hide">
            {t("count", { count: session.messageCount })}
          </Td>
          <Td>
            <Why because={session.because} now={now} />
          </Td>
        </Tr>
      ))}
    </Table>
  );
}

function Why({ because, now }: { because: Because; now: Date }) {
  const t = useTranslations("privacy.requests.matched");
  const locale = useLocale();
  const until = "until" in because && because.until ? dayWithWeekday(because.until, locale, now) : t("undated");
  if (because.kind === "hold")
    return <Status kind="lock">{t("hold", { numbers: because.numbers.map(holdNumber).join(", ") })}</Status>;
  if (because.kind === "law")
    return (
      <>
        <Status kind="note">{t("law", { until })}</Status>
        <span className="block text-xs text-fg-3">
          {because.law} {because.article}
        </span>
      </>
    );
  if (because.kind === "policy") return <Status kind="off">{t("policy", { until })}</Status>;
  return <Status kind="off">{t("open")}</Status>;
}
