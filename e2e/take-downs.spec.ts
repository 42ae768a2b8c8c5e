import { expect, type Page, test } from "@playwright/test";
import { row } from "./harness-database";
import { accessible } from "./harness-page";
import { photo } from "./harness-take-down";
import { people, signInByCookie } from "./sign-in";

const run = Date.now().toString(36);

/** Makes a printed placement by the form. @returns its id and code */
async function make(page: Page, name: string): Promise<{ id: string; code: string }> {
  await page.goto("/placements/new");
  await page.getByLabel("채널").selectOption({ label: "한결생활 @한결생활" });
  await page.getByLabel("이름").fill(name);
  await page.getByLabel("종류").selectOption("offline");
  await page.getByRole("button", { name: "추가", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  const id = page.url().split("/").at(-1) ?? "";
  const { code } = await row<{ code: string }>("SELECT code FROM placements WHERE id = $1", [id]);
  return { id, code };
}

/** What a scan of a code is answered, once every instance has heard. */
async function scanned(page: Page, code: string, status: number): Promise<void> {
  await expect(async () =>
    expect((await page.request.get(`/q/${code}`, { maxRedirects: 0 })).status()).toBe(status),
  ).toPass();
}

test("a marketer takes two posters down, with photo and word, to the certificate; the officer puts one back", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await signInByCookie(page, people.marketer);
  const [first, second] = [await make(page, `포스터 ${run} 가`), await make(page, `포스터 ${run} 나`)];
  await scanned(page, first.code, 302);

  await page.goto(`/placements/bulk?placementId=${first.id}&placementId=${second.id}`);
  await page.getByRole("link", { name: "고른 위치로 내림 캠페인 열기" }).click();
  await expect(page.getByText("고른 위치 2곳")).toBeVisible();
  await accessible(page);
  await page.getByLabel("사유").fill(`행사 ${run}가 끝났습니다`);
  await page.getByRole("button", { name: "열기", exact: true }).click();
  await expect(page.getByText("캠페인을 열었습니다.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "고른 위치 내리기" })).toBeVisible();
  await expect(page.getByText("예정", { exact: true })).toBeVisible();
  const here = page.url();
  const id = here.split("/").at(-1) ?? "";
  await accessible(page);

  // Until 24:00 of its day the code works; a day later it does not.
  await scanned(page, first.code, 302);
  await row("UPDATE take_downs SET effective_on = effective_on - 1 WHERE id = $1 RETURNING id", [id]);
  await row("SELECT pg_notify('damso_presses', $1)", [first.id]);
  await row("SELECT pg_notify('damso_presses', $1)", [second.id]);
  await scanned(page, first.code, 410);

  await page.goto(here);
  await page.getByRole("link", { name: `포스터 ${run} 가` }).click();
  await accessible(page);
  await page
    .getByLabel("파일", { exact: true })
    .setInputFiles({ name: "벽.png", mimeType: "image/png", buffer: photo });
  await page.getByRole("button", { name: "올리고 닫기" }).click();
  await expect(page.getByText("위치를 닫았습니다.")).toBeVisible();

  await page.getByRole("link", { name: `포스터 ${run} 나` }).click();
  await page.getByRole("textbox", { name: "이유" }).fill("매장이 없어졌습니다");
  await page.getByRole("button", { name: "이유로 닫기" }).click();
  await expect(page.getByText("위치를 닫았습니다.")).toBeVisible();
  await expect(page.getByText("모두 내림", { exact: true })).toBeVisible();

  await page.getByRole("button", { name: "증명서 만들기" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "증명서 만들기" }).click();
  await expect(page.getByText("증명서를 만들었습니다.", { exact: true })).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "증명서 받기" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^TD-[0-9A-F]{8}\.pdf$/);
  await expect(page.getByRole("button", { name: "캠페인 되살리기" })).toHaveCount(0);

  await page.goto("/placements/take-downs");
  await expect(page.getByRole("row", { name: new RegExp(`행사 ${run}`) })).toContainText("마침");
  await accessible(page);

  await page.context().clearCookies();
  await signInByCookie(page, people.officer);
  await page.goto(here);
  await page.getByRole("link", { name: `포스터 ${run} 가` }).click();
  await page.getByRole("button", { name: "이 위치 되살리기" }).click();
  await page.getByRole("dialog").getByLabel("사유").fill("다시 겁니다");
  await page.getByRole("dialog").getByRole("button", { name: "이 위치 되살리기" }).click();
  await expect(page.getByText("되살렸습니다.", { exact: true })).toBeVisible();
  await scanned(page, first.code, 302);
  await scanned(page, second.code, 410);
});

test("an auditor reads campaigns and opens none", async ({ page }) => {
  await signInByCookie(page, people.auditor);
  await page.goto("/placements/take-downs");
  await expect(page.getByRole("link", { name: "캠페인 열기" })).toHaveCount(0);
  expect((await page.goto("/placements/take-downs/new"))?.status()).toBe(403);
});
