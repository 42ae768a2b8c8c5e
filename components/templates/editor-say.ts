// Sentences of the editor: it judges while one types, so it takes the raw words of the server and fills them in itself.
import { particle, particleForms } from "@/lib/josa";
import type { Finding } from "@/lib/templates/rules/report";
import type { MessageType } from "@/lib/templates/schema/content";
import type editorMessages from "@/messages/ko/templates.json";
import type { BubbleWords } from "./bubble-parts";

export type EditorWords = {
  editor: (typeof editorMessages)["editor"];
  /** Sentences of the findings by their full key, `address.http`. */
  rules: Readonly<Record<string, string>>;
  sources: (typeof editorMessages)["source"];
  types: Readonly<Record<MessageType, string>>;
  bubble: BubbleWords;
};

const forms = particleForms.map((form) => form.replace(/[()]/g, "\\$&")).join("|");
const slot = new RegExp(`'([{}][^']*)'|\\{(\\w+)(, number)?\\}([’'"]?)(${forms})?`, "g");

/** Fills `{name}` and `{name, number}`; a particle behind it follows the value; `'{…}'` stands for itself. */
export function say(text: string, values: Readonly<Record<string, string | number>> = {}): string {
  return text.replace(slot, (_all, quoted?: string, name?: string, number?: string, mark = "", form?: string) => {
    if (quoted !== undefined) return quoted;
    const value = values[name ?? ""] ?? "";
    const shown = number || typeof value === "number" ? Number(value).toLocaleString("en") : String(value);
    return shown + mark + (form ? particle(shown, form) : "");
  });
}

/** A finding as a sentence, with who asks for it. */
export function findingText({ rule, values, source, section }: Finding, words: EditorWords): string {
  const sentence = say(words.rules[rule] ?? rule, values);
  return source === "ours" ? sentence : `${sentence} ${say(words.sources[source], { section })}`;
}

const leaves = new Set([
  "title",
  "text",
  "extraText",
  "description",
  "name",
  "type",
  "urlMobile",
  "urlPc",
  "schemeAndroid",
]);
const parts = { items: "card", list: "line", buttons: "button", variables: "variable" } as const;

/** Where something stands, as people say it: `items.1.buttons.0.name` → 카드 2 · 버튼 1 · 이름. */
export function placeText(path: string, type: MessageType, words: EditorWords): string {
  const { editor } = words;
  const steps = path.split(".");
  const named: string[] = [];
  for (const [at, step] of steps.entries()) {
    const next = steps[at + 1];
    if (/^\d+$/.test(step)) continue;
    if (step in parts && next !== undefined && /^\d+$/.test(next)) {
      const part = step === "items" && type === "WIDE_ITEM_LIST" ? "item" : parts[step as keyof typeof parts];
      named.push(say(editor[part], { at: Number(next) + 1 }));
    } else if (step === "items") named.push(type === "WIDE_ITEM_LIST" ? editor.items : editor.cards);
    else if (step === "list" || step === "buttons" || step === "variables") named.push(editor[step]);
    else if (step in editor.field) named.push(editor.field[step as keyof typeof editor.field]);
    else if (leaves.has(step)) named.push(step);
  }
  return named.join(" · ");
}

/** The id of a field by its path. */
export const fieldId = (path: string): string => `f-${path.replaceAll(".", "-")}`;
