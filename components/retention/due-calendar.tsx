import { useLocale, useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { type Day, shortDay, weekday } from "@/lib/clock";
import type { DueCell } from "@/lib/retention/rules/due-weeks";

type Calendar = {
  weeks: readonly (readonly DueCell[])[];
  steps: readonly [number, number];
  before: number;
  undated: number;
};

const tints = ["", "bg-series-2/12", "bg-series-2/25", "bg-series-2/45"] as const;

/** Six weeks of last days: how many sessions, what is done, what is late. Numbers lead to the sessions where the viewer may search them. */
export function DueCalendar({ calendar, search, now }: { calendar: Calendar; search: boolean; now: Date }) {
  const t = useTranslations("retention.calendar");
  const locale = useLocale();
  const [first, second] = calendar.steps;
  const legend = [
    ["bg-series-2/12", t("upTo", { count: first.toLocaleString(locale) })],
    ["bg-series-2/25", t("to", { count: second.toLocaleString(locale) })],
    ["bg-series-2/45", t("above")],
  ] as const;
  return (
    <Section
      title={t("title")}
      note={t("note")}
      actions={
        <ul className="flex gap-3 text-xs text-fg-2">
          {legend.map(([tint, word]) => (
            <li key={word} className="flex items-center gap-1.5 whitespace-nowrap">
              <span className={`size-3 border border-line-2 ${tint}`} aria-hidden="true" />
              {word}
            </li>
          ))}
        </ul>
      }
    >
      <table className="w-full table-fixed border-collapse text-sm">
        <caption className="sr-only">{t("caption")}</caption>
        <thead>
          <tr>
            {(["1", "2", "3", "4", "5", "6", "0"] as const).map((day) => (
              <th
                key={day}
                scope="col"
                className="border border-line px-2 py-1 text-left text-xs font-normal text-fg-3"
              >
                {t(`days.${day}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {calendar.weeks.map((week) => (
            <tr key={week[0]?.day}>
              {week.map((cell) => (
                <Cell key={cell.day} cell={cell} first={cell === calendar.weeks[0]?.[0]} search={search} now={now} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="mt-2 flex flex-wrap gap-x-4 text-xs text-fg-2">
        {calendar.before > 0 ? (
          <Link className="text-bad" href="/retention/destructions">
            {t("before", { count: calendar.before })}
          </Link>
        ) : null}
        {calendar.undated > 0 ? (
          <span title={t("undatedNote")}>{t("undated", { count: calendar.undated })}</span>
        ) : null}
      </div>
    </Section>
  );
}

const weekend = (day: Day) => weekday(day) === 0 || weekday(day) === 6;

function Cell({ cell, first, search, now }: { cell: DueCell; first: boolean; search: boolean; now: Date }) {
  const t = useTranslations("retention.calendar");
  const locale = useLocale();
  const { day, count, done, today, late, tint } = cell;
  const edge = today ? "outline-2 -outline-offset-2 outline-ink" : "";
  const colour = late === "overdue" ? "bg-bad-soft text-bad" : late === "due" ? "bg-warn-soft text-warn" : tints[tint];
  const words = [t("count", { count }), ...(late ? [t(late)] : [])].join(", ");
  // The month stands on its first day shown and on the calendar's first.
  const date = day.endsWith("-01") || today || first ? shortDay(day, locale, now) : String(Number(day.slice(8)));
  const number = <b className="font-semibold">{count.toLocaleString(locale)}</b>;
  return (
    <td
      className={`h-11 border border-line px-2 py-1 align-top ${colour || (weekend(day) ? "bg-canvas" : "")} ${edge}`}
    >
      <time dateTime={day} className={`block text-xs ${today ? "font-semibold text-fg" : "text-fg-3"}`}>
        {date}
        {today ? ` ${t("today")}` : ""}
      </time>
      {count > 0 ? (
        <span className="block text-right">
          {search ? (
            <Link
              className="text-inherit"
              href={late ? "/retention/destructions" : `/transcripts?due=${day}`}
              aria-label={`${day} ${words}`}
            >
              {number}
            </Link>
          ) : (
            <span title={words}>{number}</span>
          )}
        </span>
      ) : done > 0 ? (
        <span className="block text-right text-fg-2" title={t("done", { count: done })}>
          <span aria-hidden="true">✓ {done.toLocaleString(locale)}</span>
          <span className="sr-only">{t("done", { count: done })}</span>
        </span>
      ) : null}
    </td>
  );
}
