// GET /o/{organization}/consignees, .json and .md: the published list of consignees, open to anybody, without a cookie, also for a past day.
import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Day, fullDay, kstDay } from "@/lib/clock";
import { type OpenConsignees, openConsignees } from "@/lib/db/crossings";
import { escapeHtml } from "@/lib/html-text";
import { errorFields, log } from "@/lib/log";
import { consigneeHtml, consigneeMarkdown } from "@/lib/privacy/rules/consignee-formats";
import { readConsigneeText } from "@/lib/privacy/rules/consignee-list";
import { answerPage, pageOf } from "./plain-page";
import { freshNonce } from "./policy";

const address = /^\/o\/([a-z0-9](?:[a-z0-9-]{0,62}))\/consignees(\.json|\.md)?(?:\?(.*))?$/;
const longestQuery = 200;

/** True when it answers. */
export function answerConsignees(request: IncomingMessage, response: ServerResponse): boolean {
  const found = address.exec(request.url ?? "");
  if (!found) return false;
  const [, slug = "", ending = "", query = ""] = found;
  if (request.method !== "GET" && request.method !== "HEAD") {
    answerPage(request, response, pageOf(405));
    return true;
  }
  const on = dayOf(query, new Date());
  if (on === null) {
    answerPage(request, response, pageOf(400));
    return true;
  }
  openConsignees(slug, on)
    .then((list) => {
      if (list) send(request, response, list, { ending, on, slug });
      else answerPage(request, response, nothing);
    })
    .catch((error: unknown) => {
      log("error", "consignees.failed", errorFields(error));
      answerPage(request, response, pageOf(503));
    });
  return true;
}

const nothing = {
  status: 404,
  title: "공개된 수탁자 목록이 없습니다",
  lines: ["주소나 날짜를 다시 확인해 주십시오. 그날까지 공개된 목록이 없을 수도 있습니다."],
};

/** The asked day, today without one; null: it is no day. */
function dayOf(query: string, now: Date): Day | null {
  if (query.length > longestQuery) return null;
  const asked = new URLSearchParams(query).getAll("on");
  if (asked.length === 0) return kstDay(now);
  const [day = ""] = asked;
  if (asked.length > 1 || !/^(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(day)) return null;
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day) ? day : null;
}

type Asked = { ending: string; on: Day; slug: string };

