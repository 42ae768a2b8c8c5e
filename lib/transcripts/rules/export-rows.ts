// What an exported consultation says, line by line: JSON, cells, or words for paper. Pure.
import { type CsvCell, csvLine } from "@/lib/csv";
import type { Json } from "../schema";
import { maskJson, maskText } from "./masking";
import { saidIn } from "./said";

export type ExportedSession = {
  id: string;
  externalId: string;
  channel: string;
  /** user_key, or where it is masked the first digits of the keyed handle. */
  user: string;
  openedAt: Date;
  endedAt: Date | null;
  endReason: string | null;
  extra: string | null;
  category: string;
  dueOn: string | null;
};

export type ExportedMessage = { at: Date; direction: string; kind: string; content: Json };

/** Words by key below transcripts.exports.file. */
export type Say = (key: string, values?: Record<string, string | number>) => string;

/** One line for the session, then one for each message. */
export function jsonOfSession(session: ExportedSession): string {
  const { openedAt, endedAt, ...rest } = session;
  const at = { openedAt: openedAt.toISOString(), endedAt: endedAt?.toISOString() ?? null };
  return `${JSON.stringify({ type: "session", ...rest, ...at })}\n`;
}

export function jsonOfMessage(session: ExportedSession, message: ExportedMessage, masked: boolean): string {
  const content = masked ? maskJson(message.content) : message.content;
  const { direction, kind } = message;
  const line = { type: "message", session: session.id, at: message.at.toISOString(), direction, kind, content };
  return `${JSON.stringify(line)}\n`;
}

const columns = [
  "session",
  "channel",
  "user",
  "opened",
  "ended",
  "code",
  "category",
  "due",
  "at",
  "from",
  "kind",
  "text",
];

/** Byte order mark and heads. */
export function csvHead(say: Say): string {
  return `\ufeff${csvLine(columns.map((name) => say(`columns.${name}`)))}`;
}

/** One row per message; a session in which nothing was said has one row without message. */
export function csvOfMessage(
  session: ExportedSession,
  message: ExportedMessage | null,
  masked: boolean,
  say: Say,
): string {
  const own: CsvCell[] = [
    ...[session.externalId, session.channel, session.user, kstStamp(session.openedAt)],
    ...[session.endedAt && kstStamp(session.endedAt), session.extra, say(`categories.${session.category}`)],
    session.dueOn,
  ];
  if (!message) return csvLine([...own, null, null, null, null]);
  const said = wordsOf(message, masked, say);
  return csvLine([...own, kstStamp(message.at), say(`from.${message.direction}`), said.kind, said.text]);
}

/** What a message says in words, one line after the other. */
export function wordsOf(message: ExportedMessage, masked: boolean, say: Say): { kind: string; text: string } {
  const said = saidIn(message.content);
  const show = (text: string) => (masked ? maskText(text) : text);
  const lines = [
    ...said.texts.map(show),
    ...said.buttons.map((name) => `[${show(name)}]`),
    ...(said.files > 0 ? [say("files", { count: said.files })] : []),
  ];
  return { kind: say(`kinds.${message.kind}`), text: lines.join("\n") };
}

/** "2026-11-23 14:05:09" in KST, for spreadsheets. */
export function kstStamp(at: Date): string {
  return new Date(at.getTime() + 9 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
}
