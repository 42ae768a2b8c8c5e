import { getLocale, getTranslations } from "next-intl/server";
import { addDays, type Day, shortDay, weekday } from "@/lib/clock";
import type { Locale } from "@/lib/locale";
import { isLate, onStrip, type Waiting } from "@/lib/today/rules";

const weeks = 8;
const days = weeks * 7;
const percent = (offset: number) => `${((offset / days) * 100).toFixed(3)}%`;

/** Eight weeks as a strip, the past one included so that lateness is seen; the list below says the same in words. */
export async function DeadlineStrip({ things, today, now }: { things: readonly Waiting[]; today: Day; now: Date }) {
  const t = await getTranslations("today");
  const locale = (await getLocale()) as Locale;
  const from = addDays(today, -7);
  const events = onStrip(things, from, days);
  if (events.length === 0) return null;
  const name = (thing: Waiting) => t(`groups.${thing.group}`);
  return (
    <figure className="mb-5 overflow-hidden rounded-3 border border-line bg-canvas max-[720px]:hidden">
      <svg
        width="100%"
        height="104"
        role="img"
        aria-label={`${t("strip")}: ${events.map(({ thing }) => `${shortDay(thing.dueOn ?? today, locale, now)} ${name(thing)}`).join(", ")}`}
      >
        {Array.from({ length: days }, (_, offset) => addDays(from, offset)).map((day, offset) =>
          weekday(day) === 0 || weekday(day) === 6 ? (
            <rect key={day} x={percent(offset)} width={percent(1)} height="104" className="fill-sunken" />
          ) : null,
        )}
        {Array.from({ length: weeks }, (_, week) => addDays(from, week * 7)).map((day, week) => (
          <g key={day}>
            {week > 0 ? <line x1={percent(week * 7)} x2={percent(week * 7)} y2="104" className="stroke-line" /> : null}
            <svg x={percent(week * 7)} overflow="visible" aria-hidden="true">
              <text x="7" y="95" className="fill-fg-3 text-2xs font-medium tabular-nums">
                {shortDay(day, locale, now)}
              </text>
            </svg>
          </g>
        ))}
        <svg x={percent(7)} overflow="visible" aria-hidden="true">
          <line y2="104" className="stroke-ink" strokeWidth="2" />
          <rect width="34" height="18" className="fill-ink" />
          <text x="6" y="13" className="fill-on-ink text-2xs font-semibold">
            {t("today")}
          </text>
        </svg>
        {events.map(({ thing, offset }, index) => {
          const left = offset < days * 0.72;
          const lane = index % 2 === 0 ? 40 : 66;
          return (
            <svg key={thing.id} x={percent(offset)} overflow="visible" aria-hidden="true">
              <circle
                cy={lane - 4}
                r="5"
                strokeWidth="1.5"
                className={isLate(thing, today) ? "fill-bad stroke-bad" : "fill-canvas stroke-warn"}
              />
              <text x={left ? 11 : -11} y={lane} textAnchor={left ? "start" : "end"} className="fill-fg text-xs">
                <tspan className="font-semibold tabular-nums">{shortDay(thing.dueOn ?? today, locale, now)}</tspan>{" "}
                {name(thing)}
              </text>
            </svg>
          );
        })}
      </svg>
    </figure>
  );
}
