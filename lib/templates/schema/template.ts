// What may be said of a template beside its words: its name, its place, and what is done about it.
import { z } from "zod";
import { line, note } from "@/lib/text";
import { templateContentSchema } from "./content";

const emptyIsNull = (value: unknown) => (value === "" || value === undefined ? null : value);
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** Tags as people type them, with commas between, or as a list: each once, in the order of first mention. */
export const templateTags = z.preprocess(
  (value) => (typeof value === "string" ? value.split(",").map((tag) => tag.trim()) : value),
  z
    .array(line(20))
    .transform((tags) => [...new Set(tags.filter((tag) => tag !== ""))])
    .pipe(z.array(z.string()).max(10, "templates.template.refused.tags")),
);
const channelId = z.preprocess(emptyIsNull, z.uuid().nullable());

export const createTemplateSchema = z.object({
  name: line(80, 1),
  /** Null: for every channel. */
  channelId: channelId.default(null),
  tags: templateTags.default([]),
  content: templateContentSchema,
});
export type CreateTemplate = z.output<typeof createTemplateSchema>;

export const saveDraftSchema = z.object({
  templateId: z.uuid(),
  /** Number of the draft that was open while this was typed. */
  revision: z.coerce.number().int().min(1).max(1_000_000_000),
  content: templateContentSchema,
  /** What is not given stays as it is. */
  name: line(80, 1).optional(),
  channelId: channelId.optional(),
  tags: templateTags.optional(),
  ownerId: z.uuid().optional(),
});
export type SaveDraft = z.output<typeof saveDraftSchema>;

/** A step names the hash of the content that was looked at. */
const about = { templateId: z.uuid(), hash };
export const submitTemplateSchema = z.object({ ...about, note: note(500).default("") });
export const withdrawTemplateSchema = submitTemplateSchema;
export const approveTemplateSchema = submitTemplateSchema;
export const returnTemplateSchema = z.object({ ...about, note: note(500, 1) });
export const retireTemplateSchema = z.object({ ...about, note: note(500).default("") });
export const archiveTemplateSchema = z.object(about);
export type StepOfTemplate = { templateId: string; hash: string; note: string };
export type ArchiveTemplate = z.output<typeof archiveTemplateSchema>;

export const useWays = ["agents", "dealer", "bot", "other"] as const;
export type UseWay = (typeof useWays)[number];

/** Where a version goes to work. */
export const takeTemplateInUseSchema = z.object({
  ...about,
  way: z.enum(useWays),
  channelId: channelId.default(null),
  place: line(100).default(""),
});
export type TakeTemplateInUse = z.output<typeof takeTemplateInUseSchema>;

export const commentTemplateSchema = z.object({
  templateId: z.uuid(),
  revision: z.coerce.number().int().min(1).max(1_000_000_000),
  text: note(1_000, 1),
});
export type CommentTemplate = z.output<typeof commentTemplateSchema>;

export const duplicateTemplateSchema = z.object({ templateId: z.uuid(), name: line(80, 1) });
export type DuplicateTemplate = z.output<typeof duplicateTemplateSchema>;

/** Everything beside the words: a save of its own, since the words stay. */
export const editTemplateSchema = z.object({
  templateId: z.uuid(),
  revision: z.coerce.number().int().min(1).max(1_000_000_000),
  name: line(80, 1),
  channelId,
  tags: templateTags,
  ownerId: z.uuid(),
});
export type EditTemplate = z.output<typeof editTemplateSchema>;

export const checkAddressesSchema = z.object({ templateId: z.uuid() });
