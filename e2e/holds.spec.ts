import { type Browser, expect, type Page, test } from "@playwright/test";
import { addDays, kstDay } from "@/lib/clock";
import { accessible } from "./harness-page";
import { people, signInByCookie } from "./sign-in";

async function as(browser: Browser, who: string, javaScriptEnabled = true): Promise<Page> {
  const page = await (await browser.newContext({ javaScriptEnabled, locale: "ko-KR" })).newPage();
  await signInByCookie(page, who);
  return page;
}

const box = (page: Page) => page.getByRole("dialog").or(page.locator("details[open]"));
const review = () => addDays(kstDay(new Date()), 40);

for (const script of [true, false]) {
  test(`placed, asked, approved ${script ? "with" : "without"} script`, async ({ browser }) => {
    const officer = await as(browser, people.officer, script);
    const title = `시험 보존 ${Date.now()}`;
    await officer.goto("/retention/holds/new?scope=user");
    await officer.getByLabel("채널", { exact: true }).selectOption({ index: 1 });
    await officer.getByLabel("user_key").fill("E2eHold_01");
    await officer.getByLabel("제목").fill(title);
    await officer.getByLabel("다시 볼 날").fill(review());
    await officer.getByRole("button", { name: "보존 조치 걸기" }).click();
    await expect(officer.getByLabel("사유")).toHaveAttribute("aria-invalid", "true");
    await officer.getByLabel("사유").fill("분쟁조정 절차가 끝날 때까지");
    await officer.getByRole("button", { name: "보존 조치 걸기" }).click();
    await expect(officer.getByText("보존 조치를 걸었습니다.")).toBeVisible();
    const at = new URL(officer.url()).pathname;
    await expect(officer.locator("main")).not.toContainText("E2eHold_01");
    await officer.getByText("해제 요청", { exact: true }).first().click();
    await box(officer).getByLabel("해제 사유").fill("절차가 끝났습니다");
    await box(officer).getByRole("button", { name: "해제 요청" }).click();
    await expect(officer.getByText("해제를 요청했습니다.")).toBeVisible();
    await expect(officer.getByText("해제 승인", { exact: true })).toHaveCount(0);

    const admin = await as(browser, people.admin, script);
    await admin.goto(at);
    await admin.getByText("해제 승인", { exact: true }).first().click();
    await box(admin).getByRole("button", { name: "해제 승인" }).click();
    await expect(admin.getByText("보존 조치를 풀었습니다.")).toBeVisible();
    await admin.goto(`/retention/holds?q=${encodeURIComponent(title)}`);
    await expect(admin.getByRole("row", { name: new RegExp(title) })).toContainText("풀림");
  });
}

test("the list says what is held and when it is looked at again; a marketer sees none of it", async ({
  page,
  browser,
}) => {
  await signInByCookie(page, people.auditor);
  await page.goto("/retention/holds");
  await expect(page.getByRole("row", { name: /소비자원 분쟁조정/ })).toContainText("이용자 한 명");
  await accessible(page);
  await page.getByRole("link", { name: "풀림", exact: true }).click();
  await expect(page.getByRole("row", { name: /배송 지연 집단 민원/ })).toBeVisible();
  await page.goto("/retention/holds?q=LH-03");
  await page.getByRole("link", { name: "소비자원 분쟁조정" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("소비자원 분쟁조정");
  await accessible(page);
  const marketer = await as(browser, people.marketer);
  expect((await marketer.goto("/retention/holds"))?.status()).toBe(403);
});

test("a consultation that is not there cannot be held, and what was typed stays", async ({ page }) => {
  await signInByCookie(page, people.officer);
  await page.goto("/retention/holds/new?session=00000000-0000-4000-8000-000000000000");
  await page.getByLabel("제목").fill("없는 상담");
  await page.getByLabel("사유").fill("분쟁조정 절차가 끝날 때까지");
  await page.getByLabel("다시 볼 날").fill(review());
  await page.getByRole("button", { name: "보존 조치 걸기" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "이미 파기되어" })).toBeVisible();
  await expect(page.getByLabel("제목")).toHaveValue("없는 상담");
  await accessible(page);
});
