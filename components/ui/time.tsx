import { useLocale } from "next-intl";
import { clockTime, dayAndTime, dayWithWeekday, fullDay, fullTime } from "@/lib/clock";

/**
 * An instant in Korean time, with the whole of it in the title.
 * `day` 11.23 (월) · `minute` 오늘 09:12 · `second` 11.22 09:12:31 · `clock` 09:12:31 · `date` 2026.11.23 · `full` 2026.11.23 09:12 KST
 */
export function Time({
  at,
  as = "minute",
  now = new Date(),
}: {
  at: Date;
  as?: "day" | "minute" | "second" | "clock" | "date" | "full";
  now?: Date;
}) {
  const locale = useLocale();
  const text = {
    day: () => dayWithWeekday(at, locale, now),
    minute: () => dayAndTime(at, locale, now),
    second: () => dayAndTime(at, locale, now, true),
    clock: () => clockTime(at, true),
    date: () => fullDay(at, locale),
    full: () => fullTime(at, locale),
  }[as]();
  return (
    <time
      dateTime={at.toISOString()}
      title={as === "full" ? undefined : fullTime(at, locale, true)}
      className="whitespace-nowrap"
    >
      {text}
    </time>
  );
}
