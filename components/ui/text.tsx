import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type Day, dayWithWeekday, deadline } from "@/lib/clock";

/** Keys, codes, addresses of machines. */
export function Mono({ children }: { children: ReactNode }) {
  return <span className="mono">{children}</span>;
}

/** A hash cut to its ends; the whole of it in the title. */
export function Hash({ value, head = 4, tail = 4 }: { value: string; head?: number; tail?: number }) {
  const short = value.length > head + tail + 1 ? `${value.slice(0, head)}…${value.slice(-tail)}` : value;
  return (
    <span className="mono" title={value}>
      {short}
    </span>
  );
}

export function Tag({ children }: { children: ReactNode }) {
  return <span className="tag">{children}</span>;
}

/** `D-7`, `오늘`, `2일 지남`, with the date below: warn from a week before, bad once past. `done` takes the colour away. */
export function Deadline({ on, now = new Date(), done = false }: { on: Day; now?: Date; done?: boolean }) {
  const locale = useLocale();
  const { kind, text } = deadline(on, locale, now);
  const date = dayWithWeekday(on, locale, now);
  if (done) return <time dateTime={on}>{date}</time>;
  return (
    <time dateTime={on} className="whitespace-nowrap">
      <b className={kind === "off" ? "" : `k-${kind}`}>{text}</b>
      <span className="block text-xs text-fg-3">{date}</span>
    </time>
  );
}

/** What stands where a value is missing: `–` for a number, `해당 없음` for a field that does not apply. */
export function Missing({ what = "number" }: { what?: "number" | "field" }) {
  const t = useTranslations("form");
  return what === "number" ? (
    <span className="empty-value">
      <span aria-hidden="true">–</span>
      <span className="sr-only">{t("notApplicable")}</span>
    </span>
  ) : (
    <span className="empty-value">{t("notApplicable")}</span>
  );
}

/** A person: the first letter in a circle, and the name. */
export function Who({ name, size = "sm" }: { name: string; size?: "sm" | "md" }) {
  return (
    <span className="who">
      <span className={size === "sm" ? "avatar sm" : "avatar"} aria-hidden="true">
        {Array.from(name)[0]}
      </span>
      {name}
    </span>
  );
}