function send(request: IncomingMessage, response: ServerResponse, list: OpenConsignees, asked: Asked): void {
  const nonce = freshNonce();
  const { type, body } = bodyOf(list, asked, nonce);
  // The nonce differs each time: what the page says is in the list, the day and the form asked for.
  const etag = `"${createHash("sha256").update(`${list.hash} ${list.number} ${list.newest} ${asked.on} ${asked.ending}`).digest("base64url").slice(0, 22)}"`;
  const headers = {
    "Content-Type": `${type}; charset=utf-8`,
    ETag: etag,
    "Cache-Control": "public, max-age=60",
    "Content-Security-Policy": `default-src 'none'; style-src 'nonce-${nonce}'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
    "X-Content-Type-Options": "nosniff",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    ...(asked.ending === "" ? {} : { "Access-Control-Allow-Origin": "*" }),
  };
  if (asked.ending !== "" && request.headers["if-none-match"]?.split(/,\s*/).includes(etag)) {
    response.writeHead(304, headers);
    response.end();
    return;
  }
  response.writeHead(200, { ...headers, "Content-Length": Buffer.byteLength(body) });
  response.end(request.method === "HEAD" ? undefined : body);
}

function bodyOf(list: OpenConsignees, { ending, on, slug }: Asked, nonce: string): { type: string; body: string } {
  const entries = readConsigneeText(list.text);
  const { organizationName, number, effectiveOn, hash } = list;
  if (ending === ".json") {
    const shown = { organization: organizationName, number, effectiveOn, on, sha256: hash, consignees: entries };
    return { type: "application/json", body: `${JSON.stringify(shown, null, 2)}\n` };
  }
  if (ending === ".md") {
    const title = `# ${organizationName.replace(/[\\`*_[\]<>|#]/g, (mark) => `\\${mark}`)} 개인정보 처리업무 위탁 현황`;
    return {
      type: "text/markdown",
      body: `${title}\n\n시행일 ${fullDay(effectiveOn, "ko")}\n\n${consigneeMarkdown(entries)}`,
    };
  }
  const facts = [
    `시행일 ${fullDay(effectiveOn, "ko")}`,
    on === kstDay(new Date()) ? "" : `${fullDay(on, "ko")}에 시행 중이던 목록입니다.`,
    list.newest ? "" : "이 뒤에 바뀐 목록이 있습니다.",
  ].filter((fact) => fact !== "");
  const links = `<p class="links"><a href="/o/${slug}/consignees.md?on=${on}">Markdown</a> <a href="/o/${slug}/consignees.json?on=${on}">JSON</a></p>`;
  const past = `<form action="/o/${slug}/consignees" method="get"><label>기준일 <input type="date" name="on" value="${on}" required></label> <button>보기</button></form>`;
  const table =
    entries.length === 0
      ? "<p>개인정보 처리업무를 위탁하는 곳이 없습니다.</p>"
      : `<div class="wide" role="region" aria-label="개인정보 처리업무 위탁 현황" tabindex="0">${consigneeHtml(entries, { labels: true })}</div>`;
  return {
    type: "text/html",
    body: `<!doctype html><html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${escapeHtml(organizationName)} 수탁자 목록</title><style nonce="${nonce}">${style}</style></head><body><main><h1>${escapeHtml(organizationName)}</h1>${facts.map((fact) => `<p>${fact}</p>`).join("")}${table}<p class="hash">sha256 ${hash}</p>${past}${links}</main></body></html>`,
  };
}

const style = `
:root{color-scheme:light dark}
body{margin:0;background:light-dark(#fff,#13181a);color:light-dark(#14191b,#eaeeef);font:15px/1.7 "Pretendard Variable",Pretendard,"Apple SD Gothic Neo","Malgun Gothic",system-ui,sans-serif;word-break:keep-all;overflow-wrap:anywhere}
main{max-width:64rem;margin:0 auto;padding:40px 20px 64px}
h1{font-size:20px;line-height:28px;margin:0 0 8px;letter-spacing:-.018em}
p,caption{margin:0 0 10px;color:light-dark(#465056,#b5bec2)}
caption{text-align:left;font-weight:600}
.wide{overflow-x:auto;margin:20px 0}
table{border-collapse:collapse;width:100%}
th,td{padding:10px 12px;text-align:left;vertical-align:top;border:1px solid light-dark(#d5dbde,#3a4347)}
thead th{font-size:13px;font-weight:600;color:light-dark(#465056,#b5bec2)}
.hash{font:12px/1.6 "Geist Mono",ui-monospace,monospace;word-break:break-all}
a{color:light-dark(#155174,#97c8df)}
input,button{font:inherit;color:inherit;background:transparent;border:1px solid light-dark(#7c868b,#8b969b);border-radius:6px;padding:6px 10px;min-height:40px}
:focus-visible{outline:2px solid light-dark(#1f78ad,#79c2ea);outline-offset:2px}
@media (max-width:720px){thead{position:absolute;clip-path:inset(50%);height:1px;overflow:hidden}[data-label]::before{content:attr(data-label);display:block;font-size:12px;font-weight:400;color:light-dark(#5f6a70,#9aa5aa)}table,tbody,tr,th,td{display:block}th,td{border-width:0 0 1px}tbody{border:1px solid light-dark(#d5dbde,#3a4347);margin:0 0 12px;border-radius:8px}tbody:last-child{margin:0}tr:last-child td:last-child{border:0}}
@media print{body{background:#fff;color:#000;font-size:10.5pt}main{padding:0;max-width:none}form,.links{display:none}th,td{border-color:#999}}
`;
