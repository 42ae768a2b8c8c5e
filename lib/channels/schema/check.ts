import { z } from "zod";
import { mostProfileBytes } from "../rules/sender-profile";

const channelId = z.uuid();

/** A dealer's answer, pasted or as a file; the file counts where both come. */
export const importProfileSchema = z.object({
  channelId,
  profile: z.string().max(mostProfileBytes, "channels.refused.profileLarge").optional(),
  file: z.file().max(mostProfileBytes, "channels.refused.profileLarge").optional(),
});
export type ImportProfile = z.infer<typeof importProfileSchema>;

export const pageKinds = ["channel-home", "privacy-policy"] as const;
export type PageKind = (typeof pageKinds)[number];

/** Without a kind: both pages, as far as the channel has their addresses. */
export const runCheckSchema = z.object({ channelId, kind: z.enum(pageKinds).optional() });
export type RunCheck = z.infer<typeof runCheckSchema>;

/** What a kept check shows beside its answers; what does not fit is not shown. */
export const keptFactsSchema = z.object({
  facts: z
    .array(z.object({ name: z.string(), value: z.string(), verdict: z.enum(["yes", "no", "unknown"]).nullable() }))
    .default([]),
  names: z.array(z.object({ name: z.string(), found: z.boolean(), snippet: z.string() })).default([]),
});
export type KeptFacts = z.infer<typeof keptFactsSchema>;
