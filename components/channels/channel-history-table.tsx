import { useTranslations } from "next-intl";
import { Status } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Mono } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import type { OnboardingKey } from "@/lib/channels/schema";

type Entry = { id: string; at: Date; action: string; by: string; result: string; item: OnboardingKey | null };

const sentences = [
  "channel.opened",
  "channel.edited",
  "channel.live-requested",
  "channel.live-declined",
  "channel.live-withdrawn",
  "channel.went-live",
  "channel.end-set",
  "channel.end-withdrawn",
  "channel.checked",
  "channel.dealer-switch-begun",
  "channel.dealer-switch-completed",
  "channel.dealer-switch-withdrawn",
  "onboarding.marked",
  "onboarding.reopened",
  "onboarding.not-applicable",
  "onboarding.planned",
  "onboarding.filled",
  "evidence.attached",
  "evidence.downloaded",
  "block.added",
  "block.list-read",
  "block.imported",
  "block.list-discarded",
  "block.identified",
  "block.marked",
  "block.dropped",
  "block.reopened",
  "block.exported",
] as const;
const machines = ["operator", "job", "dealer", "apiKey", "visitor", "person"] as const;

/** What was done to a channel and its evidence, from the audit log. */
export function ChannelHistoryTable({ entries, now }: { entries: readonly Entry[]; now: Date }) {
  const t = useTranslations("channels");
  const head = (
    <>
      <Th>{t("history.when")}</Th>
      <Th>{t("history.who")}</Th>
      <Th>{t("history.what")}</Th>
    </>
  );
  return (
    <Table caption={t("history.table")} head={head}>
      {entries.map((entry) => {
        const sentence = sentences.find((one) => one === entry.action);
        const machine = machines.find((one) => one === entry.by);
        return (
          <Tr key={entry.id}>
            <Td nowrap>
              <Time at={entry.at} as="second" now={now} />
            </Td>
            <Td nowrap>{machine ? t(`history.actor.${machine}`) : entry.by}</Td>
            <Td second={entry.item ? t(`onboarding.items.${entry.item}`) : undefined}>
              {sentence ? t(`history.events.${sentence}`) : <Mono>{entry.action}</Mono>}{" "}
              {entry.result === "ok" ? null : <Status kind="bad">{t("history.refused")}</Status>}
            </Td>
          </Tr>
        );
      })}
    </Table>
  );
}
