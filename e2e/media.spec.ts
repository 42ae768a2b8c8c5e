// The marketer keeps the files that messages show: brought up with their progress, cleaned, described, and taken out again.
import { randomBytes } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { PNG } from "pngjs";
import { type Company, openCompany, sessionCookieName } from "./harness-company";
import { row } from "./harness-database";
import { accessible, pageOf } from "./harness-page";
import { fresh } from "./probes/probe";

let company: Company;
test.beforeAll(async () => {
  company = await openCompany();
});
const marketer = () => company.people.MARKETER;
const library = "/templates/media";

/** A picture of chance that tells where it was taken. */
function toldPicture(width = 600, height = 400): Buffer {
  const png = new PNG({ width, height });
  png.data.fill(180);
  randomBytes(400).copy(png.data);
  const plain = PNG.sync.write(png);
  const data = Buffer.from("Location\0 37.5665N 126.9780E");
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length);
  chunk.write("tEXt", 4);
  data.copy(chunk, 8);
  return Buffer.concat([plain.subarray(0, 33), chunk, plain.subarray(33)]);
}
const fill = async (page: Page, kind: string, name: string, mimeType: string, buffer: Buffer, alt = "") => {
  await page.getByRole("radio", { name: new RegExp(`^${kind}`) }).check();
  await page.getByRole("textbox", { name: /^대체 글/ }).fill(alt);
  await page.getByLabel("파일", { exact: true }).setInputFiles({ name, mimeType, buffer });
};

test("a picture is brought up clean of its place, described, found and taken out", async ({ browser }) => {
  const page = await pageOf(browser, marketer(), library);
  await accessible(page);
  const name = `${fresh()}.png`;
  await fill(page, "이미지", name, "image/png", toldPicture(), "거실에 놓인 의자");
  await page.getByRole("button", { name: "올리기", exact: true }).click();
  await page.waitForURL(/\/templates\/media\/[0-9a-f-]{36}$/);
  await expect(page.getByText("위치·시각·기기 정보를 지웠습니다")).toBeVisible();
  await expect(page.getByRole("img", { name: "거실에 놓인 의자" })).toBeVisible();
  await expect(page.getByText("600×400")).toBeVisible();
  await accessible(page);
  const id = page.url().split("/").at(-1);
  const kept = await page.request.get(`${library}/${id}/file`);
  expect((await kept.body()).includes("126.9780E")).toBe(false);
  expect(kept.headers()["content-disposition"]).toMatch(/^attachment/);

  await page.getByRole("textbox", { name: /^대체 글/ }).fill("원목 의자 하나");
  await page.getByRole("button", { name: "대체 글 저장" }).click();
  await expect(page.getByText("대체 글을 저장했습니다.")).toBeVisible();
  await page.goto(`${library}?q=${encodeURIComponent("원목 의자")}`);
  await expect(page.getByRole("link", { name })).toBeVisible();
  await page.getByRole("link", { name }).click();
  await page.getByRole("button", { name: "목록에서 빼기" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "목록에서 빼기" }).click();
  await expect(page.getByText("목록에서 뺐습니다.")).toBeVisible();
  await page.goto(`${library}?q=${encodeURIComponent("원목 의자")}`);
  await expect(page.getByText("맞는 파일이 없습니다.")).toBeVisible();
});

test("what cannot be sent is refused with its reason, and what was typed stays", async ({ browser }) => {
  const page = await pageOf(browser, marketer(), library);
  await fill(page, "비디오", "그림.png", "image/png", toldPicture(), "의자 조립");
  await page.getByRole("button", { name: "올리기", exact: true }).click();
  await expect(page.getByRole("alert").getByText("고른 종류와 다른 파일입니다.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: /^대체 글/ })).toHaveValue("의자 조립");
  await expect(page.getByRole("radio", { name: /^비디오/ })).toBeChecked();
  await fill(page, "이미지", "그림.png", "image/png", Buffer.from("<html><script>alert(1)</script>"));
  await page.getByRole("button", { name: "올리기", exact: true }).click();
  await expect(page.getByRole("alert").getByText(/내용이|형식/)).toBeVisible();
  await accessible(page);
});

test("a large film says how far it is; stopped on the way, nothing of it stays", async ({ browser }) => {
  const page = await pageOf(browser, marketer(), library);
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  // As on a slow line: 400 kB a second.
  const slow = { offline: false, latency: 20, downloadThroughput: 400_000, uploadThroughput: 400_000 };
  await client.send("Network.emulateNetworkConditions", slow);
  await fill(page, "비디오", "긴 영상.mp4", "video/mp4", Buffer.alloc(8 * 2 ** 20, 1));
  await page.getByRole("button", { name: "올리기", exact: true }).click();
  await expect(page.getByText(/올리는 중 [1-9]\d?%/)).toBeVisible();
  await page.getByRole("button", { name: "멈추기" }).click();
  await expect(page.getByText("멈췄습니다. 올라간 것은 없습니다.")).toBeVisible();
  const { n } = await row<{ n: string }>(
    "SELECT count(*) n FROM media_files WHERE organization_id = $1 AND name = '긴 영상.mp4'",
    [company.id],
  );
  expect(n).toBe("0");
});

test("without script the form is sent as a form, and comes back with the reason", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const value = marketer().caller.jar.get(sessionCookieName) ?? "";
  await context.addCookies([{ name: sessionCookieName, value, url: test.info().project.use.baseURL ?? "" }]);
  const page = await context.newPage();
  await page.goto(library);
  await fill(page, "오디오", "그림.png", "image/png", toldPicture());
  await page.getByRole("button", { name: "올리기", exact: true }).click();
  await expect(page.getByText("고른 종류와 다른 파일입니다.")).toBeVisible();
  await fill(page, "이미지", "그림.png", "image/png", toldPicture());
  await page.getByRole("button", { name: "올리기", exact: true }).click();
  await page.waitForURL(/\/templates\/media\/[0-9a-f-]{36}$/);
  await expect(page.getByText("위치·시각·기기 정보를 지웠습니다")).toBeVisible();
  await context.close();
});

test("who may not upload sees the library and no form", async ({ browser }) => {
  const page = await pageOf(browser, company.people.AUDITOR, library);
  await expect(page.getByRole("link", { name: `그림 ${company.marker}.png` })).toBeVisible();
  await expect(page.getByRole("button", { name: "올리기", exact: true })).toHaveCount(0);
  await accessible(page);
});
