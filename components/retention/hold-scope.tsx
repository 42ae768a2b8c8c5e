import { useLocale, useTranslations } from "next-intl";
import { type Day, dayRange } from "@/lib/clock";
import type { HoldScope } from "@/lib/retention/schema/hold";

/** What a hold covers, in one line. A user stands for the keyed handle alone: no user_key is kept. */
export function HoldScopeText({
  hold,
  now,
}: {
  hold: { scope: HoldScope; channelName: string | null; openedFrom: Day | null; openedTo: Day | null };
  now: Date;
}) {
  const t = useTranslations("retention.holds");
  const locale = useLocale();
  const channel = hold.channelName ?? t("allChannels");
  const days = hold.openedFrom && hold.openedTo ? dayRange(hold.openedFrom, hold.openedTo, locale, now) : "";
  return <>{t(`scopeText.${hold.scope}`, { channel, days })}</>;
}
