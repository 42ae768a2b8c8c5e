// Pages that must stand without Next: a few lines of HTML, no script, light and dark.
import type { IncomingMessage, ServerResponse } from "node:http";
import { escapeHtml } from "@/lib/html-text";
import { freshNonce } from "./policy";

/** A small page, Korean unless it says another language. `lines` are paragraphs of plain text; `link` is a telephone number or address of the company. */
export type PlainPage = {
  status: number;
  language?: "en";
  title: string;
  lines: readonly string[];
  link?: { href: string; text: string };
};

export const notFoundPage: PlainPage = {
  status: 404,
  title: "찾는 주소가 없습니다",
  lines: ["주소가 바뀌었거나 잘못 적혔을 수 있습니다. 주소를 다시 확인해 주십시오."],
};

const notFoundInEnglish: PlainPage = {
  status: 404,
  language: "en",
  title: "There is nothing at this address",
  lines: ["It may have changed or been misspelled. Please check the address."],
};

/** 404 for people who are no users of the console, in the language that their browser asks for. */
export function notFoundFor(request: IncomingMessage): PlainPage {
  return asksForEnglish(request) ? notFoundInEnglish : notFoundPage;
}

/** Whether Accept-Language prefers English to Korean (RFC 9110, 12.5.4); Korean where it says neither. */
export function asksForEnglish(request: IncomingMessage): boolean {
  const weights = { ko: 0, en: 0 };
  for (const part of (request.headers["accept-language"] ?? "").slice(0, 500).split(",")) {
    const [, language, q = "1"] = /^\s*(ko|en)(?:-[a-z0-9-]+)?\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?$/i.exec(part) ?? [];
    const key = language?.toLowerCase() === "en" ? "en" : "ko";
    if (language) weights[key] = Math.max(weights[key], Number(q));
  }
  return weights.en > weights.ko;
}

const plainly: Readonly<Record<number, PlainPage>> = {
  400: { status: 400, title: "요청을 알아볼 수 없습니다", lines: ["주소를 다시 확인해 주십시오."] },
  403: {
    status: 403,
    title: "이 요청은 받을 수 없습니다",
    lines: ["다른 사이트에서 보낸 요청은 받지 않습니다. 화면을 다시 열고 시도해 주십시오."],
  },
  404: notFoundPage,
  405: { status: 405, title: "쓸 수 없는 방식입니다", lines: ["이 주소는 그런 요청을 받지 않습니다."] },
  413: { status: 413, title: "보낸 내용이 너무 큽니다", lines: ["내용을 줄여 다시 보내 주십시오."] },
  414: { status: 414, title: "주소가 너무 깁니다", lines: ["주소를 다시 확인해 주십시오."] },
  500: {
    status: 500,
    title: "일시적인 문제가 생겼습니다",
    lines: ["잠시 뒤 다시 시도해 주십시오. 저장된 내용은 그대로 있습니다."],
  },
  503: {
    status: 503,
    title: "지금은 화면을 열 수 없습니다",
    lines: [
      "데이터베이스에 연결하지 못하고 있습니다. 저장된 내용은 그대로 있으며, 상담 버튼과 QR은 계속 작동합니다.",
      "잠시 뒤 다시 시도해 주십시오.",
    ],
  },
};

/** The page of a status that has nothing particular to say. */
export function pageOf(status: number): PlainPage {
  return plainly[status] ?? plainly[500] ?? notFoundPage;
}

/** Answers with a page, or with one line of text where the client does not ask for HTML. */
export function answerPage(request: IncomingMessage, response: ServerResponse, page: PlainPage): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const nonce = freshNonce();
  const html = /text\/html|\*\/\*/.test(request.headers.accept ?? "*/*");
  const body = html ? document(page, nonce) : `${page.title}\n`;
  response.writeHead(page.status, {
    "Content-Type": `text/${html ? "html" : "plain"}; charset=utf-8`,
    "Content-Length": Buffer.byteLength(body),
    "Cache-Control": "no-store",
    ...(page.status === 404 || page.status === 410 ? { Vary: "Accept-Language" } : {}),
    "Content-Security-Policy": `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic'; style-src 'nonce-${nonce}'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
    "X-Content-Type-Options": "nosniff",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    ...(page.status === 503 ? { "Retry-After": "5" } : {}),
    ...(page.status === 405 ? { Allow: "GET, HEAD, POST" } : {}),
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

function document(page: PlainPage, nonce: string): string {
  const lines = page.lines.map((line) => `<p>${escapeHtml(line)}</p>`).join("");
  const link = page.link ? `<p><a href="${escapeHtml(page.link.href)}">${escapeHtml(page.link.text)}</a></p>` : "";
  return `<!doctype html><html lang="${page.language ?? "ko"}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><meta name="color-scheme" content="light dark"><title>${escapeHtml(page.title)}</title><style nonce="${nonce}">${style}</style></head><body><main><h1>${escapeHtml(page.title)}</h1>${lines}${link}</main></body></html>`;
}

const style =
  ':root{color-scheme:light dark}body{margin:0;background:light-dark(#fff,#13181a);color:light-dark(#14191b,#eaeeef);font:15px/1.7 "Pretendard Variable",Pretendard,"Apple SD Gothic Neo","Malgun Gothic",system-ui,sans-serif;word-break:keep-all;overflow-wrap:anywhere}main{max-width:32rem;margin:0 auto;padding:18vh 24px 48px}h1{font-size:20px;line-height:28px;margin:0 0 12px;letter-spacing:-.018em}p{margin:0 0 10px;color:light-dark(#465056,#b5bec2)}a{color:light-dark(#155174,#97c8df);font-weight:600}a:focus-visible{outline:2px solid light-dark(#1f78ad,#79c2ea);outline-offset:2px}';
