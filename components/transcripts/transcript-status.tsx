import { useLocale, useTranslations } from "next-intl";
import { Status, type StatusKind } from "@/components/ui/status";
import { type Day, fullDay } from "@/lib/clock";
import { dueState } from "@/lib/retention/rules/period";
import { sessionStatus } from "@/lib/transcripts/rules";

const kinds: Readonly<Record<"open" | "ended" | "expired", StatusKind>> = { open: "note", ended: "ok", expired: "off" };

/** Open, ended, ended by 30 days of silence. */
export function TranscriptState({
  session,
  now,
}: {
  session: { openedAt: Date; lastUserMessageAt: Date | null; endedAt: Date | null };
  now: Date;
}) {
  const t = useTranslations("transcripts");
  const state = sessionStatus(session, now);
  return <Status kind={kinds[state]}>{t(`state.${state}`)}</Status>;
}

/** Until when it is kept: a hold beats its last day. */
export function KeptUntil({ dueOn, holds, now }: { dueOn: Day | null; holds: readonly number[]; now: Date }) {
  const t = useTranslations("transcripts.lists.kept");
  const locale = useLocale();
  if (holds.length > 0) return <Status kind="lock">{t("hold", { numbers: holdNames(holds) })}</Status>;
  const state = dueState(dueOn, now);
  if (dueOn === null || state === "undated") return <Status kind="unknown">{t("waits")}</Status>;
  if (state === "overdue") return <Status kind="bad">{t("overdue")}</Status>;
  if (state === "due") return <Status kind="warn">{t("due")}</Status>;
  return <span className="whitespace-nowrap">{t("until", { day: fullDay(dueOn, locale) })}</span>;
}

/** LH-07, as holds are named. */
export function holdName(number: number): string {
  return `LH-${String(number).padStart(2, "0")}`;
}

export function holdNames(holds: readonly number[]): string {
  return holds.map(holdName).join(", ");
}
