// A small dealer for rehearsals and tests: rooms, uploads, system messages and hours of one channel, in memory. It knows no dialect and no HTTP.
import { randomInt, randomUUID } from "node:crypto";
import type { ConsultHours, SystemMessage, SystemMessageKind } from "../client/dialect";
import type { DealerReason } from "../client/reasons";
import { endCommand } from "../rules/end-command";
import { overLimit } from "./message-limits";
import { agentSpeaks, emptyRoom, ended, expiryOf, type Room, type RoomEnd, roomAt, userComes } from "./room";

export type DeskRefusal = Extract<
  DealerReason,
  | "noSession"
  | "blocked"
  | "duplicate"
  | "tooLong"
  | "image"
  | "invalid"
  | "userKey"
  | "profile"
  | "credentials"
  | "failed"
  | "rateLimited"
  | "noData"
>;
export type DeskAnswer<T = null> = { ok: true; value: T } | { ok: false; refusal: DeskRefusal };

/** What happened on the dealer's side and is told by webhook. `lastExtra`: the code of the time before. */
export type DeskEvent = { userKey: string; sessionId: string; at: Date } & (
  | { kind: "reference"; extra: string | null; lastExtra: { extra: string; at: Date } | null }
  | { kind: "message"; serial: string; type: string; text: string; url: string | null; extra: string | null }
  | { kind: "expired_session"; by: RoomEnd }
  | { kind: "result"; requestType: "write" | "end" | "endwithbot"; ref: string; messageKey: string }
);

/** A message an agent sent, as the dealer got it. */
export type DeskMessage = {
  userKey: string;
  at: Date;
  serial: string;
  code: string;
  plain: boolean;
  body: Readonly<Record<string, unknown>>;
};

export type DeskOptions = {
  senderKey: string;
  name: string;
  searchId: string;
  committalCompany: string;
  /** What the ids of its sessions begin with, where they must not be a dealer's. */
  sessionPrefix?: string;
};

/** Letters of a user key as Kakao's examples have them (field-facts 1.1). */
const userKeyShape = /^[A-Za-z0-9_-]{1,20}$/;

export class Desk {
  private readonly rooms = new Map<string, Room>();
  private readonly uploads = new Set<string>();
  private readonly system = new Map<SystemMessageKind, SystemMessage>();
  private hourTable: ConsultHours = [];
  private offset = 0;
  readonly sent: DeskMessage[] = [];

  /** @param tell hears everything that a webhook would say, in its order */
  constructor(
    readonly options: DeskOptions,
    private readonly tell: (event: DeskEvent) => void,
    private readonly clock: () => number = Date.now,
  ) {}

  now(): Date {
    return new Date(this.clock() + this.offset);
  }

  /** Moves the desk's own time forward; sessions that end on the way end then. @param ms of the future */
  pass(ms: number): void {
    this.offset += Math.max(0, ms);
    const now = this.now();
    for (const room of this.rooms.values()) this.keep(roomAt(room, now), room);
  }

  room(userKey: string): Room {
    return roomAt(this.rooms.get(userKey) ?? emptyRoom(userKey), this.now());
  }

  /** A user presses a button, scans a code, or comes by a search. @param extra the place's code */
  press(userKey: string, extra: string | null): void {
    this.come(userKey, { extra, wrote: false });
  }

  /** A user writes or sends a file; without a press before, no reference is told (field-facts 1.2). `!종료` ends. */
  say(userKey: string, said: { text?: string; type?: string; url?: string; extra?: string }): boolean {
    const { text = "", type = "text", url = null, extra = null } = said;
    if (text.trim() === endCommand) return this.finish(userKey, "command");
    const room = this.come(userKey, { extra: null, wrote: true });
    if (!room?.open) return false;
    const serial = `${this.clock()}${randomInt(100_000, 1_000_000)}`;
    this.tell({ kind: "message", userKey, sessionId: room.open.id, at: this.now(), serial, type, text, url, extra });
    return true;
  }

  leave(userKey: string): boolean {
    return this.finish(userKey, "left");
  }

  private come(userKey: string, { extra, wrote }: { extra: string | null; wrote: boolean }): Room | null {
    const now = this.now();
    const held = this.room(userKey);
    const { room, opened, heard } = userComes(
      held,
      { extra, wrote, next: `${this.options.sessionPrefix ?? ""}${randomInt(1e8, 1e9)}` },
      now,
    );
    this.keep(room, held);
    if (!heard) return null;
    if (opened && room.open && !wrote)
      this.tell({ kind: "reference", userKey, sessionId: room.open.id, at: now, extra, lastExtra: held.lastExtra });
    return room;
  }

  private finish(userKey: string, by: RoomEnd): boolean {
    const room = this.room(userKey);
    this.keep(ended(room, by, this.now()), room);
    return room.open !== null;
  }

  private keep(room: Room, before: Room): void {
    this.rooms.set(room.userKey, room);
    if (before.open && !room.open && room.ended)
      this.tell({
        kind: "expired_session",
        userKey: room.userKey,
        sessionId: before.open.id,
        at: room.ended.at,
        by: room.ended.by,
      });
  }

