import { once } from "node:events";
import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { noteAway } from "@/lib/db/away";
import { proxyList } from "./addresses";
import { answerPages, type Pages } from "./pages";

type Seen = { url: string; headers: IncomingHttpHeaders; body: string };
type Answer = { status: number; headers: IncomingHttpHeaders; body: string };

let server: Server;
let port: number;
let seen: Seen[] = [];
let pages: Pages;
/** What the handler behind says of its own accord. */
let behind: Record<string, string> = {};

beforeAll(async () => {
  server = createServer((request, response) => void answerPages(request, response, pages));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
  pages = {
    admission: { origin: "https://damso.example", port, proxies: proxyList([]) },
    dev: false,
    databaseReachable: () => true,
    handleHook: async (request, response) => {
      seen.push({ url: request.url ?? "", headers: { ...request.headers }, body: "" });
      response.end("hook");
    },
    handle: async (request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      await Promise.race([once(request, "end"), once(request, "close")]);
      seen.push({ url: request.url ?? "", headers: { ...request.headers }, body: Buffer.concat(chunks).toString() });
      if (response.headersSent) return;
      response.setHeader("X-Powered-By", "Next.js");
      for (const [name, value] of Object.entries(behind)) response.setHeader(name, value);
      response.end("page");
    },
  };
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  seen = [];
  behind = { "Content-Type": "text/html; charset=utf-8" };
  pages = { ...pages, admission: { ...pages.admission, proxies: proxyList([]) }, databaseReachable: () => true };
});

function ask(
  path: string,
  options: { method?: string; headers?: Record<string, string | string[]>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      {
        host: "127.0.0.1",
        port,
        path,
        method: options.method ?? "GET",
        headers: { host: "damso.example", ...options.headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    sent.on("error", reject);
    sent.end(options.body);
  });
}

describe("headers (P-04, P-05)", () => {
  it("come with every page, with a nonce that is never the same", async () => {
    const nonces = new Set<string>();
    for (let load = 0; load < 100; load += 1) {
      const { headers } = await ask("/channels");
      const policy = String(headers["content-security-policy"]);
      const nonce = /'nonce-([A-Za-z0-9+/=]+)'/.exec(policy)?.[1] ?? "";
      expect(Buffer.from(nonce, "base64")).toHaveLength(16);
      nonces.add(nonce);
      expect(seen.at(-1)?.headers["content-security-policy"]).toBe(policy);
      for (const part of [
        "'strict-dynamic'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
      ]) {
        expect(policy).toContain(part);
      }
      expect(policy).not.toContain("unsafe");
    }
    expect(nonces.size).toBe(100);
    const { headers } = await ask("/channels", { headers: { cookie: "damso=1" } });
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "strict-transport-security": expect.stringMatching(/max-age=\d{8,}; includeSubDomains/),
      "referrer-policy": expect.any(String),
      "cross-origin-opener-policy": "same-origin",
      "permissions-policy": expect.stringContaining("camera=()"),
      "cache-control": "private, no-store",
    });
    expect(headers["x-powered-by"]).toBeUndefined();
  });
  it("let a download bring its own stricter policy", async () => {
    behind = {
      "Content-Type": "application/pdf",
      "Content-Security-Policy": "sandbox; default-src 'none'",
      "Cache-Control": "private, no-cache",
    };
    const { headers } = await ask("/channels/x/evidence/y", { headers: { cookie: "damso=1" } });
    expect(headers["content-security-policy"]).toBe("sandbox; default-src 'none'");
    expect(headers["cache-control"]).toBe("private, no-cache");
    expect(headers["x-content-type-options"]).toBe("nosniff");
  });
  it("overrule a page that wants to be kept", async () => {
    behind = { "Content-Type": "text/html", "Cache-Control": "s-maxage=31536000" };
    expect((await ask("/", { headers: { cookie: "damso=1" } })).headers["cache-control"]).toBe("private, no-store");
  });
  it("never take a policy or a nonce from outside", async () => {
    const evil = `script-src 'nonce-"><img src=x onerror=alert(1)>'`;
    await ask("/", {
      headers: { "content-security-policy": evil, "content-security-policy-report-only": evil, "x-nonce": "evil" },
    });
    expect(JSON.stringify(seen[0]?.headers)).not.toContain("onerror");
    expect(seen[0]?.headers["x-nonce"]).toBeUndefined();
  });
  it("leave the build's files to be kept", async () => {
    behind = { "Content-Type": "text/javascript", "Cache-Control": "public, max-age=31536000, immutable" };
    expect((await ask("/_next/static/chunks/a.js", { headers: { cookie: "a=1" } })).headers["cache-control"]).toContain(
      "immutable",
    );
  });
});

