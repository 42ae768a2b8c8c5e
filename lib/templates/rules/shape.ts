// Which fields a type uses.
import type { MessageType, TemplateContent } from "../schema/content";
import { limits } from "./limits";

export type ContentField = Exclude<keyof TemplateContent, "type" | "variables" | "coupon">;

/** Fields of a message in the order in which a bubble shows them. */
const order = [
  ...(["media", "picture", "pictureLink", "title", "highlight", "list", "summary"] as const),
  ...(["text", "extraText", "items", "tail", "buttons"] as const),
] satisfies readonly ContentField[];

/** @returns the fields that a message of this type may fill, top to bottom */
export function fieldsOf(type: MessageType): readonly ContentField[] {
  const { picture, items, ...rest } = limits[type];
  return order.filter((field) => {
    if (field === "picture") return picture !== undefined;
    if (field === "pictureLink") return picture?.link === true;
    if (field === "items") return items !== undefined;
    if (field === "tail") return items?.tail === true;
    return rest[field] !== undefined;
  });
}

/** Whether nothing stands in a field. */
export function isBlank(content: TemplateContent, field: ContentField): boolean {
  const value = content[field];
  if (typeof value === "string") return value.trim() === "";
  return value === null || (Array.isArray(value) && value.length === 0);
}

/** Fields with something in them that the type does not use: they would not be sent. */
export function strayFields(content: TemplateContent): ContentField[] {
  const used = fieldsOf(content.type);
  return order.filter((field) => !used.includes(field) && !isBlank(content, field));
}
