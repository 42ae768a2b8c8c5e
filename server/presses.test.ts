import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { request as ask, createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { runInNewContext } from "node:vm";
import { gunzipSync } from "node:zlib";
import jsQR from "jsqr";
import pg from "pg";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { addDays, kstDay } from "@/lib/clock";
import { env } from "@/lib/env";
import { fileStore, newFileId } from "@/lib/storage";
import { proxyList } from "./addresses";
import { answerEmbed } from "./embed";
import { loaderScript } from "./embed-loader";
import { Presses } from "./presses";
import { answerQr } from "./qr-images";

const organization = randomUUID();
const somebody = randomUUID();
const browser = { "user-agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0" };
let owner: pg.Client;
let presses: Presses;
let server: Server;
let origin: string;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await owner.connect();
  await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, 'ours', '주식회사 한결생활')", [
    organization,
  ]);
  presses = new Presses(proxyList([]));
  await presses.start();
  server = createServer((request, response) => {
    if (
      presses.answer(request, response) ||
      answerQr(request, response, presses.map) ||
      answerEmbed(request, response, presses.map)
    )
      return;
    response.writeHead(418).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await presses.stop();
  await owner.end();
});

async function channel(searchId: string, { live = true, contact = "1588-0000" } = {}): Promise<string> {
  const id = randomUUID();
  await owner.query(
    "INSERT INTO channels (id, organization_id, search_id, name, contact) VALUES ($1, $2, $3, $3, $4)",
    [id, organization, searchId, contact],
  );
  if (live)
    await owner.query("INSERT INTO channel_go_lives (channel_id, organization_id, person_id) VALUES ($1, $2, $3)", [
      id,
      organization,
      somebody,
    ]);
  return id;
}
async function placed(
  channelId: string,
  code: string,
  more: { bot?: string; event?: string; mode?: string } = {},
): Promise<string> {
  const id = randomUUID();
  await owner.query(
    "INSERT INTO placements (id, organization_id, channel_id, code, name, medium, owner_id, bot, event, mode) VALUES ($1, $2, $3, $4, $4, 'web', $5, $6, $7, $8)",
    [id, organization, channelId, code, somebody, more.bot ?? null, more.event ?? null, more.mode ?? "redirect"],
  );
  return id;
}
const get = (path: string, init: RequestInit = {}) =>
  fetch(`${origin}${path}`, { redirect: "manual", headers: browser, ...init });
/** An answer as it came over the wire, not unpacked. */
const raw = (path: string, headers: Record<string, string>) =>
  new Promise<{ status: number | undefined; headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
    ask(`${origin}${path}`, { headers }, async (answer) => {
      const parts: Buffer[] = [];
      for await (const part of answer) parts.push(part);
      resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) });
    })
      .on("error", reject)
      .end();
  });
/** A picture of one colour: obviously nobody's symbol. */
const symbolBytes = PNG.sync.write(
  Object.assign(new PNG({ width: 32, height: 32 }), { data: Buffer.alloc(4_096, 200) }),
);
/** Until every instance knows: a second, by surface.md. */
const soon = (path: string, status: number) =>
  vi.waitFor(async () => expect((await get(path, { method: "HEAD" })).status).toBe(status), {
    timeout: 1_000,
    interval: 10,
  });
const days = async (id: string) =>
  (await owner.query("SELECT presses, scans, others FROM press_days WHERE placement_id = $1", [id])).rows[0];

