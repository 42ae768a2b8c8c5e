// Which text of a template is shown as a dealer's payload, from the address.
import { z } from "zod";
import { templateViews } from "./list";

export const payloadChoiceSchema = z.object({
  /** 0: the newest draft. Nothing said: the version in use, else the newest draft. */
  version: z.coerce.number().int().min(0).max(1_000_000).nullable().catch(null).default(null),
  view: z.enum(templateViews).catch("source").default("source"),
});
export type PayloadChoice = z.output<typeof payloadChoiceSchema>;
