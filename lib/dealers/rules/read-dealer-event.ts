// Infobank's and HappyTalk's webhooks (field-facts 1.2): the same events under other names, with another clock.
import type { ConsultEvent } from "@/lib/transcripts/schema";
import {
  digestOf,
  isOutOfScope,
  isText,
  longestText,
  messageKind,
  type Reading,
  readCode,
  readEpoch,
  readId,
  readIso,
  readUserKey,
  sealable,
} from "./event-reading";
import { pick, unknownFields } from "./event-shape";
import { asFields, type Fields, type Value } from "./read-json";

type Names = {
  userKey: string;
  senderKey: string;
  sessionId: string;
  /** The event's own id, where the dealer gives one, and that of a message. */
  id: string | null;
  serial: string;
  /** First one that is filled. */
  time: readonly string[];
  type: readonly string[];
  appUserId: string;
  lastReference: string;
  endType: string;
  /** Present on every event, different at each delivery: never part of what makes it the same. */
  transport: readonly string[];
  readTime: (value: Value | undefined, now: Date) => Date | null;
};

/** 인포뱅크 비즈고: camelCase, ISO 8601 in Korean time, msgKey per event. Documents of 2026 leave sessionId out here and there. */
export const infobankNames: Names = {
  userKey: "userKey",
  senderKey: "senderKey",
  sessionId: "sessionId",
  id: "msgKey",
  serial: "serialNumber",
  time: ["kakaoTime", "time", "sendTime", "reportTime"],
  type: ["type", "msgType"],
  appUserId: "appUserId",
  lastReference: "lastReference",
  endType: "endType",
  transport: ["sendTime", "reportTime", "serviceType", "requestType", "msgType"],
  readTime: (value, now) => readIso(value, now, "kst"),
};

/** 엠비아이솔루션 해피톡 v1: snake_case, epoch milliseconds, serial_number per message. */
export const happytalkNames: Names = {
  userKey: "user_key",
  senderKey: "sender_key",
  sessionId: "session_id",
  id: null,
  serial: "serial_number",
  time: ["time"],
  type: ["type"],
  appUserId: "app_user_id",
  lastReference: "last_reference",
  endType: "end_type",
  transport: [],
  readTime: readEpoch,
};

export type DealerEvent = "reference" | "message" | "expired_session" | "seen_info" | "result";

/** Reads one webhook of a dealer. Pure: `now` bounds what may be the future. */
export function readDealerEvent(names: Names, kind: DealerEvent, value: Value, now: Date): Reading {
  const body = asFields(value);
  if (!body) return { ok: false, reason: "invalid_shape" };
  if (isForeign(names, body)) return { ok: false, reason: "out_of_scope" };
  const senderKey = body[names.senderKey];
  const userKey = readUserKey(body[names.userKey]);
  const at = names.readTime(names.time.map((name) => body[name]).find(Boolean), now);
  const sessionId = readId(body[names.sessionId]);
  // Infobank may leave the session out; HappyTalk always names it.
  const nameless = names.id !== null && (body[names.sessionId] ?? "") === "";
  if (!isText(senderKey, 60) || !userKey || !at || (!sessionId && !nameless)) {
    return { ok: false, reason: "invalid_shape" };
  }
  const about = { names, body, sessionId, userKey, at };
  const event = readers[kind](about);
  return event
    ? { ok: true, senderKey, event, unknown: unknownFields(body, knownTo(names)) }
    : { ok: false, reason: "invalid_shape" };
}

type About = { names: Names; body: Fields; sessionId: string | null; userKey: string; at: Date };

const readers: Record<DealerEvent, (about: About) => ConsultEvent | null> = {
  reference: (about) => {
    const { names, body } = about;
    const reference = asFields(body.reference);
    const extra = reference?.extra;
    const content = {
      reference: body.reference ?? null,
      lastReference: body[names.lastReference] ?? null,
      appUserId: body[names.appUserId] ?? null,
    };
    return make(about, "opened", content, { row: "opened", extra: readCode(extra) });
  },
  message: readMessage,
  expired_session: (about) => {
    const endType = about.body[about.names.endType];
    const reason = typeof endType === "number" ? String(endType) : endType;
    const plain = typeof reason === "string" && /^[A-Za-z0-9_.-]{1,50}$/.test(reason) ? reason : null;
    return make(about, "ended", { endType: endType ?? null }, { row: "ended", reason: plain });
  },
  seen_info: (about) => make(about, "note", {}, { row: "seen" }),
  result: (about) => {
    const { requestType, reportCode, reportText, ref, msgKey, kakaoResCreatedAt } = about.body;
    const content = { requestType, reportCode, reportText, ref, msgKey, kakaoResCreatedAt };
    return make(about, "note", Object.fromEntries(Object.entries(content).map(([k, v]) => [k, v ?? null])), {
      row: "result",
    });
  },
};