describe("a press", () => {
  it("leads to the consult room and is counted once, as what it was", async () => {
    const id = await placed(await channel("한결생활"), "pl_home", { bot: "auto", event: "배송 조회" });
    await soon("/b/pl_home", 302);
    const pressed = await get("/b/pl_home?url=//evil.example&extra=x");
    expect([pressed.status, pressed.headers.get("cache-control"), pressed.headers.get("set-cookie")]).toEqual([
      302,
      "no-store",
      null,
    ]);
    expect(pressed.headers.get("location")).toBe(
      `https://bizmessage.kakao.com/chat/open/@${encodeURIComponent("한결생활")}?extra=pl_home&bot=auto&event=${encodeURIComponent("배송 조회").replace("%20", "+")}`,
    );
    expect((await get("/q/pl_home")).status).toBe(302);
    expect(
      (await get("/b/pl_home", { headers: { "user-agent": "facebookexternalhit/1.1; kakaotalk-scrap/1.0" } })).status,
    ).toBe(302);
    const heads = (await days(id))?.others ?? 0;
    await vi.waitFor(async () => expect(await days(id)).toMatchObject({ presses: 1, scans: 1 }), {
      timeout: 2_000,
      interval: 20,
    });
    expect((await days(id)).others).toBeGreaterThan(heads > 0 ? heads - 1 : 0);
    const { rows } = await owner.query(
      "SELECT kind, visitor, visitor_hash FROM presses WHERE placement_id = $1 AND visitor = 'person'",
      [id],
    );
    expect(rows.map((row) => row.kind).sort()).toEqual(["press", "scan"]);
    expect(rows[0].visitor_hash).toEqual(rows[1].visitor_hash);
  });
  it.each([
    "/b/unknown",
    "/b/",
    "/q/",
    "/b/..%2f",
    "/b/%0d%0aSet-Cookie:x",
    `/b/${"x".repeat(500)}`,
    "/q/pl_home/qr.svg",
    "/b/pl_home%20",
  ])("of %s is not found", async (path) => {
    const answer = await get(path);
    expect([answer.status, answer.headers.get("location"), answer.headers.get("set-cookie")]).toEqual([
      404,
      null,
      null,
    ]);
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  });
  it("is GET or HEAD alone", async () => {
    expect((await get("/b/pl_home", { method: "POST" })).status).toBe(405);
  });
});

describe("a button that has ended", () => {
  it("says so in Korean, with the way to the company: not live, ended, retired", async () => {
    const preparing = await channel("preparing", { live: false });
    await placed(preparing, "pl_preparing");
    await soon("/b/pl_preparing", 410);
    const page = await get("/b/pl_preparing");
    expect(page.headers.get("cache-control")).toBe("no-store");
    const text = await page.text();
    expect(text).toContain('<html lang="ko">');
    expect(text).toContain("주식회사 한결생활");
    expect(text).toContain('href="tel:15880000"');

    await owner.query("INSERT INTO channel_go_lives (channel_id, organization_id, person_id) VALUES ($1, $2, $3)", [
      preparing,
      organization,
      somebody,
    ]);
    await soon("/b/pl_preparing", 302);
    const today = kstDay(new Date());
    await owner.query(
      "INSERT INTO channel_ends (channel_id, organization_id, ends_on, person_id) VALUES ($1, $2, $3, $4)",
      [preparing, organization, today, somebody],
    );
    await soon("/b/pl_preparing", 302);
    await owner.query("UPDATE channel_ends SET ends_on = $2 WHERE channel_id = $1", [preparing, addDays(today, -1)]);
    await soon("/b/pl_preparing", 410);

    const retired = await placed(await channel("retiring"), "pl_retired");
    await soon("/q/pl_retired", 302);
    await owner.query(
      "INSERT INTO placement_retirements (placement_id, organization_id, person_id) VALUES ($1, $2, $3)",
      [retired, organization, somebody],
    );
    await soon("/q/pl_retired", 410);
  });
  it("speaks English to whoever asks for it, Korean otherwise", async () => {
    const inLanguage = async (path: string, language: string) => {
      const answer = await get(path, { headers: { ...browser, "accept-language": language } });
      return [answer.status, answer.headers.get("vary"), /<html lang="(\w+)">/.exec(await answer.text())?.[1]];
    };
    for (const language of ["en-US,en;q=0.9,ko;q=0.8", "en", "fr, en;q=0.4"])
      for (const [path, status] of [
        ["/b/pl_retired", 410],
        ["/q/none", 404],
      ] as const)
        expect(await inLanguage(path, language)).toEqual([status, "Accept-Language", "en"]);
    for (const language of ["ko-KR,ko;q=0.9,en;q=0.8", "", "fr", "en;q=0", "en;q=0.5,ko", "*", "e".repeat(5_000)])
      expect(await inLanguage("/b/pl_retired", language)).toEqual([410, "Accept-Language", "ko"]);
    const page = await (await get("/b/pl_retired", { headers: { ...browser, "accept-language": "en" } })).text();
    for (const words of ["This consult button has ended", "주식회사 한결생활", "retiring", 'href="tel:15880000"'])
      expect(page).toContain(words);
  });
  it("shows what a company typed as text", async () => {
    await placed(await channel("evil", { live: false, contact: '"><script>alert(1)</script>' }), "pl_evil");
    await soon("/b/pl_evil", 410);
    expect(await (await get("/b/pl_evil")).text()).not.toContain("<script>alert");
  });
});

