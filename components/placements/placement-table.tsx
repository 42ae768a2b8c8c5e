import { useLocale, useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import { Sparkline } from "@/components/ui/sparkline";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Missing, Mono, Who } from "@/components/ui/text";
import { placementStatus } from "@/lib/placements/rules";
import type { ListedPlacement, Medium } from "@/lib/placements/schema";
import { PlacementStatus } from "./placement-status";

const icons = {
  web: "globe",
  mobile_web: "smartphone",
  app: "smartphone",
  offline: "printer",
  message: "message-square-text",
} as const satisfies Record<Medium, string>;

/** The list of placements. With `selectable` each row has a tick named `placementId`, for the form around it. */
export function PlacementTable({
  placements,
  now,
  selectable,
}: {
  placements: readonly ListedPlacement[];
  now: Date;
  selectable: boolean;
}) {
  const t = useTranslations("placements");
  const head = (
    <>
      {selectable ? (
        <Th>
          <span className="sr-only">{t("column.select")}</span>
        </Th>
      ) : null}
      <Th>{t("column.place")}</Th>
      <Th phone="hide">{t("column.medium")}</Th>
      <Th phone="hide">{t("column.mode")}</Th>
      <Th>{t("column.state")}</Th>
      <Th phone="hide">{t("column.channel")}</Th>
      <Th numeric>{t("column.presses")}</Th>
      <Th numeric>{t("column.scans")}</Th>
      <Th numeric phone="hide">
        {t("column.trend")}
      </Th>
      <Th phone="hide">{t("column.owner")}</Th>
    </>
  );
  return (
    <Table caption={t("list")} head={head}>
      {placements.map((placement) => (
        <PlacementTr key={placement.id} placement={placement} now={now} selectable={selectable} />
      ))}
    </Table>
  );
}

function PlacementTr({ placement, now, selectable }: { placement: ListedPlacement; now: Date; selectable: boolean }) {
  const t = useTranslations("placements");
  const state = placementStatus(placement, placement, now);
  const counted = placement.mode === "redirect";
  return (
    <Tr>
      {selectable ? (
        <Td>
          {state === "retired" ? null : (
            <label className="choice">
              <input
                type="checkbox"
                name="placementId"
                value={placement.id}
                aria-label={t("selectOne", { name: placement.name })}
              />
            </label>
          )}
        </Td>
      ) : null}
      <TdName
        href={`/placements/${placement.id}`}
        second={
          <>
            <Mono>{placement.code}</Mono>
            {placement.campaign ? <span className="text-fg-3">{` · ${placement.campaign}`}</span> : null}
          </>
        }
      >
        {placement.name}
      </TdName>
      <Td nowrap phone="hide">
        <span className="text-fg-2">
          <Icon name={icons[placement.medium]} /> {t(`medium.${placement.medium}`)}
        </span>
      </Td>
      <Td phone="hide">
        <span className="text-fg-2">{t(`mode.${placement.mode}`)}</span>
      </Td>
      <Td nowrap>
        <PlacementStatus state={state} />
      </Td>
      <Td phone="hide">{placement.channelName}</Td>
      <Td numeric nowrap>
        <Count value={placement.presses} applies={counted && placement.medium !== "offline"} />
      </Td>
      <Td numeric nowrap>
        <Count value={placement.scans} applies={counted && placement.medium === "offline"} />
      </Td>
      <Td numeric phone="hide">
        <Sparkline values={placement.line} />
      </Td>
      <Td nowrap phone="hide">
        {placement.ownerName ? <Who name={placement.ownerName} /> : <Missing what="field" />}
      </Td>
    </Tr>
  );
}

/** Zero is a number where counting applies, and a dash where nothing can be counted. */
function Count({ value, applies }: { value: number; applies: boolean }) {
  const locale = useLocale();
  return value > 0 || applies ? value.toLocaleString(locale) : <Missing />;
}
