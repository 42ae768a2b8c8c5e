// What a message says, whatever dealer it came from (field-facts 1.2): texts and buttons, never an address. Pure.
import type { Json } from "../schema";

export type Said = {
  texts: string[];
  /** Words of buttons that were offered or pressed. */
  buttons: string[];
  /** How many files it names. */
  files: number;
};

type Fields = { [key: string]: Json };
const most = 100;

export function saidIn(content: Json): Said {
  const said: Said = { texts: [], buttons: [], files: 0 };
  const fields = asFields(content);
  if (!fields) return said;
  for (const name of ["title", "header", "text", "message", "description"]) addText(said, fields[name]);
  for (const item of asList(fields.contents)) {
    const inner = asFields(item);
    if (!inner) addText(said, item);
    else {
      for (const name of ["title", "comment", "text", "description"]) addText(said, inner[name]);
      if (typeof inner.url === "string" && inner.url !== "") said.files += 1;
    }
  }
  said.files += asList(fields.attachments).length;
  const attachment = asFields(fields.attachment);
  if (typeof fields.attachment === "string" && fields.attachment !== "") said.files += 1;
  else if (attachment && typeof attachment.url === "string") said.files += 1;
  for (const item of [...asList(fields.buttons), ...asList(attachment?.button ?? null)]) {
    const name = asFields(item)?.name ?? item;
    if (typeof name === "string" && name !== "") said.buttons.push(name);
  }
  return said;
}

function addText(said: Said, value: Json | undefined): void {
  if (typeof value === "string" && value.trim() !== "") said.texts.push(value);
}

function asFields(value: Json | undefined): Fields | null {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? value : null;
}

function asList(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value.slice(0, most) : [];
}
