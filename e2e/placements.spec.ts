// Marketers and their buttons, in a real browser, with and without script.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import jsQR from "jsqr";
import { PNG } from "pngjs";
import { accessible } from "./harness-page";

const password = process.env.DAMSO_DEMO_PASSWORD ?? "hangyeol-demo-2026";
const run = Date.now().toString(36);

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("회사 메일").fill(email);
  await page.getByLabel("비밀번호", { exact: true }).fill(password);
  await page.getByRole("button", { name: "로그인", exact: true }).click();
  await expect(page).toHaveURL(/\/$/);
}
const marketer = (page: Page) => signIn(page, "haneul.lee@hangyeol.example");

/** Makes a placement by the form and answers its code. */
async function make(page: Page, name: string, medium: string): Promise<string> {
  await page.goto("/placements/new");
  await page.getByLabel("채널").selectOption({ label: "한결생활 @한결생활" });
  await page.getByLabel("이름").fill(name);
  await page.getByLabel("종류").selectOption(medium);
  await page.getByRole("button", { name: "추가", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByText("버튼을 추가했습니다.")).toBeVisible();
  const address = await page.getByText(/\/b\/pl_\w+$/).textContent();
  return address?.split("/b/")[1] ?? "";
}

for (const script of [true, false]) {
  test.describe(script ? "with script" : "without script", () => {
    test.use({ javaScriptEnabled: script });

    test(`a marketer makes a button, corrects it and takes it down${script ? "" : ", without script"}`, async ({
      page,
      request,
    }) => {
      await marketer(page);
      await page.goto("/placements/new");
      await page.getByRole("button", { name: "추가", exact: true }).click();
      await expect(page.getByRole("main").getByRole("alert").getByRole("link")).toHaveText(["채널", "이름", "종류"]);
      await page.getByLabel("이름").fill("전화번호 버튼");
      await page.getByLabel("종류").selectOption("web");
      await page.getByLabel("채널").selectOption({ label: "한결생활 @한결생활" });
      await page.getByLabel("위치 코드").fill("call_01012345678");
      await page.getByRole("button", { name: "추가", exact: true }).click();
      await expect(page.getByRole("main").getByRole("alert")).toContainText("전화번호나 생년월일처럼 보이는 숫자는");
      await expect(page.getByLabel("이름")).toHaveValue("전화번호 버튼");

      const code = await make(page, `시험 버튼 ${run}${script}`, "web");
      const here = page.url();
      await expect(async () =>
        expect((await request.get(`/b/${code}`, { maxRedirects: 0 })).status()).toBe(302),
      ).toPass();
      await page.getByRole("link", { name: "수정" }).click();
      await page.getByLabel("페이지 주소").fill("https://www.hangyeol.example/help");
      await page.getByRole("button", { name: "저장", exact: true }).click();
      await expect(page.getByText("https://www.hangyeol.example/help")).toBeVisible();

      await (script
        ? page.getByRole("button", { name: "내리기" })
        : page.locator("summary", { hasText: "내리기" })
      ).click();
      await page.getByLabel("내리는 까닭").fill("시험이 끝났습니다");
      await page.getByRole("button", { name: "내리기" }).last().click();
      await expect(page.getByText("버튼을 내렸습니다.")).toBeVisible();
      await expect(async () =>
        expect((await request.get(`/b/${code}`, { maxRedirects: 0 })).status()).toBe(410),
      ).toPass();
      await page.goto(`${here}/history`);
      await expect(page.getByText("내렸습니다: 시험이 끝났습니다")).toBeVisible();
      await expect(page.getByText("고쳤습니다: 페이지 주소")).toBeVisible();
    });

    test(`a stale form is noticed and keeps what was typed${script ? "" : ", without script"}`, async ({
      page,
      context,
    }) => {
      await marketer(page);
      await make(page, `겹친 버튼 ${run}${script}`, "web");
      const edit = `${page.url()}/edit`;
      await page.goto(edit);
      const other = await context.newPage();
      await other.goto(edit);
      await other.getByLabel("둔 곳").fill("먼저 적은 곳");
      await other.getByRole("button", { name: "저장", exact: true }).click();
      await expect(other.getByText("저장했습니다.")).toBeVisible();
      await page.getByLabel("둔 곳").fill("나중에 적은 곳");
      await page.getByRole("button", { name: "저장", exact: true }).click();
      await expect(page.getByText("다른 분이 먼저 바꾸었습니다.", { exact: false })).toBeVisible();
      await expect(page.getByLabel("둔 곳")).toHaveValue("나중에 적은 곳");
    });
  });
}

test("presses and scans are counted where they were made", async ({ page, request }) => {
  await marketer(page);
  const code = await make(page, `세는 버튼 ${run}`, "offline");
  const browser = {
    headers: { "user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) KAKAOTALK 11.0.0" },
    maxRedirects: 0,
  };
  await expect(async () => expect((await request.head(`/q/${code}`, browser)).status()).toBe(302)).toPass();
  for (const address of [`/b/${code}`, `/q/${code}`, `/q/${code}?utm=x`]) {
    const answer = await request.get(address, browser);
    expect(answer.headers().location).toBe(
      `https://bizmessage.kakao.com/chat/open/@${encodeURIComponent("한결생활")}?extra=${code}`,
    );
  }
  await request.get(`/b/${code}`, {
    headers: { "user-agent": "facebookexternalhit/1.1; kakaotalk-scrap/1.0" },
    maxRedirects: 0,
  });
  await expect(async () => {
    await page.reload();
    await expect(page.getByText("스캔 2 · 누름 1", { exact: false }).first()).toBeVisible({ timeout: 500 });
  }).toPass();
  await accessible(page);
});

test("the QR reads as the scan address and nothing else", async ({ page, request, baseURL }) => {
  await marketer(page);
  const code = await make(page, `찍는 버튼 ${run}`, "offline");
  await expect(page.getByRole("img", { name: `찍는 버튼 ${run}의 QR 코드` })).toBeVisible();
  await expect(async () => expect((await request.get(`/b/${code}/qr.png`)).status()).toBe(200)).toPass();
  const png = PNG.sync.read(await (await request.get(`/b/${code}/qr.png?px=600`)).body());
  const text = jsQR(Uint8ClampedArray.from(png.data), png.width, png.height)?.data ?? "";
  expect(new URL(text).pathname).toBe(`/q/${code}`);
  expect(text).not.toContain("?");
  expect(baseURL).toBeTruthy();
});

test("the list finds, filters and takes several down", async ({ page }) => {
  await marketer(page);
  const codes = [await make(page, `여럿 가 ${run}`, "web"), await make(page, `여럿 나 ${run}`, "app")];
  await page.goto("/placements");
  await accessible(page);
  await page.getByPlaceholder("이름, 코드, 위치").fill(codes[0] ?? "");
  await page.getByRole("button", { name: "적용" }).click();
  await expect(page.getByRole("row").filter({ hasText: "여럿" })).toHaveCount(1);
  await page.goto(`/placements?q=${encodeURIComponent(`${run}`)}&medium=app`);
  await expect(page.getByText(`여럿 나 ${run}`)).toBeVisible();
  await expect(page.getByText(`여럿 가 ${run}`)).toHaveCount(0);
  await page.goto(`/placements?q=${encodeURIComponent("여럿")}`);
  for (const name of ["가", "나"]) await page.getByLabel(`여럿 ${name} ${run} 선택`).check();
  await page.getByRole("button", { name: "고른 곳 다루기" }).click();
  await page.locator("summary", { hasText: "고른 버튼 내리기" }).click();
  await page.getByLabel("내리는 까닭").fill("한꺼번에 내립니다");
  await page.getByRole("button", { name: "2곳 내리기" }).click();
  await expect(page.getByText("버튼을 내렸습니다.")).toBeVisible();
  await page.goto(`/placements?state=retired&q=${encodeURIComponent(run)}`);
  await expect(page.getByText(`여럿 가 ${run}`)).toBeVisible();
});

test("auditors see and do not touch", async ({ page }) => {
  await signIn(page, "minjae.jung@hangyeol.example");
  await page.goto("/placements");
  await expect(page.getByRole("link", { name: "강남점 계산대" })).toBeVisible();
  await expect(page.getByRole("link", { name: "버튼 추가" })).toHaveCount(0);
  await expect(page.getByRole("checkbox")).toHaveCount(0);
  await page.goto("/placements/new");
  await expect(page.getByRole("heading", { name: "이 역할로는 할 수 없습니다" })).toBeVisible();
});

test("another company's button is not there", async ({ page, browser }) => {
  await marketer(page);
  await page.goto("/placements?q=pl_home_footer");
  const address = await page.getByRole("link", { name: "홈 하단" }).getAttribute("href");
  const context: BrowserContext = await browser.newContext();
  const theirs = await context.newPage();
  await signIn(theirs, "admin@dure.example");
  const bodies: string[] = [];
  for (const path of [address ?? "", "/placements/00000000-0000-4000-8000-000000000000"]) {
    expect((await theirs.goto(path))?.status()).toBe(404);
    bodies.push((await theirs.getByRole("main").textContent()) ?? "");
  }
  expect(bodies[0]).toBe(bodies[1]);
  await context.close();
});

test("the embed draws an accessible button on a strict page of somebody else, and none once it is down", async ({
  page,
  request,
  baseURL,
}) => {
  const policy = `default-src 'none'; script-src ${baseURL}; connect-src ${baseURL}`;
  const shop = createServer((asked, answer) => {
    const code = new URL(asked.url ?? "/", "http://shop").searchParams.get("code") ?? "";
    answer.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy });
    answer.end(
      `<!doctype html><html lang="ko"><title>상점</title><main><h1>상점</h1><script async src="${baseURL}/embed.js" data-placement="${code}"></script></main></html>`,
    );
  }).listen(0, "127.0.0.1");
  await once(shop, "listening");
  const origin = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("favicon")) complaints.push(message.text());
  });
  await page.goto(`${origin}/?code=pl_home_footer`);
  const button = page.getByRole("link", { name: "카카오톡 상담하기" });
  await expect(button).toBeVisible();
  await expect(button).toHaveCSS("background-color", "rgb(254, 229, 0)");
  expect(await button.getAttribute("href")).toContain("/b/pl_home_footer");
  expect(await page.evaluate(() => document.cookie)).toBe("");
  expect(complaints.filter((text) => text.includes("Content Security Policy"))).toEqual([]);

  await page.goto(`${origin}/?code=pl_flyer_autumn`);
  await request.get("/embed/pl_flyer_autumn.json");
  await expect(page.getByRole("heading", { name: "상점" })).toBeVisible();
  await expect(button).toHaveCount(0);
  await new Promise((resolve) => shop.close(resolve));
});
