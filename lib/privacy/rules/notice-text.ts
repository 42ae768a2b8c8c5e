// The first automatic notice (system message ST) as its author writes it: text with variables. Pure.
import { particle, particleForms } from "@/lib/josa";
import { sentText } from "@/lib/templates/rules/counting";

/** Guide 1-2: a text message; the ST message is one (field-facts 1.5). */
export const noticeLimit = 1000;

type VariableRule = {
  /** As it stands in the text: #{보유기간}. */
  name: string;
  /** Decided elsewhere (policy, contract): nobody types it. */
  locked: boolean;
  /** The longest value that it can take, to see that the text still fits then. */
  longest: string;
};

const wide = (count: number) => "가".repeat(count);

export const noticeVariables = {
  company: { name: "회사명", locked: false, longest: wide(40) },
  channel: { name: "채널명", locked: false, longest: wide(20) },
  hours: { name: "상담시간", locked: false, longest: wide(60) },
  period: { name: "보유기간", locked: true, longest: "999개월" },
  exceptions: { name: "예외보유", locked: true, longest: wide(120) },
  consignee: { name: "수탁자", locked: true, longest: wide(40) },
  subConsignee: { name: "재수탁자", locked: true, longest: wide(40) },
  contact: { name: "문의처", locked: false, longest: wide(60) },
  policyPage: { name: "처리방침", locked: false, longest: wide(120) },
} as const satisfies Record<string, VariableRule>;

export type NoticeVariable = keyof typeof noticeVariables;
export const noticeVariableKeys = Object.keys(noticeVariables) as NoticeVariable[];
/** Null: it has no value today (no policy in force, no contract, nothing typed). */
export type NoticeValues = Readonly<Record<NoticeVariable, string | null>>;

export type NoticeSegment =
  | { kind: "text"; text: string }
  | { kind: "variable"; name: string; key: NoticeVariable | null };

const slot = /#\{([^{}\n]{0,30})\}/g;

/** The text in pieces. A name that is no variable of ours has no key. */
export function noticeSegments(source: string): NoticeSegment[] {
  const text = sentText(source);
  const segments: NoticeSegment[] = [];
  let end = 0;
  for (const found of text.matchAll(slot)) {
    if (found.index > end) segments.push({ kind: "text", text: text.slice(end, found.index) });
    const name = (found[1] ?? "").trim();
    segments.push({
      kind: "variable",
      name,
      key: noticeVariableKeys.find((key) => noticeVariables[key].name === name) ?? null,
    });
    end = found.index + found[0].length;
  }
  if (end < text.length) segments.push({ kind: "text", text: text.slice(end) });
  return segments;
}

/**
 * The text as it is sent with these values. A particle written as 은(는), 이(가), 을(를), 과(와), (으)로 behind a variable follows its value.
 * What has no value, and what is no variable, stays as it was written.
 */
export function renderNotice(source: string, values: NoticeValues): string {
  let sent = "";
  let filled = false;
  for (const segment of noticeSegments(source)) {
    if (segment.kind === "variable") {
      const value = segment.key === null ? null : values[segment.key];
      sent += value ?? `#{${segment.name}}`;
      filled = value !== null;
      continue;
    }
    const form = filled ? particleForms.find((one) => segment.text.startsWith(one)) : undefined;
    sent += form ? particle(sent, form) + segment.text.slice(form.length) : segment.text;
    filled = false;
  }
  return sentText(sent);
}

/** The text with every variable at its longest. */
export function longestNotice(source: string): string {
  const values = Object.fromEntries(noticeVariableKeys.map((key) => [key, noticeVariables[key].longest]));
  return renderNotice(source, values as Record<NoticeVariable, string>);
}

/** Variables in the text that we do not know, and those that have no value: neither may be sent. */
export function openVariables(source: string, values: NoticeValues): { unknown: string[]; empty: NoticeVariable[] } {
  const used = noticeSegments(source).filter((segment) => segment.kind === "variable");
  const keys = new Set(used.flatMap(({ key }) => (key === null ? [] : [key])));
  return {
    unknown: [...new Set(used.flatMap(({ key, name }) => (key === null ? [name] : [])))],
    empty: [...keys].filter((key) => !values[key]),
  };
}
