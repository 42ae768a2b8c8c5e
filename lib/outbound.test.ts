// trust.md P-45: what must not be called sees no connection, and what may be called cannot hurt.
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTcp, type Server as TcpServer } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fetchPage } from "./outbound";
import { allowedFrom, isPublicAddress } from "./outbound/addresses";
import { readAddress, settle } from "./outbound/target";

// Before anything asks for the settings: they are read once.
process.env.DAMSO_OUTBOUND_ALLOW = "127.0.0.77, site.test";

/** Listens where nothing may knock. */
let forbidden: TcpServer;
let knocks = 0;
let port = 0;
/** Where the operator lets us. */
let site: Server;
let at = "";
let answer: RequestListener = (_request, response) => response.end();
const asked: { path: string; headers: NodeJS.Dict<string | string[]> }[] = [];

const listening = (server: TcpServer, where: number, host: string) =>
  new Promise<number>((resolve) =>
    server.listen(where, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    }),
  );

beforeAll(async () => {
  forbidden = createTcp((socket) => {
    knocks += 1;
    socket.end("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi");
  });
  port = await listening(forbidden, 0, "127.0.0.1");
  site = createServer((request, response) => {
    asked.push({ path: request.url ?? "", headers: request.headers });
    answer(request, response);
  });
  at = `http://127.0.0.77:${await listening(site, 0, "127.0.0.77")}`;
});
afterAll(() => {
  forbidden.close();
  site.closeAllConnections();
  site.close();
});
beforeEach(() => {
  knocks = 0;
  asked.length = 0;
});

const hosts = [
  ...["127.0.0.1", "127.1", "2130706433", "0x7f000001", "017700000001", "0", "0.0.0.0", "localhost", "localhost."],
  ...["LOCALHOST", "damso.localhost", "127.0.0.1.", "１２７.0.0.1", "[::1]", "[::]", "[::ffff:127.0.0.1]"],
  ...["[::ffff:7f00:1]", "[::127.0.0.1]", "[2002:7f00:1::]", "[64:ff9b::7f00:1]", "[2001:0:7f00:1::]", "[fd00::1]"],
  ...["[fe80::1]", "[ff02::1]", "169.254.169.254", "10.0.0.1", "172.16.0.1", "192.168.0.1", "100.64.0.1", "198.18.0.1"],
  ...["192.0.2.1", "224.0.0.1", "255.255.255.255", "127.0.0.78", "intranet", "db.internal"],
];
const addresses = () => [
  ...hosts.flatMap((host) => [`http://${host}:${port}/`, `https://${host}:${port}/`, `https://${host}/`]),
  ...["file:///etc/passwd", `gopher://127.0.0.1:${port}/_x`, `ftp://127.0.0.1:${port}/`, "data:text/html,hi"],
  ...["javascript:alert(1)", "", "//127.0.0.1/", "https://", `https://user:secret@127.0.0.1:${port}/`],
  ...["https://user@www.kakao.com/", `https://127.0.0.1:${port}@169.254.169.254/`, "https://www.kakao.com:5432/"],
  ...["http://www.kakao.com/", "https://www.kakao.com:8443/", `https://127.0.0.1:${port}\\@www.kakao.com/`],
];

describe("what is refused", () => {
  it("never gets a connection", async () => {
    for (const address of addresses()) {
      const outcome = await fetchPage(address);
      expect({ address, outcome }).toMatchObject({ outcome: { ok: false } });
      expect(["address", "refused-address"]).toContain(outcome.ok ? "" : outcome.failure);
    }
    expect(knocks).toBe(0);
  });

  it("gets none by a redirect either", async () => {
    for (const address of addresses().filter((one) => one !== "" && !one.startsWith("//"))) {
      answer = (_request, response) => response.writeHead(302, { location: encodeURI(address) }).end();
      expect(await fetchPage(`${at}/`)).toMatchObject({ ok: false });
    }
    answer = (_request, response) => response.writeHead(307, { location: `//127.0.0.1:${port}/` }).end();
    expect(await fetchPage(`${at}/`)).toMatchObject({ ok: false, failure: "refused-address" });
    expect(knocks).toBe(0);
  });

  it("gets none by a name that leads there, also when only one of its addresses does", async () => {
    for (const found of [
      ["127.0.0.1"],
      ["93.184.215.14", "127.0.0.1"],
      ["::ffff:127.0.0.1"],
      ["fd00::1"],
      ["not one"],
    ]) {
      const outcome = await fetchPage("https://shop.example.com/", async () => found);
      expect(outcome).toMatchObject({ ok: false, failure: "refused-address" });
    }
    expect(await fetchPage("https://shop.example.com/", async () => [])).toMatchObject({ failure: "unreachable" });
    expect(knocks).toBe(0);
  });

  it("gets none by a name that leads elsewhere the second time", async () => {
    const answers = [["127.0.0.77"], ["127.0.0.1"]];
    let times = 0;
    const rebinding = async () => answers[Math.min(times++, 1)] ?? [];
    const there = new URL(at);
    answer = (request, response) =>
      request.url === "/" ? response.writeHead(302, { location: "https://rebind.example.com/" }).end() : response.end();
    // The first name is the operator's own: asked once, and the connection goes where that answer said.
    const outcome = await fetchPage(`http://site.test:${there.port}/`, rebinding);
    expect(outcome).toEqual({
      ...{ ok: false, failure: "refused-address", address: "https://rebind.example.com/" },
      tookMs: expect.any(Number),
    });
    expect({ times, knocks, asked: asked.length }).toEqual({ times: 2, knocks: 0, asked: 1 });
  });
});

