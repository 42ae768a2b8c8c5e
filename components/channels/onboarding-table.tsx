import { useTranslations } from "next-intl";
import { Glyph, type StatusKind } from "@/components/ui/status";
import { GroupRow, Table, Td, Th, Tr } from "@/components/ui/table";
import { Tag } from "@/components/ui/text";
import type { ItemState, ItemStatus } from "@/lib/channels/rules/onboarding";
import {
  groupSections,
  type OnboardingItem,
  onboardingGroups,
  onboardingItems,
} from "@/lib/channels/rules/onboarding-items";
import { directorySource } from "@/lib/dealers/directory";
import { OnboardingDialog } from "./onboarding-dialog";
import { ItemReason, OnboardingEvidence } from "./onboarding-evidence";
import { BeforeCell, PlanCells, PlanLine, PlanRow } from "./onboarding-plan";
import type { OnboardingSheet } from "./onboarding-sheet";

const columns = 6;

const glyphs: Readonly<Record<ItemStatus, StatusKind>> = {
  done: "ok",
  "not-applicable": "off",
  contradicted: "bad",
  expired: "bad",
  waiting: "waiting",
  unknown: "unknown",
  open: "bad",
};

/** Shape of an item's state; what is only advised is never a gap. */
export function itemGlyph(status: ItemStatus, needed: boolean): StatusKind {
  return !needed && (status === "open" || status === "waiting") ? "off" : glyphs[status];
}

/** The plan: each item with the guide's sentence, its evidence, who looks after it until when, and what comes first. */
export function OnboardingTable({ sheet }: { sheet: OnboardingSheet }) {
  const t = useTranslations("channels");
  const head = (
    <>
      <Th>{t("onboarding.item")}</Th>
      <Th phone="hide">{t("onboarding.evidence")}</Th>
      <Th phone="hide">{t("onboarding.owner")}</Th>
      <Th phone="hide">{t("onboarding.due")}</Th>
      <Th phone="hide">{t("onboarding.before")}</Th>
      <Th end>
        <span className="sr-only">{t("onboarding.act")}</span>
      </Th>
    </>
  );
  const stateOf = new Map(sheet.states.map((state) => [state.key, state]));
  return (
    <Table caption={t("onboarding.table")} head={head}>
      {onboardingGroups.flatMap((group) => {
        const items = onboardingItems.filter((item) => item.group === group);
        // Advice is counted only where a group holds nothing else, so that groups add up to the number in the tab.
        const needed = items.filter((item) => item.needed);
        const counted = needed.length > 0 ? needed : items;
        const done = counted.filter((item) => stateOf.get(item.key)?.holds).length;
        return [
          <GroupRow
            key={`group-${group}`}
            columns={columns}
            title={
              <>
                <Tag>{t("onboarding.guide", { section: groupSections[group] })}</Tag> {t(`onboarding.groups.${group}`)}
              </>
            }
            count={t("progressOf", { done, of: counted.length })}
          />,
          ...items.flatMap((item, place) => {
            const state = stateOf.get(item.key);
            if (!state) return [];
            const row = (
              <ItemRow key={item.key} item={item} state={state} sheet={sheet} quoted={isQuoted(items, place)} />
            );
            return sheet.planning === item.key
              ? [row, <PlanRow key={`plan-${item.key}`} item={item.key} sheet={sheet} columns={columns} />]
              : [row];
          }),
        ];
      })}
    </Table>
  );
}

/** A sentence that stands behind several items of a group is written once, at the first of them. */
function isQuoted(items: readonly OnboardingItem[], place: number): boolean {
  const source = items[place]?.source;
  return (
    source?.kind !== "guide" ||
    !items.slice(0, place).some((other) => other.source.kind === "guide" && other.source.quote === source.quote)
  );
}

function ItemRow({
  item,
  state,
  sheet,
  quoted,
}: {
  item: OnboardingItem;
  state: ItemState;
  sheet: OnboardingSheet;
  quoted: boolean;
}) {
  const t = useTranslations("channels");
  const refused = sheet.refused?.item === item.key ? sheet.refused.sentence : null;
  const opens = !item.derived && (sheet.may.mark || sheet.may.attach);
  return (
    <Tr>
      <th scope="row">
        <span id={`item-${item.key}`} className="flex scroll-mt-20 gap-2">
          <span className="pt-0.5">
            <Glyph kind={itemGlyph(state.status, item.needed)} />
            <span className="sr-only">{t(`onboarding.${state.status}`)}</span>
          </span>
          <span className="min-w-0">
            <span className="name">{t(`onboarding.items.${item.key}`)}</span>{" "}
            {item.needed ? null : <Tag>{t("onboarding.advice")}</Tag>}
            <ItemReason state={state} sheet={sheet} />
            {quoted ? <Source item={item} /> : null}
            {refused ? (
              <span className="hint error block" role="alert">
                {refused}
              </span>
            ) : null}
            <span className="mt-1 hidden max-desk:block">
              <OnboardingEvidence item={item} state={state} sheet={sheet} />
              <PlanLine item={item.key} state={state} sheet={sheet} />
            </span>
          </span>
        </span>
      </th>
      <Td phone="hide">
        <OnboardingEvidence item={item} state={state} sheet={sheet} />
      </Td>
      <PlanCells item={item.key} state={state} sheet={sheet} />
      <BeforeCell item={item} state={state} />
      <Td end nowrap>
        {opens ? <OnboardingDialog item={item} state={state} sheet={sheet} /> : null}
      </Td>
    </Tr>
  );
}

/** The guide's own sentence; or whose document asks for it, in our words. */
function Source({ item }: { item: OnboardingItem }) {
  const t = useTranslations("channels");
  const { source } = item;
  if (source.kind === "guide") {
    return (
      <>
        <q className="t2" lang="ko" cite={directorySource.url}>
          {source.quote}
        </q>
        {source.section.startsWith(groupSections[item.group]) ? null : (
          <span className="t2">{t("onboarding.guide", { section: source.section })}</span>
        )}
      </>
    );
  }
  const says = (["centre-info", "manager-phone", "category"] as const).find((key) => key === item.key);
  return (
    <>
      {says ? <span className="t2">{t(`onboarding.says.${says}`)}</span> : null}
      <span className="t2" lang="ko">
        {t("onboarding.document", { document: source.document })}
      </span>
    </>
  );
}
