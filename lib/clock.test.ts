import { describe, expect, it } from "vitest";
import {
  addDays,
  addMonths,
  barTime,
  clockTime,
  dayAndTime,
  dayRange,
  daysBetween,
  dayWithWeekday,
  deadline,
  duration,
  fullDay,
  fullTime,
  kstDay,
  kstDayStart,
  longDay,
  shortDay,
} from "./clock";

const now = new Date("2026-11-23T00:12:31Z");

describe("the calendar in Korea", () => {
  it("clips a month to its last day, forwards and backwards", () => {
    expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(addMonths("2024-02-29", 12)).toBe("2025-02-28");
    expect(addMonths("2024-02-29", 48)).toBe("2028-02-29");
    expect(addMonths("2027-05-31", -3)).toBe("2027-02-28");
    expect(addMonths("2026-01-15", -13)).toBe("2024-12-15");
  });
  it("begins its day nine hours before UTC", () => {
    expect(kstDay(new Date("2026-11-22T14:59:59.999Z"))).toBe("2026-11-22");
    expect(kstDay(new Date("2026-11-22T15:00:00Z"))).toBe("2026-11-23");
    expect(kstDayStart("2026-11-23").toISOString()).toBe("2026-11-22T15:00:00.000Z");
  });
  it("gives back the day whose start it named, also in the summer of 1988", () => {
    for (const day of ["1988-07-01", "2024-02-29", "2026-01-01", "2026-12-31"]) {
      expect(kstDay(kstDayStart(day))).toBe(day);
      expect(kstDay(new Date(kstDayStart(day).getTime() - 1))).toBe(addDays(day, -1));
    }
  });
  it("counts days over months, years and leap days", () => {
    expect(daysBetween("2026-11-23", "2026-12-01")).toBe(8);
    expect(daysBetween("2028-02-28", "2028-03-01")).toBe(2);
    expect(daysBetween("2027-01-01", "2026-12-31")).toBe(-1);
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  });
});

describe("dates as people read them", () => {
  it("writes Korean forms, the year only when it differs", () => {
    expect(shortDay(now, "ko", now)).toBe("11.23");
    expect(shortDay("2027-01-04", "ko", now)).toBe("2027.1.04");
    expect(dayWithWeekday(now, "ko", now)).toBe("11.23 (월)");
    expect(longDay(now, "ko")).toBe("11월 23일 월요일");
    expect(fullDay("2026-01-04", "ko")).toBe("2026.01.04");
    expect(fullTime(now, "ko")).toBe("2026.11.23 09:12 KST");
    expect(fullTime(now, "ko", true)).toBe("2026.11.23 09:12:31 KST");
    expect(barTime(now, "ko")).toBe("2026.11.23 (월) 09:12 KST");
    expect(dayRange("2026-11-13", "2026-11-19", "ko", now)).toBe("11.13–11.19");
  });
  it("writes English forms", () => {
    expect(dayWithWeekday(now, "en", now)).toBe("23 Nov (Mon)");
    expect(shortDay("2027-01-04", "en", now)).toBe("4 Jan 2027");
    expect(fullTime(now, "en")).toBe("23 Nov 2026 09:12 KST");
    expect(longDay(now, "en")).toBe("Monday 23 November");
  });
  it("says today and yesterday by the day in Korea", () => {
    expect(dayAndTime(now, "ko", now)).toBe("오늘 09:12");
    expect(dayAndTime(new Date("2026-11-22T14:59:00Z"), "ko", now)).toBe("어제 23:59");
    expect(dayAndTime(new Date("2026-11-20T05:02:00Z"), "ko", now)).toBe("11.20 14:02");
    expect(dayAndTime(new Date("2026-11-22T15:00:00Z"), "en", now)).toBe("Today 00:00");
    expect(clockTime(new Date("2026-11-22T15:00:00Z"))).toBe("00:00");
  });
  it("says how long", () => {
    expect(duration(41_000, "ko")).toBe("41초");
    expect(duration(3 * 60_000, "ko")).toBe("3분");
    expect(duration(130 * 60_000, "ko")).toBe("2시간 10분");
    expect(duration(96 * 3_600_000, "ko")).toBe("4일");
    expect(duration(130 * 60_000, "en")).toBe("2 h 10 min");
  });
});

describe("a deadline", () => {
  it("warns from a week before, stands on its day, is late after it", () => {
    expect(deadline("2026-12-01", "ko", now)).toEqual({ kind: "off", text: "D-8", days: 8 });
    expect(deadline("2026-11-30", "ko", now)).toEqual({ kind: "warn", text: "D-7", days: 7 });
    expect(deadline("2026-11-23", "ko", now)).toEqual({ kind: "warn", text: "오늘", days: 0 });
    expect(deadline("2026-11-21", "ko", now)).toEqual({ kind: "bad", text: "2일 지남", days: -2 });
    expect(deadline("2026-11-22", "en", now).text).toBe("1 day late");
  });
});
