// Marketers put a button on somebody's page: choose, copy, see, and follow it until it is gone.
import { expect, type Page, test } from "@playwright/test";
import { PNG } from "pngjs";
import { createPlacement } from "@/lib/placements/commands";
import { createPlacementSchema } from "@/lib/placements/schema";
import { base } from "./harness-caller";
import { type Company, openCompany } from "./harness-company";
import { accessible, pageOf } from "./harness-page";
import { openShop } from "./harness-shop";
import { fresh } from "./probes/probe";

const origin = base.origin;
const label = "카카오톡 상담하기";
let company: Company;
test.beforeAll(async () => {
  company = await openCompany();
});
const marketer = () => company.people.MARKETER;
const made = (more: object) =>
  createPlacement(
    marketer().actor,
    createPlacementSchema.parse({ channelId: company.channelId, name: `버튼 ${fresh()}`, medium: "web", ...more }),
  );

/** An obviously own test picture: two grey fields, nobody's symbol. */
function testPicture(width: number, height: number): Buffer {
  const png = new PNG({ width, height });
  for (let at = 0; at < width * height; at += 1) png.data.fill(at % width < width / 2 ? 90 : 170, at * 4, at * 4 + 3);
  for (let at = 3; at < png.data.length; at += 4) png.data[at] = 255;
  return PNG.sync.write(png);
}
const snippet = (page: Page, name: string) => page.getByRole("figure", { name, exact: true }).locator("code");
const looks = [
  "backgroundColor",
  "color",
  "borderRadius",
  "minHeight",
  "fontSize",
  "fontWeight",
  "paddingLeft",
] as const;
const lookOf = (page: Page, selector: string) =>
  page.locator(selector).evaluate((button, names) => {
    const style = getComputedStyle(button);
    return names.map((name) => style[name]);
  }, looks);

test("a marketer chooses how the button looks, and the copied code draws it so", async ({ browser, page }) => {
  const kit = await pageOf(browser, marketer(), `/placements/${company.placementId}/kit`);
  await kit.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await expect(kit.getByRole("link", { name: "버튼 키트" })).toHaveAttribute("aria-current", "page");
  await expect(kit.getByText("심볼 파일을 올리지 않았습니다")).toBeVisible();
  await accessible(kit);
  for (const choice of ["크게", "자리만큼"]) {
    const link = kit.getByRole("link", { name: choice, exact: true });
    await link.click();
    await expect(link).toHaveAttribute("aria-current", "page");
  }
  const code = `<script async src="${origin}/embed.js" data-placement="${company.code}" data-size="large" data-shape="wide"></script>`;
  await expect(snippet(kit, "스크립트 코드")).toHaveText(code);
  await kit.getByRole("button", { name: "스크립트 코드 복사" }).click();
  await expect(kit.getByText("복사했습니다")).toBeVisible();
  expect(await kit.evaluate(() => navigator.clipboard.readText())).toBe(code);
  const policy = await snippet(kit, "페이지의 보안 정책(CSP)").first().textContent();
  expect(policy).toBe(`script-src ${origin}; connect-src ${origin}`);

  const shop = await openShop(`default-src 'none'; ${policy}`, () => code);
  await page.goto(shop.address());
  await expect(page.getByRole("link", { name: label })).toBeVisible();
  // The third preview is the one under the keyboard: its ring is the embed's own.
  await page.keyboard.press("Tab");
  const ring = (of: Page, selector: string) =>
    of.locator(selector).evaluate((button) => getComputedStyle(button).boxShadow);
  expect(await ring(page, ".damso-consult")).toBe(await ring(kit, ".consult >> nth=2"));
  expect(await lookOf(page, ".damso-consult")).toEqual(await lookOf(kit, ".consult >> nth=0"));
  await shop.close();
  await kit.context().close();
});

test("HTML, link and picture say what they lead to, and look alike without a script or a style attribute", async ({
  browser,
  page,
}) => {
  const kit = await pageOf(browser, marketer(), `/placements/${company.placementId}/kit?label=en&size=large`);
  const html = (await snippet(kit, "HTML 코드").textContent()) ?? "";
  const styles = (await snippet(kit, "스타일시트").textContent()) ?? "";
  const link = (await snippet(kit, "링크 코드").textContent()) ?? "";
  await expect(kit.getByText("버튼 그림을 올리지 않았습니다")).toBeVisible();
  const shop = await openShop("default-src 'none'; style-src 'self'", () => `${html}<p>${link}</p>`, styles);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(shop.address());
  const links = page.getByRole("link", { name: "Consult on KakaoTalk" });
  await expect(links).toHaveCount(2);
  for (const one of await links.all()) {
    expect(await one.getAttribute("href")).toBe(`${origin}/b/${company.code}`);
    expect(await one.getAttribute("lang")).toBe("en");
  }
  expect(await lookOf(page, ".consult-button")).toEqual(await lookOf(kit, ".consult >> nth=0"));
  await page.keyboard.press("Tab");
  await expect(page.locator(".consult-button")).toHaveCSS("box-shadow", /rgb\(255, 255, 255\).*rgb\(0, 0, 0\)/);
  expect(complaints).toEqual([]);
  await shop.close();
  await kit.context().close();
});

