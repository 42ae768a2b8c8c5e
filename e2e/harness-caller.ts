// Somebody who speaks HTTP to the running server with a cookie jar: exactly what is written is sent, nothing is tidied up.
import { Agent, type IncomingHttpHeaders, request } from "node:http";

/** The server under test: `npm run check` names it. */
export const base = new URL(process.env.DAMSO_E2E_URL ?? "http://127.0.0.1:3000");

export type Answer = { status: number; headers: IncomingHttpHeaders; cookies: string[]; bytes: Buffer; text: string };
export type Ask = {
  method?: string;
  headers?: Readonly<Record<string, string | string[] | undefined>>;
  body?: string | Uint8Array | undefined;
};

// Each request has its own connection: the server may close a kept one just as it is used again.
const agent = new Agent({ keepAlive: false, maxSockets: 64 });
/** No answer within this time fails the case. */
const patienceMs = 30_000;

export class Caller {
  readonly jar = new Map<string, string>();

  constructor(cookies: Readonly<Record<string, string>> = {}) {
    for (const [name, value] of Object.entries(cookies)) this.jar.set(name, value);
  }

  /** Another caller with a copy of the cookies, as somebody has who stole them. */
  copy(): Caller {
    return new Caller(Object.fromEntries(this.jar));
  }

  /** Sends one request. `path` goes out as it is written, however odd. A header that is `undefined` is left out. */
  async ask(path: string, { method = "GET", headers = {}, body }: Ask = {}): Promise<Answer> {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
    const answer = await send(path, method, { accept: "text/html", ...(cookie ? { cookie } : {}), ...given }, body);
    for (const line of answer.cookies) this.keep(line);
    return answer;
  }

  get(path: string, headers: Ask["headers"] = {}): Promise<Answer> {
    return this.ask(path, { headers });
  }

  /** Follows an answer's redirects on our own origin, as a browser would. */
  async follow(answer: Answer, most = 5): Promise<Answer> {
    if (most === 0 || answer.status < 300 || answer.status > 399) return answer;
    const to = new URL(answer.headers.location ?? "", base);
    if (to.origin !== base.origin) return answer;
    return this.follow(await this.get(`${to.pathname}${to.search}`), most - 1);
  }

  private keep(line: string): void {
    const [pair = "", ...attributes] = line.split(/;\s*/);
    const at = pair.indexOf("=");
    const gone = attributes.some((text) => /^max-age=0$/i.test(text) || /^expires=Thu, 01 Jan 1970/i.test(text));
    if (gone) this.jar.delete(pair.slice(0, at));
    else this.jar.set(pair.slice(0, at), pair.slice(at + 1));
  }
}

async function send(
  path: string,
  method: string,
  headers: Record<string, unknown>,
  body: Ask["body"],
): Promise<Answer> {
  // Only what may be said twice goes over a connection that the server may be closing at this moment.
  const reads = method === "GET" || method === "HEAD";
  try {
    return await sendOnce(path, method, headers, body, reads ? agent : false);
  } catch (error) {
    if (!reads || !(error instanceof Error) || !/EPIPE|ECONNRESET|hang up/.test(error.message)) throw error;
    return sendOnce(path, method, headers, body, false);
  }
}

function sendOnce(
  path: string,
  method: string,
  headers: Record<string, unknown>,
  body: Ask["body"],
  over: Agent | false,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent: over,
        host: base.hostname,
        port: base.port,
        method,
        path,
        headers: {
          ...(headers as Record<string, string>),
          ...(body === undefined || "content-length" in headers || "transfer-encoding" in headers
            ? {}
            : { "content-length": String(Buffer.byteLength(body)) }),
        },
        timeout: patienceMs,
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("error", reject);
        response.once("end", () => {
          const bytes = Buffer.concat(parts);
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            cookies: response.headers["set-cookie"] ?? [],
            bytes,
            text: bytes.toString("utf8"),
          });
        });
      },
    );
    sent.once("timeout", () => sent.destroy(new Error(`${method} ${path} was not answered in ${patienceMs} ms`)));
    sent.on("error", reject);
    sent.end(body);
  });
}

const alwaysNew = ["date", "x-request-id", "etag", "keep-alive", "connection", "content-length"];

/**
 * An answer as it is compared with another: without what is new each time (nonce, request id, clock) and without the ids asked for.
 * What Next hands its scripts comes in the order in which it was ready; it is compared word by word, sorted.
 */
export function comparable(answer: Answer, ...ids: readonly string[]): string {
  const headers = Object.entries(answer.headers).filter(([name]) => !alwaysNew.includes(name));
  const nonce = /'nonce-([^']+)'/.exec(String(answer.headers["content-security-policy"]))?.[1] ?? "";
  const plain = (text: string) =>
    [nonce, ...ids]
      .filter(Boolean)
      .reduce((rest, one) => rest.replaceAll(one, "IT"), text)
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z|\b\d\d:\d\d(:\d\d)?\b/g, "CLOCK");
  const handed: string[] = [];
  const page = answer.text.replace(/<script[^>]*>self\.__next_f\.push\((.*?)\)<\/script>/gs, (_all, pushed: string) => {
    const [, text] = JSON.parse(pushed) as [number, string?];
    handed.push(text ?? "");
    return "";
  });
  const words = plain(handed.join(""))
    .replace(/^[\da-f]+:/gm, "")
    .replace(/\$[A-Za-z@]?[\da-f]+\b/g, "$")
    .split(/[\s,[\]{}]+/)
    .sort();
  return [answer.status, plain(JSON.stringify(headers)), plain(page), words.join("\n")].join("\n");
}
