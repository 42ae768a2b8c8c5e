// How a kept file goes out: always as a file, never as a page, and not at all once it is not what was recorded.
import { randomBytes } from "node:crypto";
import { attachment } from "@/lib/file-name";
import { asLocale, type Locale, localeCookie } from "@/lib/locale";
import { sentence } from "@/lib/messages";

/** `bytes` where they are known before the stream is read. */
export type OpenFile = { name: string; mime: string; bytes?: number; stream: ReadableStream<Uint8Array> };

/** 200 with the bytes (trust.md P-31): attachment, true type, no powers. */
export function fileAnswer(file: OpenFile): Response {
  return new Response(file.stream, {
    headers: {
      "Content-Type": file.mime,
      ...(file.bytes === undefined ? {} : { "Content-Length": String(file.bytes) }),
      "Content-Disposition": attachment(file.name),
      "Content-Security-Policy": "sandbox; default-src 'none'",
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "no-store",
    },
  });
}

/** 404: no session, no right, another organization and no such file are answered alike. */
export function missingAnswer(): Response {
  return new Response("Not found\n", {
    status: 404,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
}

/** 409: the bytes are not those that were recorded. A page for people with the way `back`, JSON for machines. */
export function changedAnswer(request: Request, back: string): Response {
  if (!request.headers.get("accept")?.includes("text/html")) {
    const body = { status: 409, code: "file-changed" };
    return Response.json(body, { status: 409, headers: { "Cache-Control": "no-store" } });
  }
  const nonce = randomBytes(16).toString("base64");
  return new Response(changedPage(localeOf(request), nonce, back), {
    status: 409,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "no-store",
    },
  });
}

/** `back` is a path of ours with ids alone. */
function changedPage(locale: Locale, nonce: string, back: string): string {
  const say = (key: string) => sentence(`errors.fileChanged.${key}`, locale);
  const lines = ["body", "next"].map((key) => `<p>${say(key)}</p>`).join("");
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${say("title")}</title><style nonce="${nonce}">${style}</style></head><body><main><h1>${say("title")}</h1>${lines}<p><a href="${encodeURI(back)}">${say("back")}</a></p></main></body></html>`;
}

/** The colours and measures of the pages that stand without Next (server/plain-page.ts). */
const style =
  ':root{color-scheme:light dark}body{margin:0;background:light-dark(#fff,#13181a);color:light-dark(#14191b,#eaeeef);font:15px/1.7 "Pretendard Variable",Pretendard,"Apple SD Gothic Neo","Malgun Gothic",system-ui,sans-serif;word-break:keep-all}main{max-width:32rem;margin:0 auto;padding:18vh 24px 48px}h1{font-size:20px;line-height:28px;margin:0 0 12px}p{margin:0 0 10px;color:light-dark(#465056,#b5bec2)}a{color:light-dark(#155174,#97c8df);font-weight:600}';

function localeOf(request: Request): Locale {
  const cookies = request.headers.get("cookie") ?? "";
  return asLocale(new RegExp(`(?:^|;\\s*)${localeCookie}=(\\w+)`).exec(cookies)?.[1]);
}
