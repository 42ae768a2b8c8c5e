// What all dialects have in common: operations in our words, calls and answers in the dealer's.

import type { SendWith } from "@/lib/templates/rules/payload";
import type { TemplateContent } from "@/lib/templates/schema/content";
import type { DealerReason } from "./reasons";

export type Json = Readonly<Record<string, unknown>>;

/** A call as the dealer documents it: `path` after the connection's address. */
export type DialectCall = {
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  body?: Json;
  /** Multipart fields beside the file, which is called `file`. */
  upload?: Readonly<Record<string, string>>;
};

/** An answer read: `code` as the dealer said it ("" where it said none). */
export type DialectAnswer = { code: string; text: string; data: unknown } & (
  | { ok: true }
  | { ok: false; reason: DealerReason }
);

/** When people are there, by day of the week; times of day as HHMM. */
export type ConsultHours = {
  day: "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";
  startAt: string;
  endAt: string;
}[];

/** `ST` begins a consult; S1 no consult, S2 absent, S3 ended without an answer, S4 waiting (field-facts 1.5). */
export const systemMessageKinds = ["ST", "S1", "S2", "S3", "S4"] as const;
export type SystemMessageKind = (typeof systemMessageKinds)[number];
/** How an inspection stands: registered, asked for, approved, rejected, a question came back. */
export type SystemMessageState = "registered" | "requested" | "approved" | "rejected" | "asked";
export type SystemMessage = { kind: SystemMessageKind; text: string; state: SystemMessageState; comment: string };

export type SessionFacts = { startedAt: Date | null; expiresAt: Date | null };
export type ProfileFacts = {
  name: string;
  searchId: string;
  active: boolean;
  consultTalk: boolean;
  committalCompany: string;
};

/** One dealer's way to say things. What it has no documented call for is absent. */
export type Dialect = {
  /** Where its service is, unless a connection says otherwise. */
  address: string;
  headers: (credentials: Credentials) => Readonly<Record<string, string>>;
  read: (status: number, body: unknown) => DialectAnswer;
  /** Whether a second send of the same serial is refused rather than sent: then an unanswered send may be repeated. */
  refusesRepeats: boolean;
  /** Calls a second that its documents allow; null: they say nothing. */
  perSecond: number | null;
  send: (content: TemplateContent, given: SendWith) => DialectCall;
  end: (who: Who) => DialectCall;
  endWithBot: (who: Who, event: string) => DialectCall;
  block: (who: Who) => DialectCall;
  unblock: (who: Who) => DialectCall;
  uploadImage: (senderKey: string, rich: boolean) => DialectCall;
  uploadFile: (senderKey: string) => DialectCall;
  /** Address of an uploaded file in the answer's data; null where it has none. */
  uploaded: (data: unknown) => string | null;
  messageKey: (data: unknown) => string | null;
  session?: { call: (who: Who) => DialectCall; read: (data: unknown) => SessionFacts };
  profile?: { call: (senderKey: string) => DialectCall; read: (data: unknown) => ProfileFacts | null };
  hours?: {
    read: (senderKey: string) => DialectCall;
    write: (senderKey: string, hours: ConsultHours, there: boolean) => DialectCall;
    of: (data: unknown) => ConsultHours;
  };
  system?: {
    list: (senderKey: string) => DialectCall;
    save: (senderKey: string, message: { kind: SystemMessageKind; text: string }) => DialectCall;
    submit: (senderKey: string, kind: SystemMessageKind) => DialectCall;
    of: (data: unknown) => SystemMessage[];
  };
};

export type Who = { userKey: string; senderKey: string; serial: string };

/** Infobank: `key`. HappyTalk: `id` and `key`, its client id and secret. */
export type Credentials = { id: string; key: string };

/** A field of something that came from outside. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let here = value;
  for (const step of path) here = typeof here === "object" && here !== null ? (here as Json)[step] : undefined;
  return here;
}

/** A text or a number as text; "" for anything else. */
export const textAt = (value: unknown, ...path: readonly string[]): string => {
  const found = at(value, ...path);
  return typeof found === "string" || typeof found === "number" ? String(found) : "";
};

export const listAt = (value: unknown, ...path: readonly string[]): readonly unknown[] => {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
};