describe("special ranges", () => {
  it.each([
    ...["0.1.2.3", "10.255.255.255", "100.127.255.255", "127.255.0.1", "169.254.0.1", "172.31.255.255", "192.0.0.8"],
    ...["192.0.2.9", "192.168.1.1", "198.19.0.1", "198.51.100.1", "203.0.113.1", "239.1.1.1", "250.0.0.1", "::", "::1"],
    ...["::ffff:8.8.8.8", "::8.8.8.8", "64:ff9b::808:808", "2002:808:808::", "2001::1", "2001:db8::1", "fc00::1"],
    ...["fdff::1", "fe80::1", "febf::1", "ff0e::1", "fe80::1%eth0", "example.com", ""],
  ])("%s is not public", (address) => expect(isPublicAddress(address)).toBe(false));
  it.each(["8.8.8.8", "1.1.1.1", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "2606:4700::1111"])(
    "%s is public",
    (address) => expect(isPublicAddress(address)).toBe(true),
  );
});

describe("what the operator lists", () => {
  const allowed = allowedFrom(["intra.example.kr", "probe.example.kr:8443", "10.1.0.0/16", "[fd00::5]:81", "fd00::6"]);
  it.each([
    ["http://intra.example.kr/", true],
    ["http://intra.example.kr.:9000/", true],
    ["http://sub.intra.example.kr/", false],
    ["http://probe.example.kr:8443/", true],
    ["http://probe.example.kr/", false],
    ["https://probe.example.kr/", true],
    ["http://10.1.2.3:81/", true],
    ["https://10.2.0.1/", false],
    ["http://[fd00::5]:81/", true],
    ["http://[fd00::5]/", false],
    ["http://[fd00::6]:9/", true],
    ["https://한결.kr/", true],
    ["https://www.kakao.com./privacy", true],
    ["https://a..b/", false],
  ])("%s may be asked: %s", (address, may) => expect(typeof readAddress(address, allowed) === "object").toBe(may));
  it("counts where names lead", async () => {
    const place = readAddress("https://shop.example.kr/", allowed);
    if (typeof place === "string") throw new Error(place);
    const { signal } = new AbortController();
    expect(await settle(place, allowed, async () => ["10.1.9.9"], signal)).toMatchObject({ addresses: ["10.1.9.9"] });
    expect(await settle(place, allowed, async () => ["10.2.9.9"], signal)).toBe("refused-address");
  });
});

