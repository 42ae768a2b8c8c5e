import { expect, type Page, test } from "@playwright/test";
import { readPdf, readPng, readSvg } from "@/lib/qr-read";
import { accessible } from "./harness-page";
import { people, signInByCookie } from "./sign-in";

const run = Date.now().toString(36);

async function download(page: Page, name: string | RegExp): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name }).first().click()]);
  const parts: Buffer[] = [];
  for await (const part of await file.createReadStream()) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** A place of the marketer's; answers its address in the console. */
async function make(page: Page, name: string): Promise<string> {
  await page.goto("/placements/new");
  await page.getByLabel("채널").selectOption({ label: "한결생활 @한결생활" });
  await page.getByLabel("이름").fill(name);
  await page.getByLabel("종류").selectOption("offline");
  await page.getByLabel("캠페인").fill(`인쇄 ${run}`);
  await page.getByRole("button", { name: "추가", exact: true }).click();
  await expect(page.getByText("버튼을 추가했습니다.")).toBeVisible();
  return page.url();
}

test("a code's look is chosen, refused where it would not read, and every file of a version reads", async ({
  page,
}) => {
  await signInByCookie(page, people.marketer);
  const place = await make(page, `모양 ${run}`);
  await page.goto(`${place}/qr`);
  await accessible(page);
  await page.getByLabel("한 변 (mm, 여백 포함)").fill("12");
  await page.getByRole("button", { name: "새 판으로 저장" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("인쇄하면 뭉개집니다");
  await page.getByLabel("한 변 (mm, 여백 포함)").fill("60");
  await page.getByLabel("어두운 색").fill("#ffff00");
  await page.getByRole("button", { name: "새 판으로 저장" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("밝기 차이가");
  await expect(page.getByLabel("한 변 (mm, 여백 포함)")).toHaveValue("60");
  await page.getByLabel("어두운 색").fill("#123C52");
  await page.getByRole("button", { name: "새 판으로 저장" }).click();
  await expect(page.getByText("QR 모양을 저장했습니다.")).toBeVisible();
  await accessible(page);
  const svg = await download(page, "1판 SVG 받기");
  const address = readSvg(svg) ?? "";
  expect(new URL(address).pathname).toMatch(/^\/q\/pl_qr_\w+$/);
  expect(readPng(await download(page, "1판 PNG 받기"))).toBe(address);
  const pdf = await download(page, "1판 PDF 받기");
  expect(readPdf(pdf)).toEqual([address]);

  await page.getByLabel("오류 복원").selectOption("H");
  await page.getByRole("button", { name: "새 판으로 저장" }).click();
  await expect(page.getByText("QR 모양을 저장했습니다.")).toBeVisible();
  expect((await download(page, "1판 PDF 받기")).equals(pdf)).toBe(true);
  expect((await download(page, "2판 PDF 받기")).equals(pdf)).toBe(false);
});

test("the ticked places go onto labels, which are drawn, downloaded and recorded as printed", async ({ page }) => {
  await signInByCookie(page, people.marketer);
  for (const name of ["가", "나", "다"]) await make(page, `라벨 ${name} ${run}`);
  await page.goto(`/placements?${new URLSearchParams({ campaign: `인쇄 ${run}`, q: "라벨" })}`);
  for (const name of ["가", "나", "다"]) await page.getByLabel(`라벨 ${name} ${run} 선택`).check();
  await page.getByRole("button", { name: "고른 곳 QR 인쇄" }).click();
  await accessible(page);
  await page.getByLabel("이름").fill(`계산대 라벨 ${run}`);
  await page.getByRole("button", { name: "3곳 만들기" }).click();
  await expect(page.getByText("인쇄물을 맡겼습니다.", { exact: false })).toBeVisible();
  await expect(page.getByRole("link", { name: /^내려받기/ })).toBeVisible({ timeout: 60_000 });
  await accessible(page);
  const read = readPdf(await download(page, /^내려받기/));
  expect(read).toHaveLength(3);
  for (const text of read) expect(text).toMatch(/\/q\/pl_qr_\w+$/);
  await page.getByLabel("부수").fill("24");
  await page.getByLabel("나눠 준 곳").fill("강남점");
  await page.getByRole("button", { name: "적어 두기" }).click();
  await expect(page.getByText("인쇄한 것을 적어 두었습니다.")).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: `라벨 가 ${run}` })).toContainText("24부");
  await page.goto("/placements/prints");
  await accessible(page);
  await expect(page.getByRole("row").filter({ hasText: `계산대 라벨 ${run}` })).toContainText("다 됨");
});

test("auditors see prints and order none", async ({ page }) => {
  await signInByCookie(page, people.auditor);
  await page.goto("/placements/prints");
  await expect(page.getByRole("link", { name: "인쇄물 만들기" })).toHaveCount(0);
  await page.goto("/placements/prints/new");
  await expect(page.getByRole("heading", { name: "이 역할로는 할 수 없습니다" })).toBeVisible();
  await page.goto("/placements?q=pl_store_gangnam_pos_01");
  await page.getByRole("link", { name: "강남점 계산대" }).click();
  await page.getByRole("link", { name: "QR 모양" }).click();
  await expect(page.getByRole("button", { name: "새 판으로 저장" })).toHaveCount(0);
});
