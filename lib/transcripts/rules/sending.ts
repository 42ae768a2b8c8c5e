// What a message that a person sends has to be, and how it stands in the transcript. Pure.

import { textLength } from "@/lib/templates/rules/counting";
import { longestLength } from "@/lib/templates/rules/fill";
import type { MessageType, TemplateContent, TemplateVariable } from "@/lib/templates/schema/content";
import { type SessionState, sessionStatus } from "../rules";
import type { Json, MessageKind } from "../schema";

/** Why nothing may be sent into a consultation now, or null: agents never speak first, nor after its end (guide 2 STEP 1, STEP 4). */
export function whyNotSend(
  session: Pick<SessionState, "endedAt" | "lastUserMessageAt" | "openedAt"> & { blocked: boolean },
  now: Date,
): "ended" | "expired" | "blocked" | null {
  const status = sessionStatus(session, now);
  if (status !== "open") return status;
  return session.blocked ? "blocked" : null;
}

/** What is wrong with the value of a variable, or null. */
export function valueFault(variable: TemplateVariable, value: string): "empty" | "unlisted" | "long" | null {
  if (value.trim() === "") return "empty";
  if (variable.closed && !variable.samples.includes(value)) return "unlisted";
  const longest = longestLength(variable);
  return longest !== null && textLength(value) > longest ? "long" : null;
}

const kinds: Partial<Record<MessageType, MessageKind>> = {
  ...{ PLAIN_TEXT: "text", PLAIN_IMAGE: "photo", PLAIN_FILE: "file", PLAIN_VIDEO: "video", PLAIN_AUDIO: "audio" },
};

/** A sent message as the transcript keeps it: its words and buttons, and which template said them. */
export function sentRow(
  content: TemplateContent,
  template: { id: string; name: string; number: number } | null,
): { row: MessageKind; content: { [name: string]: Json } } {
  const { title, text, extraText, buttons, items, list } = content;
  const rows = [...list, ...items.map((item) => ({ title: item.title, description: item.text }))];
  return {
    row: kinds[content.type] ?? (text === "" ? "other" : "text"),
    content: {
      ...{ title, text, description: extraText },
      contents: rows.map((one) => ({ title: one.title, description: one.description })),
      buttons: [...buttons, ...items.flatMap((item) => item.buttons)].map(({ name }) => ({ name })),
      template: template && { id: template.id, name: template.name, version: template.number },
    },
  };
}
