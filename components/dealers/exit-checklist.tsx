import { useLocale, useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { Status, type StatusKind } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Deadline, Tag } from "@/components/ui/text";
import type { FormAction } from "@/lib/action";
import { type Day, dayAndTime, fullDay, kstDay, shortDay } from "@/lib/clock";
import { directorySource } from "@/lib/dealers/directory";
import type { ContractView } from "@/lib/dealers/rules/contract-view";
import { type ExitStanding, type ExitState, exitProgress, newestExitMark } from "@/lib/dealers/rules/exit";
import { exitItemsCheckedOn } from "@/lib/dealers/rules/exit-items";
import { ExitItemDialog } from "./exit-item-dialog";

export type ExitSheet = {
  contract: Pick<ContractView, "id" | "documents" | "exitMarks">;
  ending: { id: string; endsOn: Day };
  states: readonly ExitState[];
  may: { mark: boolean; download: boolean; connections: boolean };
  now: Date;
  action: FormAction;
};

const kinds: Record<ExitStanding, StatusKind> = {
  done: "ok",
  open: "bad",
  waiting: "waiting",
  "not-applicable": "off",
  told: "note",
};

/** What has to be done on the way out: each item with guide or article, where it stands, and what can be done. */
export function ExitChecklist(sheet: ExitSheet) {
  const t = useTranslations("dealers.exit");
  const locale = useLocale();
  const day = fullDay(exitItemsCheckedOn, locale);
  return (
    <Section title={t("list")} count={t("progress", exitProgress(sheet.states))} note={t("checkedOn", { day })}>
      <Table
        caption={t("list")}
        head={
          <>
            <Th>{t("column.item")}</Th>
            <Th>{t("column.state")}</Th>
            <Th phone="hide">{t("column.said")}</Th>
            <Th end>
              <span className="sr-only">{t("column.act")}</span>
            </Th>
          </>
        }
      >
        {sheet.states.map((state) => (
          <ItemRow key={state.key} state={state} sheet={sheet} />
        ))}
      </Table>
    </Section>
  );
}

function ItemRow({ state, sheet }: { state: ExitState; sheet: ExitSheet }) {
  const t = useTranslations("dealers.exit");
  // A gap only once the day has passed, or on it: before, it is simply not done yet.
  const early = state.standing === "open" && (!state.needed || sheet.ending.endsOn > kstDay(sheet.now));
  const quoted = sheet.states.find(({ guide }) => guide?.quote === state.guide?.quote)?.key === state.key;
  const counted = state.key === "placements" || state.key === "connections" || state.key === "reconsignments";
  return (
    <Tr>
      <th scope="row">
        <span className="name">{t(`items.${state.key}`)}</span>{" "}
        {state.needed || state.by === "told" ? null : <Tag>{t("advice")}</Tag>}
        <span className="t2">{t(`notes.${state.key}`)}</span>
        {state.law ? (
          <span className="t2" lang="ko">
            {state.law}
          </span>
        ) : null}
        {state.guide ? (
          <span className="t2">
            {quoted ? (
              <q lang="ko" cite={directorySource.url}>
                {state.guide.quote}
              </q>
            ) : null}{" "}
            {t("quoteGuide", { section: state.guide.section })}
          </span>
        ) : null}
      </th>
      <Td nowrap>
        <Status kind={early ? "off" : kinds[state.standing]}>{t(`standings.${state.standing}`)}</Status>
        {state.standing === "open" && state.needed && state.key !== "register" ? (
          <span className="t2">
            <Deadline on={sheet.ending.endsOn} now={sheet.now} />
          </span>
        ) : null}
      </Td>
      <Td phone="hide">
        {counted && state.count > 0 ? (
          <span className="block">{t(`counts.${state.key as "placements"}`, { count: state.count })}</span>
        ) : null}
        <Said state={state} sheet={sheet} />
      </Td>
      <Td end nowrap>
        <Act state={state} sheet={sheet} />
      </Td>
    </Tr>
  );
}

/** Why an item stands as it does: the newest mark, what it waits for, or that it follows from data. */
function Said({ state, sheet: { contract, ending, may, now } }: { state: ExitState; sheet: ExitSheet }) {
  const t = useTranslations("dealers.exit");
  const locale = useLocale();
  const mark = newestExitMark(marksOf(contract, ending.id), state.key);
  const paper = mark?.file ? contract.documents.find(({ file }) => file.id === mark.file?.id) : undefined;
  if (state.standing === "waiting" && (state.key === "redirects" || state.key === "register"))
    return t(`waitsFor.${state.key}`, { day: shortDay(ending.endsOn, locale, now) });
  if (!mark) return state.by === "derived" ? <span className="text-fg-3">{t("auto")}</span> : null;
  return (
    <>
      {mark.note ? <span className="block">{mark.note}</span> : null}
      {paper && may.download ? (
        <a href={`/dealers/contracts/${contract.id}/documents/${paper.id}`}>{paper.file.name}</a>
      ) : null}
      <span className="t2">
        {t(`kinds.${mark.kind}`)} · {t("saidBy", { name: mark.by, at: dayAndTime(mark.at, locale, now) })}
      </span>
    </>
  );
}

const places: Partial<Record<ExitState["key"], (contractId: string) => string>> = {
  placements: () => "/placements",
  connections: () => "/dealers/connections",
  reconsignments: (contractId) => `/dealers/contracts/${contractId}`,
};

function Act({ state, sheet }: { state: ExitState; sheet: ExitSheet }) {
  const t = useTranslations("dealers.exit");
  const open = state.standing === "open" && (state.key !== "connections" || sheet.may.connections);
  const place = open ? places[state.key]?.(sheet.contract.id) : undefined;
  return (
    <span className="inline-flex flex-wrap justify-end gap-2">
      {place ? (
        <Link className="btn sm" href={place}>
          {t(`see.${state.key as "placements"}`)}
        </Link>
      ) : null}
      {sheet.may.mark && (state.by === "marked" || (state.mayNotApply && state.standing !== "done")) ? (
        <ExitItemDialog state={state} sheet={sheet} />
      ) : null}
    </span>
  );
}

/** Marks of the end that stands. */
export function marksOf(contract: Pick<ContractView, "exitMarks">, endingId: string): ContractView["exitMarks"] {
  return contract.exitMarks.filter((mark) => mark.endingId === endingId);
}
