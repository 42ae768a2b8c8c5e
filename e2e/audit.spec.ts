// Auditors and officers reading, proving and taking out the log of what was done.
import { readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { accessible } from "./harness-page";
import { openSession, people, signInByCookie } from "./sign-in";

const rows = (page: Page) => page.getByRole("figure", { name: "감사 기록" }).locator("tbody tr");

test("an auditor finds what was done and opens an entry with its five items and its link", async ({ page }) => {
  await signInByCookie(page, people.auditor);
  await page.goto("/audit");
  await expect(page.getByRole("heading", { level: 1, name: "감사 로그" })).toBeVisible();
  await page.getByRole("combobox", { name: "한 일" }).selectOption({ label: "한 일: 버튼·QR" });
  await page.getByRole("button", { name: "적용" }).click();
  await expect(page).toHaveURL(/group=placement/);
  await rows(page).getByRole("link").first().click();
  const entry = page.getByRole("complementary", { name: "기록 상세" });
  for (const item of ["식별자", "접속일시", "접속지", "정보주체", "수행업무"])
    await expect(entry.getByText(item, { exact: true })).toBeVisible();
  await expect(entry.getByText("이 기록 = SHA-256(이전 ‖ 내용)")).toBeVisible();
  await accessible(page);
  await entry.getByRole("link", { name: "닫기" }).click();
  await expect(entry).toHaveCount(0);
  await accessible(page);
});

test("the compliance officer verifies the chain, and the verification itself is on record", async ({ page }) => {
  await signInByCookie(page, people.officer);
  await page.goto("/audit");
  await page.getByRole("button", { name: "지금 검증" }).click();
  await expect(page.getByText("검증을 마쳤습니다.")).toBeVisible();
  await expect(page.getByRole("region", { name: "체인 검증" })).toContainText("모두 이어져 있습니다");
  await expect(rows(page).first()).toContainText("체인 검증");
});

test("what an officer exports is a file for spreadsheets, recorded once", async ({ page }) => {
  await signInByCookie(page, people.officer);
  await page.goto("/audit?group=audit");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "내보내기" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^audit-\d{4}-\d\d-\d\d\.csv$/);
  const text = readFileSync(await download.path(), "utf8");
  expect(text.startsWith('\ufeff"번호","시각 (KST)"')).toBe(true);
  expect(text).toMatch(/\+09:00"/);
  const count = text.trim().split("\r\n").length - 1;
  await page.goto("/audit?group=audit");
  await expect(rows(page).first()).toContainText(`CSV ${count.toLocaleString("en-US")}행`);
});

test("the administrator reads but neither verifies nor exports; the marketer is refused", async ({ page, request }) => {
  await signInByCookie(page, people.admin);
  await page.goto("/audit");
  await expect(page.getByRole("heading", { level: 1, name: "감사 로그" })).toBeVisible();
  await expect(page.getByRole("button", { name: "지금 검증" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "내보내기" })).toHaveCount(0);
  await openSession(request, people.marketer);
  expect((await request.get("/audit")).status()).toBe(403);
  expect((await request.post("/audit/export", { form: { group: "audit" } })).status()).toBe(404);
  expect((await request.post("/audit/checkpoint", { form: {} })).status()).toBe(404);
  expect((await request.post("/audit/export", { data: "no form" })).status()).toBe(415);
  expect((await request.get("/audit/export")).status()).toBe(405);
});

test("another company's entry is answered like one that does not exist", async ({ page, request }) => {
  await signInByCookie(page, people.auditor);
  await page.goto("/audit");
  const href = (await rows(page).getByRole("link").first().getAttribute("href")) ?? "";
  const theirs = new URL(href, "http://x").searchParams.get("event") ?? "";
  await openSession(request, people.neighbour);
  const foreign = await request.get(`/audit?event=${theirs}`);
  const missing = await request.get("/audit?event=00000000-0000-4000-8000-000000000000");
  expect([foreign.status(), missing.status()]).toEqual([404, 404]);
});

test("the log works without script, and reflows on the phone", async ({ browser }) => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 320, height: 700 },
    locale: "ko-KR",
  });
  const page = await context.newPage();
  await signInByCookie(page, people.auditor);
  await page.goto("/audit");
  await expect(page.getByRole("combobox", { name: "결과" })).toBeHidden();
  await page.getByText("필터", { exact: true }).click();
  await page.getByRole("combobox", { name: "결과" }).selectOption("refused");
  await page.getByRole("searchbox").fill("203.0.113.250");
  await page.getByRole("searchbox").press("Enter");
  await expect(page.getByText("조건에 맞는 기록이 없습니다")).toBeVisible();
  await expect(page.getByText("필터 1개")).toBeVisible();
  await page.getByRole("link", { name: "조건 지우기" }).click();
  await rows(page).getByRole("link").first().click();
  await expect(page.getByRole("complementary", { name: "기록 상세" })).toBeVisible();
  await expect(rows(page).first()).toBeHidden();
  await context.close();
});
