// Where a message leads: its web addresses as their first reader gets them, and what an answer there means.
import type { TemplateContent } from "../schema/content";
import { fillTemplate } from "./fill";
import { textsOf } from "./texts";

/** At most this many of one message are called: 6 cards of 2 buttons, each on the phone and on the PC, and what stands around them. */
const mostAddresses = 40;

/** Web addresses of a message once each, top to bottom, variables with their sample values; one that has none of it is left out. */
export function webAddresses({ variables, ...content }: TemplateContent): string[] {
  const filled = textsOf({ ...content, variables }).flatMap(({ text, what }) =>
    what === "address" ? [fillTemplate(text, variables, "sample").trim()] : [],
  );
  const web = filled.filter((address) => /^https?:\/\/[^\s#{}]+\S*$/i.test(address) && !/#\{/.test(address));
  return [...new Set(web)].slice(0, mostAddresses);
}

/**
 * `open`: a page or a file came. `gone`: the site says that nothing is there (404, 410). `refusing`: it will not show it to us (401, 403, 429),
 * which a browser may be shown. `failing`: its server fails, or nothing answered.
 */
export type AddressState = "open" | "gone" | "refusing" | "failing";

export function addressState({ status, failure }: { status: number | null; failure: string | null }): AddressState {
  // A picture or a PDF is no text, and a long page no fault: both are there.
  if (failure === "not-text" || failure === "too-large") return "open";
  if (failure !== null || status === null) return "failing";
  if (status < 400) return "open";
  if (status === 404 || status === 410) return "gone";
  return status < 500 ? "refusing" : "failing";
}
