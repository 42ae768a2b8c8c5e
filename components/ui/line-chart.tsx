import { useLocale, useTranslations } from "next-intl";
import { type Day, dayWithWeekday, shortDay, weekday } from "@/lib/clock";
import { ChartKeys } from "./chart-keys";
import { Table, Td, TdName, Th } from "./table";

export interface ChartSeries {
  label: string;
  values: readonly number[];
}

const tipWidth = 112;

/** The card stands left of the day, or right of it where there is no room: never on the line it explains. */
function tip(x: number): number {
  return x - tipWidth - 10 > box.left ? x - tipWidth - 10 : x + 10;
}

const box = { width: 760, height: 190, left: 34, right: 84, top: 12, bottom: 26 };

/** A round number at or above the largest value that four lines divide evenly. */
function roof(largest: number): number {
  const step = 10 ** Math.floor(Math.log10(Math.max(1, largest) / 4));
  const nice = [1, 2, 2.5, 5, 10].find((times) => times * step * 4 >= largest) ?? 10;
  return Math.max(4, nice * step * 4);
}

/**
 * Counts by day, two series at most: solid ink and a dashed second, named at the end of the line, weekends shaded, four lines, axis from
 * zero. Pointer and arrow keys show a day; the table holds the same numbers.
 */
export function LineChart({
  label,
  days,
  series,
  now = new Date(),
}: {
  label: string;
  days: readonly Day[];
  series: readonly [ChartSeries] | readonly [ChartSeries, ChartSeries];
  now?: Date;
}) {
  const locale = useLocale();
  const t = useTranslations("form");
  const top = roof(Math.max(0, ...series.flatMap((one) => one.values)));
  const inner = { width: box.width - box.left - box.right, height: box.height - box.top - box.bottom };
  const step = inner.width / Math.max(1, days.length - 1);
  const x = (at: number) => box.left + at * step;
  const y = (value: number) => box.top + inner.height * (1 - value / top);
  const line = (values: readonly number[]) =>
    values.map((value, at) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  const ends = labelHeights(
    series.map((one) => y(one.values.at(-1) ?? 0)),
    y(0) - 4,
  );
  const words = (at: number) => series.map((one) => `${one.label} ${(one.values[at] ?? 0).toLocaleString(locale)}`);
  const every = Math.max(1, Math.ceil(days.length / 5));
  return (
    <figure className="max-w-[860px]">
      <ChartKeys
        label={label}
        sentences={days.map((day, at) => `${dayWithWeekday(day, locale, now)} ${words(at).join(", ")}`)}
      >
        <svg viewBox={`0 0 ${box.width} ${box.height}`} aria-hidden="true">
          <g>
            {days.map((day, at) =>
              weekday(day) % 6 === 0 ? (
                <rect
                  key={day}
                  className="weekend"
                  x={x(at) - step / 2}
                  y={box.top}
                  width={step}
                  height={inner.height}
                />
              ) : null,
            )}
            {[0, 1, 2, 3, 4].map((at) => (
              <g key={at}>
                <line
                  className={at === 0 ? "axis" : "grid"}
                  x1={box.left}
                  x2={box.left + inner.width}
                  y1={y((top / 4) * at)}
                  y2={y((top / 4) * at)}
                />
                <text x={box.left - 8} y={y((top / 4) * at) + 4} textAnchor="end">
                  {(top / 4) * at}
                </text>
              </g>
            ))}
            {days.map((day, at) =>
              at % every === 0 || at === days.length - 1 ? (
                <text key={day} x={x(at)} y={box.height - 6} textAnchor="middle">
                  {shortDay(day, locale, now)}
                </text>
              ) : null,
            )}
            {series.map((one, at) => (
              <g key={one.label}>
                <polyline className={at === 0 ? "s1" : "s2"} points={line(one.values)} />
                <text className="label" x={box.left + inner.width + 8} y={(ends[at] ?? 0) + 4}>
                  {one.label} {one.values.at(-1)?.toLocaleString(locale)}
                </text>
              </g>
            ))}
          </g>
          {days.map((day, at) => (
            <g key={day} className="day">
              <rect className="hit" x={x(at) - step / 2} y={box.top} width={step} height={inner.height} />
              <g className="tip">
                <line x1={x(at)} x2={x(at)} y1={box.top} y2={box.top + inner.height} />
                <rect x={tip(x(at))} y={box.top} width={tipWidth} height={26 + series.length * 16} rx="6" />
                <text className="label" x={tip(x(at)) + 10} y={box.top + 19}>
                  {dayWithWeekday(day, locale, now)}
                </text>
                {words(at).map((text, row) => (
                  <text key={text} x={tip(x(at)) + 10} y={box.top + 36 + row * 16}>
                    {text}
                  </text>
                ))}
              </g>
            </g>
          ))}
        </svg>
      </ChartKeys>
      <details className="mt-2 text-xs">
        <summary className="as-table w-fit">{t("asTable")}</summary>
        <div className="mt-2 max-w-120">
          <Table
            caption={label}
            head={
              <>
                <Th>{label}</Th>
                {series.map((one) => (
                  <Th key={one.label} numeric>
                    {one.label}
                  </Th>
                ))}
              </>
            }
          >
            {days.map((day, at) => (
              <tr key={day}>
                <TdName>{dayWithWeekday(day, locale, now)}</TdName>
                {series.map((one) => (
                  <Td key={one.label} numeric>
                    {one.values[at]?.toLocaleString(locale)}
                  </Td>
                ))}
              </tr>
            ))}
          </Table>
        </div>
      </details>
    </figure>
  );
}

/** Two names at the end of the lines never lie on each other. */
function labelHeights([first = 0, second]: readonly number[], lowest: number): number[] {
  if (second === undefined) return [Math.min(first, lowest)];
  const gap = Math.max(0, 15 - Math.abs(first - second));
  const push = (gap / 2) * (first <= second ? -1 : 1);
  const pair = [first + push, second - push];
  const over = Math.max(0, Math.max(...pair) - lowest);
  return pair.map((height) => height - over);
}