describe("the QR", () => {
  it("is of /q/{code} alone, at the size asked for", async () => {
    await soon("/b/pl_home", 302);
    for (const [query, px] of [
      ["", 512],
      ["?px=64", 64],
      ["?px=2048", 2048],
    ] as const) {
      const answer = await get(`/b/pl_home/qr.png${query}`);
      expect([answer.status, answer.headers.get("content-type"), answer.headers.get("x-content-type-options")]).toEqual(
        [200, "image/png", "nosniff"],
      );
      const png = PNG.sync.read(Buffer.from(await answer.arrayBuffer()));
      expect(png.width).toBe(px);
      expect(jsQR(Uint8ClampedArray.from(png.data), px, px)?.data).toBe(`${env().DAMSO_URL}/q/pl_home`);
    }
    expect((await get("/b/pl_home/qr.svg?text=https://evil.example")).headers.get("content-type")).toBe(
      "image/svg+xml",
    );
    expect((await get("/b/pl_retired/qr.svg")).status).toBe(200);
  });
  it.each(["?px=63", "?px=2049", "?px=1e3", "?px=-1", "?px="])("refuses %s", async (query) => {
    expect((await get(`/b/pl_home/qr.png${query}`)).status).toBe(400);
  });
  it("is not made for codes that are not there", async () => {
    expect((await get("/b/unknown/qr.svg")).status).toBe(404);
    expect((await get("/b/pl_home/qr.pdf")).status).toBe(404);
  });
});

