// What stands in a consultation and is hidden until somebody asks for it with a reason. Pure. Names and addresses are not recognized.
import type { Json } from "../schema";
import { type Flat, flatten } from "./flat-text";

export const maskKinds = ["mail", "resident", "licence", "card", "phone", "passport", "account", "order"] as const;
export type MaskKind = (typeof maskKinds)[number];

/** A stretch of a text: as it is, or what is shown in its place. What was hidden is not in it. */
export type Piece = { text: string; kind: MaskKind | null };

/** What may stand between the digits of one number. */
const s = "[ ./_()-]{0,3}";
const digits = (count: string) => `(?:\\d${s}){${count}}`;
const free = "(?<!\\d)";
const end = "(?!\\d)";

type Pattern = {
  kind: MaskKind;
  find: RegExp;
  is?: (number: string, around: Around) => boolean;
  show: (found: string, number: string) => string;
};
type Around = { found: string; before: string; after: string };

const accountWord = /계좌|은행|뱅크|농협|수협|신협|우체국|새마을|금고|예금주|입금|송금|이체|토스|account|bank/i;
const cardWord = /카드|card/i;
const licenceWord = /면허|licen[cs]e/i;
const regions = "서울|부산|경기|강원|충북|충남|전북|전남|경북|경남|제주|대구|인천|광주|대전|울산";
/** How the digits of a card are grouped: 4-4-4-4, 4-6-5, 8-8, all together, or each alone. */
const cardGroups = /^(?:4,4,4,[1-4]|4,6,[45]|8,8|1[3-6]|1(?:,1){12,15})$/;
const groupsOf = (found: string) =>
  found
    .split(/\D+/)
    .filter(Boolean)
    .map((group) => group.length)
    .join(",");
const date = /^(?:19|20)\d\d[ ./-]+\d{1,2}[ ./-]+\d{1,2}(?!\d)/;
const stars = (count: number) => "*".repeat(count);

