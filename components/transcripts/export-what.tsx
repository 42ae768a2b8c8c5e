import { useLocale, useTranslations } from "next-intl";
import { fullDay } from "@/lib/clock";
import type { Category } from "@/lib/retention/rules/categories";
import type { ExportFilter } from "@/lib/transcripts/schema/exports";

/** The conditions of an export in words, by commas. */
export function ExportWhat({ filter, channel }: { filter: ExportFilter; channel: string | null }) {
  const t = useTranslations("transcripts.exports.filter");
  const l = useTranslations("transcripts.lists");
  const locale = useLocale();
  const { from, to, due, user, session, category } = filter;
  const named = (name: "place" | "placement" | "state" | "policy" | "hold" | "visit" | "apart" | "overdue") =>
    filter[name] ? [t(name)] : [];
  const parts = [
    ...(channel ? [t("channel", { value: channel })] : []),
    ...(from ? [t("from", { value: fullDay(from, locale) })] : []),
    ...(to ? [t("to", { value: fullDay(to, locale) })] : []),
    ...(category ? [l(`categories.${category as Category}`)] : []),
    ...(user ? [t("user", { value: user.slice(0, 8) })] : []),
    ...(session ? [t("session", { value: session })] : []),
    ...(due ? [t("due", { value: fullDay(due, locale) })] : []),
    ...(["place", "placement", "state", "policy", "hold", "visit", "apart", "overdue"] as const).flatMap(named),
  ];
  return parts.length === 0 ? t("all") : parts.join(", ");
}
