// How the stand-in's desk is spoken to in a dealer's dialect, and what it tells by webhook.
import type { Credentials, Json } from "../client/dialect";
import type { Desk, DeskAnswer, DeskEvent, DeskRefusal } from "./desk";

/** A call as it arrived; `file`: the name of an uploaded file, whose bytes were read and dropped. */
export type DeskRequest = {
  method: string;
  path: string;
  query: Readonly<Record<string, string>>;
  headers: Readonly<Record<string, string | undefined>>;
  body: unknown;
  fields: Readonly<Record<string, string>>;
  file: { name: string; bytes: number } | null;
};
export type DeskReply = { status: number; body: Json };

export type Speaking = {
  /** Whether the credentials of a call are those of the connection. */
  knows: (request: DeskRequest, credentials: Credentials) => boolean;
  /** Answers a call; null: no such call. */
  answer: (desk: Desk, request: DeskRequest) => DeskReply | null;
  refuse: (refusal: DeskRefusal) => DeskReply;
  /** Path below the hook's address, and the body as text: numbers beyond 2^53 are written as they are. Null: this dealer tells no such thing. */
  hook: (event: DeskEvent, senderKey: string, key: string) => { path: string; body: string } | null;
};

export type Handler = (desk: Desk, request: DeskRequest) => DeskReply;

/** A desk's answer in a dialect. */
export function replied<T>(
  answer: DeskAnswer<T>,
  good: (value: T) => DeskReply,
  refuse: (refusal: DeskRefusal) => DeskReply,
): DeskReply {
  return answer.ok ? good(answer.value) : refuse(answer.refusal);
}
