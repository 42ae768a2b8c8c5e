// Periods as Korean texts say them, and as they are found in texts. Pure.
import { lastDay, type Period } from "@/lib/retention/rules/period";

const units = { days: "일", months: "개월", years: "년" } as const;

/** 1년, 6개월, 90일. */
export function periodText({ count, unit }: Period): string {
  return `${count}${units[unit]}`;
}

const spoken: Readonly<Record<string, number>> = {
  ...{ 한: 1, 두: 2, 세: 3, 네: 4, 다섯: 5, 여섯: 6, 일곱: 7, 여덟: 8, 아홉: 9, 열: 10 },
  ...{ 일: 1, 이: 2, 삼: 3, 사: 4, 오: 5, 육: 6, 칠: 7, 팔: 8, 구: 9, 십: 10 },
};
const period =
  /(?:(?<![\d.:-])(\d{1,4})\s?(년|개월|달|주일|주|일)|(?<![가-힣])(한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|일|이|삼|사|오|육|칠|팔|구|십)\s?(년|개월|달))(?=간|$|[^가-힣]|[이가은는을를의에로과와동까부후보저입인])/gu;

export type FoundPeriod = { words: string; period: Period };

/** Periods that a text names, in their order. Dates (2026년 3월 1일) are none. */
export function periodsIn(text: string): FoundPeriod[] {
  const plain = text
    .normalize("NFC")
    .replace(/\d{4}\s?년\s?\d{1,2}\s?월(\s?\d{1,2}\s?일)?/g, (date) => " ".repeat(date.length));
  return [...plain.matchAll(period)].flatMap((found): FoundPeriod[] => {
    const words = found[0];
    const unit = found[2] ?? found[4] ?? "";
    const count = found[1] === undefined ? (spoken[found[3] ?? ""] ?? 0) : Number(found[1]);
    if (count === 0) return [];
    if (unit === "년") return [{ words, period: { count, unit: "years" } }];
    if (unit === "개월" || unit === "달") return [{ words, period: { count, unit: "months" } }];
    return [{ words, period: { count: unit === "일" ? count : count * 7, unit: "days" } }];
  });
}

/** Whether two periods always end on the same day: 12개월 and 1년 do, 30일 and 1개월 do not. */
export function samePeriod(one: Period, other: Period): boolean {
  const months = ({ count, unit }: Period) => (unit === "years" ? count * 12 : count);
  return (one.unit === "days") === (other.unit === "days") && months(one) === months(other);
}

/** The longer of two periods, reckoned from a day whose months are of ordinary length. */
export function longerPeriod(one: Period, other: Period): Period {
  const from = "2025-03-01";
  return lastDay(from, other) > lastDay(from, one) ? other : one;
}