describe("hosts and proxies (P-07)", () => {
  it.each(["evil.example", "damso.example.evil.example", "damso.example:1234", "127.0.0.1", "localhost:1"])(
    "refuses the host %j",
    async (host) => {
      expect((await ask("/", { headers: { host } })).status).toBe(400);
      expect(seen).toEqual([]);
    },
  );
  it("takes the public host and loopback names with our port", async () => {
    for (const host of ["damso.example", "DAMSO.example", `127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]) {
      expect((await ask("/", { headers: { host } })).status).toBe(200);
    }
  });
  const forged = {
    "x-forwarded-for": "203.0.113.7",
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "http",
    "x-forwarded-port": "1",
    forwarded: "for=203.0.113.7;host=evil.example",
    "x-real-ip": "203.0.113.7",
    "x-damso-address": "203.0.113.7",
    "x-damso-within": "guess",
    "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware",
    "x-original-url": "/admin",
    "x-nextjs-data": "1",
    "x-matched-path": "/people",
  };
  it("believes nobody by default", async () => {
    await ask("/", { headers: forged });
    const headers = seen[0]?.headers ?? {};
    expect(headers).toMatchObject({
      host: "damso.example",
      "x-forwarded-host": "damso.example",
      "x-forwarded-proto": "https",
      "x-damso-address": "127.0.0.1",
    });
    for (const name of [
      "x-forwarded-for",
      "x-forwarded-port",
      "forwarded",
      "x-real-ip",
      "x-middleware-subrequest",
      "x-original-url",
      "x-nextjs-data",
      "x-matched-path",
    ]) {
      expect(headers[name]).toBeUndefined();
    }
  });
  it("believes a configured proxy as far as it reaches", async () => {
    pages = { ...pages, admission: { ...pages.admission, proxies: proxyList(["127.0.0.0/8", "10.0.0.0/8"]) } };
    await ask("/", { headers: { "x-forwarded-for": "198.51.100.9, 203.0.113.7, 10.1.2.3" } });
    expect(seen[0]?.headers["x-damso-address"]).toBe("203.0.113.7");
    expect((await ask("/", { headers: { host: "inner:8080", "x-forwarded-host": "damso.example" } })).status).toBe(200);
    expect((await ask("/", { headers: { "x-forwarded-host": "evil.example" } })).status).toBe(400);
  });
  it("keeps the client's address in Next's own requests to itself", async () => {
    await ask("/", {});
    const within = String(seen[0]?.headers["x-damso-within"]);
    await ask("/", {
      headers: { "x-damso-within": within, "x-damso-address": "203.0.113.7", "x-action-forwarded": "1" },
    });
    expect(seen[1]?.headers["x-damso-address"]).toBe("203.0.113.7");
    expect(seen[1]?.headers["x-action-forwarded"]).toBe("1");
  });
});

describe("who sent a form (P-06)", () => {
  const post = (headers: Record<string, string>, path = "/channels") =>
    ask(path, { method: "POST", headers, body: "a=1" });
  it.each([
    [{ origin: "https://evil.example" }],
    [{ origin: "null" }],
    [{ origin: "http://damso.example" }],
    [{ origin: "https://damso.example.evil.example" }],
    [{ origin: "https://damso.example", "sec-fetch-site": "cross-site" }],
    [{ origin: "https://damso.example", "sec-fetch-site": "same-site" }],
    [{ "sec-fetch-site": "cross-site" }],
    [{ referer: "https://evil.example/" }],
    [{ referer: "nonsense" }],
  ])("refuses %j", async (headers) => {
    expect((await post(headers)).status).toBe(403);
    expect(seen).toEqual([]);
  });
  it.each([
    [{ origin: "https://damso.example", "sec-fetch-site": "same-origin" }],
    [{ "sec-fetch-site": "same-origin" }],
    [{}],
    [{ referer: "https://damso.example/a" }],
  ])("takes %j", async (headers) => {
    expect((await post(headers as Record<string, string>)).status).toBe(200);
    expect(seen[0]?.body).toBe("a=1");
  });
  it("takes a loopback form only from the same loopback name", async () => {
    const host = `127.0.0.1:${port}`;
    expect((await post({ host, origin: `http://${host}` })).status).toBe(200);
    expect((await post({ host, origin: `http://localhost:${port}` })).status).toBe(403);
    expect((await post({ host, origin: "https://damso.example" })).status).toBe(403);
  });
  it("lets machines in with their own credential, without anybody's cookie", async () => {
    const headers = { origin: "https://dealer.example", cookie: "damso=1" };
    expect((await post(headers, "/hooks/token/cstalk/message")).body).toBe("hook");
    expect((await post({ ...headers, authorization: "Bearer dms_x" }, "/api/v1/placements")).status).toBe(200);
    expect(seen.map((one) => one.headers.cookie)).toEqual([undefined, undefined]);
    expect((await post(headers, "/api/v1/placements")).status).toBe(403);
  });
  it.each([
    ["PUT", "/channels"],
    ["DELETE", "/channels"],
    ["OPTIONS", "/channels"],
    ["POST", "/icon.svg"],
    ["POST", "/_next/static/a.js"],
  ])("has no %s of %s", async (method, path) => {
    expect((await ask(path, { method })).status).toBe(405);
    expect(seen).toEqual([]);
  });
  it.each(["TRACE", "PROPFIND", "PURGE"])("does not know %s", async (method) => {
    expect((await ask("/", { method })).status).toBe(405);
  });
});

describe("spellings (P-02, P-03)", () => {
  it.each([
    ["//channels", 404],
    ["/./channels", 404],
    ["/a/../channels", 404],
    ["/%63hannels", 404],
    ["/channels%2f", 404],
    ["/channels%2F..%2Fpeople", 404],
    ["/channels;x", 404],
    ["/channels/", 404],
    ["/channels.rsc", 404],
    ["/channels.segments/_tree.segment.rsc", 404],
    ["/channels?nxtPid=1", 400],
    ["/channels?a=1&nxtIid=1", 400],
    ["/%", 400],
    ["/%ff%fe", 400],
    ["/%00", 400],
    ["/a\\b", 400],
    ["http://evil.example/", 400],
    [`/${"x".repeat(9_000)}`, 414],
    ["/_next/image?url=%2Fa.png&w=64&q=75", 404],
    ["/_next/image", 404],
    ["/_next/static/../../package.json", 404],
    ["/_next/static/%2e%2e/package.json", 404],
    ["/_next/data/x/index.json", 404],
  ])("answers %s with %i", async (path, status) => {
    expect((await ask(path)).status).toBe(status);
    expect(seen).toEqual([]);
  });
  it.each(["/", "/channels?q=%ED%95%9C&_rsc=1", "/%ED%95%9C", "/_next/static/chunks/%5Broot%5D.js"])(
    "hands on %s",
    async (path) => {
      expect((await ask(path)).status).toBe(200);
    },
  );
});

describe("bodies and faults", () => {
  it("refuses what is declared too large, and cuts what grows too large", async () => {
    const large = "x".repeat(300_000);
    expect((await ask("/channels", { method: "POST", body: large })).status).toBe(413);
    const chunked = await ask("/channels", {
      method: "POST",
      headers: { "transfer-encoding": "chunked" },
      body: large,
    }).catch((error: Error) => ({ status: 0, body: error.message }));
    expect([413, 0]).toContain(chunked.status);
    expect(seen.filter((one) => one.body.length > 262_144)).toEqual([]);
  });
  it("lets files through to the routes that hold their own limits, and to no other", async () => {
    const large = { method: "POST", body: "x".repeat(300_000) };
    for (const path of ["/channels/x/evidence", "/dealers/contracts/x/documents/upload"])
      expect([path, (await ask(path, large)).status]).toEqual([path, 200]);
    for (const path of ["/channels/x", "/dealers/contracts/x/documents", "/dealers/contracts/x/documents/y"])
      expect([path, (await ask(path, large)).status]).toEqual([path, 413]);
    expect(seen.map((one) => one.body.length)).toEqual([300_000, 300_000]);
  });
  it("says 503 while the database is away, and when to come again", async () => {
    pages = { ...pages, databaseReachable: () => false };
    const { status, headers, body } = await ask("/channels");
    expect([status, headers["retry-after"]]).toEqual([503, "5"]);
    expect(body).toContain("지금은 화면을 열 수 없습니다");
    expect((await ask("/_next/static/a.css")).status).toBe(200);
  });
  it("says 503 in place of the 500 of a request under which the database failed, and of no other", async () => {
    const { handle } = pages;
    const failing = (error: Error) => async (_request: unknown, response: ServerResponse) => {
      noteAway(error);
      response.statusCode = 500;
      response.end("failed");
    };
    const answered: unknown[] = [];
    for (const code of ["57P01", "22012"]) {
      pages = { ...pages, handle: failing(Object.assign(new Error("of the database"), { code })) };
      const { status, headers } = await ask("/channels");
      answered.push([status, headers["retry-after"]]);
    }
    pages = { ...pages, handle };
    expect(answered).toEqual([
      [503, "5"],
      [500, undefined],
    ]);
  });
  it("says 500 without saying why", async () => {
    const { handle } = pages;
    pages = { ...pages, handle: () => Promise.reject(new Error("SELECT secret FROM /srv/app")) };
    const { status, body } = await ask("/channels");
    pages = { ...pages, handle };
    expect(status).toBe(500);
    expect(body).not.toMatch(/SELECT|srv|Error:/);
  });
  it("answers rubbish on the socket without ending", async () => {
    const socket = connect(port, "127.0.0.1");
    socket.write("NONSENSE\r\n\r\n");
    const [answer] = (await once(socket, "data")) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1.1 400/);
    expect((await ask("/")).status).toBe(200);
  });
});
