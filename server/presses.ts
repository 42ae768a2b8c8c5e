// GET /b/{code}, /q/{code}: the hot path. Answered before anything else looks at the request (performance.md A).
import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "@/lib/env";
import { errorFields, log } from "@/lib/log";
import { PressBatch } from "@/lib/placements/press-batch";
import { type PressKind, pressLine } from "@/lib/placements/press-line";
import { PressMap, type PressTarget } from "@/lib/placements/press-map";
import { VisitorHash } from "@/lib/placements/press-salt";
import { PressSpool } from "@/lib/placements/press-spool";
import { contactLink } from "@/lib/placements/rules/contact-link";
import { classifyVisitor, type Visitor } from "@/lib/placements/visitors";
import type { Proxies } from "./addresses";
import { addressOf } from "./admission";
import { answerPage, asksForEnglish, notFoundFor, type PlainPage, pageOf } from "./plain-page";

const slash = 47;
const codeShape = /^[A-Za-z0-9_]{1,50}$/;
const mostAgents = 5_000;
const flushLimitMs = 5_000;

/** Counts presses and sends people on. `start` before listening, `stop` after the last answer. */
export class Presses {
  readonly map = new PressMap();
  private readonly batch: PressBatch;
  private readonly spool: PressSpool;
  private readonly hash = new VisitorHash();
  private readonly agents = new Map<string, Visitor>();

  constructor(private readonly proxies: Proxies) {
    this.spool = new PressSpool(env().DAMSO_SPOOL, () => this.batch.wake());
    this.batch = new PressBatch(this.spool, this.map.connection);
  }

  async start(): Promise<void> {
    await this.map.start();
    this.batch.start();
  }

  async stop(): Promise<void> {
    this.spool.close();
    await this.batch.stop(flushLimitMs);
    await this.map.stop();
  }

  /** True when it answered: `/b/{code}` and `/q/{code}` alone, not what lies below them. */
  answer(request: IncomingMessage, response: ServerResponse): boolean {
    const url = request.url ?? "";
    if (url.charCodeAt(2) !== slash || url.charCodeAt(0) !== slash) return false;
    const kind: PressKind | null = url[1] === "b" ? "press" : url[1] === "q" ? "scan" : null;
    if (kind === null) return false;
    const end = url.indexOf("?", 3);
    const code = end === -1 ? url.slice(3) : url.slice(3, end);
    if (kind === "press" && code.includes("/")) return false;
    if (request.method !== "GET" && request.method !== "HEAD") answerPage(request, response, pageOf(405));
    else this.answerCode(request, response, kind, code);
    return true;
  }

  private answerCode(request: IncomingMessage, response: ServerResponse, kind: PressKind, code: string): void {
    const target = this.map.get(code);
    const now = Date.now();
    if (target?.live && now < target.endsAt) {
      this.spool.append(pressLine(now, kind, this.visitor(request), this.hashOf(request, now), target.owner), () => {
        response.writeHead(302, { Location: target.location, "Cache-Control": "no-store", "Content-Length": "0" });
        response.end();
      });
    } else if (target) answerPage(request, response, endedPage(target, asksForEnglish(request)));
    else if (this.map.known || !codeShape.test(code)) answerPage(request, response, notFoundFor(request));
    else answerPage(request, response, pageOf(503));
  }

  private visitor(request: IncomingMessage): Visitor {
    const agent = request.headers["user-agent"] ?? "";
    if (request.method === "HEAD") return "head";
    const known = this.agents.get(agent);
    if (known) return known;
    if (this.agents.size >= mostAgents) this.agents.clear();
    const visitor = classifyVisitor(request.method, agent);
    this.agents.set(agent, visitor);
    return visitor;
  }

  private hashOf(request: IncomingMessage, now: number): string {
    try {
      return this.hash.of(addressOf(request, this.proxies), request.headers["user-agent"] ?? "", now);
    } catch (error) {
      log("error", "presses.no_salt", errorFields(error));
      return "0000000000000000";
    }
  }
}

/** 410: says that the button has ended, whose it was and how else to reach the company. */
export function endedPage({ company, channel, contact }: PressTarget, english: boolean): PlainPage {
  const link = contactLink(contact);
  const whole = link?.text === contact;
  const say = english ? inEnglish : inKorean;
  return {
    status: 410,
    ...(english ? { language: "en" } : {}),
    title: say.title,
    lines: [
      say.ended(company, channel),
      contact === "" ? say.elsewhere(company) : whole ? say.below : say.contact(contact),
    ],
    ...(link ? { link: { href: link.href, text: say.link(link.text) } } : {}),
  };
}

const inKorean = {
  title: "이 상담 버튼은 끝났습니다",
  ended: (company: string, channel: string) => `${company}의 카카오톡 상담(${channel})은 이 버튼으로 열 수 없습니다.`,
  elsewhere: (company: string) => `${company}의 홈페이지나 고객센터로 문의해 주십시오.`,
  below: "아래 고객센터로 문의해 주십시오.",
  contact: (contact: string) => `고객센터: ${contact}`,
  link: (contact: string) => `고객센터 ${contact}`,
};
const inEnglish: typeof inKorean = {
  title: "This consult button has ended",
  ended: (company, channel) => `It no longer opens a KakaoTalk consultation with ${company} (${channel}).`,
  elsewhere: (company) => `Please reach ${company} through its web site or customer service.`,
  below: "Please contact customer service below.",
  contact: (contact) => `Customer service: ${contact}`,
  link: (contact) => `Customer service ${contact}`,
};
