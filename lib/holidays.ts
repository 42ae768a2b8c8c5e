// Public holidays in Korea as dated data, and business days reckoned with them. Pure.
import { addDays, type Day, weekday } from "./clock";

/** `substitute` is 대체공휴일; `temporary` what the government declared for one day; `election` by 공직선거법 제34조. */
export type HolidayKind = "holiday" | "substitute" | "temporary" | "election";
export type Holiday = { on: Day; name: string; kind: HolidayKind };

/** Where the days come from and when they were last compared with it. */
export const holidaySource = {
  law: "공휴일에 관한 법률, 관공서의 공휴일에 관한 규정 제2조·제3조",
  almanac: "월력요항 2024–2027 (우주항공청·한국천문연구원)",
  checkedOn: "2026-11-22",
} as const;

/** First and last year of the data. Outside of them only Saturdays and Sundays are known. */
export const holidayYears = { first: 2024, last: 2030 } as const;

/** Later years are reckoned from the rules: no almanac has named them, and a temporary holiday may still be declared. */
export const lastAnnouncedYear = 2027;

/**
 * Sure: 2024–2027 as announced, with 노동절 (1 May) and 제헌절 (17 July), public holidays again since 2026 by the changes of the Act of 2026.
 * Reckoned by us: 2028–2030, with the lunar days of 한국천문연구원 and election days by 공직선거법 제34조 (2030-06-05 lies beside 현충일: a week later).
 * Not a public holiday before 2026: 1 May. Substitutes: 설날 and 추석 for a Sunday or another holiday, the others also for a Saturday; none for 1월 1일 and 현충일.
 */
const table: Readonly<Record<number, string>> = {
  2024: `01-01 1월 1일 | 02-09 설날 전날 | 02-10 설날 | 02-11 설날 다음 날 | 02-12 =설날 | 03-01 3·1절 | 04-10 *국회의원선거일 | 05-05 어린이날 |
    05-06 =어린이날 | 05-15 부처님오신날 | 06-06 현충일 | 08-15 광복절 | 09-16 추석 전날 | 09-17 추석 | 09-18 추석 다음 날 | 10-01 !국군의 날 |
    10-03 개천절 | 10-09 한글날 | 12-25 기독탄신일`,
  2025: `01-01 1월 1일 | 01-27 ! | 01-28 설날 전날 | 01-29 설날 | 01-30 설날 다음 날 | 03-01 3·1절 | 03-03 =3·1절 | 05-05 어린이날 |
    05-05 부처님오신날 | 05-06 =부처님오신날 | 06-03 !대통령선거일 | 06-06 현충일 | 08-15 광복절 | 10-03 개천절 | 10-05 추석 전날 | 10-06 추석 |
    10-07 추석 다음 날 | 10-08 =추석 | 10-09 한글날 | 12-25 기독탄신일`,
  2026: `01-01 1월 1일 | 02-16 설날 전날 | 02-17 설날 | 02-18 설날 다음 날 | 03-01 3·1절 | 03-02 =3·1절 | 05-01 노동절 | 05-05 어린이날 |
    05-24 부처님오신날 | 05-25 =부처님오신날 | 06-03 *전국동시지방선거일 | 06-06 현충일 | 07-17 제헌절 | 08-15 광복절 | 08-17 =광복절 |
    09-24 추석 전날 | 09-25 추석 | 09-26 추석 다음 날 | 10-03 개천절 | 10-05 =개천절 | 10-09 한글날 | 12-25 기독탄신일`,
  2027: `01-01 1월 1일 | 02-06 설날 전날 | 02-07 설날 | 02-08 설날 다음 날 | 02-09 =설날 | 03-01 3·1절 | 05-01 노동절 | 05-03 =노동절 |
    05-05 어린이날 | 05-13 부처님오신날 | 06-06 현충일 | 07-17 제헌절 | 07-19 =제헌절 | 08-15 광복절 | 08-16 =광복절 | 09-14 추석 전날 |
    09-15 추석 | 09-16 추석 다음 날 | 10-03 개천절 | 10-04 =개천절 | 10-09 한글날 | 10-11 =한글날 | 12-25 기독탄신일 | 12-27 =기독탄신일`,
  2028: `01-01 1월 1일 | 01-26 설날 전날 | 01-27 설날 | 01-28 설날 다음 날 | 03-01 3·1절 | 04-12 *국회의원선거일 | 05-01 노동절 | 05-02 부처님오신날 |
    05-05 어린이날 | 06-06 현충일 | 07-17 제헌절 | 08-15 광복절 | 10-02 추석 전날 | 10-03 추석 | 10-03 개천절 | 10-04 추석 다음 날 | 10-05 =추석 |
    10-09 한글날 | 12-25 기독탄신일`,
  2029: `01-01 1월 1일 | 02-12 설날 전날 | 02-13 설날 | 02-14 설날 다음 날 | 03-01 3·1절 | 05-01 노동절 | 05-05 어린이날 | 05-07 =어린이날 |
    05-20 부처님오신날 | 05-21 =부처님오신날 | 06-06 현충일 | 07-17 제헌절 | 08-15 광복절 | 09-21 추석 전날 | 09-22 추석 | 09-23 추석 다음 날 |
    09-24 =추석 | 10-03 개천절 | 10-09 한글날 | 12-25 기독탄신일`,
  2030: `01-01 1월 1일 | 02-02 설날 전날 | 02-03 설날 | 02-04 설날 다음 날 | 02-05 =설날 | 03-01 3·1절 | 03-27 *대통령선거일 | 05-01 노동절 |
    05-05 어린이날 | 05-06 =어린이날 | 05-09 부처님오신날 | 06-06 현충일 | 06-12 *전국동시지방선거일 | 07-17 제헌절 | 08-15 광복절 |
    09-11 추석 전날 | 09-12 추석 | 09-13 추석 다음 날 | 10-03 개천절 | 10-09 한글날 | 12-25 기독탄신일`,
};

