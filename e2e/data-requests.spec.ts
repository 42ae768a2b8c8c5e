import { type Browser, expect, type Page, test } from "@playwright/test";
import { addDays, kstDay, shortDay } from "@/lib/clock";
import { accessible } from "./harness-page";
import { people, signInByCookie } from "./sign-in";

async function as(browser: Browser, who: string, javaScriptEnabled = true): Promise<Page> {
  const page = await (await browser.newContext({ javaScriptEnabled, locale: "ko-KR" })).newPage();
  await signInByCookie(page, who);
  return page;
}

for (const script of [true, false]) {
  test(`registered, opened, answered ${script ? "with" : "without"} script`, async ({ browser }) => {
    const page = await as(browser, people.officer, script);
    const today = kstDay(new Date());
    await page.goto("/privacy/requests/new");
    await page.getByRole("radio", { name: /^열람/ }).check();
    await expect(page.getByLabel("받은 경로")).toHaveValue("kakaotalk");
    await page.getByLabel("본인 확인").fill("시험자 010-0000-0000");
    await page.getByLabel("요구 내용").fill("무엇을 보관하는지 알려 주세요");
    await page.getByRole("button", { name: "요구 접수" }).click();
    await expect(page.getByText("요구를 접수했습니다.")).toBeVisible();
    await expect(page.getByText(shortDay(addDays(today, 10), "ko", new Date())).first()).toBeVisible();
    expect(await page.content()).not.toContain("010-0000-0000");
    await page.getByRole("button", { name: "내용 보기" }).click();
    await expect(page.getByLabel("내용", { exact: true })).toHaveValue(/010-0000-0000/);

    await page.getByRole("textbox", { name: "본인 확인" }).fill("문자 인증으로 확인했습니다");
    await page.getByRole("button", { name: "확인함" }).click();
    await expect(page.getByText("본인 확인을 적었습니다.")).toBeVisible();
    await page.getByRole("radio", { name: /^거절/ }).check();
    await page.getByRole("textbox", { name: "통지할 내용" }).fill("다른 이용자의 상담이 함께 담겨 있습니다.");
    await page.getByRole("textbox", { name: "받는 사람" }).first().fill("시험자");
    await page.getByRole("textbox", { name: "서명자" }).first().fill("박도현");
    await page.getByRole("button", { name: "답변 저장" }).click();
    await expect(page.getByRole("textbox", { name: /^이의제기 방법/ }).first()).toHaveAttribute("aria-invalid", "true");
    await page
      .getByRole("textbox", { name: /^이의제기 방법/ })
      .first()
      .fill("개인정보 보호팀에 전화");
    await page.getByRole("combobox", { name: /^사유/ }).selectOption({ index: 2 });
    await page.getByRole("button", { name: "답변 저장" }).click();
    await expect(page.getByText("답변을 저장했습니다.")).toBeVisible();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "통지서 받기" }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^개인정보 열람 거절 통지서_SR-\d{4}\.pdf$/);
  });
}

test("the list has the unanswered first; only officers and auditors see it", async ({ page, browser }) => {
  await signInByCookie(page, people.auditor);
  await page.goto("/privacy/requests");
  await expect(page.getByRole("row", { name: /SR-0003/ })).toContainText("지남");
  await accessible(page);
  await page.getByRole("link", { name: "답변함" }).click();
  await expect(page.getByRole("row", { name: /SR-0001/ })).toContainText("마침");
  await page.goto("/privacy/requests?q=SR-0005");
  await page.getByRole("link", { name: "삭제", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("삭제 요구");
  await expect(page.getByText("임채원")).toHaveCount(0);
  await accessible(page);
  const admin = await as(browser, people.admin);
  expect((await admin.goto("/privacy/requests"))?.status()).toBe(403);
});
