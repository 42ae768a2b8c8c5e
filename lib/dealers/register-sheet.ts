// The final register (종료 대장) of a contract: what was agreed, approved, covered, kept, ended and done, by whom and when.
import { createHash } from "node:crypto";
import { fullDay, fullTime } from "@/lib/clock";
import type { CsvCell } from "@/lib/csv";
import type { Locale } from "@/lib/locale";
import { sentence } from "@/lib/messages";
import { dealerBySlug } from "./directory";
import { clauseRules } from "./rules/clauses";
import type { ContractView } from "./rules/contract-view";
import { newestExitMark } from "./rules/exit";
import type { ExitView } from "./rules/exit-view";

export type RegisterSection = { title: string; rows: readonly (readonly [name: string, value: string])[] };

export type RegisterSheet = {
  number: string;
  title: string;
  /** Who made it and when, one line. */
  made: string;
  madeAt: Date;
  company: string;
  sections: RegisterSection[];
  /** SHA-256 (hex) of what the sections say; printed at the foot and recorded. */
  digest: string;
};

type Maker = { company: string; by: string; at: Date };

/** @param maker who asks for it, and for which company */
export function registerSheet(contract: ContractView, exit: ExitView, maker: Maker, locale: Locale): RegisterSheet {
  const say = (key: string, values?: Record<string, string | number>) =>
    sentence(`dealers.exit.register.${key}`, locale, values);
  const day = (on: string | null) => (on === null ? say("none") : fullDay(on, locale));
  const at = (when: Date) => fullTime(when, locale, true);
  const parts = { contract, exit, say, day, at, locale };
  const sections = [
    partiesSection(parts),
    approvalsSection(parts),
    clausesSection(parts),
    channelsSection(parts),
    documentsSection(parts),
    reconsignmentsSection(parts),
    supervisionsSection(parts),
    endingsSection(parts),
    itemsSection(parts),
  ].map((section) => (section.rows.length > 0 ? section : { ...section, rows: [["–", say("none")] as const] }));
  return {
    number: contract.number,
    title: say("title", { number: contract.number }),
    made: say("made", { company: maker.company, name: maker.by, at: at(maker.at) }),
    madeAt: maker.at,
    company: maker.company,
    sections,
    digest: createHash("sha256").update(JSON.stringify(sections)).digest("hex"),
  };
}

type Parts = {
  contract: ContractView;
  exit: ExitView;
  say: (key: string, values?: Record<string, string | number>) => string;
  day: (on: string | null) => string;
  at: (when: Date) => string;
  locale: Locale;
};

const lines = (...parts: (string | null | false)[]) => parts.filter(Boolean).join("\n");

function partiesSection({ contract, say, day }: Parts): RegisterSection {
  const kinds = [contract.service && say("service"), contract.consignment && say("consignment")].filter(Boolean);
  return {
    title: say("parties"),
    rows: [
      [say("number"), contract.number],
      [say("name"), contract.title],
      [say("kind"), kinds.join(", ")],
      [say("dealer"), `${contract.dealerName} ${contract.dealerPhone}`.trim()],
      [say("consignor"), contract.consignor],
      [say("consignee"), contract.consignee],
      [say("subConsignee"), contract.subConsignee || say("none")],
      [say("retention"), contract.retention || say("none")],
      [say("signedOn"), day(contract.signedOn)],
      [say("term"), `${day(contract.startsOn)} – ${day(contract.endsOn)}`],
      [say("renewal"), say(`renewals.${contract.renewal}`, { count: contract.renewalMonths ?? 0 })],
      [say("lastDay"), day(contract.endedOn)],
    ],
  };
}

function approvalsSection({ contract, say, at }: Parts): RegisterSection {
  return {
    title: say("approvals"),
    rows: [...contract.steps]
      .reverse()
      .map((step) => [
        `${say(`steps.${step.kind}`)} v${step.number}`,
        lines(say("byAt", { name: step.by, at: at(step.at) }), `SHA-256 ${step.hash}`, step.note),
      ]),
  };
}

function clausesSection({ contract, say }: Parts): RegisterSection {
  return {
    title: say("clauses"),
    rows: clauseRules
      .filter((rule) => rule.needed)
      .map((rule) => {
        const said = contract.clauses.find(({ clause }) => clause === rule.key);
        const place = said && [said.place, said.page && `p.${said.page}`].filter(Boolean).join(", ");
        const value = said ? lines(say(`verdicts.${said.verdict}`), place || null, said.note) : say("unjudged");
        return [`${rule.number}. ${rule.text} (${rule.article})`, value];
      }),
  };
}

