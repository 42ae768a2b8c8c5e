// A message as a dealer would be sent it, before there is anybody to send it to.
import type { MessageType, TemplateContent } from "../schema/content";
import { fillTemplate, type View } from "./fill";
import { type PayloadDealer, payloadFor } from "./payload";
import type { MediaFacts } from "./report";

/** Types whose inner names a dealer does not document: ours are inferred (payload-schemas, `x-inferred`). */
const inferred: readonly MessageType[] = ["WIDE_ITEM_LIST", "CAROUSEL_FEED", "ITEM_LIST"];
export const isInferred = (type: MessageType): boolean => inferred.includes(type);

/**
 * The call's path and its body as indented JSON. What is known only when it is sent stands there in capitals; a file has an address of a
 * reserved name (RFC 2606) with its hash, to be replaced by the one that its upload to the dealer answers.
 */
export function payloadPreview(
  dealer: PayloadDealer,
  content: TemplateContent,
  { view, media }: { view: View; media: ReadonlyMap<string, MediaFacts> },
): { path: string; json: string } {
  const { path, body } = payloadFor(dealer, content, {
    ...{ userKey: "USER_KEY", senderKey: "SENDER_KEY", serial: "SERIAL" },
    urlOf: (id) => `https://uploaded.invalid/${media.get(id)?.sha256 ?? "missing"}`,
    fileOf: (id) => ({ name: media.get(id)?.name ?? "", bytes: media.get(id)?.bytes ?? 0 }),
    fill: (text) => fillTemplate(text, content.variables, view),
  });
  return { path, json: `${JSON.stringify(body, null, 2)}\n` };
}
