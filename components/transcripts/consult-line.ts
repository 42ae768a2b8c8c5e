// A consultation in finished words, the same for the first page and for what arrives while it is open.
import { dayAndTime } from "@/lib/clock";
import type { Locale } from "@/lib/locale";
import { entryPoint, sessionStatus, shortHandle } from "@/lib/transcripts/rules";

export type ConsultLine = {
  id: string;
  /** Milliseconds since the epoch: newest first. */
  openedAt: number;
  iso: string;
  time: string;
  channel: string;
  /** A place's name, `알 수 없는 코드`, `직접 유입`. */
  place: string;
  placeKind: "known" | "unknown" | "none";
  placeHref: string | null;
  code: string | null;
  entry: string;
  entryKnown: boolean;
  user: string;
  visit: string;
  state: "open" | "ended" | "expired";
  stateWord: string;
  messages: string;
  /** Where one sends into it; null for whoever may not, and once it is over. */
  sendHref: string | null;
};

export type ConsultFacts = {
  id: string;
  openedAt: Date;
  lastUserMessageAt: Date | null;
  endedAt: Date | null;
  messageCount: number;
  returning: boolean;
  userHandle: Uint8Array;
  entry: string | null;
  extra: string | null;
  channelName: string;
  placementId: string | null;
  placementName: string | null;
  medium: string | null;
};

export type ConsultWords = {
  locale: Locale;
  unknownPlace: string;
  noPlace: string;
  entry: Readonly<Record<"button" | "qr" | "channel_search" | "message_screen" | "unknown", string>>;
  first: string;
  again: string;
  state: Readonly<Record<ConsultLine["state"], string>>;
};

/** @param maySend whether the reader may send templates */
export function consultLine(row: ConsultFacts, words: ConsultWords, now: Date, maySend: boolean): ConsultLine {
  const entry = entryPoint(row.entry, row.medium);
  const state = sessionStatus(row, now);
  const placeKind = row.placementId ? "known" : row.extra ? "unknown" : "none";
  return {
    id: row.id,
    openedAt: row.openedAt.getTime(),
    iso: row.openedAt.toISOString(),
    time: dayAndTime(row.openedAt, words.locale, now),
    channel: row.channelName,
    place: row.placementName ?? (row.extra ? words.unknownPlace : words.noPlace),
    placeKind,
    placeHref: row.placementId ? `/placements/${row.placementId}` : null,
    code: row.extra,
    entry: words.entry[entry ?? "unknown"],
    entryKnown: entry !== null,
    user: shortHandle(row.userHandle),
    visit: row.returning ? words.again : words.first,
    state,
    stateWord: words.state[state],
    messages: row.messageCount.toLocaleString(words.locale),
    sendHref: maySend && state === "open" ? `/monitor/${row.id}/send` : null,
  };
}
