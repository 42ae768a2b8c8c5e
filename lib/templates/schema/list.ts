// What the library is narrowed to, and a row of it.
import { z } from "zod";
import { line } from "@/lib/text";
import { type TemplateStanding, templateStates } from "../rules/status";
import { type MessageType, messageTypes } from "./content";

export const templateSorts = ["name", "used"] as const;

const idOrNone = z.uuid().or(z.literal("")).catch("").default("");

/** From the address of the page: what is not understood narrows nothing. */
export const templateFiltersSchema = z.object({
  /** Substring of the name, a tag or anything that the template says. */
  q: line(100).catch("").default(""),
  type: z.enum(messageTypes).or(z.literal("")).catch("").default(""),
  channel: idOrNone,
  /** Nothing said: all that are not in the archive. */
  state: z.enum(templateStates).or(z.literal("")).catch("").default(""),
  owner: idOrNone,
  tag: line(20).catch("").default(""),
  /** Nothing said: last changed first. */
  sort: z.enum(templateSorts).or(z.literal("")).catch("").default(""),
  view: z.enum(["bubbles"]).or(z.literal("")).catch("").default(""),
  /** Cursors of the neighbouring pages. */
  after: z.string().max(500).catch("").default(""),
  before: z.string().max(500).catch("").default(""),
});
export type TemplateFilters = z.output<typeof templateFiltersSchema>;

export const templateViews = ["source", "sample", "longest"] as const;
/** How the variables of one template are shown. */
export const templateViewSchema = z.object({ view: z.enum(templateViews).catch("sample").default("sample") });

export type ListedTemplate = TemplateStanding & {
  id: string;
  name: string;
  type: MessageType;
  tags: string[];
  channelName: string | null;
  ownerName: string;
  /** Who approved last, whichever version. */
  approverName: string | null;
  usedAt: Date | null;
  changedAt: Date;
};

export type TemplatePage = {
  items: ListedTemplate[];
  previous: string | null;
  next: string | null;
  /** How many there are of each type, whatever type the list is narrowed to; none: not there. */
  counts: Partial<Record<MessageType, number>>;
};

export type TemplateChoices = {
  channels: { id: string; name: string }[];
  owners: { id: string; name: string }[];
  /** In use by templates that are not in the archive, by name, at most 200. */
  tags: string[];
};
