// The address of the page on which a button stands, as people type it. Whether it may be called is the outbound module's word. Pure.
import { Refused } from "@/lib/errors";
import { personalParameter } from "./personal-data";

const refused = (key: string) => new Refused(`placements.page.${key}`, "pageUrl");

/**
 * Reads an address of a page and answers it as it is kept: serialised by the URL standard, without the part behind "#". Empty: null.
 * @throws Refused for another scheme, a name and password, a backslash, look-alike letters, or personal data (trust.md P-41)
 */
export function readPageUrl(typed: string): string | null {
  const text = typed.trim();
  if (text === "") return null;
  if (/[\\\s]/.test(text) || !/^https?:\/\/[^/]/i.test(text) || !URL.canParse(text)) throw refused("shape");
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") throw refused("password");
  const host = /^https?:\/\/([^/?#]*)/i.exec(text)?.[1] ?? "";
  if (host.endsWith(".") || /^[^:]*\.:/.test(host)) throw refused("shape");
  if (host !== host.normalize("NFKC") || mixesLetters(host)) throw refused("lookalike");
  url.hash = "";
  if (personalParameter(url) !== null) throw refused("personal");
  return url.href;
}

/** A label of Latin letters with Greek or Cyrillic ones among them, or of the latter alone: made to be taken for another name. */
function mixesLetters(host: string): boolean {
  return host.split(".").some((label) => /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(label));
}

/** The same page, however it is written: for finding two places on one page. */
export function samePage(address: string): string {
  const url = new URL(address);
  return `${url.hostname.replace(/^www\./, "")}${url.pathname.replace(/\/+$/, "")}${url.search}`.toLowerCase();
}
