import { useLocale, useTranslations } from "next-intl";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Mono } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import { type Day, dayAndTime } from "@/lib/clock";
import type { Category } from "@/lib/retention/rules/categories";
import { shortHandle } from "@/lib/transcripts/rules";
import { TranscriptPlace } from "./transcript-place";
import { KeptUntil, TranscriptState } from "./transcript-status";

export type TranscriptTableRow = {
  id: string;
  externalId: string;
  openedAt: Date;
  lastUserMessageAt: Date | null;
  endedAt: Date | null;
  messageCount: number;
  returning: boolean;
  userHandle: Uint8Array;
  extra: string | null;
  channelName: string;
  placementId: string | null;
  placementName: string | null;
  category: string;
  shelf: string;
  dueOn: Day | null;
  holds: number[];
};

/** The list. `picks`: each row has a tick named `ids` for the form around it. */
export function TranscriptTable({
  rows,
  hrefOf,
  picks,
  now,
}: {
  rows: readonly TranscriptTableRow[];
  hrefOf: (id: string) => string;
  picks: boolean;
  now: Date;
}) {
  const t = useTranslations("transcripts");
  const l = useTranslations("transcripts.lists");
  const locale = useLocale();
  const head = (
    <>
      {picks ? (
        <Th>
          <span className="sr-only">{l("columns.pick")}</span>
        </Th>
      ) : null}
      <Th>{l("columns.opened")}</Th>
      <Th>{l("columns.user")}</Th>
      <Th phone="hide">{l("columns.channel")}</Th>
      <Th phone="hide">{l("columns.place")}</Th>
      <Th>{l("columns.category")}</Th>
      <Th phone="hide">{l("columns.state")}</Th>
      <Th>{l("columns.kept")}</Th>
      <Th numeric phone="hide">
        {l("columns.messages")}
      </Th>
    </>
  );
  return (
    <Table caption={l("label")} head={head}>
      {rows.map((row) => {
        const user = shortHandle(row.userHandle);
        return (
          <Tr key={row.id}>
            {picks ? (
              <Td>
                <label className="choice -my-0.5 w-6">
                  <input type="checkbox" name="ids" value={row.id} />
                  <span className="sr-only">{l("pick", { user, time: dayAndTime(row.openedAt, locale, now) })}</span>
                </label>
              </Td>
            ) : null}
            <TdName href={hrefOf(row.id)} second={<Mono>{row.externalId}</Mono>}>
              <Time at={row.openedAt} now={now} />
            </TdName>
            <Td nowrap second={row.returning ? t("visit.again") : t("visit.first")}>
              <Mono>{user}</Mono>
            </Td>
            <Td phone="hide">{row.channelName}</Td>
            <Td phone="hide" second={row.extra ? <Mono>{row.extra}</Mono> : undefined}>
              <TranscriptPlace {...row} />
            </Td>
            <Td>{l(`categories.${row.category as Category}`)}</Td>
            <Td nowrap phone="hide">
              <TranscriptState session={row} now={now} />
            </Td>
            <Td second={row.shelf.startsWith("law-") ? l("kept.apart") : undefined}>
              <KeptUntil dueOn={row.dueOn} holds={row.holds} now={now} />
            </Td>
            <Td numeric phone="hide">
              {row.messageCount.toLocaleString(locale)}
            </Td>
          </Tr>
        );
      })}
    </Table>
  );
}
