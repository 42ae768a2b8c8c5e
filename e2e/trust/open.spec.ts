// What is open to anyone: redirects, QR codes, the embed (trust.md E, P-40, P-42, P-44).
import { gzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import jsQR from "jsqr";
import { PNG } from "pngjs";
import { type Answer, base, Caller } from "../harness-caller";
import { type Company, openCompany } from "../harness-company";
import { changedTables, row, rows, stateOf } from "../harness-database";
import { placementProbes } from "../probes/placements";
import { say, sendForm } from "../probes/probe";

let company: Company;
test.beforeAll(async () => {
  company = await openCompany();
});

const visitor = () => new Caller();
const admin = () => company.people.CLIENT_ADMIN.caller;
const target = (code = company.code) =>
  `https://bizmessage.kakao.com/chat/open/@${encodeURIComponent(company.marker)}?extra=${code}`;

function expectOn(answer: Answer, code = company.code): void {
  const { status, headers, cookies } = answer;
  expect([status, headers.location, headers["cache-control"], cookies]).toEqual([302, target(code), "no-store", []]);
}

test.describe("redirects (P-40)", () => {
  test("lead where the button leads, whatever else the address says", async () => {
    const more = [
      "",
      "?url=https://evil.example",
      "?extra=x&url=//evil.example",
      "?%0d%0aLocation:%20https://evil.example",
      `?${"x".repeat(6_000)}`,
      "?next=javascript:alert(1)",
      "?extra=OTHER",
    ];
    for (const kind of ["b", "q"])
      for (const one of more) {
        expectOn(await visitor().get(`/${kind}/${company.code}${one}`));
        expectOn(
          await visitor().get(`/${kind}/${company.code}${one}`, { cookie: "damso=x", referer: "https://evil.example" }),
        );
      }
    const head = await visitor().ask(`/b/${company.code}`, { method: "HEAD" });
    expect([head.status, head.headers.location]).toEqual([302, target()]);
  });

  test("no other spelling of a code leads anywhere", async () => {
    const { code } = company;
    const odd = [
      ...[
        `/b/${code}%0d%0aSet-Cookie:x=1`,
        `/b/${code}/`,
        `/b//${code}`,
        `/b/%2f%2fevil.example`,
        "/b//evil.example",
        "/b/\\evil.example",
      ],
      ...[
        `/b/${code.toLowerCase()}x`,
        `/b/${code}x`,
        `/b/${code.slice(0, -1)}`,
        "/b/",
        "/b/..",
        `/b/${"A".repeat(51)}`,
        "/b/__proto__",
        "/b/constructor",
      ],
      ...[
        `/q/${code}%00`,
        `/q/${code};x`,
        "/q/https:%2f%2fevil.example",
        `/B/${code}`,
        `//b/${code}`,
        `/b/${code}/qr`,
        `/b/${encodeURIComponent("한글")}`,
      ],
    ];
    for (const address of odd) {
      const answer = await visitor().get(address);
      expect([address, [400, 404].includes(answer.status) || answer.status, answer.headers.location]).toEqual([
        address,
        true,
        undefined,
      ]);
      expect(answer.cookies).toEqual([]);
    }
  });

  test("an ended button says so, with another way to reach the company, and leads nowhere", async () => {
    const own = await placementProbes["placement:retire"].target(company);
    const { code } = await row<{ code: string }>("SELECT code FROM placements WHERE id = $1", [own.id]);
    await expect.poll(async () => (await visitor().get(`/b/${code}`)).status).toBe(302);
    await placementProbes["placement:retire"].act(admin(), own, company);
    await expect.poll(async () => (await visitor().get(`/b/${code}`)).status).toBe(410);
    for (const address of [`/b/${code}`, `/q/${code}`]) {
      const answer = await visitor().get(address);
      expect([answer.status, answer.headers.location, answer.cookies, answer.headers["cache-control"]]).toEqual([
        410,
        undefined,
        [],
        "no-store",
      ]);
      expect(answer.text).toContain(`고객센터 ${company.marker}`);
    }
    const embed = JSON.parse((await visitor().get(`/embed/${code}.json`)).text) as { live: boolean };
    expect(embed.live).toBe(false);
  });

  test("presses write nothing but presses", async () => {
    const { id } = await placementProbes["placement:edit"].target(company);
    const { code } = await row<{ code: string }>("SELECT code FROM placements WHERE id = $1", [id]);
    await expect.poll(async () => (await visitor().ask(`/b/${code}`, { method: "POST" })).status).toBe(405);
    await expect.poll(async () => (await visitor().get(`/b/${code}/qr.svg`)).status).toBe(200);
    const before = await stateOf(company.id);
    for (let time = 0; time < 5; time += 1)
      expectOn(await visitor().get(`/b/${code}`, { "user-agent": "Mozilla/5.0" }), code);
    const counted = async () =>
      Number((await row<{ n: string }>("SELECT count(*) n FROM check_presses WHERE code = $1", [code])).n);
    await expect.poll(counted).toBe(5);
    expect(changedTables(before, await stateOf(company.id)).sort()).toEqual([
      "press_company_days",
      "press_days",
      "press_hours",
      "presses",
    ]);
  });
});

test.describe("QR codes (P-42)", () => {
  function decodePng(bytes: Buffer): string | undefined {
    const picture = PNG.sync.read(bytes);
    return jsQR(new Uint8ClampedArray(picture.data), picture.width, picture.height)?.data;
  }

  /** Draws our own SVG: white, and black bars of whole modules. */
  function decodeSvg(svg: string): string | undefined {
    const side = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]);
    const scale = 6;
    const pixels = new Uint8ClampedArray((side * scale) ** 2 * 4).fill(255);
    for (const [, x, y, width] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1/g))
      for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1)
        for (let column = Number(x) * scale; column < (Number(x) + Number(width)) * scale; column += 1)
          pixels.fill(0, (row * side * scale + column) * 4, (row * side * scale + column) * 4 + 3);
    return jsQR(pixels, side * scale, side * scale)?.data;
  }

  async function expectQr(code: string): Promise<void> {
    const address = `${base.origin}/q/${code}`;
    expect(decodeSvg((await visitor().get(`/b/${code}/qr.svg`)).text)).toBe(address);
    for (const px of ["", "?px=256", "?px=1024"])
      expect(decodePng((await visitor().get(`/b/${code}/qr.png${px}`)).bytes)).toBe(address);
  }

  test("say the button's own short address: new, changed and taken down", async () => {
    const made = await placementProbes["placement:edit"].target(company);
    const { code } = await row<{ code: string }>("SELECT code FROM placements WHERE id = $1", [made.id]);
    await expect.poll(async () => (await visitor().get(`/b/${code}/qr.svg`)).status).toBe(200);
    await expectQr(code);
    await placementProbes["placement:edit"].act(admin(), made, company);
    await expectQr(code);
    await sendForm(admin(), {
      ...{
        giver: admin(),
        page: `/placements/${made.id}`,
        has: { placementId: true },
        words: say("placements.retire.submit"),
      },
      change: { reason: "자리를 옮깁니다." },
    });
    await expect.poll(async () => (await visitor().get(`/q/${code}`)).status).toBe(410);
    const answer = await visitor().get(`/b/${code}/qr.svg`);
    if (answer.status === 200) await expectQr(code);
    else expect([404, 410]).toContain(answer.status);
  });

  test("no address makes one of a text of its own", async () => {
    const { code } = company;
    const plain = (await visitor().get(`/b/${code}/qr.svg`)).text;
    for (const query of ["?text=https://evil.example", "?url=//evil.example", "?data=x", "?code=OTHER"])
      expect((await visitor().get(`/b/${code}/qr.svg${query}`)).text).toBe(plain);
    const odd = [
      "/b/none/qr.svg",
      "/b/https:%2f%2fevil.example/qr.svg",
      `/b/${code}/qr.gif`,
      `/b/${code}/qr.svg/x`,
      "/qr?text=x",
      "/qr.svg",
      `/q/${code}/qr.svg`,
    ];
    for (const address of odd) expect([address, (await visitor().get(address)).status]).toEqual([address, 404]);
    for (const px of ["0", "63", "2049", "99999999", "-1", "1e3", "NaN", "%00", "256px"])
      expect([px, (await visitor().get(`/b/${code}/qr.png?px=${px}`)).status]).toEqual([px, 400]);
  });
});