describe("what may be called", () => {
  it("is read once, with nothing of ours but the name of the agent", async () => {
    answer = (_request, response) =>
      response
        .writeHead(200, { "content-type": "text/html; charset=utf-8", "set-cookie": "a=1" })
        .end("<p>개인정보 처리방침</p>");
    const outcome = await fetchPage(`${at}/privacy?v=1#part`);
    expect(outcome).toMatchObject({
      ok: true,
      status: 200,
      address: `${at}/privacy?v=1`,
      text: "<p>개인정보 처리방침</p>",
    });
    expect(asked).toHaveLength(1);
    expect(Object.keys(asked[0]?.headers ?? {}).sort()).toEqual([
      ...["accept", "accept-encoding", "accept-language", "connection", "host", "user-agent"],
    ]);
    expect(asked[0]?.headers.connection).toBe("close");
  });
  it("follows three redirects and not a fourth", async () => {
    answer = (request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end("there");
      else response.writeHead(301, { location: `/${left - 1}`, "set-cookie": "seen=1" }).end();
    };
    expect(await fetchPage(`${at}/3`)).toMatchObject({ ok: true, text: "there", address: `${at}/0` });
    expect(await fetchPage(`${at}/4`)).toMatchObject({ ok: false, failure: "too-many-redirects" });
    expect(asked.some(({ headers }) => headers.cookie !== undefined)).toBe(false);
    answer = (_request, response) => response.writeHead(302, { location: "/" }).end();
    expect(await fetchPage(`${at}/`)).toMatchObject({ ok: false, failure: "too-many-redirects" });
  });
  it("may answer in EUC-KR, by header or by its own meta", async () => {
    const korean = Buffer.from([0xc4, 0xab, 0xc4, 0xab, 0xbf, 0xc0]);
    const page = Buffer.concat([Buffer.from('<meta charset="euc-kr">'), korean]);
    answer = (_request, response) =>
      response.writeHead(200, { "content-type": "text/html;charset=EUC-KR" }).end(korean);
    expect(await fetchPage(`${at}/`)).toMatchObject({ text: "카카오" });
    answer = (_request, response) => response.writeHead(200, { "content-type": "text/html" }).end(page);
    expect(await fetchPage(`${at}/`)).toMatchObject({ text: '<meta charset="euc-kr">카카오' });
    answer = (_request, response) =>
      response.writeHead(200, { "content-type": "text/html; charset=nonsense" }).end(Buffer.from("\ufeff카카오"));
    expect(await fetchPage(`${at}/`)).toMatchObject({ text: "카카오" });
  });
  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ] as const)("may be packed with %s, but not to burst", async (encoding, pack) => {
    const headers = { "content-type": "text/html", "content-encoding": encoding };
    answer = (_request, response) => response.writeHead(200, headers).end(pack(Buffer.from("카카오")));
    expect(await fetchPage(`${at}/`)).toMatchObject({ ok: true, text: "카카오", bytes: 9 });
    const bomb = pack(Buffer.alloc(32 * 2 ** 20));
    answer = (_request, response) => response.writeHead(200, headers).end(bomb);
    const before = process.memoryUsage().rss;
    expect(await fetchPage(`${at}/`)).toMatchObject({ ok: false, failure: "too-large" });
    expect(process.memoryUsage().rss - before).toBeLessThan(24 * 2 ** 20);
    answer = (_request, response) => response.writeHead(200, headers).end("not packed at all");
    expect(await fetchPage(`${at}/`)).toMatchObject({ ok: false, failure: "not-text" });
  });
  it.each([
    [{ "content-type": "application/pdf" }, "not-text"],
    [{ "content-type": "text/html", "content-encoding": "gzip, gzip" }, "not-text"],
    [{ "content-type": "text/html", "content-length": "1048577" }, "too-large"],
  ])("is left alone when it says %o", async (headers, failure) => {
    answer = (_request, response) => response.writeHead(200, headers).flushHeaders();
    expect(await fetchPage(`${at}/`)).toMatchObject({ ok: false, failure });
  });
  it("may hold a megabyte and not a byte more", async () => {
    const send = (bytes: number) => {
      answer = (_request, response) => response.end(Buffer.alloc(bytes, 0x61));
      return fetchPage(`${at}/`);
    };
    expect(await send(1_048_576)).toMatchObject({ ok: true, bytes: 1_048_576 });
    expect(await send(1_048_577)).toMatchObject({ ok: false, failure: "too-large" });
  });
  it("may be cut off, or answer nonsense", async () => {
    answer = (_request, response) => {
      response.writeHead(200, { "content-type": "text/html", "content-length": "100" });
      response.write("half", () => response.destroy());
    };
    expect(await fetchPage(`${at}/`)).toMatchObject({ ok: false, failure: "unreachable" });
    answer = (request) => request.socket.end("SSH-2.0-OpenSSH_9.6\r\n");
    expect(await fetchPage(`${at}/`)).toMatchObject({ ok: false, failure: "unreachable" });
    answer = (_request, response) => {
      response.writeHead(200, { "content-type": "text/html", "x-long": "a".repeat(20_000) }).end("no");
    };
    expect(await fetchPage(`${at}/`)).toMatchObject({ ok: false, failure: "unreachable" });
  });
  it("has five seconds in all, however slowly it drips, and holds up eight at most", async () => {
    let open = 0;
    let most = 0;
    const dripping = new Set<NodeJS.Timeout>();
    answer = (request, response) => {
      open += 1;
      most = Math.max(most, open);
      response.writeHead(200, { "content-type": "text/html" });
      const drip = setInterval(() => response.write("."), 100);
      dripping.add(drip);
      request.socket.on("close", () => {
        open -= 1;
        clearInterval(drip);
      });
    };
    const silent = () => new Promise<string[]>(() => undefined);
    const begun = performance.now();
    const outcomes = await Promise.all([
      fetchPage("https://silent.example.com/", silent),
      ...Array.from({ length: 9 }, () => fetchPage(`${at}/`)),
    ]);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ ok: false, failure: "timeout" });
    expect(most).toBeLessThanOrEqual(8);
    expect(performance.now() - begun).toBeLessThan(11_500);
    for (const outcome of outcomes) expect(outcome.tookMs).toBeLessThan(5_500);
    for (const drip of dripping) clearInterval(drip);
  });
});
