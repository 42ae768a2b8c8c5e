import { useLocale, useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Panel, PanelPart } from "@/components/ui/panel";
import { type Moment, Timeline } from "@/components/ui/timeline";
import { type Day, dayAndTime, fullDay, kstDay } from "@/lib/clock";
import type { Category } from "@/lib/retention/rules/categories";
import { keptBy, lawsKeeping } from "@/lib/retention/rules/kept-by";
import { lawByKey } from "@/lib/retention/rules/law-table";
import { destroyBy } from "@/lib/retention/rules/period";
import type { Reckoned, Reckoning } from "@/lib/retention/rules/reckon";
import { holdName } from "./transcript-status";

type Hold = { id: string; number: number; title: string; placedAt: Date; placedBy: string | null };
type Mark = { kind: string; category: string | null; at: Date; name: string | null };

/** Every policy and law that keeps it with its sum, the winner first; then promise, law, holds, and the earliest day of destruction. */
export function WhyKept({
  reckoned,
  apart,
  holds,
  marks,
  holdLinks,
  now,
}: {
  reckoned: Reckoned;
  /** On the shelf of what a law alone keeps. */
  apart: boolean;
  holds: readonly Hold[];
  /** Newest first. */
  marks: readonly Mark[];
  holdLinks: boolean;
  now: Date;
}) {
  const t = useTranslations("transcripts.reading.why");
  const r = useTranslations("transcripts.reading");
  const l = useTranslations("transcripts.lists");
  const locale = useLocale();
  const day = (on: Day) => fullDay(on, locale);
  const { dueOn, wait } = reckoned;
  const today = kstDay(now);
  const keepers = keptBy(reckoned, today);
  const classified = marks.find(({ kind }) => kind === "category");
  const lawOf = (basis: string) => {
    const law = lawByKey(basis);
    return law ? `${law.law} ${law.article}` : t("own");
  };
  const period = ({ term }: Reckoning) => r(`units.${term.unit}`, { count: term.count });
  const moments: Moment[] = keepers.map((word) => {
    const wins = word.state === "wins";
    const sum =
      word.wait !== null
        ? t(`waitsNote.${word.wait}`, { period: period(word) })
        : t("sum", {
            anchor: r(`anchors.${word.term.anchor}`),
            day: day(word.anchorOn ?? ""),
            period: period(word),
            due: day(word.dueOn ?? ""),
          });
    return {
      key: word.term.versionId,
      kind: word.wait !== null ? "waiting" : wins ? "note" : "ok",
      title: wins ? <b>{t("wins", { name: word.term.name })}</b> : t("policy", { name: word.term.name }),
      note: (
        <>
          {sum}
          <br />v{word.term.number} · <span lang="ko">{lawOf(word.term.basis)}</span>
          {word.statutory ? ` · ${t("duty")}` : null}
          {word.state === "keeps" || word.state === "over" ? ` · ${t(word.state)}` : null}
          {wins && word.term.category !== null && classified?.name ? (
            <>
              <br />
              {t("classified", {
                name: classified.name,
                time: dayAndTime(classified.at, locale, now),
                category: l(`categories.${(classified.category ?? "general") as Category}`),
              })}
            </>
          ) : null}
        </>
      ),
    };
  });
  if (wait === "policy")
    moments.push({ key: "policy", kind: "bad", title: t("waits.policy"), note: t("waitsNote.policy", { period: "" }) });
  if (reckoned.promised && dueOn)
    moments.push({
      key: "promised",
      kind: "note",
      title: <b>{t("promised", { day: day(dueOn) })}</b>,
      note: t("promisedNote"),
    });
  if (apart && reckoned.ordinaryDueOn)
    moments.push({
      ...{ key: "apart", kind: "note" },
      title: t("apart", { day: day(reckoned.ordinaryDueOn) }),
      note: (
        <>
          {t("apartNote")}
          {lawsKeeping(keepers, today).map((law) => (
            <span key={law.basis} className="block">
              <span lang="ko">{lawOf(law.basis)}</span>
              {law.dueOn ? ` · ${t("until", { day: day(law.dueOn) })}` : null}
            </span>
          ))}
        </>
      ),
    });
  for (const hold of holds) {
    const title = t("hold", { number: holdName(hold.number).slice(3) });
    moments.push({
      ...{ key: hold.id, kind: "lock" },
      title: <b>{holdLinks ? <Link href={`/retention/holds/${hold.id}`}>{title}</Link> : title}</b>,
      note: [hold.title, dayAndTime(hold.placedAt, locale, now), hold.placedBy].filter(Boolean).join(" · "),
    });
  }
  moments.push(
    dueOn
      ? {
          ...{ key: "due", kind: "off" },
          title: <b>{t("earliest", { day: day(destroyBy(dueOn)) })}</b>,
          note: [t("earliestNote", { due: day(dueOn) }), holds.length > 0 ? t("afterHold") : null]
            .filter(Boolean)
            .join(", "),
        }
      : {
          key: "due",
          kind: "unknown",
          title: t("none"),
          note: wait && wait !== "policy" ? t(`waits.${wait}`) : undefined,
        },
  );
  return (
    <Panel title={t("title")}>
      <PanelPart>
        <Timeline moments={moments} />
      </PanelPart>
    </Panel>
  );
}
