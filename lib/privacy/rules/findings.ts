// What says otherwise than what is decided: notices, consents, the published list and the public page, as one list. Pure.
import type { Day } from "@/lib/clock";
import type { Period } from "@/lib/retention/rules/period";
import type { Role } from "@/prisma/generated/enums";
import type { ConsigneeChange, ConsigneeEntry } from "./consignee-list";
import { exceptionText, type NoticePeriods } from "./notice-facts";
import type { NoticeRuleKey } from "./notice-lint";
import type { NoticeFinding } from "./notice-view";
import { periodsIn, periodText, samePeriod } from "./period-words";

/** In the order in which they are mended: what users are told first. */
export const findingPlaces = ["notice", "consent", "consignees", "page"] as const;
export type FindingPlace = (typeof findingPlaces)[number];

export type FindingKind =
  | ("noNotice" | "noticeSays" | "notApplied" | "notVerified" | "consentPeriod" | "noList" | "listDiffers")
  | ("listPeriod" | "approvalOver" | "pagePeriod" | "pageNames" | "pageOld");

export type Finding = {
  id: string;
  place: FindingPlace;
  kind: FindingKind;
  /** Of a notice: the rule that its text breaks. */
  rule?: NoticeRuleKey;
  /** What it is about: a channel, a form, a contract. */
  subject: string;
  values: Record<string, string | number>;
  /** Where it is mended, and who does it. */
  href: string;
  owner: Role;
};

export type ChannelFacts = {
  id: string;
  name: string;
  live: boolean;
  noticeId: string | null;
  findings: readonly NoticeFinding[];
  /** A version that is agreed to and has not been seen in the chat rooms. */
  waiting: { version: number; state: string; days: number } | null;
  periods: NoticePeriods;
  /** The newest reading of the public policy; null: never read. */
  page: { on: Day; certain: boolean; missing: readonly string[]; periods: readonly string[] | null } | null;
  privacyUrl: boolean;
};

/** What a channel's notice and public page say wrong. */
export function channelFindings(channel: ChannelFacts): Finding[] {
  const { id, name, live, noticeId, findings, waiting, periods, page, privacyUrl } = channel;
  const notice = {
    place: "notice",
    subject: name,
    href: `/privacy/notices/${id}`,
    owner: "COMPLIANCE_OFFICER",
  } as const;
  const found: Finding[] = [];
  if (live && noticeId === null) found.push({ ...notice, id: `notice:${id}`, kind: "noNotice", values: {} });
  for (const { version, where, verdict } of findings) {
    found.push({
      ...{ ...notice, id: `notice:${id}:${version}:${verdict.rule}`, kind: "noticeSays", rule: verdict.rule },
      values: { ...verdict.values, version, where, sentence: verdict.sentence ?? "" },
    });
  }
  if (waiting) {
    const kind = waiting.state === "applied" || waiting.state === "differs" ? "notVerified" : "notApplied";
    found.push({ ...notice, id: `waiting:${id}`, kind, values: { version: waiting.version, days: waiting.days } });
  }
  return [...found, ...(live && privacyUrl ? pageFindings(id, name, periods, page) : [])];
}

function pageFindings(
  id: string,
  name: string,
  { main, exceptions }: NoticePeriods,
  page: ChannelFacts["page"],
): Finding[] {
  const place = { place: "page", subject: name, href: `/channels/${id}/checks`, owner: "CLIENT_ADMIN" } as const;
  if (!page) return [{ ...place, id: `page:${id}`, kind: "pageOld", values: { on: "" } }];
  const found: Finding[] = [];
  if (page.certain && page.missing.length > 0) {
    found.push({ ...place, id: `page:${id}:names`, kind: "pageNames", values: { names: page.missing.join(", ") } });
  }
  if (!main) return found;
  const told = page.periods?.flatMap((words) => periodsIn(words)) ?? null;
  const right = told?.some(({ period }) => samePeriod(period, main.period));
  if (told !== null && told.length > 0 && !right) {
    const longer = exceptionText({ main, exceptions });
    found.push({
      ...{ ...place, id: `page:${id}:period`, kind: "pagePeriod" },
      values: {
        expected: periodText(main.period),
        found: told.map(({ words }) => words).join(", "),
        longer: longer ?? "",
      },
    });
  } else if (told === null && page.on < dayOf(main.since)) {
    found.push({ ...place, id: `page:${id}:old`, kind: "pageOld", values: { on: page.on } });
  }
  return found;
}

/** The UTC day is at most a day early: a page read on the day of the change is read again. */
function dayOf(instant: Date): Day {
  return instant.toISOString().slice(0, 10);
}

export type FormFacts = { id: string; code: string; name: string; moved: { sent: string; now: string } | null };

/** Consent forms that name another period than the policy in force. */
export function consentFindings(forms: readonly FormFacts[]): Finding[] {
  return forms.flatMap(({ id, code, name, moved }) =>
    moved
      ? [
          {
            ...{
              id: `consent:${id}`,
              place: "consent" as const,
              kind: "consentPeriod" as const,
              subject: `${code} ${name}`,
            },
            values: { expected: moved.now, found: moved.sent },
            ...{ href: `/privacy/consents/${id}`, owner: "COMPLIANCE_OFFICER" as const },
          },
        ]
      : [],
  );
}

export type ListFacts = {
  newest: { entries: readonly ConsigneeEntry[] } | null;
  generated: readonly ConsigneeEntry[];
  changes: readonly ConsigneeChange[];
  /** Every period that a policy in force names for any channel; empty: none is in force. */
  periods: readonly Period[];
  /** Re-consignments whose approval is over while their contract goes on. */
  over: readonly { contractId: string; number: string; subConsignee: string; on: Day }[];
};

/** What the published list says otherwise than contracts and policies. */
export function listFindings({ newest, generated, changes, periods, over }: ListFacts): Finding[] {
  const place = { place: "consignees", href: "/privacy/consignees", owner: "COMPLIANCE_OFFICER" } as const;
  const found: Finding[] = over.map(({ contractId, number, subConsignee, on }) => ({
    ...{ ...place, id: `over:${contractId}:${subConsignee}`, kind: "approvalOver", subject: number },
    ...{ values: { company: subConsignee, on }, href: `/dealers/contracts/${contractId}/consignees` },
  }));
  if (!newest) {
    if (generated.length === 0) return found;
    return [...found, { ...place, id: "list", kind: "noList", subject: "", values: { count: generated.length } }];
  }
  if (changes.length > 0) {
    found.push({ ...place, id: "list:differs", kind: "listDiffers", subject: "", values: { count: changes.length } });
  }
  for (const { consignee, period } of newest.entries) {
    const named = periodsIn(period);
    const wrong = named.find((one) => !periods.some((known) => samePeriod(known, one.period)));
    if (periods.length === 0 || !wrong) continue;
    const expected = [...new Set(periods.map(periodText))].join(", ");
    found.push({
      ...{ ...place, id: `list:${consignee}`, kind: "listPeriod", subject: consignee },
      values: { expected, found: wrong.words },
    });
  }
  return found;
}

/** By place, in the order in which they are mended. */
export function byPlace(findings: readonly Finding[]): { place: FindingPlace; findings: Finding[] }[] {
  return findingPlaces
    .map((place) => ({ place, findings: findings.filter((one) => one.place === place) }))
    .filter((group) => group.findings.length > 0);
}