/** `content` (2022) and `contents[]` (2026, also as plain texts) both; a long text's file stays an address. */
function readMessage(about: About): ConsultEvent | null {
  const { names, body } = about;
  const type = names.type.map((name) => body[name]).find(Boolean);
  const { content, contents, attachment, extra } = body;
  if (!isText(type, 40)) return null;
  if (!optionalText(content, longestText) || !optionalText(extra, 1_000) || !areContents(contents)) return null;
  if (!isAttachment(attachment)) return null;
  const serial = readId(body[names.serial]) ?? (names.id ? readId(body[names.id]) : null);
  // BK and MD buttons come back as a text with `extra` (field-facts 1.2).
  const kind = messageKind(type) === "text" && extra ? "button" : messageKind(type);
  const said = {
    serial,
    type,
    text: content ?? null,
    contents: contents ?? null,
    attachment: attachment ?? null,
    extra: extra ?? null,
  };
  if (serial === null && !sealable({ ...said, type: null })) return null;
  return make(about, "message", said, { row: kind, direction: "in", serial });
}

type More = Pick<ConsultEvent, "row"> &
  Partial<Pick<ConsultEvent, "direction" | "extra" | "reason">> & { serial?: string | null };

function make(
  { names, body, sessionId, userKey, at }: About,
  kind: ConsultEvent["kind"],
  content: Fields,
  { row, direction = "note", extra = null, reason = null, serial = null }: More,
): ConsultEvent {
  const digest = digestOf(content);
  const id = (names.id ? readId(body[names.id]) : null) ?? serial;
  const unknown = pick(body, unknownFields(body, knownTo(names)));
  const kept = sealable({ ...content, more: unknown });
  // A message without an id of its own is the same when it says the same at the same moment.
  const same = `${sessionId}:${userKey}:${at.getTime()}:${kind === "message" ? digest : ""}`;
  return {
    key: `${kind === "message" ? kind : row}:${id ?? same}`,
    digest,
    kind,
    sessionId,
    userKey,
    at,
    extra,
    entry: null,
    reason,
    direction,
    row,
    content: kind === "note" || kind === "message" ? (kept ?? {}) : kept,
  };
}

function isForeign(names: Names, body: Fields): boolean {
  const service = body.serviceType;
  if (typeof service === "string" && service !== "" && service.toUpperCase() !== "CSTALK") return true;
  return [...names.type, "messageType", "message_type", "chat_type"].some((name) => isOutOfScope(body[name]));
}

function optionalText(value: Value | undefined, most: number): boolean {
  return value === undefined || value === null || isText(value, most);
}

function areContents(value: Value | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (!Array.isArray(value) || value.length > 100) return false;
  return value.every((item) => {
    const fields = asFields(item);
    if (!fields) return isText(item, longestText);
    return optionalText(fields.url, 2_000) && optionalText(fields.comment, longestText);
  });
}

function isAttachment(value: Value | undefined): boolean {
  const fields = asFields(value);
  return fields ? optionalText(fields.url, 2_000) : optionalText(value, 2_000);
}

const known = new Map<Names, ReadonlySet<string>>();

function knownTo(names: Names): ReadonlySet<string> {
  const found = known.get(names);
  if (found) return found;
  const { userKey, senderKey, sessionId, id, serial, time, type, appUserId, lastReference, endType, transport } = names;
  const set = new Set([
    ...[userKey, senderKey, sessionId, serial, appUserId, lastReference, endType, ...(id ? [id] : [])],
    ...[...time, ...type, ...transport],
    ..."content contents attachment extra reference requestType reportCode reportText ref kakaoResCreatedAt".split(" "),
  ]);
  known.set(names, set);
  return set;
}
