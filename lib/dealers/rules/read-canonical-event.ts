// Our own format (surface.md, "Dealer webhooks"): NDJSON or a JSON array of events, each with an id.
import { z } from "zod";
import { entryPoints } from "@/lib/transcripts/schema";
import {
  digestOf,
  isOutOfScope,
  longestText,
  messageKind,
  type Reading,
  readCode,
  readId,
  readIso,
  readUserKey,
  sealable,
} from "./event-reading";
import { pick, unknownFields } from "./event-shape";
import { asFields, readJson, type Value } from "./read-json";

const eventTypes = ["session.opened", "message.received", "message.sent", "session.ended"] as const;
export const mostEvents = 1_000;

const text = (most: number) => z.string().max(most);
const eventSchema = z.object({
  id: z.string().regex(/^[\x21-\x7e]{1,100}$/),
  type: z.enum(eventTypes),
  senderKey: text(60),
  extra: text(1_000).nullish(),
  entry: z.enum(entryPoints).nullish(),
  reason: text(200).nullish(),
  message: z
    .looseObject({
      kind: text(40).min(1),
      text: text(longestText).nullish(),
      attachments: z.array(z.json()).max(50).nullish(),
    })
    .nullish(),
});
const known = new Set([...Object.keys(eventSchema.shape), "at", "userKey", "sessionId"]);

/** One event as it was sent; null where its line was malformed. */
export type Sent = { value: Value | null };

/** Splits a body into events. Null: it is no JSON at all. `tooMany`: over 1,000. */
export function readEvents(body: string): Sent[] | "tooMany" | null {
  const trimmed = body.trim();
  if (trimmed === "") return null;
  if (trimmed.startsWith("[")) {
    const read = readJson(trimmed);
    if (!read.ok || !Array.isArray(read.value)) return null;
    return read.value.length > mostEvents ? "tooMany" : read.value.map((value) => ({ value }));
  }
  const whole = trimmed.includes("\n") ? readJson(trimmed) : null;
  if (whole?.ok) return [{ value: whole.value }];
  const lines = trimmed.split("\n").filter((line) => line.trim() !== "");
  if (lines.length > mostEvents) return "tooMany";
  const events = lines.map((line) => {
    const read = readJson(line);
    return { value: read.ok ? read.value : null };
  });
  return events.every(({ value }) => value === null) ? null : events;
}

/** The id an event gives itself, where it may be told back. */
export function sentId(value: Value | null): string | null {
  const id = asFields(value ?? undefined)?.id;
  return typeof id === "string" && /^[\x21-\x7e]{1,100}$/.test(id) ? id : null;
}

/** Reads one canonical event. Pure: `now` bounds what may be the future. */
export function readCanonicalEvent(value: Value | null, now: Date): Reading {
  const body = asFields(value ?? undefined);
  if (!body) return { ok: false, reason: "invalid_shape" };
  const { type } = body;
  const message = asFields(body.message);
  if (isOutOfScope(message?.kind) || (typeof type === "string" && isOutOfScope(type.split(".")[0]))) {
    return { ok: false, reason: "out_of_scope" };
  }
  if (typeof type === "string" && !eventTypes.some((name) => name === type))
    return { ok: false, reason: "unknown_event" };
  const parsed = eventSchema.safeParse(body);
  const at = readIso(body.at, now, "refuse");
  const userKey = readUserKey(body.userKey);
  const sessionId = readId(body.sessionId);
  if (!parsed.success || !at || !userKey || !sessionId) return { ok: false, reason: "invalid_shape" };
  const event = parsed.data;
  const isMessage = event.type === "message.received" || event.type === "message.sent";
  const serial = readId(message?.serial);
  if (isMessage && (!message || serial === null)) return { ok: false, reason: "invalid_shape" };

  const unknown = unknownFields(body, known);
  const extra = readCode(event.extra ?? undefined);
  const reason = event.reason && /^[A-Za-z0-9_.-]{1,50}$/.test(event.reason) ? event.reason : null;
  const content = sealable({
    ...(message ? { ...message, serial } : {}),
    // What is not a code may be a person's: kept, but sealed.
    extra: extra ? null : (event.extra ?? null),
    reason: reason ? null : (event.reason ?? null),
    more: pick(body, unknown),
  });
  const kind = isMessage ? "message" : event.type === "session.opened" ? "opened" : "ended";
  return {
    ok: true,
    senderKey: event.senderKey,
    unknown,
    event: {
      key: `event:${event.id}`,
      digest: digestOf(body),
      kind,
      sessionId,
      userKey,
      at,
      extra,
      entry: event.entry ?? null,
      reason: kind === "ended" ? reason : null,
      direction: event.type === "message.received" ? "in" : event.type === "message.sent" ? "out" : "note",
      row: kind === "message" ? messageKind(event.message?.kind ?? "") : content ? kind : null,
      content,
    },
  };
}
