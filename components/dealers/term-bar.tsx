import { useLocale, useTranslations } from "next-intl";
import { useId } from "react";
import { addDays, type Day, daysBetween, dayWithWeekday, deadline, fullDay } from "@/lib/clock";
import { deadlinesOf, outlookOf, type TermRule, termOn, wholeMonths } from "@/lib/dealers/rules/deadlines";

const height = 112;
const bar = { top: 46, height: 22 };
const percent = (share: number) => `${(Math.min(1, Math.max(0, share)) * 100).toFixed(3)}%`;

type Mark = { key: string; on: Day; name: string; side: "above" | "below"; anchor: "start" | "end"; warn: boolean };

/**
 * The running term as a bar: computed days above and below it, today's line, our margin hatched, a tacit renewal dashed. Phones and
 * people who do not see it get the same days as a list.
 */
export function TermBar({ rule, today, now }: { rule: TermRule & { endsOn: Day }; today: Day; now: Date }) {
  const t = useTranslations("dealers.deadlines");
  const locale = useLocale();
  const id = useId();
  const term = termOn(rule, today);
  const endsOn = term.endsOn ?? rule.endsOn;
  const renews = outlookOf(rule, today).outcome === "renews";
  const span = daysBetween(term.startsOn, endsOn) + 1;
  const x = (day: Day) => daysBetween(term.startsOn, day) / (span * 1.18);
  const on = (kind: string) => deadlinesOf(rule, today).find((deadline) => deadline.kind === kind)?.on ?? null;
  const [decision, notice] = [on("decision"), on("notice")];
  const running = term.startsOn <= today && today <= endsOn;
  const edge = x(addDays(endsOn, 1));
  // A label leans away from its neighbour: today to the left of a notice that is still to come, to the right once it is over.
  const todayLeft = x(today) > 0.2 && (notice === null || today <= notice);
  const marks: Mark[] = [];
  const mark = (key: string, day: Day, name: string, side: Mark["side"], anchor: Mark["anchor"], warn = false) =>
    marks.push({ key, on: day, name, side, anchor, warn });
  if (!running || x(today) >= 0.32) mark("start", term.startsOn, t("term.start"), "above", "start");
  if (running) mark("today", today, t("term.today"), "above", todayLeft ? "end" : "start");
  const noticeLeft = notice !== null && running && today > notice && !todayLeft;
  if (notice !== null) mark("notice", notice, t("kinds.notice"), "above", noticeLeft ? "end" : "start");
  if (decision !== null)
    mark("decision", decision, t("kinds.decision"), "below", x(decision) > 0.2 ? "end" : "start", true);
  mark("end", endsOn, t("kinds.term-end"), "below", "start");
  const written = (day: Day) => dayWithWeekday(day, locale, now);
  const labelOf = ({ key, on: day, warn }: Mark) => {
    if (key === "start" || key === "end") return fullDay(day, locale);
    return warn && day >= today ? `${written(day)} · ${deadline(day, locale, now).text}` : written(day);
  };
  const placeOf = ({ key, on: day }: Mark) => (key === "end" ? edge : x(day));
  const words = marks.map((one) => `${one.name} ${written(one.on)}`);
  const label = `${t("term.bar")}: ${words.join(", ")}`;
  const strip = (hatch: string) => (
    <>
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" className="fill-warn-soft" />
          <line y2="6" className="stroke-warn" strokeWidth="3" />
        </pattern>
      </defs>
      <rect width={percent(edge)} height={bar.height} className="fill-selected" />
      {decision && notice && decision < notice ? (
        <rect
          x={percent(x(decision))}
          width={percent(x(notice) - x(decision))}
          height={bar.height}
          fill={`url(#${hatch})`}
        />
      ) : null}
      {renews ? (
        <rect
          x={percent(edge)}
          y="0.5"
          width={percent(1 - edge)}
          height={bar.height - 1}
          className="fill-none stroke-fg-3"
          strokeDasharray="3 3"
        />
      ) : null}
      <text x="8" y="15" className="fill-fg text-xs font-bold">
        {title(t, rule, term.index, term.startsOn, endsOn)}
      </text>
      {renews ? (
        <svg x={percent(edge)} overflow="visible" aria-hidden="true">
          <text x="8" y="15" className="fill-fg-2 text-xs">
            {t("term.next")}
          </text>
        </svg>
      ) : null}
      {running ? (
        <line x1={percent(x(today))} x2={percent(x(today))} y2={bar.height} className="stroke-ink" strokeWidth="2" />
      ) : null}
    </>
  );
  return (
    <figure className="mb-2">
      <svg width="100%" height={height} className="max-desk:hidden" role="img" aria-label={label}>
        <svg y={bar.top} height={bar.height} width="100%" aria-hidden="true">
          {strip(`${id}-wide`)}
        </svg>
        <g>
          {marks.map((one) => (
            <svg key={one.key} x={percent(placeOf(one))} overflow="visible" aria-hidden="true">
              <Label mark={one} day={labelOf(one)} />
            </svg>
          ))}
        </g>
      </svg>
      <svg width="100%" height={bar.height} className="desk:hidden" aria-hidden="true">
        {strip(`${id}-phone`)}
      </svg>
      <ul className="mt-2 text-sm desk:sr-only">
        {[...marks]
          .sort((a, b) => a.on.localeCompare(b.on))
          .map((one) => (
            <li key={one.key} className="flex justify-between border-b border-line py-1.5">
              <span className="text-fg-2">{one.name}</span>
              <time dateTime={one.on} className={one.warn ? "k-warn font-bold" : "font-bold"}>
                {written(one.on)}
              </time>
            </li>
          ))}
      </ul>
    </figure>
  );
}

function Label({ mark, day }: { mark: Mark; day: string }) {
  const above = mark.side === "above";
  const left = mark.anchor === "start" ? 6 : -6;
  const strong = mark.warn ? "fill-warn" : "fill-fg";
  const [first, second] = above ? [14, 30] : [bar.top + bar.height + 18, bar.top + bar.height + 34];
  const line = mark.key === "today" ? "stroke-ink" : "stroke-fg-3";
  return (
    <>
      <line y1={above ? 4 : bar.top + bar.height} y2={above ? bar.top : height - 4} className={line} />
      <text x={left} y={first} textAnchor={mark.anchor} className={`${strong} text-xs font-bold tabular-nums`}>
        {mark.key === "today" ? mark.name : day}
      </text>
      <text x={left} y={second} textAnchor={mark.anchor} className="fill-fg-3 text-xs tabular-nums">
        {mark.key === "today" ? day : mark.name}
      </text>
    </>
  );
}

type Words = ReturnType<typeof useTranslations<"dealers.deadlines">>;

/** 본 계약 2년, 3번째 연장 1년 … */
function title(t: Words, rule: TermRule, index: number, startsOn: Day, endsOn: Day): string {
  const months = index === 0 ? wholeMonths(startsOn, endsOn) : rule.renewalMonths;
  const length =
    months === null
      ? t("term.days", { count: daysBetween(startsOn, endsOn) + 1 })
      : months % 12 === 0
        ? t("term.years", { count: months / 12 })
        : t("term.months", { count: months });
  return index === 0 ? t("term.first", { length }) : t("term.renewed", { count: index, length });
}
