// The file of an export as a stream of bytes: rows, cells or pages, from parts of consultations.
import { openScroll, type Scroll } from "@/lib/pdf/scroll";
import { csvHead, csvOfMessage, jsonOfMessage, jsonOfSession, kstStamp, type Say, wordsOf } from "../rules/export-rows";
import type { ExportFormat } from "../schema/exports";
import type { ExportedPart } from "./export-source";

export type ExportFacts = { company: string; purpose: string; reason: string; at: Date; masked: boolean };

/** Bytes of one format; nothing is kept of what went out. */
export function exportBytes(
  format: ExportFormat,
  parts: AsyncIterable<ExportedPart>,
  facts: ExportFacts,
  say: Say,
): AsyncGenerator<Uint8Array> {
  if (format === "pdf") return pdfBytes(parts, facts, say);
  return textBytes(format === "ndjson" ? jsonLines(parts, facts) : csvLines(parts, facts, say));
}

async function* textBytes(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const text of texts) yield encoder.encode(text);
}

async function* jsonLines(parts: AsyncIterable<ExportedPart>, { masked }: ExportFacts): AsyncGenerator<string> {
  for await (const { session, messages, opens } of parts) {
    const lines = messages.map((message) => jsonOfMessage(session, message, masked));
    yield [...(opens ? [jsonOfSession(session)] : []), ...lines].join("");
  }
}

async function* csvLines(
  parts: AsyncIterable<ExportedPart>,
  { masked }: ExportFacts,
  say: Say,
): AsyncGenerator<string> {
  yield csvHead(say);
  for await (const { session, messages, opens } of parts) {
    if (messages.length > 0) yield messages.map((message) => csvOfMessage(session, message, masked, say)).join("");
    else if (opens) yield csvOfMessage(session, null, masked, say);
  }
}

async function* pdfBytes(parts: AsyncIterable<ExportedPart>, facts: ExportFacts, say: Say): AsyncGenerator<Uint8Array> {
  const scroll = openScroll({
    title: say("title"),
    author: facts.company,
    at: facts.at,
    foot: say("foot", { company: facts.company }),
  });
  scroll.paragraph(say("title"), { size: 17, weight: "bold" });
  scroll.space(6);
  const made = { at: kstStamp(facts.at), company: facts.company };
  scroll.paragraph(say("made", made), { size: 9, ink: "quiet" });
  scroll.paragraph(say("purpose", { purpose: facts.purpose, reason: facts.reason }), { size: 9, ink: "quiet" });
  scroll.paragraph(say(facts.masked ? "masked" : "unmasked"), { size: 9, ink: "quiet" });
  for await (const part of parts) {
    drawPart(scroll, part, facts.masked, say);
    yield* scroll.taken();
  }
  yield* scroll.end();
}

function drawPart(scroll: Scroll, { session, messages, opens }: ExportedPart, masked: boolean, say: Say): void {
  if (opens) {
    scroll.keep(110);
    scroll.space(16);
    scroll.rule();
    scroll.space(8);
    scroll.paragraph(`${session.channel}  ${session.externalId}`, { size: 11, weight: "bold" });
    const { user, openedAt, category, dueOn } = session;
    const due = dueOn ?? say("noDue");
    const named = { user, opened: kstStamp(openedAt), category: say(`categories.${category}`), due };
    scroll.paragraph(say("session", named), { size: 8.5, ink: "quiet" });
    scroll.space(4);
  }
  for (const message of messages) {
    const { kind, text } = wordsOf(message, masked, say);
    scroll.keep(36);
    const from = say(`from.${message.direction}`);
    scroll.paragraph(`${kstStamp(message.at)}  ${from}  ${kind}`, { size: 8, ink: "quiet" });
    if (text !== "") scroll.paragraph(text, { size: 10, indent: 12 });
    scroll.space(3);
  }
}