/** Tried in this order: the first that fits a stretch has it. */
const patterns: readonly Pattern[] = [
  {
    kind: "mail",
    find: /[\p{L}\p{N}._%+-]{1,64} ?@ ?[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8}?(?: ?\. ?(?:com|net|org|io|me|kr|example)\b|\.[A-Za-z]{2,})/giu,
    show: (found) => `${[...found][0] ?? ""}***@${found.slice(found.indexOf("@") + 1).replaceAll(" ", "")}`,
  },
  // 주민등록번호 and 외국인등록번호 (시행령 제19조): the date and the first digit after it must be possible; newer ones have no check digit.
  {
    kind: "resident",
    find: new RegExp(`(?<![\\d+])${digits("6")}[0-9](?:${s}\\d){6}${end}`, "g"),
    is: (number) => isBirth(number.slice(0, 6)),
    show: () => `${stars(6)}-${stars(7)}`,
  },
  {
    kind: "phone",
    find: new RegExp(
      `(?<![\\d+])(?:\\+?${digits("0,2")}8${s}2${s}0?|0)${s}1${s}[016789]${s}${digits("6,7")}\\d${end}`,
      "g",
    ),
    is: (number) => /^(?:(?:00)?820?|0)1[016789]\d{7,8}$/.test(number),
    show: (_, number) => `01${/1([016789])\d{7,8}$/.exec(number)?.[1] ?? "0"}-****-${number.slice(-4)}`,
  },
  {
    kind: "phone",
    find: new RegExp(
      `${free}0${s}(?:2|[3-6]${s}[1-5]|7${s}0|8${s}0|5${s}0${s}[2-8])${s}${digits("6,7")}\\d${end}`,
      "g",
    ),
    show: (_, number) => `${/^0(?:2|50\d|\d\d)/.exec(number)?.[0] ?? "0"}-****-${number.slice(-4)}`,
  },
  {
    kind: "licence",
    find: new RegExp(
      `${free}(?:1[1-9]|2[0-8])-\\d{2}-\\d{6}-\\d{2}${end}|(?:${regions}) ?\\d{2}-\\d{6}-\\d{2}${end}`,
      "g",
    ),
    show: () => `**-**-${stars(6)}-**`,
  },
  {
    kind: "licence",
    find: new RegExp(`${free}(?:1[1-9]|2[0-8])${s}${digits("9")}\\d${end}`, "g"),
    is: (_, { before, after }) => licenceWord.test(before) || licenceWord.test(after),
    show: () => `**-**-${stars(6)}-**`,
  },
  {
    kind: "card",
    find: new RegExp(`${free}${digits("12,15")}\\d${end}`, "g"),
    is: (number, { found, before, after }) =>
      cardGroups.test(groupsOf(found)) &&
      (passesLuhn(number) || (number.length >= 15 && (cardWord.test(before) || cardWord.test(after)))),
    show: () => "****-****-****-****",
  },
  {
    kind: "passport",
    find: /(?<![A-Za-z0-9])[MSRODG] ?\d{3} ?(?:[A-Z] ?\d{4}|\d ?\d{4})(?![A-Za-z0-9])|(?<=여권[^0-9]{0,10})[A-Z]{2}\d{7}(?!\d)/gi,
    show: (found) => `${found.slice(0, 1)}${stars(8)}`,
  },
  // Three groups or more, as banks print them; with a word of banks nearby in any writing.
  {
    kind: "account",
    find: new RegExp(`${free}\\d{2,6}-\\d{2,6}-\\d{2,8}(?:-\\d{1,3})?${end}`, "g"),
    is: (number) => number.length >= 10 && number.length <= 14,
    show: (_, number) => `${stars(number.length - 4)}${number.slice(-4)}`,
  },
  {
    kind: "account",
    find: new RegExp(`${free}${digits("9,13")}\\d${end}`, "g"),
    is: (_, { found, before, after }) => !date.test(found) && (accountWord.test(before) || accountWord.test(after)),
    show: (_, number) => `${stars(number.length - 4)}${number.slice(-4)}`,
  },
  {
    kind: "order",
    find: /(?<=주문 ?번호[은는이가]? ?[:#]? ?)(?=[A-Za-z0-9-]*\d{4})[A-Za-z0-9-]{8,30}/g,
    show: (found) => `${found.slice(0, 4)}****${found.slice(-2)}`,
  },
];

/** How far a word that names a number may stand from it, in characters. */
const reach = { before: 24, after: 12 };

type Found = { from: number; to: number; kind: MaskKind; shown: string };

/** The stretches of a text, with what is personal replaced. Widths, spaces, dots and composed letters make no difference. */
export function maskPieces(text: string): Piece[] {
  const flat = flatten(text);
  const found: Found[] = [];
  for (const pattern of patterns) for (const one of matches(flat, pattern)) if (!overlaps(found, one)) found.push(one);
  found.sort((a, b) => a.from - b.from);
  const pieces: Piece[] = [];
  let at = 0;
  for (const { from, to, kind, shown } of found) {
    if (from > at) pieces.push({ text: flat.source.slice(at, from), kind: null });
    pieces.push({ text: shown, kind });
    at = to;
  }
  if (at < flat.source.length) pieces.push({ text: flat.source.slice(at), kind: null });
  return pieces;
}

/** A text with what is personal replaced. */
export function maskText(text: string): string {
  return maskPieces(text)
    .map((piece) => piece.text)
    .join("");
}

/** Every text within a JSON value masked, numbers that read as one too; names of fields stay. */
export function maskJson(value: Json): Json {
  if (typeof value === "string") return maskText(value);
  if (typeof value === "number") return maskText(String(value)) === String(value) ? value : maskText(String(value));
  if (Array.isArray(value)) return value.map(maskJson);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskJson(inner)]));
}

function* matches({ text, source, starts, ends }: Flat, { kind, find, is, show }: Pattern): Generator<Found> {
  for (const match of text.matchAll(find)) {
    const whole = match[0].replace(/[ ./_()-]+$/, "");
    const [first, last] = [match.index, match.index + whole.length];
    const number = whole.replace(/\D/g, "");
    const around = {
      found: whole,
      before: text.slice(Math.max(0, first - reach.before), first),
      after: text.slice(last, last + reach.after),
    };
    if (is && !is(number, around)) continue;
    yield { from: starts[first] ?? 0, to: ends[last - 1] ?? source.length, kind, shown: show(whole, number) };
  }
}

function overlaps(found: readonly Found[], { from, to }: Found): boolean {
  return found.some((other) => from < other.to && other.from < to);
}

function isBirth(date: string): boolean {
  const [month, day] = [Number(date.slice(2, 4)), Number(date.slice(4, 6))];
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/** ISO/IEC 7812-1 check digit. */
function passesLuhn(number: string): boolean {
  let sum = 0;
  for (let at = 0; at < number.length; at += 1) {
    const digit = Number(number[number.length - 1 - at]);
    const twice = at % 2 === 1 ? digit * 2 : digit;
    sum += twice > 9 ? twice - 9 : twice;
  }
  return sum > 0 && sum % 10 === 0;
}
