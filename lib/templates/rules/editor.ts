// What the editor does to a message, the same on the server as in the page: a form without script does what the script does.
import {
  buttonSchema,
  itemSchema,
  messageTypes,
  type TemplateContent,
  templateContentSchema,
  variableSchema,
} from "../schema/content";
import { changeType } from "./change-type";
import { variablesIn } from "./fill";
import { textsOf } from "./texts";

const fresh = {
  items: () => itemSchema.parse({}),
  buttons: () => buttonSchema.parse({}),
  list: () => ({ title: "", description: "" }),
  variables: () => variableSchema.parse({}),
};
const blank = {
  highlight: { title: "", description: "", picture: null },
  summary: { title: "", description: "" },
  tail: { urlMobile: "", urlPc: "", schemeAndroid: "", schemeIos: "" },
} as const;
/** What one list may hold at all (schema/content); what a type allows is the judge's to say. */
const most = { items: 30, buttons: 20, list: 50, variables: 100 } as const;

type Listed = keyof typeof fresh;
type Optional = keyof typeof blank;
type Node = Record<string, unknown>;

const isListed = (name: string): name is Listed => Object.hasOwn(fresh, name);

/**
 * Does one act of the editor: `add.items`, `remove.items.1`, `up.buttons.0`, `down.list.2`, `set.summary`, `clear.tail`, `declare`,
 * `type.WIDE_IMAGE`.
 * @returns the new message, or null when the act is none of these or has no such place
 */
export function editContent(content: TemplateContent, act: string): TemplateContent | null {
  const [verb = "", ...place] = act.split(".");
  if (verb === "declare") return declareVariables(content);
  if (verb === "type") {
    const to = messageTypes.find((type) => type === place[0]);
    return to ? changeType(content, to).content : null;
  }
  const [name = ""] = place;
  if (verb === "set" || verb === "clear") {
    if (!Object.hasOwn(blank, name)) return null;
    const part = name as Optional;
    return { ...content, [part]: verb === "set" ? (content[part] ?? blank[part]) : null };
  }
  if (verb === "add")
    return inList(content, place, (all, list) => (all.length < most[list] ? [...all, fresh[list]()] : all));
  const at = Number(place.at(-1));
  return inList(content, place.slice(0, -1), (all) => {
    if (!Number.isInteger(at) || at < 0 || at >= all.length) return null;
    if (verb === "remove") return all.filter((_one, index) => index !== at);
    const to = verb === "up" ? at - 1 : verb === "down" ? at + 1 : -1;
    if (to < 0 || to >= all.length) return null;
    const [one, other] = [all[at], all[to]];
    return all.map((kept, index) => (index === at ? other : index === to ? one : kept));
  });
}

/** Changes the list at `items`, `buttons`, `list`, `variables` or `items.N.buttons`. */
function inList(
  content: TemplateContent,
  place: readonly string[],
  change: (all: readonly unknown[], list: Listed) => readonly unknown[] | null,
): TemplateContent | null {
  const [name = "", index, inner] = place;
  if (!isListed(name)) return null;
  if (place.length === 1) {
    const changed = change(content[name], name);
    return changed && ({ ...content, [name]: changed } as TemplateContent);
  }
  const item = content.items[Number(index)];
  if (place.length !== 3 || name !== "items" || inner !== "buttons" || !item) return null;
  const buttons = change(item.buttons, "buttons");
  if (!buttons) return null;
  const items = content.items.map((one) => (one === item ? { ...one, buttons: buttons as typeof item.buttons } : one));
  return { ...content, items };
}

/** Every variable that a text uses and the table lacks, added to the table. */
export function declareVariables(content: TemplateContent): TemplateContent {
  const known = new Set(content.variables.map(({ name }) => name));
  const used = new Set(textsOf(content).flatMap(({ text }) => variablesIn(text)));
  const missing = [...used].filter((name) => name !== "" && name.length <= 100 && !known.has(name));
  const added = missing.map((name) => ({ ...fresh.variables(), name })).slice(0, most.variables - known.size);
  return { ...content, variables: [...content.variables, ...added] };
}

const path = /^(?:[a-zA-Z]{1,20}|\d{1,3})(?:\.(?:[a-zA-Z]{1,20}|\d{1,3}))*$/;

/**
 * A message as a form has it, laid over the one that the form was made from: fields that the form does not have stay as they were. Names
 * are paths (`items.1.title`); `items.length` says how many there are; `highlight.on` whether there is one; lines of `samples` are its values.
 * @returns null when what was sent is no message at all
 */
export function contentFromForm(
  base: TemplateContent,
  entries: Iterable<readonly [string, unknown]>,
): TemplateContent | null {
  const given = [...entries].filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && path.test(entry[0]),
  );
  const type = messageTypes.find((one) => one === given.find(([name]) => name === "type")?.[1]) ?? base.type;
  const made = structuredClone(changeType(base, type).content) as unknown as Node;
  const depth = (name: string) => name.split(".").length;
  for (const [name, value] of given
    .filter(([one]) => /\.(length|on)$/.test(one))
    .sort((a, b) => depth(a[0]) - depth(b[0])))
    shape(made, name.split("."), value);
  for (const [name, value] of given)
    if (!/\.(length|on)$/.test(name) && name !== "type") write(made, name.split("."), value);
  const read = templateContentSchema.safeParse(made);
  return read.success ? read.data : null;
}

/** The thing that holds the last step of a path, or undefined; nothing is made on the way but pictures. */
function holderOf(root: Node, steps: readonly string[]): Node | undefined {
  let at: unknown = root;
  for (const step of steps.slice(0, -1)) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return undefined;
    const holder = at as Node;
    if (holder[step] === null && (step === "picture" || step === "media")) holder[step] = { mediaId: "", alt: "" };
    at = holder[step];
  }
  return typeof at === "object" && at !== null ? (at as Node) : undefined;
}

function shape(root: Node, steps: readonly string[], value: string): void {
  const [owner, name = ""] = [holderOf(root, steps.slice(0, -1)), steps.at(-2)];
  if (!owner || !Object.hasOwn(owner, name)) return;
  const held = owner[name];
  if (steps.at(-1) === "on") {
    if (Object.hasOwn(blank, name)) owner[name] = value === "1" ? (held ?? { ...blank[name as Optional] }) : null;
  } else if (Array.isArray(held) && isListed(name)) {
    const length = Math.min(most[name], Number.parseInt(value, 10) || 0);
    owner[name] = Array.from({ length }, (_none, at) => held[at] ?? fresh[name]());
  }
}

function write(root: Node, steps: readonly string[], value: string): void {
  const [holder, name = ""] = [holderOf(root, steps), steps.at(-1)];
  if (!holder || Array.isArray(holder) || !Object.hasOwn(holder, name)) return;
  const text = value.replaceAll("\r\n", "\n");
  if (name === "samples") holder[name] = text === "" ? [] : text.replace(/\n$/, "").split("\n");
  else if (name === "max") holder[name] = /^\d{1,6}$/.test(text.trim()) ? Math.min(5_000, Number(text)) : null;
  else if (typeof holder[name] === "boolean") holder[name] = text !== "" && text !== "false";
  else if (typeof holder[name] === "string") holder[name] = text;
  if (name === "mediaId" && text === "") {
    const above = holderOf(root, steps.slice(0, -1));
    if (above) above[steps.at(-2) ?? ""] = null;
  }
}
