import { useLocale, useTranslations } from "next-intl";
import { Section } from "@/components/ui/section";
import type { StatusKind } from "@/components/ui/status";
import { Timeline } from "@/components/ui/timeline";
import { dayAndTime, shortDay } from "@/lib/clock";
import type { EndingView } from "@/lib/dealers/rules/exit-view";

const kinds: Record<NonNullable<EndingView["outcome"]> | "open", StatusKind> = {
  approved: "ok",
  declined: "bad",
  withdrawn: "off",
  open: "waiting",
};

/** Every end and reinstating that was ever asked for, newest first. */
export function ExitTurns({ endings, now }: { endings: readonly EndingView[]; now: Date }) {
  const t = useTranslations("dealers.exit");
  const locale = useLocale();
  if (endings.length === 0) return null;
  return (
    <Section title={t("turns")}>
      <Timeline
        moments={endings.map((one) => {
          const outcome = one.outcome ?? "open";
          const day = one.endsOn ? shortDay(one.endsOn, locale, now) : "";
          const closed = one.closedAt ? ` · ${dayAndTime(one.closedAt, locale, now)}` : "";
          return {
            key: one.id,
            kind: kinds[outcome],
            title: `${t(`turn.${one.kind}`, { day })} · ${one.by} · ${dayAndTime(one.at, locale, now)}`,
            note: (
              <>
                <span className="block">{one.reason}</span>
                <span className="block">
                  {t(`outcome.${outcome}`, { name: one.closedBy ?? "" })}
                  {closed}
                  {one.note ? `: ${one.note}` : null}
                </span>
              </>
            ),
          };
        })}
      />
    </Section>
  );
}
