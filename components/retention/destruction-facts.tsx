import { useLocale, useTranslations } from "next-intl";
import { KeyValue } from "@/components/ui/key-value";
import { Link } from "@/components/ui/link";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Hash, Missing } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import { duration, fullDay } from "@/lib/clock";
import { isOpen } from "@/lib/retention/rules/destruction";
import type { RunChannel, RunView } from "@/lib/retention/rules/destruction-view";

/** What a preview froze, under which digest, and how long it may be acted upon. */
export function DestructionFacts({
  run,
  opensRequest,
  now,
}: {
  run: RunView;
  /** The viewer may open the data subject's request behind it. */
  opensRequest: boolean;
  now: Date;
}) {
  const t = useTranslations("retention.destructions");
  const locale = useLocale();
  const approval = run.steps.findLast(({ kind }) => kind === "approved");
  return (
    <KeyValue
      rows={[
        [
          t("facts.preview"),
          <span key="preview">
            {run.number} · <Time at={run.preparedAt} now={now} /> <Hash value={run.digest} />
          </span>,
        ],
        [
          t("facts.target"),
          run.kind === "routine"
            ? t("facts.dueThrough", { day: fullDay(run.dueThrough, locale) })
            : t(`kinds.${run.kind as "request"}`),
        ],
        [
          t("facts.counts"),
          t("facts.countsText", { sessions: run.sessions, messages: run.messages, files: run.files }),
        ],
        [t("facts.leftOut"), t("facts.leftOutText", { held: run.held, keptByLaw: run.keptByLaw })],
        ...(run.dataRequestId && opensRequest
          ? [
              [
                t("request.title"),
                <Link key="request" href={`/privacy/requests/${run.dataRequestId}`}>
                  {t("request.open")}
                </Link>,
              ] as const,
            ]
          : []),
        [
          t("field.reason"),
          run.reason ? (
            <span key="reason" className="whitespace-pre-line">
              {run.reason}
            </span>
          ) : (
            <Missing key="reason" what="field" />
          ),
        ],
        [t("facts.preparedBy"), run.preparedByName ?? t("byJob")],
        ...(approval ? [[t("facts.approvedBy"), approval.name ?? t("byJob")] as const] : []),
        ...(isOpen(run.state)
          ? [
              [
                t("facts.valid"),
                t("left", { time: duration(run.validUntil.getTime() - now.getTime(), locale) }),
              ] as const,
            ]
          : []),
      ]}
    />
  );
}

/** What is destroyed, by channel; with what has become of it once it has begun. */
export function DestructionChannels({ channels, begun }: { channels: readonly RunChannel[]; begun: boolean }) {
  const t = useTranslations("retention.destructions");
  return (
    <Table
      caption={t("preview.byChannel")}
      head={
        <>
          <Th>{t("preview.channel")}</Th>
          <Th numeric>{t("columns.sessions")}</Th>
          <Th numeric>{t("columns.files")}</Th>
          {begun ? (
            <>
              <Th numeric>{t("result.destroyed")}</Th>
              <Th numeric>{t("result.held")}</Th>
            </>
          ) : null}
        </>
      }
    >
      {channels.map((channel) => (
        <Tr key={channel.id}>
          <TdName>{channel.name}</TdName>
          <Td numeric>{t("number", { count: channel.sessions })}</Td>
          <Td numeric>{t("number", { count: channel.files })}</Td>
          {begun ? (
            <>
              <Td numeric>{t("number", { count: channel.destroyed })}</Td>
              <Td numeric>{t("number", { count: channel.held })}</Td>
            </>
          ) : null}
        </Tr>
      ))}
    </Table>
  );
}
