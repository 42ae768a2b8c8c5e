import { getLocale, getTranslations } from "next-intl/server";
import { loadMessages } from "@/lib/messages";
import { type MessageType, messageTypes } from "@/lib/templates/schema/content";
import type templates from "@/messages/ko/templates.json";
import { bubbleWords } from "./bubble-words";
import type { EditorWords } from "./editor-say";

/** Every word that the editor may need, in the reader's language. @param channel the sender's name as the room shows it */
export async function editorWords(channel: string, type: MessageType): Promise<EditorWords> {
  const t = await getTranslations("templates");
  const { editor, rule, source } = loadMessages(await getLocale()).templates as typeof templates;
  return {
    editor,
    rules: flat(rule),
    sources: source,
    types: Object.fromEntries(messageTypes.map((one) => [one, t(`type.${one}`)])) as EditorWords["types"],
    bubble: await bubbleWords(channel, type),
  };
}

type Tree = { [key: string]: string | Tree };

function flat(tree: Tree, before = ""): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tree).flatMap(([key, value]): [string, string][] =>
      typeof value === "string" ? [[before + key, value]] : Object.entries(flat(value, `${before}${key}.`)),
    ),
  );
}