describe("the embed", () => {
  it("describes a live button to any origin, briefly kept, and not one that has ended", async () => {
    const answer = await get("/embed/pl_home.json", { headers: { origin: "https://shop.example" } });
    expect(await answer.json()).toEqual({
      live: true,
      href: `${env().DAMSO_URL}/b/pl_home`,
      label: "카카오톡 상담하기",
      english: "Consult on KakaoTalk",
      channel: "한결생활",
    });
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("cache-control")).toBe("public, max-age=25");
    const again = await get("/embed/pl_home.json", { headers: { "if-none-match": answer.headers.get("etag") ?? "" } });
    expect(again.status).toBe(304);
    expect(await (await get("/embed/pl_retired.json")).json()).toEqual({ live: false });
    expect((await get("/embed/unknown.json")).status).toBe(404);
    expect((await get("/embed/../pl_home.json")).status).toBe(418);
  });
  it("gives the consult address itself for a direct placement", async () => {
    await placed(await channel("directly"), "pl_direct", { mode: "direct" });
    await soon("/b/pl_direct", 302);
    expect(await (await get("/embed/pl_direct.json")).json()).toMatchObject({
      href: "https://bizmessage.kakao.com/chat/open/@directly?extra=pl_direct",
    });
  });
  it("loads in at most 4 KB gzipped, leaves no global behind and uses neither cookies nor eval nor HTML", async () => {
    const { status, headers, body } = await raw("/embed.js", { "accept-encoding": "br, gzip" });
    expect([status, headers["content-encoding"], headers.vary]).toEqual([200, "gzip", "Accept-Encoding"]);
    expect(headers["content-type"]).toContain("text/javascript");
    expect(body.byteLength).toBeLessThanOrEqual(4_096);
    expect(gunzipSync(body).toString()).toBe(loaderScript);
    for (const accept of ["identity", "gzip;q=0", ""]) {
      const plain = await raw("/embed.js", { "accept-encoding": accept });
      expect([plain.headers["content-encoding"], plain.body.toString()]).toEqual([undefined, loaderScript]);
      expect(plain.headers.etag).not.toBe(headers.etag);
    }
    expect((await raw("/embed.js", { "if-none-match": String(headers.etag), "accept-encoding": "gzip" })).status).toBe(
      304,
    );
    expect(loaderScript).not.toMatch(
      /cookie|\beval\b|new Function|innerHTML|document\.write|setAttribute|localStorage/,
    );
    const scope = { document: { currentScript: null } };
    runInNewContext(loaderScript, scope);
    expect(Object.keys(scope)).toEqual(["document"]);
  });
  it("gives the company's symbol an address of its own, which a withdrawal closes within a second", async () => {
    const draft = await fileStore().receive(Readable.from([symbolBytes]), 10_000);
    const fileId = newFileId();
    await draft.keep(fileId);
    const { sha256 } = draft;
    const address = `/embed/symbol/${sha256}.png`;
    expect((await get(address)).status).toBe(404);
    await owner.query(
      "INSERT INTO evidence_files (id, organization_id, name, mime, bytes, sha256, person_id) VALUES ($1, $2, 'x.png', 'image/png', $3, $4, $5)",
      [fileId, organization, symbolBytes.length, sha256, somebody],
    );
    const id = randomUUID();
    await owner.query(
      "INSERT INTO consult_symbols (id, organization_id, kind, number, file_id, sha256, bytes, width, height, person_id) VALUES ($1, $2, 'symbol', 1, $3, $4, $5, 32, 32, $6)",
      [id, organization, fileId, sha256, symbolBytes.length, somebody],
    );
    await soon(address, 200);
    const answer = await get(address);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(symbolBytes);
    const said = [
      "content-type",
      "cache-control",
      "x-content-type-options",
      "access-control-allow-origin",
      "set-cookie",
    ];
    expect(said.map((name) => answer.headers.get(name))).toEqual([
      ...["image/png", "public, max-age=31536000, immutable", "nosniff", "*", null],
    ]);
    expect(answer.headers.get("content-security-policy")).toContain("sandbox");
    expect(await (await get("/embed/pl_home.json")).json()).toMatchObject({ symbol: `${env().DAMSO_URL}${address}` });
    expect((await get(address.replace(/.\.png/, "g.png"))).status).toBe(418);
    await owner.query(
      "INSERT INTO consult_symbol_withdrawals (symbol_id, organization_id, reason, person_id) VALUES ($1, $2, 'x', $3)",
      [id, organization, somebody],
    );
    await soon(address, 404);
    expect(await (await get("/embed/pl_home.json")).json()).not.toHaveProperty("symbol");
  });
});

describe("while PostgreSQL is away", () => {
  it("people are still sent on, and are counted when it is back", async () => {
    const id = await placed(await channel("away"), "pl_away");
    await soon("/b/pl_away", 302);
    const before = (await days(id))?.presses ?? 0;
    await owner.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'damso presses'",
    );
    await vi.waitFor(() => expect(presses.map.connection.connected).toBe(false), { timeout: 1_000, interval: 1 });
    for (let n = 0; n < 20; n += 1) expect((await get("/b/pl_away")).status).toBe(302);
    await vi.waitFor(async () => expect((await days(id))?.presses).toBe(before + 20), { timeout: 5_000, interval: 20 });
    await placed(await channel("afterwards"), "pl_afterwards");
    await soon("/b/pl_afterwards", 302);
  });
});

describe("a spool that cannot be written", () => {
  it("lets people through, and says in the database how many presses it does not hold", async () => {
    const blind = new Presses(proxyList([]));
    await blind.start();
    const server = createServer((request, response) => {
      if (!blind.answer(request, response)) response.writeHead(418).end();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    rmSync(env().DAMSO_SPOOL, { recursive: true });
    for (let n = 0; n < 3; n += 1) {
      const answer = await fetch(`http://127.0.0.1:${port}/b/pl_home`, { redirect: "manual", headers: browser });
      expect([answer.status, answer.headers.get("cache-control")]).toEqual([302, "no-store"]);
    }
    const failed = async () =>
      (
        await owner.query("SELECT sum(presses)::int AS n FROM press_failures WHERE organization_id = $1", [
          organization,
        ])
      ).rows[0]?.n;
    await vi.waitFor(async () => expect(await failed()).toBe(3), { timeout: 2_000, interval: 20 });
    await new Promise((resolve) => server.close(resolve));
    await blind.stop();
  });
});
