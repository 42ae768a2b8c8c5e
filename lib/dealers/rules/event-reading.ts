// What the readers of all formats share: what they answer, instants, codes, kinds of messages, and what is no consult at all.
import { canonicalJson } from "@/lib/audit/record";
import {
  type ConsultEvent,
  clearCode,
  type MessageKind,
  sessionIdSchema,
  userKeySchema,
} from "@/lib/transcripts/schema";
import type { SetAsideReason } from "../schema/connection";
import type { Fields, Value } from "./read-json";

/** An event read, with the names of fields nobody told us about; or why it is set aside. */
export type Reading =
  | { ok: true; senderKey: string; event: ConsultEvent; unknown: string[] }
  | { ok: false; reason: SetAsideReason };

/** A message's text may hold this many characters: far beyond the 4,000 that Kakao delivers in line (field-facts 1.2). */
export const longestText = 20_000;
const earliest = Date.UTC(2010, 0, 1);
const aheadMs = 24 * 3_600_000;

/** A day ahead of our clock at most, and not before KakaoTalk. */
function plausible(at: Date, now: Date): Date | null {
  return at.getTime() >= earliest && at.getTime() <= now.getTime() + aheadMs ? at : null;
}

/** Epoch milliseconds, as number or digits. */
export function readEpoch(value: Value | undefined, now: Date): Date | null {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && /^\d{10,14}$/.test(text) ? plausible(new Date(Number(text)), now) : null;
}

/** ISO 8601; without an offset it is Korean time where the format says so. */
export function readIso(value: Value | undefined, now: Date, offsetless: "refuse" | "kst"): Date | null {
  if (typeof value !== "string" || value.length > 40) return null;
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?$/.exec(value);
  if (!match || (!match[3] && offsetless === "refuse")) return null;
  const offset = (match[3] ?? "+09:00").replace(/^([+-]\d{2})(\d{2})$/, "$1:$2");
  const ms = Date.parse(`${match[1]}T${match[2]}${offset}`);
  if (Number.isNaN(ms)) return null;
  // Date.parse takes 30 February for 2 March.
  const date = Number(match[1]?.slice(8));
  const last = new Date(Date.UTC(Number(match[1]?.slice(0, 4)), Number(match[1]?.slice(5, 7)), 0)).getUTCDate();
  return date > last ? null : plausible(new Date(ms), now);
}

/** An identifier that comes as text or as a number, as text; null when it is neither or not of its form. */
export function readId(value: Value | undefined): string | null {
  const text = typeof value === "number" ? String(value) : value;
  const parsed = sessionIdSchema.safeParse(text);
  return parsed.success ? parsed.data : null;
}

export function readUserKey(value: Value | undefined): string | null {
  const parsed = userKeySchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** A way-in code, where it may stand in clear. */
export function readCode(value: Value | undefined): string | null {
  return typeof value === "string" && clearCode.test(value) ? value : null;
}

export function isText(value: Value | undefined, most: number): value is string {
  return typeof value === "string" && value.length <= most;
}

const kinds: Readonly<Record<string, MessageKind>> = {
  TEXT: "text",
  PLAINTEXT: "text",
  RICHTEXT: "text",
  PHOTO: "photo",
  IMAGE: "photo",
  PLAINIMAGE: "photo",
  RICHIMAGE: "photo",
  WIDEIMAGE: "photo",
  VIDEO: "video",
  PLAINVIDEO: "video",
  AUDIO: "audio",
  PLAINAUDIO: "audio",
  FILE: "file",
  PLAINFILE: "file",
  BUTTON: "button",
};
/** Only 1:1 consult messages are consultations (guide 3-2). */
const foreign = new Set(
  "ALIMTALK FRIENDTALK BRANDTALK BRANDMESSAGE GROUP GROUPMESSAGE GROUPCHAT BOT CHATBOT BOTMESSAGE AT FT".split(" "),
);

const bare = (name: string) => name.toUpperCase().replace(/[^A-Z]/g, "");

export function messageKind(type: string): MessageKind {
  return kinds[bare(type)] ?? "other";
}

/** True for the name of a message or service that is not 1:1 consult: Alimtalk, Friendtalk, group message, chatbot turn. */
export function isOutOfScope(name: Value | undefined): boolean {
  return typeof name === "string" && name.length <= 60 && foreign.has(bare(name));
}

/** Content as it is sealed: empty fields left out; null when nothing is left. */
export function sealable(fields: Fields): Fields | null {
  const kept = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return kept.length === 0 ? null : Object.fromEntries(kept);
}

/** The text that must be equal when the same event comes again. */
export function digestOf(fields: Fields): string {
  return canonicalJson(sealable(fields) ?? {});
}
