// The same message as Infobank takes it (field-facts 1.4, 1.5): camelCase, `msgType` with a code of its own for the wide image, `ref` in
// place of a serial, which Infobank keeps to itself (1.1).
import type { MessageType, TemplateContent } from "../../schema/content";
import { plainBody, richBody, type SendWith } from "./happytalk";

const wide: Partial<Record<MessageType, string>> = { WIDE_IMAGE: "WIDE" };
const renamed: Readonly<Record<string, string>> = { target: "urlTarget" };

/** @returns path of the call and its body */
export function infobankPayload(
  content: TemplateContent,
  given: SendWith,
): { path: string; body: Readonly<Record<string, unknown>> } {
  const plain = content.type.startsWith("PLAIN_");
  const fields = plain ? plainBody(content, given) : richBody(content, given);
  return {
    path: `/api/comm/v1/cstalk/${plain ? "plain" : "rich"}`,
    body: {
      userKey: given.userKey,
      senderKey: given.senderKey,
      ref: given.serial,
      msgType: wide[content.type] ?? content.type.replace(/^(PLAIN|RICH)_/, ""),
      ...(camel(fields) as Record<string, unknown>),
    },
  };
}

function camel(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camel);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [nameOf(key), camel(one)]));
}

const nameOf = (key: string): string =>
  renamed[key] ?? key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