/** Every public holiday of the data, in order. Sundays are holidays by themselves and stand in no list. */
export const holidays: readonly Holiday[] = Object.entries(table).flatMap(([year, line]) =>
  line.split("|").map((entry) => holidayOf(`${year}-${entry.trim().slice(0, 5)}`, entry.trim().slice(6))),
);

const byDay = new Map<Day, Holiday[]>();
for (const holiday of holidays) byDay.set(holiday.on, [...(byDay.get(holiday.on) ?? []), holiday]);

/** Names of a day's public holidays, in Korean; none on an ordinary day or outside of the known years. */
export function holidayNames(day: Day): string[] {
  return (byDay.get(day) ?? []).map(({ name }) => name);
}

/** Whether the holidays of a day's year are known at all. */
export function holidaysKnown(day: Day): boolean {
  const year = Number(day.slice(0, 4));
  return year >= holidayYears.first && year <= holidayYears.last;
}

/** Neither Saturday, Sunday nor public holiday. Outside of the known years: neither Saturday nor Sunday. */
export function isBusinessDay(day: Day): boolean {
  return weekday(day) % 6 !== 0 && !byDay.has(day);
}

/**
 * The business day `count` business days before a day; with 0 the day itself, or the last business day before it.
 * Days are counted from `day` backwards, and `day` itself is not counted.
 */
export function previousBusinessDay(day: Day, count: number): Day {
  let at = day;
  if (count === 0) while (!isBusinessDay(at)) at = addDays(at, -1);
  for (let left = count; left > 0; left -= 1) {
    do at = addDays(at, -1);
    while (!isBusinessDay(at));
  }
  return at;
}

/** `=` a substitute, `!` declared for once, `*` an election day. */
function holidayOf(on: Day, text: string): Holiday {
  const rest = text.slice(1);
  switch (text[0]) {
    case "=":
      return { on, name: `대체공휴일(${rest})`, kind: "substitute" };
    case "!":
      return { on, name: rest ? `임시공휴일(${rest})` : "임시공휴일", kind: "temporary" };
    case "*":
      return { on, name: rest, kind: "election" };
    default:
      return { on, name: text, kind: "holiday" };
  }
}
