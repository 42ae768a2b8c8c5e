import { getLocale, getTranslations } from "next-intl/server";
import { addDays, type Day, shortDay, weekday } from "@/lib/clock";
import type { Locale } from "@/lib/locale";
import { isLate, onStrip, type Waiting } from "@/lib/today/rules";

const weeks = 8;
const days = weeks * 7;
const lanes = [30, 52, 74];
const percent = (offset: number) => `${((offset / days) * 100).toFixed(3)}%`;

/** Eight weeks as a strip, the past one included so that lateness is seen; the list below says the same in words. */
export async function DeadlineStrip({ things, today, now }: { things: readonly Waiting[]; today: Day; now: Date }) {
  const t = await getTranslations("today");
  const locale = (await getLocale()) as Locale;
  const from = addDays(today, -7);
  const name = (held: readonly Waiting[]) => {
    const groups = new Set(held.map((thing) => thing.group));
    const [first] = groups;
    if (first === undefined || (held.length > 1 && groups.size > 1)) return t("onDay", { count: held.length });
    const word = t(`groups.${first}`);
    return held.length === 1 ? word : t("onDayOf", { group: word, count: held.length });
  };
  // Twelve pixels a letter at most, twenty a day where the strip is narrowest.
  const width = (held: readonly Waiting[]) => Math.ceil((name(held).length * 12 + 58) / 20);
  const marks = onStrip(things, from, days, lanes.length, width);
  if (marks.length === 0) return null;
  return (
    <figure className="mb-5 overflow-hidden rounded-3 border border-line bg-canvas max-[720px]:hidden">
      <svg
        width="100%"
        height="104"
        role="img"
        aria-label={`${t("strip")}: ${marks.map(({ things: held, offset }) => `${shortDay(addDays(from, offset), locale, now)} ${name(held)}`).join(", ")}`}
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
        {marks.map(({ things: held, offset, lane }) => {
          const left = offset + width(held) <= days;
          const y = lanes[lane ?? 0] ?? 0;
          return (
            <svg key={offset} x={percent(offset)} overflow="visible" aria-hidden="true">
              <circle
                cy={lane === null ? 88 : y - 4}
                r="5"
                strokeWidth="1.5"
                className={
                  held.some((thing) => isLate(thing, today)) ? "fill-bad stroke-bad" : "fill-canvas stroke-warn"
                }
              />
              {lane === null ? null : (
                <text x={left ? 11 : -11} y={y} textAnchor={left ? "start" : "end"} className="fill-fg text-xs">
                  <tspan className="font-semibold tabular-nums">{shortDay(addDays(from, offset), locale, now)}</tspan>{" "}
                  {name(held)}
                </text>
              )}
            </svg>
          );
        })}
      </svg>
    </figure>
  );
}
