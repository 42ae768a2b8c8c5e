// Whether an address on a page is ours, compared part by part as a browser takes it, and which other ways into a Kakao chat it may be. Pure.
import type { OldLinkKind, Sought } from "../schema/presence";

/** link: /b/ or /q/; direct: the consult URL with our code; image: our QR; misspelt, wrapped: nearly ours. */
export type OwnAddress = "link" | "direct" | "image" | "misspelt" | "wrapped";

/** The consult service's own host (field-facts 2.1). */
const consultHost = "bizmessage.kakao.com";

/** Reads an address as it stands in an attribute. Null: none that leads anywhere by itself. */
export function readAddress(text: string, base: URL | null): URL | null {
  const bare = text.trim();
  if (bare === "" || bare.length > 4_000 || /^(#|mailto:|tel:|data:|blob:|about:)/i.test(bare)) return null;
  return URL.canParse(bare, base ?? undefined) ? new URL(bare, base ?? undefined) : null;
}

/**
 * Whether an address is exactly that of the place: host and port as parsed (letters of any case, entities and `//host` forms resolved before),
 * path and code exactly, query and fragment left aside. The code must end where it ends: `pl_1` is not `pl_12`.
 * Misspelt: the same once decoded or without a trailing slash; our server answers 404 to those, so that nobody may call it present.
 */
export function ownAddress(url: URL, sought: Sought): OwnAddress | null {
  const own = new URL(sought.origin);
  if (/^https?:$/.test(url.protocol) && url.host === own.host) {
    const { pathname } = url;
    if (pathname === `/b/${sought.code}` || pathname === `/q/${sought.code}`) return "link";
    if (pathname === `/b/${sought.code}/qr.svg` || pathname === `/b/${sought.code}/qr.png`) return "image";
    const tidy = decoded(pathname).replace(/\/+/g, "/").replace(/\/$/, "");
    return tidy === `/b/${sought.code}` || tidy === `/q/${sought.code}` ? "misspelt" : null;
  }
  if (isConsult(url)) return isOurConsult(url, sought) ? "direct" : null;
  // Another page that is told to go on to us: ?url=https%3A%2F%2F…
  return [...url.searchParams.values()].some((value) => leadsToUs(value, sought)) ? "wrapped" : null;
}

function leadsToUs(value: string, sought: Sought): boolean {
  if (!/^(https?:)?\/\//i.test(value)) return false;
  const inner = readAddress(value, new URL(sought.origin));
  const own = inner && inner.search.length < 1_000 ? ownAddress(inner, sought) : null;
  return own !== null && own !== "image";
}

/** `/chat/open/@searchId?extra=code`; the search id may come percent-encoded. */
function isOurConsult(url: URL, { code, searchId }: Sought): boolean {
  return (
    decoded(url.pathname).replace(/\/$/, "").normalize("NFC") === `/chat/open/@${searchId}`.normalize("NFC") &&
    url.searchParams.get("extra") === code
  );
}

function isConsult(url: URL): boolean {
  return url.hostname === consultHost && /^\/chat\/open(\/|$)/.test(decoded(url.pathname));
}

/** Which other way into a Kakao chat an address is; null: none. */
export function oldLinkOf(url: URL): { kind: OldLinkKind; extra: string } | null {
  const path = decoded(url.pathname);
  if (isConsult(url)) {
    const extra = url.searchParams.get("extra") ?? "";
    return { kind: extra === "" ? "consult-without-code" : "consult", extra };
  }
  if (url.hostname === consultHost && path.startsWith("/chat/includeScript"))
    return { kind: "include-script", extra: "" };
  if (url.hostname === "pf.kakao.com" && /^\/_[A-Za-z0-9]+\/chat\/?$/.test(path))
    return { kind: "channel-chat", extra: "" };
  if (url.hostname === "plus.kakao.com" || url.hostname === "plus-talk.kakao.com") return { kind: "plus", extra: "" };
  if (url.protocol === "kakaoplus:") return { kind: "plus", extra: "" };
  return null;
}

/** A call of Kakao's script for channel chats (field-facts 2.1). */
export const sdkCall = /\bKakao\s*\.\s*Channel\s*\.\s*(?:createChatButton|chat)\s*\(|\bcreateChatButton\s*\(/;

/**
 * Addresses written inside a script, a handler or plain text, with what JSON and HTML make of slashes and ampersands undone.
 * @param worth whether one is worth being read, by its first look
 */
export function addressesIn(
  text: string,
  worth: (written: string) => boolean,
): { url: URL; at: number; written: string }[] {
  const found: { url: URL; at: number; written: string }[] = [];
  for (const match of text.matchAll(
    /(?:https?:|kakaoplus:)?(?:\\?\/|\\u002[fF]|\\x2[fF]){2}[^\s"'<>()`{}|^]{3,2000}/g,
  )) {
    const written = match[0]
      .replace(/\\u002f|\\x2f|\\\//gi, "/")
      .replace(/\\u0026|\\x26|&amp;/gi, "&")
      .replace(/\\u003d|\\x3d/gi, "=")
      .replace(/\\.*$/s, "")
      .replace(/[.,;:!?]+$/, "");
    const url = !worth(written) ? null : readAddress(written.startsWith("//") ? `https:${written}` : written, null);
    if (url) found.push({ url, at: match.index, written: match[0] });
    if (found.length >= 2_000) break;
  }
  return found;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
