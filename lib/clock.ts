/** Calendar and clock in Korea. Pure: what depends on the present takes it. Days are "YYYY-MM-DD" in KST. */
import type { Locale } from "./locale";

const zone = "Asia/Seoul";
const dayMs = 86_400_000;
const weekdays = {
  ko: ["일", "월", "화", "수", "목", "금", "토"],
  en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
} as const;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const parts = new Intl.DateTimeFormat("en-CA", {
  timeZone: zone,
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

export type Day = string;

interface Wall {
  day: Day;
  clock: string;
  second: string;
}

function wall(instant: Date): Wall {
  const at: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const part of parts.formatToParts(instant)) at[part.type] = part.value;
  return { day: `${at.year}-${at.month}-${at.day}`, clock: `${at.hour}:${at.minute}`, second: at.second ?? "00" };
}

function split(day: Day): { year: number; month: number; date: number } {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return { year, month, date };
}

function asDay(at: Date | Day): Day {
  return typeof at === "string" ? at.slice(0, 10) : kstDay(at);
}

/** The calendar day in Korea of an instant. */
export function kstDay(instant: Date): Day {
  return wall(instant).day;
}

/** The instant at which a day begins in Korea. */
export function kstDayStart(day: Day): Date {
  const guess = Date.parse(`${day}T00:00:00+09:00`);
  // Korea kept summer time in 1987 and 1988: the zone's own rules decide, not the number nine.
  const seen = wall(new Date(guess));
  const drift = Date.parse(`${seen.day}T${seen.clock}:${seen.second}Z`) - Date.parse(`${day}T00:00:00Z`);
  return new Date(guess - drift);
}

/** A day `count` days later (earlier when negative). */
export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10);
}

/** The same day of the month `count` months later (earlier when negative), or the month's last day where it has no such day. */
export function addMonths(day: Day, count: number): Day {
  const { year, month, date } = split(day);
  const last = new Date(Date.UTC(year, month + count, 0));
  return `${last.toISOString().slice(0, 8)}${String(Math.min(date, last.getUTCDate())).padStart(2, "0")}`;
}

/** Calendar days from one day to another: 0 for the same day, negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

/** 0 is Sunday. */
export function weekday(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

/** `11.23`, or `2027.4.2` when the year is not the present one; `23 Nov`, `2 Apr 2027`. */
export function shortDay(at: Date | Day, locale: Locale, now: Date): string {
  const day = asDay(at);
  const { year, month, date } = split(day);
  const other = year !== split(kstDay(now)).year;
  if (locale === "en") return `${date} ${months[month - 1]}${other ? ` ${year}` : ""}`;
  return `${other ? `${year}.` : ""}${month}.${String(date).padStart(2, "0")}`;
}

/** `11.23 (월)`; `23 Nov (Mon)`. */
export function dayWithWeekday(at: Date | Day, locale: Locale, now: Date): string {
  return `${shortDay(at, locale, now)} (${weekdays[locale][weekday(asDay(at))]})`;
}

/** `11월 23일 월요일`; `Monday 23 November`. */
export function longDay(at: Date | Day, locale: Locale): string {
  const noon = new Date(`${asDay(at)}T12:00:00Z`);
  const text = { weekday: "long", month: "long", day: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(locale === "ko" ? "ko-KR" : "en-GB", text).format(noon);
}

/** `2026.11.23`; `23 Nov 2026`. */
export function fullDay(at: Date | Day, locale: Locale): string {
  const { year, month, date } = split(asDay(at));
  if (locale === "en") return `${date} ${months[month - 1]} ${year}`;
  return `${year}.${String(month).padStart(2, "0")}.${String(date).padStart(2, "0")}`;
}

/** `2026년 11월`; `November 2026`. Of a month (2026-11) or a day of it. */
export function monthName(at: Day, locale: Locale): string {
  const text = { year: "numeric", month: "long", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(locale === "ko" ? "ko-KR" : "en-GB", text).format(
    new Date(`${at.slice(0, 7)}-01T12:00:00Z`),
  );
}

/** `09:12`, with seconds `09:12:31`. */
export function clockTime(instant: Date, seconds = false): string {
  const at = wall(instant);
  return seconds ? `${at.clock}:${at.second}` : at.clock;
}

/** `11.23 09:12`; the day is left out when it is today: `오늘 09:12`. */
export function dayAndTime(instant: Date, locale: Locale, now: Date, seconds = false): string {
  const gap = daysBetween(kstDay(now), kstDay(instant));
  const near = { ko: { 0: "오늘", [-1]: "어제" }, en: { 0: "Today", [-1]: "Yesterday" } }[locale] as Record<
    number,
    string
  >;
  return `${near[gap] ?? shortDay(instant, locale, now)} ${clockTime(instant, seconds)}`;
}

/** `2026.11.23 09:12 KST`; `23 Nov 2026 09:12 KST`. */
export function fullTime(instant: Date, locale: Locale, seconds = false): string {
  return `${fullDay(instant, locale)} ${clockTime(instant, seconds)} KST`;
}

/** The top bar: `2026.11.23 (월) 09:12 KST`. */
export function barTime(instant: Date, locale: Locale): string {
  const day = kstDay(instant);
  return `${fullDay(day, locale)} (${weekdays[locale][weekday(day)]}) ${clockTime(instant)} KST`;
}

/** `11.13–11.19`. */
export function dayRange(from: Date | Day, to: Date | Day, locale: Locale, now: Date): string {
  return `${shortDay(from, locale, now)}–${shortDay(to, locale, now)}`;
}

/** `3분`, `2시간 10분`, `4일`: how long, in the two largest parts; under a minute in seconds. */
export function duration(ms: number, locale: Locale): string {
  const unit = locale === "ko" ? { d: "일", h: "시간", m: "분", s: "초" } : { d: " d", h: " h", m: " min", s: " s" };
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds}${unit.s}`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}${unit.m}`;
  const hours = Math.floor(minutes / 60);
  const [big, small] =
    hours < 24
      ? [
          [hours, unit.h],
          [minutes % 60, unit.m],
        ]
      : [
          [Math.floor(hours / 24), unit.d],
          [hours % 24, unit.h],
        ];
  return [big, small].flatMap(([n, u]) => (n === 0 ? [] : [`${n}${u}`])).join(" ");
}

/**
 * A deadline in words: `D-7`, `오늘`, `2일 지남`. Warns from a week before, bad once past (look.md 5).
 * @param on the last day on which the duty can still be met
 */
export function deadline(
  on: Day,
  locale: Locale,
  now: Date,
): { kind: "off" | "warn" | "bad"; text: string; days: number } {
  const days = daysBetween(kstDay(now), on);
  if (days > 0) return { kind: days <= 7 ? "warn" : "off", text: `D-${days}`, days };
  if (days === 0) return { kind: "warn", text: locale === "ko" ? "오늘" : "Today", days };
  return {
    kind: "bad",
    text: locale === "ko" ? `${-days}일 지남` : `${-days} ${days === -1 ? "day" : "days"} late`,
    days,
  };
}
