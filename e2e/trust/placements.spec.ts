// Buttons on the open web: where they lead, until when, and on whose page (trust.md P-40, P-42, P-43, P-44).
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { expect, type Page, test } from "@playwright/test";
import jsQR from "jsqr";
import { PNG } from "pngjs";
import { addDays, kstDay } from "@/lib/clock";
import { createPlacement, retirePlacements } from "@/lib/placements/commands";
import { createPlacementSchema } from "@/lib/placements/schema";
import { proxyList } from "@/server/addresses";
import { answerEmbed } from "@/server/embed";
import { Presses } from "@/server/presses";
import { base, Caller } from "../harness-caller";
import { type Company, openCompany } from "../harness-company";
import { owner } from "../harness-database";
import { pageOf } from "../harness-page";
import { openShop } from "../harness-shop";
import { fresh } from "../probes/probe";

const label = "카카오톡 상담하기";
let company: Company;
/** A second instance over the same database, as a company with two servers has. */
let second: { presses: Presses; server: Server; origin: string };

test.beforeAll(async () => {
  company = await openCompany();
  const presses = new Presses(proxyList([]));
  await presses.start();
  const server = createServer((request, response) => {
    if (!presses.answer(request, response) && !answerEmbed(request, response, presses.map))
      response.writeHead(418).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  second = { presses, server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
});
test.afterAll(async () => {
  second.server.closeAllConnections();
  await new Promise((resolve) => second.server.close(resolve));
  await second.presses.stop();
});

const made = () =>
  createPlacement(
    company.people.MARKETER.actor,
    createPlacementSchema.parse({ channelId: company.channelId, name: `버튼 ${fresh()}`, medium: "web" }),
  );
const retire = (id: string) =>
  retirePlacements(company.people.MARKETER.actor, { placementId: [id], reason: "자리를 옮깁니다" });
/** What both instances answer. */
const statuses = (path: string) =>
  Promise.all(
    [base.origin, second.origin].map(
      async (origin) => (await fetch(`${origin}${path}`, { redirect: "manual" })).status,
    ),
  );
const soon = (path: string, status: number) =>
  expect.poll(() => statuses(path), { timeout: 1_000, intervals: [20] }).toEqual([status, status]);

test("a change is heard by both instances within a second (surface.md)", async () => {
  const { id, code } = await made();
  for (const kind of ["b", "q"]) await soon(`/${kind}/${code}`, 302);
  await retire(id);
  for (const kind of ["b", "q"]) await soon(`/${kind}/${code}`, 410);
  for (const origin of [base.origin, second.origin])
    expect(await (await fetch(`${origin}/embed/${code}.json`)).json()).toEqual({ live: false });
});

test("nothing that is added to a live, an ended or an unknown code leads anywhere else (P-40)", async () => {
  const [live, ended] = [await made(), await made()];
  await retire(ended.id);
  await soon(`/b/${live.code}`, 302);
  await soon(`/b/${ended.code}`, 410);
  const target = (await new Caller().get(`/b/${live.code}`)).headers.location;
  const added = [
    "?url=https://evil.example",
    "?url=//evil.example&next=//evil.example",
    "?u=\\\\evil.example",
    "?%0d%0aLocation:%20https://evil.example%0d%0aSet-Cookie:%20a=b",
    `?${"x".repeat(7_000)}`,
    "?extra=other&code=other",
    "?javascript:alert(1)",
  ];
  for (const [code, status, location] of [
    [live.code, 302, target],
    [ended.code, 410, undefined],
    [`${live.code}x`, 404, undefined],
  ] as const)
    for (const kind of ["b", "q"])
      for (const more of added) {
        const { headers, ...answer } = await new Caller().get(`/${kind}/${code}${more}`);
        expect([more, answer.status, headers.location, headers["cache-control"], answer.cookies]).toEqual([
          ...[more, status, location, "no-store", []],
        ]);
      }
});

test("no byte of a request line or header gets into an answer's head (P-40)", async () => {
  const { code } = await made();
  await soon(`/b/${code}`, 302);
  const lines = [
    `GET /b/${code}\\..\\..\\evil.example HTTP/1.1`,
    `GET //evil.example/b/${code} HTTP/1.1`,
    `GET https://evil.example/b/${code} HTTP/1.1`,
    `GET /b/${code}\u00a0 HTTP/1.1`,
    `GET /b/${code}#//evil.example HTTP/1.1`,
  ];
  for (const line of lines) {
    const answer = await sent(
      `${line}\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n`,
    );
    const head = answer.split("\r\n\r\n")[0] ?? "";
    expect([line, /evil\.example|set-cookie/i.test(head), /^HTTP\/1\.1 (302|400|404|410)/.test(head)]).toEqual([
      line,
      false,
      true,
    ]);
  }
});

/** Bytes as they are, over a socket of our own. */
async function sent(bytes: string): Promise<string> {
  const socket = connect(Number(base.port), base.hostname);
  socket.end(Buffer.from(bytes, "latin1"));
  const parts: Buffer[] = [];
  for await (const part of socket) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("latin1");
}

test("the printed code says the same before and after the button ended (P-42)", async () => {
  const { id, code } = await made();
  await soon(`/q/${code}`, 302);
  const read = async () => {
    const png = PNG.sync.read((await new Caller().get(`/b/${code}/qr.png?px=300`)).bytes);
    return jsQR(new Uint8ClampedArray(png.data), png.width, png.height)?.data;
  };
  expect(await read()).toBe(`${base.origin}/q/${code}`);
  await retire(id);
  await soon(`/q/${code}`, 410);
  expect(await read()).toBe(`${base.origin}/q/${code}`);
});

test("the last day counts whole, the day after nothing works, and the place is on the list of what to take down (P-43)", async ({
  browser,
}) => {
  // server/press-ends.test.ts holds the instant itself, 24:00 KST; here the day is moved and everybody looks.
  const ending = await openCompany();
  const today = kstDay(new Date());
  const client = await owner();
  const { code, channelId, marker } = ending;
  await soon(`/b/${code}`, 302);
  await client.query(
    "INSERT INTO channel_ends (channel_id, organization_id, ends_on, person_id) VALUES ($1, $2, $3, $4)",
    [channelId, ending.id, today, ending.people.CLIENT_ADMIN.personId],
  );
  await soon(`/q/${code}`, 302);
  const page = await pageOf(browser, ending.people.MARKETER, "/placements?state=ending");
  await expect(page.getByRole("link", { name: `버튼 ${marker}` })).toBeVisible();
  await client.query("UPDATE channel_ends SET ends_on = $2 WHERE channel_id = $1", [channelId, addDays(today, -1)]);
  await soon(`/b/${code}`, 410);
  await soon(`/q/${code}`, 410);
  expect(JSON.parse((await new Caller().get(`/embed/${code}.json`)).text)).toEqual({ live: false });
  const english = await new Caller().get(`/b/${code}`, { "accept-language": "en" });
  expect(english.text).toContain("This consult button has ended");
  await page.goto("/placements?state=ended");
  await expect(page.getByRole("link", { name: `버튼 ${marker}` })).toBeVisible();
  await page.goto(`/placements/${ending.placementId}`);
  await expect(page.getByText("걸어 둔 곳에서 버튼을 떼고", { exact: false })).toBeVisible();
  await page.context().close();
});

test.describe("the embed on a foreign page under a strict policy (P-44)", () => {
  const strict = `default-src 'none'; script-src ${base.origin}; connect-src ${base.origin}; require-trusted-types-for 'script'; trusted-types 'none'`;
  const tag = (code: string, more = "") =>
    `<script async src="${base.origin}/embed.js" data-placement="${code}"${more}></script>`;

  /** Everything that Chromium complains of. */
  function listen(page: Page): string[] {
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    return complaints;
  }

  test("works by keyboard alone, several on a page, without cookie, global or complaint", async ({ page, context }) => {
    const [one, two] = [await made(), await made()];
    await soon(`/b/${two.code}`, 302);
    const shop = await openShop(strict, (path) =>
      path === "/none"
        ? ""
        : `${tag(one.code)}<p>사이</p>${tag(two.code, ' data-size="large" data-label="en"')}${tag("none")}`,
    );
    const names = () => page.evaluate(() => Object.getOwnPropertyNames(window).sort());
    await page.goto(shop.address("/none"));
    const before = await names();
    const complaints = listen(page);
    const cookies: string[] = [];
    page.on("request", async (request) => {
      const { cookie } = await request.allHeaders();
      if (cookie) cookies.push(`${request.url()} ${cookie}`);
    });
    await page.goto(shop.address());
    const buttons = page.getByRole("link");
    await expect(buttons).toHaveText([label, "Consult on KakaoTalk"]);
    for (const button of await buttons.all()) {
      const box = await button.boundingBox();
      expect([(box?.height ?? 0) >= 44, (box?.width ?? 0) >= 44]).toEqual([true, true]);
    }
    expect(await names()).toEqual(before);
    expect([await page.evaluate(() => document.cookie), await context.cookies(), cookies]).toEqual(["", [], []]);
    // One 404 is the code that nobody has.
    expect(complaints.filter((text) => !/404/.test(text))).toEqual([]);

    await page.keyboard.press("Tab");
    await expect(buttons.first()).toBeFocused();
    await expect(buttons.first()).toHaveCSS("box-shadow", /rgb\(255, 255, 255\).*rgb\(0, 0, 0\).*rgb\(255, 255, 255\)/);
    await context.route("https://bizmessage.kakao.com/**", (route) => route.fulfill({ body: "상담방" }));
    const opened = page.waitForEvent("popup");
    await page.keyboard.press("Enter");
    const room = await opened;
    await room.waitForURL(/bizmessage\.kakao\.com/);
    expect(room.url()).toContain(`extra=${one.code}`);
    const size = await room.evaluate(() => [innerWidth, innerHeight, window.opener === null] as const);
    expect([size[0] >= 1_024, size[1] >= 800, size[2]]).toEqual([true, true, true]);
    expect(page.url()).toBe(shop.address());
    await shop.close();
  });

  test("stays one tap on a phone", async ({ browser }) => {
    const { code } = await made();
    await soon(`/b/${code}`, 302);
    const shop = await openShop(strict, () => tag(code));
    const context = await browser.newContext({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } });
    const page = await context.newPage();
    await context.route("https://bizmessage.kakao.com/**", (route) => route.fulfill({ body: "상담방" }));
    await page.goto(shop.address());
    const opened = page.waitForEvent("popup");
    await page.getByRole("link", { name: label }).tap();
    const room = await opened;
    await room.waitForURL(/bizmessage\.kakao\.com/);
    // A tab of the phone's own size, no window.
    expect(room.viewportSize()?.width).toBe(390);
    await context.close();
    await shop.close();
  });

  test("is taken in by a nonce where the page allows no origin", async ({ page }) => {
    const { code } = await made();
    await soon(`/b/${code}`, 302);
    const policy = `default-src 'none'; script-src 'nonce-abc123'; connect-src ${base.origin}`;
    const shop = await openShop(policy, () => tag(code, ' nonce="abc123"'));
    const complaints = listen(page);
    await page.goto(shop.address());
    await expect(page.getByRole("link", { name: label })).toBeVisible();
    expect(complaints).toEqual([]);
    await shop.close();
  });

  test("vanishes from a page that stays open within half a minute of its clock, and comes back when reinstated", async ({
    page,
  }) => {
    const { id, code } = await made();
    await soon(`/b/${code}`, 302);
    const shop = await openShop(strict, () => tag(code));
    await page.clock.install();
    const asked: (number | undefined)[] = [];
    page.on("response", async (answer) => {
      if (answer.url().includes("/embed/")) asked.push((await answer.allHeaders()).etag ? answer.status() : undefined);
    });
    await page.goto(shop.address());
    const button = page.getByRole("link", { name: label });
    await expect(button).toBeVisible();
    await button.focus();
    await page.clock.runFor(29_000);
    expect(asked).toHaveLength(1);
    await page.clock.runFor(1_500);
    await expect.poll(() => asked.length).toBe(2);
    await expect(button).toBeFocused();
    await retire(id);
    await soon(`/b/${code}`, 410);
    await page.clock.runFor(30_500);
    await expect(button).toHaveCount(0);
    await (await owner()).query("DELETE FROM placement_retirements WHERE placement_id = $1", [id]);
    await soon(`/b/${code}`, 302);
    await page.clock.runFor(61_000);
    await expect(button).toBeVisible();
    await shop.close();
  });

  test("keeps its button while we cannot be reached, asks ever more seldom, and not at all while hidden", async ({
    page,
  }) => {
    const { code } = await made();
    await soon(`/b/${code}`, 302);
    const shop = await openShop(strict, () => tag(code));
    await page.clock.install();
    let asked = 0;
    await page.goto(shop.address());
    const button = page.getByRole("link", { name: label });
    await expect(button).toBeVisible();
    await page.route("**/embed/*.json", (route) => {
      asked += 1;
      return route.abort();
    });
    const failed = () => page.waitForEvent("requestfailed");
    for (const [seconds, count] of [
      [31, 1],
      [61, 2],
      [121, 3],
    ] as const) {
      const over = failed();
      await page.clock.runFor((seconds - 5) * 1_000);
      expect(asked).toBe(count - 1);
      await page.clock.runFor(5_000);
      await over;
      // The page hears of it in its own turn.
      await page.evaluate(() => undefined);
      expect(asked).toBe(count);
    }
    await expect(button).toBeVisible();
    const hide = (hidden: boolean) =>
      page.evaluate((value) => {
        Object.defineProperty(document, "hidden", { configurable: true, get: () => value });
        document.dispatchEvent(new Event("visibilitychange"));
      }, hidden);
    await hide(true);
    await page.clock.runFor(3_600_000);
    expect(asked).toBe(3);
    const over = failed();
    await hide(false);
    await over;
    expect(asked).toBe(4);
    await shop.close();
  });
});
