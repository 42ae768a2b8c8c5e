import { useLocale, useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Missing } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import type { BlockState } from "@/lib/channels/schema/blocks";
import { type Day, dayAndTime, shortDay } from "@/lib/clock";
import { BlockStatus } from "./block-status";

type Row = {
  id: string;
  label: string;
  reason: string;
  blockedOn: Day | null;
  state: BlockState;
  returnedAt: Date | null;
  markedAt: Date | null;
};

/** The block list: who must be blocked again first, with when they came back. */
export function BlockTable({ channelId, entries, now }: { channelId: string; entries: readonly Row[]; now: Date }) {
  const t = useTranslations("channels");
  const locale = useLocale();
  const head = (
    <>
      <Th>{t("blocks.fields.name")}</Th>
      <Th>{t("blocks.fields.state")}</Th>
      <Th phone="hide">{t("blocks.fields.blockedOn")}</Th>
      <Th end>
        <span className="sr-only">{t("blocks.open")}</span>
      </Th>
    </>
  );
  return (
    <Table caption={t("blocks.listLabel")} head={head}>
      {entries.map((entry) => {
        const href = `/channels/${channelId}/blocks/${entry.id}`;
        return (
          <Tr key={entry.id}>
            <TdName href={href} second={entry.reason || undefined}>
              {entry.label}
            </TdName>
            <Td nowrap second={<Since entry={entry} now={now} />}>
              <BlockStatus state={entry.state} />
            </Td>
            <Td phone="hide" nowrap>
              {entry.blockedOn ? shortDay(entry.blockedOn, locale, now) : <Missing />}
            </Td>
            <Td end>
              <LinkButton size="sm" href={href}>
                {t(entry.state === "due" ? "blocks.confirm" : "blocks.open")}
              </LinkButton>
            </Td>
          </Tr>
        );
      })}
    </Table>
  );
}

/** Since when a state holds: the return that asks for a block, or the mark. */
function Since({ entry, now }: { entry: Row; now: Date }) {
  const t = useTranslations("channels");
  const locale = useLocale();
  if (entry.state !== "due") return entry.markedAt ? <Time at={entry.markedAt} now={now} /> : null;
  if (!entry.returnedAt) return t("blocks.notReturned");
  return t("blocks.returnedSince", { at: dayAndTime(entry.returnedAt, locale, now) });
}
