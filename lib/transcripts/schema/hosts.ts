// From which hosts users' files may be fetched.
import { z } from "zod";
import { hostOf } from "../rules/sent-files";

export const attachmentHostSchema = z.object({
  /** Lower-case name, with its port where it is not the usual one. */
  host: z
    .string()
    .trim()
    .toLowerCase()
    .max(255)
    .refine((host) => host !== "" && hostOf(`https://${host}`) === host, { error: "transcripts.files.notAHost" }),
});
export type AttachmentHostInput = z.infer<typeof attachmentHostSchema>;

export const notKeptFilterSchema = z.object({
  host: z.string().max(255).optional().catch(undefined),
  before: z.string().max(100).optional().catch(undefined),
  after: z.string().max(100).optional().catch(undefined),
});
export type NotKeptFilter = z.infer<typeof notKeptFilterSchema>;
