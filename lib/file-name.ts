// Names of uploaded files: what we keep of them, and how they go out again.

/** Controls, marks that turn the reading direction, halves of characters, and what file systems reserve. */
const unfit = /[\p{Cc}\p{Surrogate}\ufffd\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff<>:"|?*]/gu;
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i;
const longest = 200;

/**
 * A name that can be kept and shown: NFC, without path, control and direction characters, at most 200 characters with its ending.
 * Never empty. It names a download, never a path: bytes lie under an internal id.
 */
export function safeFileName(raw: string): string {
  // Browsers send quotation marks and line ends in a name as these three (WHATWG form data).
  const plain = raw.replace(/%22|%0a|%0d/gi, "");
  const last = plain.toWellFormed().normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const clean = last
    .replace(unfit, "")
    .replace(/\s+/g, " ")
    .replace(/^[\s.]+|[\s.]+$/g, "");
  const dot = clean.lastIndexOf(".");
  const stem = dot > 0 ? clean.slice(0, dot) : clean;
  const ending = dot > 0 ? clean.slice(dot).slice(0, 20) : "";
  const kept = Array.from(stem)
    .slice(0, longest - Array.from(ending).length)
    .join("")
    .trimEnd();
  const name = `${reserved.test(kept.split(".")[0] ?? "") ? "_" : ""}${kept}${ending}`.normalize("NFC");
  return name === "" ? "file" : name;
}

/** `Content-Disposition` of a download (RFC 6266): a plain name for old readers, the true one in UTF-8. */
export function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%;]/g, "_");
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
