import { useLocale, useTranslations } from "next-intl";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Deadline, Missing, Mono } from "@/components/ui/text";
import { type Day, dayWithWeekday } from "@/lib/clock";
import { isUnanswered, requestNumber } from "@/lib/privacy/rules/request";
import type { RequestKind, RequestState, RequestWay } from "@/lib/privacy/schema/request";
import { RequestStateWord } from "./request-state";

export type ListedRequest = {
  id: string;
  number: number;
  kind: RequestKind;
  receivedOn: Day;
  receivedVia: RequestWay;
  channelName: string | null;
  state: RequestState;
  dueOn: Day;
  answeredOn: Day | null;
};

/** Data subjects' requests: by number, never by name. */
export function RequestTable({ requests, now }: { requests: readonly ListedRequest[]; now: Date }) {
  const t = useTranslations("privacy.requests");
  const locale = useLocale();
  const head = (
    <>
      <Th>{t("columns.kind")}</Th>
      <Th phone="hide">{t("columns.receivedOn")}</Th>
      <Th phone="hide">{t("columns.channel")}</Th>
      <Th>{t("columns.dueOn")}</Th>
      <Th>{t("columns.state")}</Th>
    </>
  );
  return (
    <Table caption={t("list")} head={head}>
      {requests.map((request) => (
        <Tr key={request.id}>
          <TdName href={`/privacy/requests/${request.id}`} second={<Mono>{requestNumber(request.number)}</Mono>}>
            {t(`kinds.${request.kind}`)}
          </TdName>
          <Td nowrap phone="hide" second={t(`ways.${request.receivedVia}`)}>
            {dayWithWeekday(request.receivedOn, locale, now)}
          </Td>
          <Td phone="hide">{request.channelName ?? <Missing />}</Td>
          <Td nowrap>
            {isUnanswered(request.state) ? (
              <Deadline on={request.dueOn} now={now} />
            ) : (
              <>
                {request.answeredOn ? dayWithWeekday(request.answeredOn, locale, now) : <Missing />}
                <span className="block text-xs text-fg-3">{t("answeredOn")}</span>
              </>
            )}
          </Td>
          <Td nowrap>
            <RequestStateWord state={request.state} />
          </Td>
        </Tr>
      ))}
    </Table>
  );
}
