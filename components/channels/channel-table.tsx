import { useLocale, useTranslations } from "next-intl";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Missing } from "@/components/ui/text";
import type { ChannelSort, ChannelState } from "@/lib/channels/schema";
import { type Day, shortDay } from "@/lib/clock";
import { dealerBySlug } from "@/lib/dealers/directory";
import { ChannelStatus } from "./channel-status";

type Row = {
  id: string;
  searchId: string;
  name: string;
  dealer: string | null;
  state: ChannelState;
  endsOn: Day | null;
  progress: { done: number; of: number };
  placements: number;
};

/** The list of channels: name and search id, state, dealer, onboarding, places. */
export function ChannelTable({
  channels,
  now,
  sort,
  sorted,
}: {
  channels: readonly Row[];
  now: Date;
  sort: ChannelSort;
  /** Where the list stands in each order; a press on the sorted head goes back to the newest first. */
  sorted: Readonly<Record<ChannelSort, string>>;
}) {
  const t = useTranslations("channels");
  const locale = useLocale();
  const by = (order: "name" | "last-day") =>
    sort === order ? { href: sorted.newest, direction: "ascending" as const } : { href: sorted[order] };
  const head = (
    <>
      <Th sort={by("name")}>{t("fields.channel")}</Th>
      <Th>{t("fields.state")}</Th>
      <Th sort={by("last-day")} phone="hide">
        {t("sorts.last-day")}
      </Th>
      <Th phone="hide">{t("fields.dealer")}</Th>
      <Th numeric phone="hide">
        {t("fields.progress")}
      </Th>
      <Th numeric>{t("fields.placements")}</Th>
    </>
  );
  return (
    <Table caption={t("listLabel")} head={head}>
      {channels.map((channel) => (
        <Tr key={channel.id}>
          <TdName href={`/channels/${channel.id}`} second={`@${channel.searchId}`}>
            {channel.name}
          </TdName>
          <Td>
            <ChannelStatus state={channel.state} />
          </Td>
          <Td phone="hide" nowrap>
            {channel.endsOn ? shortDay(channel.endsOn, locale, now) : <Missing />}
          </Td>
          <Td phone="hide">
            {dealerBySlug(channel.dealer)?.name ?? <span className="text-fg-3">{t("noDealer")}</span>}
          </Td>
          <Td numeric phone="hide">
            {t("progressOf", channel.progress)}
          </Td>
          <Td numeric>{channel.placements > 0 ? channel.placements : <Missing />}</Td>
        </Tr>
      ))}
    </Table>
  );
}
