// What the editor sends and gets back.
import { z } from "zod";
import type { Finding } from "../rules/report";
import { messageTypes, type TemplateContent } from "./content";
import { createTemplateSchema } from "./template";
import type { TemplateDraftView } from "./view";

/** The form of the editor; the words themselves are read by rules/editor. */
export const editorFormSchema = z.object({
  templateId: z.uuid(),
  /** Number of the draft that the form was made from. */
  revision: z.coerce.number().int().min(1).max(1_000_000_000),
  /** `save`, `submit`, `ask-type`, or an act of rules/editor. */
  act: z.string().max(60).default("save"),
  /** The type that is being thought of. */
  to: z.string().max(30).default(""),
});

/** What somebody else saved, as it stands beside one's own text. */
export type OtherDraft = Pick<TemplateDraftView, "number" | "content" | "personName">;

/** What a form of the editor may be told in answer: as JSON in FormState.found, since a form without script sends its state back as plain text. */
export type EditorAnswer =
  /** Approval was asked for, and something is wrong. */
  | { kind: "asked"; content: TemplateContent; revision: number; findings: readonly Finding[] }
  /** Somebody saved meanwhile: what was sent, and what is saved. */
  | { kind: "conflict"; mine: TemplateContent; theirs: OtherDraft };

/** What a new template needs; its words come afterwards. */
export const newTemplateSchema = createTemplateSchema.omit({ content: true }).extend({ type: z.enum(messageTypes) });
