// Forms as a browser without JavaScript has them: read out of the page, changed, posted with every hidden field.
import { randomBytes } from "node:crypto";
import type { Answer, Ask, Caller } from "./harness-caller";
import { base } from "./harness-caller";

export type Form = {
  /** Where it posts to. */
  action: string;
  method: string;
  encoding: string;
  /** What would be sent, in order. Buttons are in `buttons`. */
  fields: [string, string][];
  /** Every name that can be sent, ticked or not, files too. */
  names: string[];
  buttons: [string, string][];
  /** What its submit buttons say, one a line. */
  words: string;
};

export type FilePart = { name: string; type: string; bytes: Uint8Array };
export type Value = string | FilePart | null | readonly (string | FilePart)[];
/** By field name; `null` leaves a field out. */
export type Changes = Readonly<Record<string, Value>>;

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

/** The text of an HTML text or attribute value. */
export function unescapeHtml(html: string): string {
  return html.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (all, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    return decimal ? String.fromCodePoint(Number(decimal)) : (entities[name] ?? all);
  });
}

type Tag = { name: string; attributes: Record<string, string>; at: number; end: number };

function tags(html: string, names: string): Tag[] {
  const pattern = new RegExp(`<(${names})\\b((?:[^>"']|"[^"]*"|'[^']*')*)>`, "gi");
  return [...html.matchAll(pattern)].map((match) => ({
    name: (match[1] ?? "").toLowerCase(),
    attributes: attributesOf(match[2] ?? ""),
    at: match.index,
    end: match.index + match[0].length,
  }));
}

function attributesOf(text: string): Record<string, string> {
  const found = [...text.matchAll(/([^\s=/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/g)];
  return Object.fromEntries(
    found.map((match) => [(match[1] ?? "").toLowerCase(), unescapeHtml(match[2] ?? match[3] ?? "")]),
  );
}

/** Every form of a page. */
export function formsOf(html: string, page: string): Form[] {
  const bare = html.replace(/<script\b[\s\S]*?<\/script>/gi, "");
  return tags(bare, "form").map((form) => {
    const close = bare.indexOf("</form>", form.end);
    return readForm(form, bare.slice(form.end, close === -1 ? undefined : close), page);
  });
}

function readForm({ attributes }: Tag, inside: string, page: string): Form {
  const form: Form = {
    action: attributes.action || page,
    method: (attributes.method || "get").toLowerCase(),
    encoding: attributes.enctype || "application/x-www-form-urlencoded",
    fields: [],
    names: [],
    buttons: [],
    words: "",
  };
  for (const tag of tags(inside, "input|select|textarea|button")) {
    const { name, value = "", type = tag.name === "button" ? "submit" : "text" } = tag.attributes;
    if (tag.name === "button" && type === "submit") form.words += `${textOf(inside, tag, "button")}\n`;
    if (!name || "disabled" in tag.attributes) continue;
    if (tag.name === "button" || type === "submit") {
      if (type === "submit") form.buttons.push([name, value]);
      continue;
    }
    if (!form.names.includes(name)) form.names.push(name);
    if (tag.name === "textarea") form.fields.push([name, textOf(inside, tag, "textarea").replace(/^\n/, "")]);
    else if (tag.name === "select") {
      const options = tags(inside.slice(tag.end, inside.indexOf("</select>", tag.end)), "option");
      const chosen = options.find((option) => "selected" in option.attributes) ?? options[0];
      if (chosen) form.fields.push([name, chosen.attributes.value ?? ""]);
    } else if (type === "checkbox" || type === "radio") {
      if ("checked" in tag.attributes) form.fields.push([name, tag.attributes.value ?? "on"]);
    } else if (type !== "file") form.fields.push([name, value]);
  }
  return form;
}

function textOf(html: string, tag: Tag, name: string): string {
  return unescapeHtml(html.slice(tag.end, html.indexOf(`</${name}>`, tag.end)).replace(/<[^>]*>/g, ""));
}

/** Whether a form is sent to a server action, and not to a route of its own. */
export function isAction(form: Form): boolean {
  return [...form.fields, ...form.buttons].some(([name]) => name.startsWith("$ACTION"));
}

/** The form of a page that has all these fields, these values where they are given, and these words on its button. */
export function formWith(
  answer: Answer,
  page: string,
  wanted: Readonly<Record<string, string | true>>,
  words = "",
): Form {
  const found = formsOf(answer.text, page).find(
    (form) =>
      form.words.includes(words) &&
      Object.entries(wanted).every(([name, value]) =>
        value === true
          ? form.names.includes(name) || form.buttons.some(([button]) => button === name)
          : [...form.fields, ...form.buttons].some((field) => field[0] === name && field[1] === value),
      ),
  );
  if (!found)
    throw new Error(
      `${page} (${answer.status}) has no form with ${JSON.stringify(wanted)} ${words}: ${summary(answer, page)}`,
    );
  return found;
}

function summary(answer: Answer, page: string): string {
  return formsOf(answer.text, page)
    .map(
      ({ action, names, words }) =>
        `${action} [${names.filter((name) => !name.startsWith("$")).join(" ")}] ${words.trim()}`,
    )
    .join(", ");
}

/** What a form with changes would send. */
export function filled(form: Form, changes: Changes = {}): [string, string | FilePart][] {
  const kept = form.fields.filter(([name]) => !(name in changes));
  const more = Object.entries(changes).flatMap(([name, value]) =>
    value === null ? [] : [value].flat().map((one): [string, string | FilePart] => [name, one as string | FilePart]),
  );
  return [...kept, ...more];
}

/** The bytes of a multipart body and its content type. File names go out as given. */
export function multipart(parts: readonly (readonly [string, string | FilePart])[]): { body: Buffer; type: string } {
  const boundary = `----DamsoTrust${randomBytes(12).toString("hex")}`;
  const chunks = parts.flatMap(([name, value]) => {
    const field = `--${boundary}\r\nContent-Disposition: form-data; name="${name.replace(/"/g, "%22")}"`;
    return typeof value === "string"
      ? [Buffer.from(`${field}\r\n\r\n`), Buffer.from(value), Buffer.from("\r\n")]
      : [
          Buffer.from(`${field}; filename="${value.name}"\r\nContent-Type: ${value.type}\r\n\r\n`),
          value.bytes,
          Buffer.from("\r\n"),
        ];
  });
  return {
    body: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
    type: `multipart/form-data; boundary=${boundary}`,
  };
}

/** Headers a browser sends with a form of our own pages. */
export const browserHeaders = {
  origin: base.origin,
  "sec-fetch-site": "same-origin",
  "sec-fetch-mode": "navigate",
  "sec-fetch-dest": "document",
} as const;

/** Posts a form as a browser without JavaScript does: an action as multipart, a form of a route by its own encoding. */
export function submit(
  who: Caller,
  form: Form,
  changes: Changes = {},
  headers: Ask["headers"] = browserHeaders,
): Promise<Answer> {
  const parts = filled(form, changes);
  if (form.method === "get") {
    const query = new URLSearchParams(parts.map(([name, value]) => [name, String(value)]));
    return who.get(`${form.action}?${query}`);
  }
  if (!isAction(form) && form.encoding === "application/x-www-form-urlencoded") {
    const body = new URLSearchParams(parts.map(([name, value]) => [name, String(value)])).toString();
    return who.ask(form.action, { method: "POST", headers: { ...headers, "content-type": form.encoding }, body });
  }
  const { body, type } = multipart(parts);
  return who.ask(form.action, { method: "POST", headers: { ...headers, "content-type": type }, body });
}
