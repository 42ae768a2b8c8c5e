// Consent to collecting and using personal data in a chat (개인정보 보호법 제15조, 제17조, 제22조, 제22조의2; guide 3-1). Pure; our reading.
import { createHash } from "node:crypto";
import { Refused } from "@/lib/errors";
import type { Period } from "@/lib/retention/rules/period";
import { sentText, textLength } from "@/lib/templates/rules/counting";
import { periodText } from "./period-words";

export const consentKinds = ["collection", "provision", "sensitive", "unique-id", "marketing"] as const;
/** Each is asked apart from the others (제22조 제1항). */
export type ConsentKind = (typeof consentKinds)[number];
export const consentWays = ["button", "chat", "web", "phone", "paper"] as const;
export type ConsentWay = (typeof consentWays)[number];

/** A text message of Consult Talk (guide 1-2) and the label of its buttons (dealers). */
export const consentLimit = 1000;

export type ConsentTarget = { number: number; name: string; kind: ConsentKind; channelId: string | null };
/** What a version says: the items of 제15조 제2항, and of 제17조 제2항 for a provision. */
export type ConsentWords = {
  purpose: string;
  items: readonly string[];
  refusal: string;
  /** policy: that of the retention policy in force; own: `count` and `unit`. */
  periodOf: "policy" | "own";
  count: number | null;
  unit: Period["unit"] | null;
  recipient: string;
  optional: boolean;
  minors: "refuse" | "guardian";
};

type VersionRow = Omit<ConsentWords, "periodOf" | "unit" | "minors"> & {
  periodOf: string;
  unit: string | null;
  minors: string;
};

/** A version's row as what it says. */
export function consentWords(row: VersionRow): ConsentWords {
  const { purpose, items, refusal, count, recipient, optional } = row;
  return {
    ...{ purpose, items, refusal, count, recipient, optional },
    periodOf: row.periodOf as ConsentWords["periodOf"],
    unit: row.unit as ConsentWords["unit"],
    minors: row.minors as ConsentWords["minors"],
  };
}

/** CF-01 */
export function consentCode(number: number): string {
  return `CF-${String(number).padStart(2, "0")}`;
}

/** Canonical JSON of what is approved. */
export function consentText(target: ConsentTarget, words: ConsentWords): string {
  const { number, name, kind, channelId } = target;
  const { purpose, items, refusal, periodOf, count, unit, recipient, optional, minors } = words;
  return JSON.stringify({
    ...{ number, name, kind, channelId, purpose, items: [...items], refusal, periodOf, count, unit },
    ...{ recipient, optional, minors },
  });
}

/** Hex SHA-256 of the canonical text. */
export function consentHash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

const titles = {
  collection: "개인정보 수집·이용 동의",
  provision: "개인정보 제3자 제공 동의",
  sensitive: "민감정보 처리 동의",
  "unique-id": "고유식별정보 처리 동의",
  marketing: "홍보·마케팅 목적 개인정보 이용 동의",
} as const satisfies Record<ConsentKind, string>;

/** What the user answers with: two buttons of the message. */
export const consentButtons = ["동의합니다", "동의하지 않습니다"] as const;

/**
 * The message by which consent is asked.
 * @param period that of the policy in force, where the form follows it; null: none is
 */
export function consentMessage(kind: ConsentKind, words: ConsentWords, period: Period | null): string {
  const kept = words.periodOf === "own" ? ownPeriod(words) : period;
  const lines = [
    `[${titles[kind]}${words.optional ? " (선택)" : " (필수)"}]`,
    ...(kind === "provision" ? [`· 제공받는 자: ${words.recipient}`] : []),
    `· 목적: ${words.purpose}`,
    `· 항목: ${words.items.join(", ")}`,
    `· 보유 및 이용 기간: ${kept ? periodText(kept) : "#{보유기간}"}`,
    `· 동의를 거부할 권리가 있습니다. ${words.refusal}`,
    words.minors === "refuse"
      ? "· 만 14세 미만이면 동의하실 수 없습니다. 법정대리인께서 문의해 주십시오."
      : "· 만 14세 미만이면 법정대리인의 동의가 필요하며, 따로 확인합니다.",
    "동의 여부를 아래에서 골라 주십시오.",
  ];
  return sentText(lines.join("\n"));
}

/** The period that a version says by itself; null where it follows the policy. */
export function ownPeriod({ periodOf, count, unit }: ConsentWords): Period | null {
  return periodOf === "own" && count !== null && unit !== null ? { count, unit } : null;
}

