// What may be said about a dealer connection, and why an event may be set aside.
import { z } from "zod";
import { isAddressRange } from "../rules/allowed-addresses";

export const formats = ["infobank", "happytalk", "canonical"] as const;
export type Format = (typeof formats)[number];

/** Why an event was not kept as a consultation, or what was noted beside one that was (`unknown_fields`). */
export const setAsideReasons = [
  "unknown_event",
  "unknown_channel",
  "unknown_fields",
  "invalid_shape",
  "out_of_scope",
  "personal_info",
  "identity_result",
  "conflicting_repeat",
  "other_user",
  "no_session",
  "destroyed",
] as const;
export type SetAsideReason = (typeof setAsideReasons)[number];

/** Names and types of an event's fields: never values. */
export type Shape = string | Shape[] | { [name: string]: Shape };

export type SetAside = { reason: SetAsideReason; event: string; shape: Shape; sha256: string; bytes: number };

/** Addresses or CIDR ranges, one a line (commas and spaces do as well); at most 50. */
export const allowedFromSchema = z
  .string()
  .max(2_000)
  .default("")
  .transform((text) => [...new Set(text.split(/[\s,]+/).filter(Boolean))])
  .pipe(
    z
      .array(z.string().refine(isAddressRange, { error: "dealers.refused.address" }))
      .max(50, { error: "dealers.refused.addresses" }),
  );

export const createConnectionSchema = z.object({
  channelId: z.uuid(),
  format: z.enum(formats),
  allowedFrom: allowedFromSchema,
  /** Ask for signatures: canonical only, others have none. */
  signed: z.boolean().default(false),
});
export type CreateConnection = z.infer<typeof createConnectionSchema>;

export const connectionSchema = z.object({ connectionId: z.uuid() });

export const editConnectionSchema = connectionSchema.extend({
  version: z.number().int().min(1).max(2_147_483_647),
  allowedFrom: allowedFromSchema,
});
export type EditConnection = z.infer<typeof editConnectionSchema>;