test("a direct button's kit says what cannot be done, and print, messages and ended ones get none", async ({
  browser,
}) => {
  const direct = await made({ mode: "direct" });
  const page = await pageOf(browser, marketer(), `/placements/${direct.id}/kit`);
  await expect(page.getByRole("heading", { name: "상담방 주소" }).first()).toBeVisible();
  await expect(page.getByText("이 주소는 끌 수 없습니다", { exact: false })).toBeVisible();
  expect(await snippet(page, "링크 코드").textContent()).toContain("https://bizmessage.kakao.com/chat/open/@");
  await accessible(page);
  const app = await made({ medium: "app" });
  await page.goto(`/placements/${app.id}/kit`);
  await expect(snippet(page, "주소")).toHaveText(`${origin}/b/${app.code}`);
  await expect(snippet(page, "스크립트 코드")).toHaveCount(0);
  const print = await made({ medium: "offline" });
  await page.goto(`/placements/${print.id}/kit`);
  await expect(page.getByText("QR을 받아 인쇄해 주십시오", { exact: false })).toBeVisible();
  await expect(page.locator("code")).toHaveCount(0);
  await page.context().close();
});

test("the company's own symbol is uploaded, drawn unchanged, and gone from every page when it is withdrawn", async ({
  browser,
  page,
}) => {
  const desk = await pageOf(browser, marketer(), "/placements/symbol");
  await expect(desk.getByText("없음. 글자만 나옵니다.")).toBeVisible();
  await accessible(desk);
  const send = async (kind: string, name: string, mimeType: string, buffer: Buffer) => {
    await desk.getByRole("radio", { name: new RegExp(`^${kind}`) }).check();
    await desk.getByLabel("파일").setInputFiles({ name, mimeType, buffer });
    await desk.getByRole("button", { name: "올리기" }).click();
  };
  await send("심볼", "symbol.svg", "image/svg+xml", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'));
  await expect(desk.getByRole("alert").filter({ hasText: "올리지 못했습니다" })).toBeVisible();
  await send("심볼", "시험.png", "image/png", testPicture(60, 40));
  await expect(desk.getByText("올렸습니다. 버튼에 곧바로 쓰입니다.")).toBeVisible();
  await expect(desk.getByRole("img", { name: "지금 쓰는 심볼 1판" })).toBeVisible();
  await send("버튼 그림", "버튼.png", "image/png", testPicture(240, 80));
  await expect(desk.getByRole("img", { name: "지금 쓰는 버튼 그림 1판" })).toBeVisible();
  await accessible(desk);

  await desk.goto(`/placements/${company.placementId}/kit`);
  await expect(desk.getByText("회사가 올린 심볼 1판", { exact: false })).toBeVisible();
  const picture = (await snippet(desk, "그림 코드").textContent()) ?? "";
  expect(picture).toContain(`alt="${label}"`);
  const code = (await snippet(desk, "스크립트 코드").textContent()) ?? "";
  await accessible(desk);
  const policy = `default-src 'none'; script-src ${origin}; connect-src ${origin}; img-src ${origin}`;
  const shop = await openShop(policy, () => `${code}<p>${picture}</p>`);
  await page.clock.install();
  await page.goto(shop.address());
  await expect(page.getByRole("link", { name: label })).toHaveCount(2);
  const symbol = page.locator(".damso-consult img");
  await expect(symbol).toHaveJSProperty("naturalWidth", 60);
  const box = await symbol.boundingBox();
  expect([box?.width, box?.height]).toEqual([30, 20]);
  await expect(page.locator("p img")).toHaveJSProperty("naturalWidth", 240);

  await desk.goto("/placements/symbol");
  const row = desk.getByRole("row").filter({ hasText: "심볼 1판" });
  await row.getByRole("button", { name: "거두기" }).click();
  await desk.getByLabel("거두는 까닭").fill("시험 그림입니다");
  await desk.getByRole("dialog").getByRole("button", { name: "거두기" }).click();
  await expect(desk.getByText("거두었습니다.")).toBeVisible();
  await page.clock.runFor(31_000);
  await expect(symbol).toHaveCount(0);
  await expect(page.locator(".damso-consult")).toHaveText(label);
  await shop.close();
  await desk.context().close();
});

test("an auditor sees the artwork and cannot touch it", async ({ browser }) => {
  const page = await pageOf(browser, company.people.AUDITOR, "/placements/symbol");
  await expect(page.getByRole("heading", { name: "올린 기록" })).toBeVisible();
  await expect(page.getByRole("button", { name: "올리기" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "거두기" })).toHaveCount(0);
  await page.context().close();
});