/** Words that belong to a consent of their own (제23조, 제24조, 제24조의2, 제22조 제1항). */
const apart: readonly { words: RegExp; kind: ConsentKind | "never"; key: string }[] = [
  { words: /주민\s?(등록)?\s?번호/, kind: "never", key: "resident" },
  { words: /여권\s?번호|운전\s?면허\s?(번호)?|외국인\s?등록\s?번호/, kind: "unique-id", key: "uniqueId" },
  {
    words: /건강|병력|질병|장애|종교|사상|신념|정당|노동조합|성생활|유전|범죄\s?경력|지문|얼굴\s?인식/,
    kind: "sensitive",
    key: "sensitive",
  },
];
const advertising = /광고|마케팅|홍보|판촉|이벤트 안내/;

/**
 * What keeps a form from being approved.
 * @param period that of the policy in force for its channel
 * @throws Refused beside the field that does not fit
 */
export function assertConsentFits(kind: ConsentKind, words: ConsentWords, period: Period | null): void {
  const { purpose, items, periodOf, recipient, optional } = words;
  if (items.length === 0) throw new Refused("privacy.consents.refused.noItems", "items");
  for (const one of apart) {
    const item = items.find((name) => one.words.test(name));
    if (item && one.kind !== kind) throw new Refused(`privacy.consents.refused.${one.key}`, "items", { item });
  }
  if (kind === "marketing" && !optional) throw new Refused("privacy.consents.refused.marketingOptional", "optional");
  if (kind !== "marketing" && advertising.test(purpose))
    throw new Refused("privacy.consents.refused.marketing", "purpose");
  if (kind === "provision" && recipient.trim() === "")
    throw new Refused("privacy.consents.refused.noRecipient", "recipient");
  if (periodOf === "own" && !ownPeriod(words)) throw new Refused("privacy.consents.refused.noPeriod", "count");
  if (periodOf === "policy" && period === null) throw new Refused("privacy.consents.refused.noPolicy", "periodOf");
  const length = textLength(consentMessage(kind, words, period));
  if (length > consentLimit)
    throw new Refused("privacy.consents.refused.long", "items", { length, limit: consentLimit });
}

export type ConsentStepFact = {
  kind: string;
  number: number;
  hash: string;
  personId: string;
  at: Date;
  /** The message as it read then, with the period of that day; null where the step shows none. */
  sent: string | null;
};
export const consentStates = ["draft", "submitted", "rejected", "approved"] as const;
export type ConsentState = (typeof consentStates)[number];

/** Where the newest version of a form stands. */
export function consentState(version: number, steps: readonly Omit<ConsentStepFact, "sent">[]): ConsentState {
  const newest = steps
    .filter((step) => step.number === version)
    .reduce<Omit<ConsentStepFact, "sent"> | null>(
      (last, step) => (last === null || step.at >= last.at ? step : last),
      null,
    );
  return consentStates.find((state) => state === newest?.kind && state !== "draft") ?? "draft";
}

/** @throws Refused */
export function assertMaySubmitConsent(state: ConsentState): void {
  if (state !== "draft" && state !== "rejected") throw new Refused("privacy.consents.refused.notDraft");
}

/** Two people (trust.md P-23). @throws Refused */
export function assertMayDecideConsent(
  state: ConsentState,
  people: { authorIds: readonly string[]; submitterId: string | null },
  personId: string,
): void {
  if (state === "approved") throw new Refused("privacy.consents.refused.alreadyApproved");
  if (state !== "submitted") throw new Refused("privacy.consents.refused.notSubmitted");
  if (people.authorIds.includes(personId)) throw new Refused("privacy.consents.refused.author");
  if (people.submitterId === personId) throw new Refused("privacy.consents.refused.submitter");
}

export type ConsentStanding = "given" | "refused" | "withdrawn" | "again";

/**
 * How a user's newest answer to a form stands.
 * @param current number of the version in force: an answer to an older one must be asked for again (제15조 제2항: a changed item is told and consented anew)
 */
export function consentStanding(
  answer: { given: boolean; version: number; withdrawnAt: Date | null },
  current: number | null,
): ConsentStanding {
  if (answer.withdrawnAt) return "withdrawn";
  if (!answer.given) return "refused";
  return current !== null && answer.version < current ? "again" : "given";
}
