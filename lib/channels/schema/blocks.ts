import { z } from "zod";
import { line, note } from "@/lib/text";

const channelId = z.uuid();
const blockId = z.uuid();
const version = z.number().int().min(1).max(2_147_483_647);

/** How the company knows a blocked person: most often the profile name in the old chat. */
export const blockLabelSchema = line(100, 1);
export const blockReasonSchema = line(500);

/** user_key: 1–20 characters, case-sensitive, per channel (field-facts 1.1). */
export const userKeySchema = z
  .string()
  .transform((text) => text.trim())
  .pipe(
    z
      .string()
      .min(1, "errors.required")
      .max(20, "channels.blocks.errors.userKeyLong")
      .regex(/^[\x21-\x7e]+$/, "channels.blocks.errors.userKey"),
  );

export const addBlockSchema = z.object({
  channelId,
  label: blockLabelSchema,
  reason: blockReasonSchema.default(""),
  /** Day of the old block, KST, where it is known. */
  blockedOn: z.iso.date().nullable().default(null),
});
export type AddBlock = z.infer<typeof addBlockSchema>;

export const identifyBlockSchema = z.object({ channelId, blockId, version, userKey: userKeySchema });
export type IdentifyBlock = z.infer<typeof identifyBlockSchema>;

export const confirmBlockSchema = z.object({
  channelId,
  blockId,
  version,
  /** Where it is not known yet: without it nobody sees the person come back. */
  userKey: userKeySchema.nullable().default(null),
  note: note(500, 5),
});
export type ConfirmBlock = z.infer<typeof confirmBlockSchema>;

export const blockAtDealerSchema = z.object({ channelId, blockId, version });

export const dropBlockSchema = z.object({ channelId, blockId, version, note: note(500, 5) });
export type DropBlock = z.infer<typeof dropBlockSchema>;
export const reopenBlockSchema = dropBlockSchema;

export const blockImportSchema = z.object({ channelId, importId: z.uuid() });
export type BlockImportRef = z.infer<typeof blockImportSchema>;

/** In the order in which the list shows them. */
export const blockStates = ["due", "waiting", "blocked", "dropped"] as const;
export type BlockState = (typeof blockStates)[number];

export const blockMarkKinds = ["identified", "blocked", "dropped", "reopened"] as const;
export type BlockMarkKind = (typeof blockMarkKinds)[number];

/** What the list may be narrowed to; what does not fit is left out, so that every address answers. */
export const listBlocksSchema = z.object({
  q: line(100, 1).optional().catch(undefined),
  state: z.enum(blockStates).optional().catch(undefined),
  after: z.string().max(200).optional().catch(undefined),
  before: z.string().max(200).optional().catch(undefined),
});
export type ListBlocks = z.infer<typeof listBlocksSchema>;
