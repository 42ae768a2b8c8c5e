// Which place brings consultations: a marketer reads the statistics, compares, narrows, and takes them along.
import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { BlobReader, TextWriter, ZipReader } from "@zip.js/zip.js";

const password = process.env.DAMSO_DEMO_PASSWORD ?? "hangyeol-demo-2026";

test.beforeEach(async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByLabel("회사 메일").fill("haneul.lee@hangyeol.example");
  await page.getByLabel("비밀번호", { exact: true }).fill(password);
  await page.getByRole("button", { name: "로그인", exact: true }).click();
  await expect(page).toHaveURL(/\/$/);
});

async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}
const number = (text: string | null) => Number((text ?? "").replaceAll(",", ""));
/** A number of the period's table. */
const measure = async (page: Page, name: string) =>
  number(
    await page
      .getByRole("figure", { name: "기간의 숫자" })
      .getByRole("row", { name })
      .getByRole("cell")
      .first()
      .textContent(),
  );

test("each number is explained, and the parts make the whole", async ({ page }) => {
  await page.goto("/placements");
  await page.getByRole("link", { name: "통계", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "누름 통계" })).toBeVisible();
  await accessible(page);
  await expect(page.getByText("상담 시작 ÷ (누름 + 스캔)입니다.", { exact: false })).toBeVisible();
  const presses = await measure(page, "누름");
  expect(presses).toBeGreaterThan(100);
  expect((await measure(page, "처음 온 사용자")) + (await measure(page, "다시 온 사용자"))).toBe(
    await measure(page, "상담 시작"),
  );
  for (const [chip, table] of [
    ["위치별", "위치별"],
    ["채널별", "채널별"],
    ["캠페인별", "캠페인별"],
    ["종류별", "종류별"],
  ] as const) {
    await page.getByRole("navigation", { name: "나누어 보기" }).getByRole("link", { name: chip }).click();
    const figure = page.getByRole("figure", { name: table });
    await expect(figure).toBeVisible();
    const cells = await figure.locator("tbody tr td:nth-child(2)").allTextContents();
    expect(cells.map(number).reduce((sum, value) => sum + value, 0)).toBe(presses);
  }
  const hours = await page
    .getByRole("figure", { name: "하루의 시간대" })
    .locator("tbody tr td:nth-child(2)")
    .allTextContents();
  expect(hours).toHaveLength(24);
  expect(hours.map(number).reduce((sum, value) => sum + value, 0)).toBe(presses);
});

test("the chart is read with the keyboard and as a table", async ({ page }) => {
  await page.goto("/placements/statistics?days=7&compare=before");
  const chart = page.getByRole("slider", { name: "날마다" });
  await chart.focus();
  await page.keyboard.press("Home");
  await expect(chart).toHaveAttribute("aria-valuenow", "0");
  const first = await chart.getAttribute("aria-valuetext");
  expect(first).toMatch(/누름·스캔 [\d,]+, 앞 기간 [\d,]+/);
  await page.keyboard.press("ArrowRight");
  await expect(chart).toHaveAttribute("aria-valuenow", "1");
  await page.getByText("표로 보기").first().click();
  const table = page.getByRole("figure", { name: "날마다" }).getByRole("table");
  await expect(table.locator("tbody tr")).toHaveCount(7);
  const cells = await table.locator("tbody tr td:nth-child(2)").allTextContents();
  expect(cells.map(number).reduce((sum, value) => sum + value, 0)).toBe(
    (await measure(page, "누름")) + (await measure(page, "스캔")),
  );
  await accessible(page);
});

test("it is narrowed, sorted and shared by its address", async ({ page }) => {
  await page.goto("/placements/statistics");
  const all = await measure(page, "누름");
  await page.getByLabel("종류", { exact: true }).selectOption("web");
  await page.getByLabel("비교", { exact: true }).selectOption("year");
  await page.getByRole("button", { name: "적용" }).click();
  await expect(page).toHaveURL(/medium=web/);
  await expect(page).toHaveURL(/compare=year/);
  expect(await measure(page, "누름")).toBeLessThan(all);
  await expect(page.getByText("시간대는 회사 전체로만 셉니다.", { exact: false })).toBeVisible();
  await page.getByRole("figure", { name: "위치별" }).getByRole("link", { name: "전환율" }).click();
  await expect(page).toHaveURL(/sort=conversion/);
  await expect(page.getByRole("columnheader", { name: "전환율" })).toHaveAttribute("aria-sort", "descending");
  await page.reload();
  await expect(page.getByLabel("종류", { exact: true })).toHaveValue("web");
  await page.getByRole("link", { name: "홈 하단" }).click();
  await page.getByRole("link", { name: "이 위치의 통계" }).click();
  await expect(page.getByRole("link", { name: "위치: 홈 하단" })).toBeVisible();
});

test("the files hold what the page says", async ({ page }) => {
  await page.goto("/placements/statistics?days=7");
  const presses = await measure(page, "누름");
  const [csv] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV" }).click()]);
  const text = readFileSync(await csv.path(), "utf8");
  expect(text.startsWith("\ufeff")).toBe(true);
  expect(text).toMatch(new RegExp(`"합계","[^"]+","","","",${presses},`));
  const [xlsx] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "XLSX" }).click()]);
  expect(xlsx.suggestedFilename()).toMatch(/^presses-.*\.xlsx$/);
  const zip = new ZipReader(new BlobReader(new Blob([new Uint8Array(readFileSync(await xlsx.path()))])));
  const entry = (await zip.getEntries()).find(({ filename }) => filename === "xl/worksheets/sheet1.xml");
  const sheet = entry && !entry.directory ? await entry.getData(new TextWriter()) : "";
  expect(sheet).toContain(`<v>${presses}</v>`);
});

for (const width of [390, 320]) {
  test(`it fits a screen of ${width}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    await page.goto("/placements/statistics?compare=before");
    await expect(page.getByRole("heading", { level: 1, name: "누름 통계" })).toBeVisible();
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over).toBeLessThanOrEqual(0);
  });
}
