import { useLocale, useTranslations } from "next-intl";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Deadline } from "@/components/ui/text";
import { dayAndTime } from "@/lib/clock";
import { takeDownStatus } from "@/lib/placements/rules/take-down";
import type { TakeDownRow } from "@/lib/placements/schema/take-down";
import { TakeDownStatus } from "./take-down-status";

/** Take-down campaigns, newest first. */
export function TakeDownTable({ campaigns, now }: { campaigns: readonly TakeDownRow[]; now: Date }) {
  const t = useTranslations("placements.takeDown");
  const locale = useLocale();
  const head = (
    <>
      <Th>{t("column.campaign")}</Th>
      <Th>{t("column.effectiveOn")}</Th>
      <Th numeric>{t("column.progress")}</Th>
      <Th>{t("column.state")}</Th>
      <Th phone="hide">{t("column.opened")}</Th>
    </>
  );
  return (
    <Table caption={t("list")} head={head}>
      {campaigns.map((campaign) => {
        const state = takeDownStatus(campaign, now);
        return (
          <Tr key={campaign.id}>
            <TdName
              href={`/placements/take-downs/${campaign.id}`}
              second={campaign.cause === "hand" ? campaign.note : t(`cause.${campaign.cause}`)}
            >
              {t(campaign.cause === "hand" ? "name.hand" : "name.channel", { name: campaign.channelName ?? "" })}
            </TdName>
            <Td nowrap>
              <Deadline on={campaign.effectiveOn} now={now} done={state !== "ahead" && state !== "running"} />
            </Td>
            <Td numeric nowrap>
              {t("progress", { closed: campaign.closed, total: campaign.total })}
            </Td>
            <Td nowrap>
              <TakeDownStatus state={state} />
            </Td>
            <Td nowrap phone="hide" second={campaign.byName ?? t("system")}>
              {dayAndTime(campaign.at, locale, now)}
            </Td>
          </Tr>
        );
      })}
    </Table>
  );
}
