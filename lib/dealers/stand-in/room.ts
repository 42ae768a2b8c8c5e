// What a room on a dealer's side obeys (guide 2; field-facts 1.3): agents never first, sessions that last 30 days after the user's last message
// and end at the next full hour, leaving, blocking, `!종료`, a bot's hand-over. Pure: `now` is a value, so a rehearsal may move its time.

export type RoomEnd = "agent" | "bot" | "left" | "command" | "blocked" | "silent";

export type RoomSession = {
  id: string;
  startedAt: Date;
  /** The user's last message, or the press that opened it. */
  lastAt: Date;
  /** The place's code, as it came along; null when the user came by himself. */
  extra: string | null;
};

/** One user's room with one channel. */
export type Room = {
  userKey: string;
  open: RoomSession | null;
  ended: { id: string; by: RoomEnd; at: Date } | null;
  /** The code that came along last time. */
  lastExtra: { extra: string; at: Date } | null;
  blocked: boolean;
  /** Serials that agents used: of two with the same the second is refused. */
  serials: readonly string[];
};

export const emptyRoom = (userKey: string): Room => ({
  ...{ userKey, open: null, ended: null, lastExtra: null, blocked: false, serials: [] },
});

const day = 86_400_000;
const hour = 3_600_000;

/** When a session ends if its user stays silent: the next full hour after the last message, and 30 days. */
export function expiryOf({ lastAt }: Pick<RoomSession, "lastAt">): Date {
  return new Date(Math.floor(lastAt.getTime() / hour) * hour + hour + 30 * day);
}

/** The room as it is at a time: silent for 30 days, it has ended by itself, then. */
export function roomAt(room: Room, now: Date): Room {
  if (!room.open) return room;
  const expires = expiryOf(room.open);
  return expires.getTime() > now.getTime() ? room : ended(room, "silent", expires);
}

export type RoomRefusal = "noSession" | "blocked" | "duplicate";
export type Spoken = { ok: true; room: Room } | { ok: false; refusal: RoomRefusal };

/** Whether an agent may send: never first, never after the end, never to whom was blocked, no serial twice. */
export function agentSpeaks(held: Room, serial: string, now: Date): Spoken {
  const room = roomAt(held, now);
  if (room.blocked) return { ok: false, refusal: "blocked" };
  if (!room.open) return { ok: false, refusal: "noSession" };
  if (serial !== "" && room.serials.includes(serial)) return { ok: false, refusal: "duplicate" };
  return { ok: true, room: serial === "" ? room : { ...room, serials: [...room.serials, serial] } };
}

/**
 * A user presses a button or writes. A session opens where none is; a message keeps it open for 30 days more. What somebody who was blocked
 * does is seen by nobody.
 * @param next id of the session, should one open
 */
export function userComes(
  held: Room,
  { extra, wrote, next }: { extra: string | null; wrote: boolean; next: string },
  now: Date,
): { room: Room; opened: boolean; heard: boolean } {
  const room = roomAt(held, now);
  if (room.blocked) return { room, opened: false, heard: false };
  if (room.open) {
    const open = wrote ? { ...room.open, lastAt: now } : room.open;
    return { room: { ...room, open }, opened: false, heard: true };
  }
  const open = { id: next, startedAt: now, lastAt: now, extra };
  return { room: { ...room, open }, opened: true, heard: true };
}

/** Ends an open session. @returns the same room when there is none */
export function ended(room: Room, by: RoomEnd, at: Date): Room {
  const { open } = room;
  if (!open) return by === "blocked" ? { ...room, blocked: true } : room;
  const lastExtra = open.extra === null ? room.lastExtra : { extra: open.extra, at: open.startedAt };
  return { ...room, open: null, ended: { id: open.id, by, at }, lastExtra, blocked: room.blocked || by === "blocked" };
}
