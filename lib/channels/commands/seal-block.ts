// Names of blocked people and their user_keys at rest: sealed to be read again, and a keyed hash to be found by.
import { createHmac } from "node:crypto";
import { z } from "zod";
import { handleKey } from "@/lib/keyring";
import { seal, unseal } from "@/lib/seal";
import { sameLabel } from "../rules/block-list";

const places = { label: "block-label", user: "block-user", list: "block-list" } as const;

export function sealBlock(what: keyof typeof places, text: string): Uint8Array<ArrayBuffer> {
  return seal(places[what], text);
}

/** @throws Error when the bytes are not what `sealBlock` made of the same kind */
export function openBlock(what: keyof typeof places, sealed: Uint8Array): string {
  return unseal(places[what], sealed);
}

/**
 * Finds the exact name, and no more: with it in the database one page of a long list answers by its index, and whoever holds the
 * database alone can neither read a name nor try names, for the key lies in the key ring. 16 bytes, per channel.
 */
export function labelHandle(organizationId: string, channelId: string, label: string): Uint8Array<ArrayBuffer> {
  const sum = createHmac("sha256", handleKey(organizationId)).update(`${channelId}\nlabel\n${sameLabel(label)}`);
  return Uint8Array.from(sum.digest().subarray(0, 16));
}

/** The kept list between preview and saving. */
const keptListSchema = z.object({
  rows: z.array(
    z.object({ line: z.number(), label: z.string(), reason: z.string(), blockedOn: z.string().nullable() }),
  ),
  faults: z.array(
    z.object({
      line: z.number(),
      column: z.enum(["label", "reason", "blockedOn"]),
      code: z.enum(["required", "tooLong", "text", "date", "future", "repeated"]),
      value: z.string(),
      other: z.number(),
    }),
  ),
});

export function openBlockList(sealed: Uint8Array): z.infer<typeof keptListSchema> {
  return keptListSchema.parse(JSON.parse(openBlock("list", sealed)));
}
