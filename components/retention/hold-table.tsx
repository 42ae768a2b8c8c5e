import { useLocale, useTranslations } from "next-intl";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Deadline, Missing, Mono, Who } from "@/components/ui/text";
import { type Day, shortDay } from "@/lib/clock";
import { type HoldState, holdNumber } from "@/lib/retention/rules/hold";
import type { HoldScope } from "@/lib/retention/schema/hold";
import { HoldScopeText } from "./hold-scope";
import { HoldStateWord } from "./hold-state";

export type ListedHold = {
  id: string;
  number: number;
  title: string;
  scope: HoldScope;
  channelName: string | null;
  openedFrom: Day | null;
  openedTo: Day | null;
  ownerName: string;
  reviewOn: Day;
  placedAt: Date;
  state: HoldState;
  releasedAt: Date | null;
  sessions: number;
  more: boolean;
};

/** The list of holds; `short` is the panel of the overview, where all of them stand. */
export function HoldTable({ holds, now, short = false }: { holds: readonly ListedHold[]; now: Date; short?: boolean }) {
  const t = useTranslations("retention.holds");
  const locale = useLocale();
  const head = (
    <>
      <Th>{t("columns.title")}</Th>
      {short ? null : <Th phone="hide">{t("columns.scope")}</Th>}
      <Th numeric>{t("columns.sessions")}</Th>
      <Th phone="hide">{t("columns.owner")}</Th>
      <Th>{t("columns.reviewOn")}</Th>
      {short ? null : <Th>{t("columns.state")}</Th>}
    </>
  );
  return (
    <Table caption={t("list")} head={head}>
      {holds.map((hold) => (
        <Tr key={hold.id}>
          <TdName
            href={`/retention/holds/${hold.id}`}
            second={
              <>
                <Mono>{holdNumber(hold.number)}</Mono> · {t("since", { day: shortDay(hold.placedAt, locale, now) })}
              </>
            }
          >
            {hold.title}
          </TdName>
          {short ? null : (
            <Td phone="hide">
              <HoldScopeText hold={hold} now={now} />
            </Td>
          )}
          <Td numeric>{hold.more ? t("orMore", { count: hold.sessions }) : t("count", { count: hold.sessions })}</Td>
          <Td phone="hide">
            <Who name={hold.ownerName} />
          </Td>
          <Td nowrap>{hold.state === "released" ? <Missing /> : <Deadline on={hold.reviewOn} now={now} />}</Td>
          {short ? null : (
            <Td nowrap>
              <HoldStateWord state={hold.state} />
              {hold.releasedAt ? (
                <span className="block text-xs text-fg-3">{shortDay(hold.releasedAt, locale, now)}</span>
              ) : null}
            </Td>
          )}
        </Tr>
      ))}
    </Table>
  );
}