  /** What a query of a session says: of the open one, else of the last. `endedBy`: the dealer's own code, of which one is documented. */
  sessionFacts(userKey: string): { startedAt: Date; expiresAt: Date; endedBy: string } | null {
    const { open, ended: last } = this.room(userKey);
    if (open) return { startedAt: open.startedAt, expiresAt: expiryOf(open), endedBy: "AE" };
    return last ? { startedAt: last.at, expiresAt: last.at, endedBy: "AE" } : null;
  }

  private refused(senderKey: string, userKey?: string): DeskRefusal | null {
    if (senderKey !== this.options.senderKey) return "profile";
    return userKey === undefined || userKeyShape.test(userKey) ? null : "userKey";
  }

  /** An agent's message. `code`: the dealer's bubble type. `result`: whether a result is told by webhook as well. */
  send(message: Omit<DeskMessage, "at"> & { senderKey: string; result: boolean }): DeskAnswer<{ messageKey: string }> {
    const { senderKey, userKey, serial, code, plain, body, result } = message;
    const refusal = this.refused(senderKey, userKey);
    if (refusal) return { ok: false, refusal };
    const now = this.now();
    const spoken = agentSpeaks(this.room(userKey), serial, now);
    if (!spoken.ok) return spoken;
    const fault = overLimit(plain, code, body) ?? (this.foreignFile(body) ? "image" : null);
    if (fault) return { ok: false, refusal: fault };
    this.rooms.set(userKey, spoken.room);
    this.sent.push({ userKey, at: now, serial, code, plain, body });
    const messageKey = randomUUID();
    const { open } = spoken.room;
    if (result && open)
      this.tell({
        kind: "result",
        userKey,
        sessionId: open.id,
        at: now,
        requestType: "write",
        ref: serial,
        messageKey,
      });
    return { ok: true, value: { messageKey } };
  }

  /** "Only files stored on Kakao's server can be sent" (field-facts 1.4). */
  private foreignFile(value: unknown): boolean {
    if (Array.isArray(value)) return value.some((one) => this.foreignFile(one));
    if (typeof value !== "object" || value === null) return false;
    return Object.entries(value).some(([name, one]) =>
      /^(img|file)_?url$/i.test(name) ? !this.uploads.has(String(one)) : this.foreignFile(one),
    );
  }

  end(senderKey: string, userKey: string, by: "agent" | "bot"): DeskAnswer {
    const refusal = this.refused(senderKey, userKey);
    if (refusal) return { ok: false, refusal };
    return this.finish(userKey, by) ? { ok: true, value: null } : { ok: false, refusal: "noSession" };
  }

  /** Blocking also ends the session (field-facts 1.6). */
  block(senderKey: string, userKey: string, blocked: boolean): DeskAnswer {
    const refusal = this.refused(senderKey, userKey);
    if (refusal) return { ok: false, refusal };
    const room = this.room(userKey);
    this.keep(blocked ? ended(room, "blocked", this.now()) : { ...room, blocked: false }, room);
    return { ok: true, value: null };
  }

  /** @returns the address that a message may name */
  upload(senderKey: string, name: string): DeskAnswer<string> {
    const refusal = this.refused(senderKey);
    if (refusal) return { ok: false, refusal };
    const address = `https://dn-m.talk.kakao.com/talkm/${randomUUID()}/${encodeURIComponent(name)}`;
    this.keepFile(address);
    return { ok: true, value: address };
  }

  /** Makes an address one of Kakao's server, as an upload of before would have. */
  keepFile(address: string): void {
    this.uploads.add(address);
  }

  hours(senderKey: string): DeskAnswer<ConsultHours> {
    const refusal = this.refused(senderKey);
    return refusal ? { ok: false, refusal } : { ok: true, value: this.hourTable };
  }

  writeHours(senderKey: string, hours: ConsultHours): DeskAnswer {
    const refusal = this.refused(senderKey);
    if (refusal) return { ok: false, refusal };
    this.hourTable = hours;
    return { ok: true, value: null };
  }

  systemMessages(senderKey: string): DeskAnswer<SystemMessage[]> {
    const refusal = this.refused(senderKey);
    return refusal ? { ok: false, refusal } : { ok: true, value: [...this.system.values()] };
  }

  saveSystemMessage(senderKey: string, kind: SystemMessageKind, text: string): DeskAnswer {
    const refusal = this.refused(senderKey) ?? (text === "" || text.length > 1_000 ? "invalid" : null);
    if (refusal) return { ok: false, refusal };
    this.system.set(kind, { kind, text, state: "registered", comment: "" });
    return { ok: true, value: null };
  }

  submitSystemMessage(senderKey: string, kind: SystemMessageKind): DeskAnswer {
    return this.decide(senderKey, kind, "requested", "");
  }

  /** What an inspector says of a system message: nobody else can. */
  decide(senderKey: string, kind: SystemMessageKind, state: SystemMessage["state"], comment: string): DeskAnswer {
    const held = this.system.get(kind);
    const refusal = this.refused(senderKey) ?? (held ? null : "noData");
    if (refusal || !held) return { ok: false, refusal: refusal ?? "noData" };
    this.system.set(kind, { ...held, state, comment });
    return { ok: true, value: null };
  }
}
