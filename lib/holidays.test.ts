import { describe, expect, it } from "vitest";
import { addDays, type Day, weekday } from "./clock";
import {
  holidayNames,
  holidays,
  holidaysKnown,
  holidayYears,
  isBusinessDay,
  lastAnnouncedYear,
  previousBusinessDay,
} from "./holidays";

const years = Array.from({ length: holidayYears.last - holidayYears.first + 1 }, (_, at) => holidayYears.first + at);
const daysOf = (year: number) =>
  Array.from({ length: 366 }, (_, at) => addDays(`${year}-01-01`, at)).filter((day) => day.startsWith(`${year}`));
const named = (name: string) => holidays.filter((holiday) => holiday.name === name).map(({ on }) => on);

/** Month and day of the Korean lunar calendar, as ICU reckons it. */
const dangi = new Intl.DateTimeFormat("en-u-ca-dangi", { timeZone: "UTC", month: "numeric", day: "numeric" });
function lunar(day: Day): string {
  const parts = Object.fromEntries(dangi.formatToParts(new Date(`${day}T00:00:00Z`)).map((p) => [p.type, p.value]));
  return `${parts.month}/${parts.day}`;
}

describe("the days of the data", () => {
  it("have 설날, 부처님오신날 and 추석 where the lunar calendar has them, one of each a year", () => {
    for (const [name, date] of [
      ["설날", "1/1"],
      ["부처님오신날", "4/8"],
      ["추석", "8/15"],
    ] as const) {
      expect(named(name)).toEqual(years.flatMap((year) => daysOf(year).filter((day) => lunar(day) === date)));
    }
    for (const feast of ["설날", "추석"]) {
      expect(named(`${feast} 전날`)).toEqual(named(feast).map((day) => addDays(day, -1)));
      expect(named(`${feast} 다음 날`)).toEqual(named(feast).map((day) => addDays(day, 1)));
    }
  });

  it("have every day of a fixed date in each year, 노동절 and 제헌절 since 2026", () => {
    for (const [name, date, since] of [
      ["1월 1일", "01-01", 2024],
      ["3·1절", "03-01", 2024],
      ["노동절", "05-01", 2026],
      ["어린이날", "05-05", 2024],
      ["현충일", "06-06", 2024],
      ["제헌절", "07-17", 2026],
      ["광복절", "08-15", 2024],
      ["개천절", "10-03", 2024],
      ["한글날", "10-09", 2024],
      ["기독탄신일", "12-25", 2024],
    ] as const)
      expect(named(name)).toEqual(years.filter((year) => year >= since).map((year) => `${year}-${date}`));
  });

  // 관공서의 공휴일에 관한 규정 제3조, written anew: which day off is lost, and the first day after it that is none.
  it("have a substitute for every holiday that was lost, and no other", () => {
    const said = holidays.filter(({ kind }) => kind !== "substitute");
    const feast = /^(설날|추석)/;
    const without = new Set(["1월 1일", "현충일"]);
    const reckoned: string[] = [];
    for (const { on, name, kind } of said) {
      if (kind !== "holiday" || without.has(name)) continue;
      const sunday = weekday(on) === 0;
      const saturday = weekday(on) === 6;
      const beside = said.filter((other) => other.on === on && other.name !== name && other.kind === "holiday");
      const lost = sunday || (saturday && !feast.test(name)) || (!sunday && !saturday && beside.length > 0);
      if (!lost) continue;
      let day = addDays(on, 1);
      while (weekday(day) % 6 === 0 || said.some((other) => other.on === day)) day = addDays(day, 1);
      reckoned.push(day);
    }
    const given = holidays.filter(({ kind }) => kind === "substitute").map(({ on }) => on);
    expect(given).toEqual([...new Set(reckoned)].sort());
  });

  it("have election days on the Wednesday that 공직선거법 제34조 names", () => {
    const elections = holidays.filter(({ kind }) => kind === "election");
    expect(elections.every(({ on }) => weekday(on) === 3)).toBe(true);
    // Term's last day and the days before it from which the first Wednesday is taken; a holiday beside it moves it a week.
    for (const [until, before, on] of [
      ["2028-05-29", 50, "2028-04-12"],
      ["2026-06-30", 30, "2026-06-03"],
      ["2030-06-30", 30, "2030-06-12"],
      ["2030-06-03", 70, "2030-03-27"],
    ] as const) {
      let day = addDays(until, -before);
      while (weekday(day) !== 3) day = addDays(day, 1);
      const fixed = (at: Day) => holidays.some((holiday) => holiday.on === at && holiday.kind === "holiday");
      if ([-1, 0, 1].some((offset) => fixed(addDays(day, offset)))) day = addDays(day, 7);
      expect([on, elections.some((holiday) => holiday.on === on)]).toEqual([day, true]);
    }
  });

  it("stand in order, in known years, and say which of them nobody has announced", () => {
    const order = holidays.map(({ on }) => on);
    expect(order).toEqual([...order].sort());
    expect(holidays.every(({ on, name }) => holidaysKnown(on) && name.length > 1)).toBe(true);
    expect(lastAnnouncedYear).toBeLessThan(holidayYears.last);
    expect(holidaysKnown(`${holidayYears.last + 1}-01-01`)).toBe(false);
  });
});

describe("business days", () => {
  it("are neither weekend nor holiday", () => {
    expect(["2026-11-23", "2026-11-21", "2026-11-22", "2026-12-25", "2027-05-03"].map(isBusinessDay)).toEqual([
      ...[true, false, false, false, false],
    ]);
    expect(holidayNames("2028-10-03")).toEqual(["추석", "개천절"]);
    expect(holidayNames("2025-01-27")).toEqual(["임시공휴일"]);
  });
  it("are counted backwards, the day itself not counted", () => {
    expect(previousBusinessDay("2026-12-15", 5)).toBe("2026-12-08");
    expect(previousBusinessDay("2026-12-15", 0)).toBe("2026-12-15");
    expect(previousBusinessDay("2026-10-05", 0)).toBe("2026-10-02");
    // 추석 2025: from Friday the 10th back over 3 to 9 October.
    expect(previousBusinessDay("2025-10-10", 1)).toBe("2025-10-02");
    expect(previousBusinessDay("2025-10-10", 2)).toBe("2025-10-01");
  });
  it("agree with counting every day one by one", () => {
    for (const day of daysOf(2026))
      for (const count of [0, 1, 5, 20]) {
        const found = previousBusinessDay(day, count);
        expect(isBusinessDay(found)).toBe(true);
        let between = 0;
        for (let at = found; at < day; at = addDays(at, 1)) if (isBusinessDay(at)) between += 1;
        expect(between).toBe(count === 0 && found === day ? 0 : count === 0 ? 1 : count);
      }
  });
});
