// A rehearsal: what may be done in it, and what is noted of it.
import { z } from "zod";
import { note } from "@/lib/text";
import type { Bound, BoundPart } from "../rules/bound";
import type { Bubble } from "../rules/phone";

export const rehearsalFormats = ["infobank", "happytalk"] as const;
export type RehearsalFormat = (typeof rehearsalFormats)[number];

/** Ways in (guide 2, STEP 1 and STEP 2): a PC asks for a login or a QR scan first. */
export const entries = ["button", "qr", "pc-login", "pc-qr", "message", "search"] as const;
export type Entry = (typeof entries)[number];

export const samplePictures = ["product", "receipt", "parcel"] as const;
/** How far time can be moved at once: to the next consult hours of the scenario, a day, thirty (guide 2, STEP 4), past the last day of what is kept. */
export const leaps = ["open", "day", "month", "due"] as const;

export const startRehearsalSchema = z.object({ channelId: z.uuid(), format: z.enum(rehearsalFormats) });
export type StartRehearsal = z.output<typeof startRehearsalSchema>;

const rehearsalId = z.uuid();
/** `pc`: the button on a PC was pressed; what comes next is asked. */
export const enterSchema = z.object({
  rehearsalId,
  entry: z.enum([...entries, "pc"]),
  placementId: z.uuid().optional(),
});
export const saySchema = z.object({ rehearsalId, text: note(1_000, 1) });
export const showSchema = z.object({ rehearsalId, picture: z.enum(samplePictures) });
export const speakSchema = z.object({ rehearsalId, words: note(1_000, 1) });
export const leapSchema = z.object({ rehearsalId, leap: z.enum(leaps) });
export const actSchema = z.object({ rehearsalId });
export const replySchema = z.object({
  ...{ rehearsalId, templateId: z.uuid(), version: z.string().regex(/^[0-9a-f]{64}$/) },
  ...{ act: z.enum(["preview", "send"]), seen: z.string().default("") },
});
export const endRehearsalSchema = z.object({ rehearsalId, outcome: z.enum(["finished", "given-up"]) });

/**
 * entered: somebody chose a way in · opened: the room has a session · noticed: the first automatic notice · said, showed: the user · robot,
 * replied: what went out · refused: who was not let · handed: the robot leaves it to a person · alimtalk: a message that 상담톡 does not show ·
 * passed: time
 */
export const eventKinds = [
  ...([
    "entered",
    "opened",
    "noticed",
    "said",
    "showed",
    "unheard",
    "robot",
    "handed",
    "replied",
    "refused",
    "ended",
  ] as const),
  ...(["blocked", "unblocked", "alimtalk", "passed", "reopened", "destroyed"] as const),
] as const;
export type EventKind = (typeof eventKinds)[number];
export type Detail = { [name: string]: string | number | boolean | null };
/** What is about to be noted. */
export type Noted = { kind: EventKind; detail: Detail; picture?: Bubble[] };
export type RehearsalEvent = Omit<Noted, "picture"> & {
  number: number;
  /** By the rehearsal's own time. */
  at: Date;
  notedAt: Date;
  personName: string;
  picture: Bubble[] | null;
};

export type SessionMessage = { direction: string; kind: string; at: Date; content: unknown };
/** A consultation of a rehearsal as it is kept, with its words while its key is there. */
export type RehearsedSession = {
  id: string;
  externalId: string;
  openedAt: Date;
  openedBy: string;
  endedAt: Date | null;
  status: "open" | "ended" | "expired";
  returning: boolean;
  extra: string | null;
  placeName: string | null;
  messageCount: number;
  /** Last day by the policies in force, by whose word, or what is waited for. */
  dueOn: string | null;
  policyName: string | null;
  waitsFor: string | null;
  ring: string | null;
  messages: SessionMessage[];
};

/** `leads`: the consult start URL, to be read. */
export type RehearsalPlace = { id: string; name: string; code: string; medium: string; state: string; leads: string };

export type RehearsalView = {
  id: string;
  company: string;
  channelId: string;
  channelName: string;
  searchId: string;
  senderKey: string | null;
  format: RehearsalFormat;
  personName: string;
  at: Date;
  /** By the rehearsal's own time. */
  now: Date;
  aheadMs: number;
  endedAt: Date | null;
  outcome: "finished" | "given-up" | null;
  destroyedAt: Date | null;
  userHandle: string;
  blocked: boolean;
  /** Whether the phone shows the room; the dealer's number of its session, null while there is none. */
  room: boolean;
  session: string | null;
  /** What the robot waits for. */
  choices: readonly string[];
  events: RehearsalEvent[];
  /** Newest first. */
  sessions: RehearsedSession[];
  places: RehearsalPlace[];
  notice: { number: number; text: string; hash: string; verified: boolean } | null;
  scenario: { id: string; name: string; number: number } | null;
  bound: Bound;
  /** What is no longer as it was walked. */
  changed: BoundPart[];
};

export type ListedRehearsal = Pick<
  RehearsalView,
  "id" | "channelName" | "format" | "personName" | "at" | "endedAt" | "outcome"
> & {
  done: number;
  of: number;
  changed: BoundPart[];
};
