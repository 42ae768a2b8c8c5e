// One row of an imported file: an event of the canonical format, or why it is none. Never what it said. Pure.
import { readId, readIso, readUserKey } from "@/lib/dealers/rules/event-reading";
import { readCanonicalEvent } from "@/lib/dealers/rules/read-canonical-event";
import { asFields, readJson, readText, type Value } from "@/lib/dealers/rules/read-json";
import type { ConsultEvent } from "../schema";

export const importReasons = [
  "encoding",
  "malformed",
  "too_long",
  "invalid_shape",
  "unknown_event",
  "out_of_scope",
  "unknown_channel",
  "conflicting_repeat",
  "other_user",
  "no_session",
  "destroyed",
  "not_stored",
] as const;
export type ImportReason = (typeof importReasons)[number];

/** `detail`: names of our own fields that are wrong, by commas. */
export type ImportRow = { ok: true; event: ConsultEvent } | { ok: false; reason: ImportReason; detail: string };

/** @param senderKey the channel's own, null where nobody entered it: then nothing contradicts the row */
export function readImportRow(bytes: Uint8Array | null, senderKey: string | null, now: Date): ImportRow {
  if (bytes === null) return { ok: false, reason: "too_long", detail: "" };
  const text = readText(bytes);
  if (text === null) return { ok: false, reason: "encoding", detail: "" };
  const json = readJson(text);
  if (!json.ok) return { ok: false, reason: "malformed", detail: "" };
  const reading = readCanonicalEvent(json.value, now);
  if (!reading.ok) {
    const reason = importReasons.find((known) => known === reading.reason) ?? "invalid_shape";
    return { ok: false, reason, detail: reason === "invalid_shape" ? wrongFields(json.value, now) : "" };
  }
  if (senderKey !== null && reading.senderKey.toLowerCase() !== senderKey.toLowerCase())
    return { ok: false, reason: "unknown_channel", detail: "senderKey" };
  return { ok: true, event: reading.event };
}

/** Which of the fields that every event has cannot be read; "message" where none of them is to blame. */
function wrongFields(value: Value, now: Date): string {
  const body = asFields(value);
  if (!body) return "";
  const wrong = [
    ...(typeof body.id === "string" && /^[\x21-\x7e]{1,100}$/.test(body.id) ? [] : ["id"]),
    ...(typeof body.type === "string" ? [] : ["type"]),
    ...(readIso(body.at, now, "refuse") ? [] : ["at"]),
    ...(typeof body.senderKey === "string" && body.senderKey.length <= 60 ? [] : ["senderKey"]),
    ...(readUserKey(body.userKey) ? [] : ["userKey"]),
    ...(readId(body.sessionId) ? [] : ["sessionId"]),
  ];
  return wrong.length > 0 ? wrong.join(",") : "message";
}
