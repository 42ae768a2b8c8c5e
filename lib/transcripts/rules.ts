// How a consultation lives: opened, silent, ended; what its events make of it in whatever order they come. Pure.
import { kstDay } from "@/lib/clock";
import type { ConsultEvent, EntryPoint } from "./schema";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How long a session outlives the user's last message (guide 2 STEP 4, field-facts 1.3). */
export const silentDays = 30;

export type OpenedBy = "reference" | "message" | "note" | "end";
const openers: Readonly<Record<ConsultEvent["kind"], OpenedBy>> = {
  opened: "reference",
  message: "message",
  note: "note",
  ended: "end",
};
const rank: readonly OpenedBy[] = ["reference", "message", "note", "end"];

/** What is known of a session besides its messages. */
export type SessionState = {
  openedBy: OpenedBy;
  openedAt: Date;
  extra: string | null;
  entry: EntryPoint | null;
  lastUserMessageAt: Date | null;
  lastMessageAt: Date | null;
  messageCount: number;
  endedAt: Date | null;
  endReason: string | null;
};

/** When a session ends by silence: the next full hour after the user's last message, and 30 days. */
export function sessionExpiry(lastUserMessageAt: Date): Date {
  return new Date((Math.floor(lastUserMessageAt.getTime() / hourMs) + 1) * hourMs + silentDays * dayMs);
}

/** `ended` by an event, `expired` by 30 days of silence, else `open`. Silence counts from the opening where the user wrote nothing. */
export function sessionStatus(
  session: Pick<SessionState, "endedAt" | "lastUserMessageAt" | "openedAt">,
  now: Date,
): "open" | "ended" | "expired" {
  if (session.endedAt && session.endedAt <= now) return "ended";
  return sessionExpiry(session.lastUserMessageAt ?? session.openedAt) <= now ? "expired" : "open";
}

/** Way in (surface.md): what the event says, else the medium of its place, else unknown (null). */
export function entryPoint(entry: string | null, medium: string | null): EntryPoint | null {
  if (entry === "button" || entry === "qr" || entry === "channel_search" || entry === "message_screen") return entry;
  if (medium === "offline") return "qr";
  if (medium === "message") return "message_screen";
  return medium === "web" || medium === "mobile_web" || medium === "app" ? "button" : null;
}

/** Short name of a user that names nobody: first 8 hex digits of the keyed handle. */
export function shortHandle(handle: Uint8Array): string {
  return Buffer.from(handle).toString("hex").slice(0, 8);
}

/** Adds events to a session (null: there was none). The same whatever order they come in, but for which of two codes wins: the first taken. */
export function mergeEvents(before: SessionState | null, events: readonly ConsultEvent[]): SessionState {
  const first = events[0];
  if (!first) throw new Error("No events to merge");
  const after: SessionState = before
    ? { ...before }
    : {
        openedBy: openers[first.kind],
        openedAt: first.at,
        extra: null,
        entry: null,
        lastUserMessageAt: null,
        lastMessageAt: null,
        messageCount: 0,
        endedAt: null,
        endReason: null,
      };
  for (const event of events) {
    if (rank.indexOf(openers[event.kind]) < rank.indexOf(after.openedBy)) after.openedBy = openers[event.kind];
    after.openedAt = earlier(after.openedAt, event.at);
    after.extra ??= event.extra;
    after.entry ??= event.entry;
    if (event.kind === "message") {
      after.messageCount += 1;
      after.lastMessageAt = later(after.lastMessageAt, event.at);
      if (event.direction === "in") after.lastUserMessageAt = later(after.lastUserMessageAt, event.at);
    }
    if (event.kind === "ended" && (!after.endedAt || event.at < after.endedAt)) {
      after.endedAt = event.at;
      after.endReason = event.reason;
    }
  }
  return after;
}

function earlier(a: Date, b: Date): Date {
  return b < a ? b : a;
}

function later(a: Date | null, b: Date): Date {
  return a && a >= b ? a : b;
}

export type DayCount = { day: string; sessions: number; messages: number };

/** What the merge adds to the counters of each KST day; a session whose opening moves to an earlier day moves its count. */
export function dayCounts(
  before: Pick<SessionState, "openedAt"> | null,
  after: Pick<SessionState, "openedAt">,
  events: readonly ConsultEvent[],
): DayCount[] {
  const days = new Map<string, DayCount>();
  const add = (at: Date, sessions: number, messages: number) => {
    const day = kstDay(at);
    const count = days.get(day) ?? { day, sessions: 0, messages: 0 };
    days.set(day, { day, sessions: count.sessions + sessions, messages: count.messages + messages });
  };
  add(after.openedAt, 1, 0);
  if (before) add(before.openedAt, -1, 0);
  for (const event of events) if (event.kind === "message") add(event.at, 0, 1);
  return [...days.values()].filter((count) => count.sessions !== 0 || count.messages !== 0);
}