function channelsSection({ contract, exit, say, day }: Parts): RegisterSection {
  return {
    title: say("channels"),
    rows: contract.channels.map((channel) => {
      const now = exit.channels.find(({ id }) => id === channel.id);
      return [
        `${channel.name} @${channel.searchId}`,
        lines(
          say("covered", { from: day(channel.fromOn), until: day(channel.untilOn) }),
          exit.standing !== null &&
            now !== undefined &&
            say(now.staysBy ? "staysBy" : "endsWith", { number: now.staysBy?.number ?? "" }),
          now !== undefined && say("left", { placements: now.placements, connections: now.connections }),
          channel.dealer !== null &&
            channel.dealer !== contract.dealer &&
            say("dealerNow", { dealer: dealerBySlug(channel.dealer)?.name ?? channel.dealer }),
        ),
      ];
    }),
  };
}

function documentsSection({ contract, say, day, at }: Parts): RegisterSection {
  return {
    title: say("documents"),
    rows: contract.documents.map((paper) => [
      lines(say(`papers.${paper.kind}`), paper.edition > 1 && say("edition", { number: paper.edition })),
      lines(
        say("file", { name: paper.file.name, bytes: paper.file.bytes }),
        `SHA-256 ${paper.file.sha256}`,
        paper.signedOn !== null && say("signed", { day: day(paper.signedOn) }),
        say("byAt", { name: paper.by, at: at(paper.at) }),
      ),
    ]),
  };
}

function reconsignmentsSection({ contract, say, day }: Parts): RegisterSection {
  return {
    title: say("reconsignments"),
    rows: contract.reconsignments.map((one) => [
      one.channelName,
      lines(
        `${one.consignor} → ${one.consignee} → ${one.subConsignee}`,
        say("approvedBy", {
          name: [one.approverName, one.approverTitle].filter(Boolean).join(" "),
          day: day(one.approvedOn),
        }),
        say("valid", { from: day(one.validFrom), until: day(one.validUntil) }),
        one.withdrawnOn !== null && say("withdrawn", { day: day(one.withdrawnOn), name: one.withdrawnBy ?? "" }),
        one.file !== null && `SHA-256 ${one.file.sha256}`,
      ),
    ]),
  };
}

function supervisionsSection({ contract, say, day }: Parts): RegisterSection {
  return {
    title: say("supervisions"),
    rows: contract.supervisions.map((one) => [
      `${say(one.kind)} ${day(one.heldOn)}`,
      lines(one.subject, one.result, one.file !== null && `SHA-256 ${one.file.sha256}`),
    ]),
  };
}

function endingsSection({ contract, say, day, at }: Parts): RegisterSection {
  return {
    title: say("endings"),
    rows: [...contract.endings]
      .reverse()
      .map((one) => [
        say(`turns.${one.kind}`),
        lines(
          one.endsOn !== null && say("lastDayOf", { day: day(one.endsOn) }),
          say("askedBy", { name: one.by, at: at(one.at) }),
          one.reason,
          one.outcome !== null && one.closedAt !== null
            ? say(`outcomes.${one.outcome}`, { name: one.closedBy ?? "", at: at(one.closedAt) })
            : say("unanswered"),
          one.note,
        ),
      ]),
  };
}

function itemsSection({ contract, exit, say, at, locale }: Parts): RegisterSection {
  return {
    title: say("items"),
    rows: (exit.states ?? [])
      .filter(({ key }) => key !== "register")
      .map((state) => {
        const mark = newestExitMark(
          contract.exitMarks.filter((one) => one.endingId === exit.standing?.id),
          state.key,
        );
        return [
          sentence(`dealers.exit.items.${state.key}`, locale),
          lines(
            sentence(`dealers.exit.standings.${state.standing}`, locale),
            state.count > 0 &&
              state.standing === "open" &&
              sentence(`dealers.exit.counts.${state.key}`, locale, { count: state.count }),
            mark !== null && say("byAt", { name: mark.by, at: at(mark.at) }),
            mark?.note ?? null,
            mark?.file ? `${mark.file.name}\nSHA-256 ${mark.file.sha256}` : null,
          ),
        ];
      }),
  };
}

/** The sheet for spreadsheets: part, name, value; the digest last. */
export function registerRows(sheet: RegisterSheet): CsvCell[][] {
  return [
    ...sheet.sections.flatMap(({ title, rows }) => rows.map(([name, value]) => [title, name, value])),
    [sheet.title, sheet.made, `SHA-256 ${sheet.digest}`],
  ];
}

/** Heads of the three columns. */
export function registerHead(locale: Locale): string[] {
  return ["part", "name", "value"].map((one) => sentence(`dealers.exit.register.head.${one}`, locale));
}
