// A dealer who posts to a hook.
import { randomBytes } from "node:crypto";
import { type Answer, type Ask, Caller } from "./harness-caller";
import type { Company } from "./harness-company";

export type Event = Readonly<Record<string, unknown>>;

const dealer = new Caller();

/** An id that no event had before. */
export const freshId = () => randomBytes(9).toString("hex");

/** Posts a body as it is given. */
export function post(
  token: string,
  path: string,
  body: string | Uint8Array,
  headers: Ask["headers"] = {},
): Promise<Answer> {
  return dealer.ask(`/hooks/${token}${path}`, {
    method: "POST",
    headers: { accept: "*/*", "content-type": "application/json", ...headers },
    body,
  });
}

/** Posts canonical events of a company. */
export function tell(company: Company, ...events: Event[]): Promise<Answer> {
  return post(company.token, "/events", JSON.stringify(events));
}

type Told = { senderKey: string; code?: string };

/** A consult that begins by a button. */
export function opened({ senderKey, code }: Told, more: Event = {}): Event {
  const at = new Date().toISOString();
  const sessionId = freshId();
  return {
    id: freshId(),
    type: "session.opened",
    at,
    senderKey,
    userKey: "AbC12dEf34_G",
    sessionId,
    extra: code,
    ...more,
  };
}

/** Something the user wrote. */
export function wrote({ senderKey }: Told, sessionId: string, text: string, more: Event = {}): Event {
  const at = new Date().toISOString();
  const message = {
    serial: `16898841308948${String(Math.floor(Math.random() * 1e5)).padStart(5, "0")}`,
    kind: "text",
    text,
  };
  return {
    id: freshId(),
    type: "message.received",
    at,
    senderKey,
    userKey: "AbC12dEf34_G",
    sessionId,
    message,
    ...more,
  };
}
