import { getLocale, getTranslations } from "next-intl/server";
import type { ConsultWords } from "@/components/transcripts/consult-line";
import type { ConsultTableWords } from "@/components/transcripts/consult-table";

/** The words that a consult is told in, for the page and for the stream. */
export async function consultWords(): Promise<ConsultWords> {
  const [t, locale] = await Promise.all([getTranslations("transcripts"), getLocale()]);
  return {
    locale,
    unknownPlace: t("place.unknown"),
    noPlace: t("place.none"),
    entry: {
      button: t("entry.button"),
      qr: t("entry.qr"),
      channel_search: t("entry.channel_search"),
      message_screen: t("entry.message_screen"),
      unknown: t("entry.unknown"),
    },
    first: t("visit.first"),
    again: t("visit.again"),
    state: { open: t("state.open"), ended: t("state.ended"), expired: t("state.expired") },
  };
}

export async function consultTableWords(): Promise<ConsultTableWords> {
  const t = await getTranslations("transcripts");
  const columns = ["time", "channel", "place", "entry", "visit", "state", "messages"] as const;
  const lives = ["on", "paused", "connecting", "off", "ended", "pause", "resume", "reload", "many"] as const;
  // The count is not known yet: it is put in where the list lives.
  const count = "{count}";
  return {
    caption: t("list"),
    send: t("sending.act"),
    column: words(columns, (key) => t(`column.${key}`)),
    live: {
      ...words(lives, (key) => t(`live.${key}`)),
      arrived: t("live.arrived", { count }),
      waiting: t("live.waiting", { count }),
    },
  };
}

function words<K extends string>(keys: readonly K[], say: (key: K) => string): Record<K, string> {
  return Object.fromEntries(keys.map((key) => [key, say(key)])) as Record<K, string>;
}
