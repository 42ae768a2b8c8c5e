import { useLocale, useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Glyph } from "@/components/ui/status";
import { dayAndTime } from "@/lib/clock";
import type { Category } from "@/lib/retention/rules/categories";
import { shortHandle } from "@/lib/transcripts/rules";
import type { TranscriptTableRow } from "./transcript-table";

/** The list a consultation was opened from, at its left on a wide screen: category and place, nothing that was said. */
export function BesideList({
  rows,
  current,
  hrefOf,
  back,
  now,
}: {
  rows: readonly TranscriptTableRow[];
  current: string;
  hrefOf: (id: string) => string;
  back: string;
  now: Date;
}) {
  const t = useTranslations("transcripts");
  const l = useTranslations("transcripts.lists");
  const locale = useLocale();
  return (
    <nav
      className="sticky top-[72px] max-h-[calc(100vh-96px)] overflow-y-auto border-r border-line pr-3 max-[1279px]:hidden"
      aria-label={l("beside")}
    >
      <p className="pb-2 text-sm">
        <Link href={back}>{l("back")}</Link>
      </p>
      <ul className="border-t border-line">
        {rows.map((row) => (
          <li key={row.id} className="border-b border-line">
            <Link
              href={hrefOf(row.id)}
              aria-current={row.id === current ? "true" : undefined}
              className="block px-2.5 py-2 text-fg no-underline hover:bg-canvas aria-[current]:bg-selected"
            >
              <span className="flex justify-between gap-2 text-xs">
                <span className="mono">{shortHandle(row.userHandle)}</span>
                <time className="text-fg-3" dateTime={row.openedAt.toISOString()}>
                  {dayAndTime(row.openedAt, locale, now)}
                </time>
              </span>
              <b className="block text-sm">{l(`categories.${row.category as Category}`)}</b>
              <span className="block text-xs text-fg-2">
                {row.holds.length > 0 ? <Glyph kind="lock" /> : null}{" "}
                {row.placementName ?? (row.extra ? t("place.unknown") : t("place.none"))}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
