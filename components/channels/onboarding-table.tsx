import { useLocale, useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Glyph } from "@/components/ui/status";
import { GroupRow, Table, Td, Th, Tr } from "@/components/ui/table";
import { Tag, Who } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import type { FormAction } from "@/lib/action";
import { itemHolds, newestMark, type OnboardingItem, onboardingItems } from "@/lib/channels/rules";
import type { OnboardingKey } from "@/lib/channels/schema";
import { shortDay } from "@/lib/clock";
import { dealerBySlug, directorySource } from "@/lib/dealers/directory";
import { EvidenceLink } from "./evidence-link";
import { OnboardingDialog } from "./onboarding-dialog";

export type Mark = {
  id: string;
  item: string;
  kind: "done" | "reopened";
  note: string;
  by: string;
  at: Date;
  file: { id: string; name: string; bytes: number; sha256: string } | null;
};

export type OnboardingSheet = {
  channelId: string;
  dealer: string | null;
  marks: readonly Mark[];
  now: Date;
  may: { mark: boolean; attach: boolean; download: boolean; edit: boolean };
  markAction: FormAction;
  /** What was refused just now, beside its item. */
  refused: { item: OnboardingKey; sentence: string } | null;
};

const groups = ["opening", "contract", "no-return"] as const;

/** The checklist: each item with the guide's sentence, its evidence, who checked it, and what can be done. */
export function OnboardingTable({ sheet }: { sheet: OnboardingSheet }) {
  const t = useTranslations("channels");
  const head = (
    <>
      <Th>{t("onboarding.item")}</Th>
      <Th phone="hide">{t("onboarding.evidence")}</Th>
      <Th phone="hide">{t("onboarding.who")}</Th>
      <Th phone="hide">{t("onboarding.when")}</Th>
      <Th end>
        <span className="sr-only">{t("onboarding.act")}</span>
      </Th>
    </>
  );
  return (
    <Table caption={t("onboarding.table")} head={head}>
      {groups.flatMap((group) => {
        const items = onboardingItems.filter((item) => item.group === group);
        const done = items.filter((item) => itemHolds(item, sheet.dealer, sheet.marks)).length;
        return [
          <GroupRow
            key={`group-${group}`}
            columns={5}
            title={
              <>
                <Tag>{t("onboarding.guide", { section: items[0]?.section ?? "" })}</Tag>{" "}
                {t(`onboarding.groups.${group}`)}
              </>
            }
            count={t("progressOf", { done, of: items.length })}
          />,
          ...items.map((item) => <ItemRow key={item.key} item={item} sheet={sheet} />),
        ];
      })}
    </Table>
  );
}

/** The section that the head of an item's group names. */
function groupSection(item: OnboardingItem): string | undefined {
  return onboardingItems.find((one) => one.group === item.group)?.section;
}

function ItemRow({ item, sheet }: { item: OnboardingItem; sheet: OnboardingSheet }) {
  const t = useTranslations("channels");
  const holds = itemHolds(item, sheet.dealer, sheet.marks);
  const mark = newestMark(sheet.marks, item.key);
  const state = holds ? "done" : mark ? "reopened" : "todo";
  const refused = sheet.refused?.item === item.key ? sheet.refused.sentence : null;
  return (
    <Tr>
      <th scope="row">
        <span id={`item-${item.key}`} className="flex scroll-mt-20 gap-2">
          <span className="pt-0.5">
            <Glyph kind={holds ? "ok" : item.needed ? "bad" : "off"} />
            <span className="sr-only">{t(`onboarding.${state}`)}</span>
          </span>
          <span className="min-w-0">
            <span className="name">{t(`onboarding.items.${item.key}`)}</span>{" "}
            {item.needed ? null : <Tag>{t("onboarding.advice")}</Tag>}
            <q className="t2" lang="ko" cite={directorySource.url}>
              {item.quote}
            </q>
            {item.section === groupSection(item) ? null : (
              <span className="t2">{t("onboarding.guide", { section: item.section })}</span>
            )}
            {refused ? (
              <span className="hint error block" role="alert">
                {refused}
              </span>
            ) : null}
            <span className="mt-1 hidden max-desk:block">
              <Evidence item={item} sheet={sheet} />
            </span>
          </span>
        </span>
      </th>
      <SaidCells item={item} sheet={sheet} />
      <Td end nowrap>
        {item.derived ? (
          <DealerLink sheet={sheet} holds={holds} />
        ) : sheet.may.mark || sheet.may.attach ? (
          <OnboardingDialog item={item} holds={holds} sheet={sheet} />
        ) : null}
      </Td>
    </Tr>
  );
}

/** Evidence, who and when: three columns, of which the phone has none. */
function SaidCells({ item, sheet }: { item: OnboardingItem; sheet: OnboardingSheet }) {
  const t = useTranslations("channels");
  const locale = useLocale();
  const mark = newestMark(sheet.marks, item.key);
  if (item.derived ? sheet.dealer === null : mark === null) {
    return (
      <Td colSpan={3} phone="hide">
        <Evidence item={item} sheet={sheet} />
      </Td>
    );
  }
  return (
    <>
      <Td phone="hide">
        <Evidence item={item} sheet={sheet} />
      </Td>
      <Td phone="hide" nowrap>
        {mark ? <Who name={mark.by} /> : <span className="text-fg-3">{t("onboarding.auto")}</span>}
      </Td>
      <Td phone="hide" nowrap>
        {mark ? (
          <Time at={mark.at} as="day" now={sheet.now} />
        ) : (
          <time dateTime={directorySource.checkedOn}>{shortDay(directorySource.checkedOn, locale, sheet.now)}</time>
        )}
      </Td>
    </>
  );
}

/** What proves an item: a file, a word, or the channel's own data. */
function Evidence({ item, sheet }: { item: OnboardingItem; sheet: OnboardingSheet }) {
  const t = useTranslations("channels");
  const mark = newestMark(sheet.marks, item.key);
  const dealer = dealerBySlug(sheet.dealer);
  if (item.derived && dealer) {
    return (
      <>
        {dealer.name}
        <span className="t2">{t("onboarding.dealerFrom", { phone: dealer.phone })}</span>
      </>
    );
  }
  if (!mark) return <span className="text-fg-3">{t(item.derived ? "noDealer" : "onboarding.none")}</span>;
  return (
    <>
      {mark.file ? (
        <EvidenceLink channelId={sheet.channelId} file={mark.file} may={sheet.may.download} />
      ) : (
        <span className="text-fg-2">{t(mark.kind === "done" ? "onboarding.byHand" : "onboarding.reopened")}</span>
      )}
      {mark.note ? <span className="t2">{mark.note}</span> : null}
    </>
  );
}

function DealerLink({ sheet, holds }: { sheet: OnboardingSheet; holds: boolean }) {
  const t = useTranslations("channels");
  if (!sheet.may.edit) return null;
  return (
    <Link className="btn sm" href={`/channels/${sheet.channelId}/edit`}>
      {holds ? t("onboarding.change") : t("onboarding.chooseDealer")}
    </Link>
  );
}
