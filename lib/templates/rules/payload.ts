// What a dealer is sent for a message.
import type { TemplateContent } from "../schema/content";
import { happytalkPayload, type SendWith } from "./payload/happytalk";
import { infobankPayload } from "./payload/infobank";

export const payloadDealers = ["happytalk", "infobank"] as const;
export type PayloadDealer = (typeof payloadDealers)[number];
export type { SendWith };

/**
 * The body of a dealer's documented call (field-facts 1.4, 1.5) and the path that takes it. Valid against `payload-schemas/<dealer>-<kind>.json`
 * for every message that the judge accepts.
 */
export function payloadFor(
  dealer: PayloadDealer,
  content: TemplateContent,
  given: SendWith,
): { path: string; body: Readonly<Record<string, unknown>> } {
  return dealer === "happytalk" ? happytalkPayload(content, given) : infobankPayload(content, given);
}