test("the embed is small, keeps nothing and runs under a strict policy (P-44)", async () => {
  const loader = await visitor().get("/embed.js", { origin: "https://shop.example" });
  expect([loader.status, loader.cookies, gzipSync(loader.bytes).length <= 4_096]).toEqual([200, [], true]);
  expect(loader.text).not.toMatch(
    /\beval\b|new Function|innerHTML|document\.write|document\.cookie|localStorage|setTimeout\("/,
  );
  const answer = await visitor().get(`/embed/${company.code}.json`, {
    origin: "https://shop.example",
    cookie: "damso=x",
  });
  expect(answer.headers).toMatchObject({ "access-control-allow-origin": "*", etag: expect.any(String) });
  expect(Number(/max-age=(\d+)/.exec(String(answer.headers["cache-control"]))?.[1])).toBeLessThanOrEqual(60);
  expect([answer.cookies, JSON.parse(answer.text)]).toEqual([
    [],
    expect.objectContaining({ live: true, href: `${base.origin}/b/${company.code}` }),
  ]);
  expect(answer.headers["access-control-allow-credentials"]).toBeUndefined();
  const again = await visitor().get(`/embed/${company.code}.json`, { "if-none-match": String(answer.headers.etag) });
  expect(again.status).toBe(304);
  const unknown = await visitor().get("/embed/none.json");
  expect(unknown.text).not.toContain("true");
});

test("health tells neither versions nor secrets nor anything of a company", async () => {
  const names = await rows<{ name: string }>("SELECT name FROM organizations");
  for (const address of ["/healthz", "/readyz"]) {
    const answer = await visitor().get(address);
    expect([answer.status, answer.headers["cache-control"], answer.cookies]).toEqual([200, "no-store", []]);
    expect(answer.text.length).toBeLessThan(300);
    expect(answer.text).not.toMatch(/\d+\.\d+|postgres|password|\/tmp|\/work|host/i);
    for (const { name } of names) expect(answer.text).not.toContain(name);
    expect((await visitor().ask(address, { method: "POST" })).status).toBe(405);
  }
});
