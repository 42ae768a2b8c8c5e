import { type Browser, expect, type Page, test } from "@playwright/test";
import { accessible } from "./harness-page";
import { people, signInByCookie } from "./sign-in";

async function as(
  browser: Browser,
  who: Parameters<typeof signInByCookie>[1],
  javaScriptEnabled = true,
): Promise<Page> {
  const page = await (await browser.newContext({ javaScriptEnabled, locale: "ko-KR" })).newPage();
  await signInByCookie(page, who);
  return page;
}

let serial = 0;
const freshName = () => {
  serial += 1;
  return `시험 정책 ${Date.now().toString(36)}${serial}`;
};

/** Drafts a policy of the category "그 밖의 상담", so that the demonstration's own stay as they are. @returns its address */
async function draft(page: Page, name = freshName()): Promise<string> {
  await page.goto("/retention/policies/new");
  await page.getByLabel("정책 이름").fill(name);
  await page.getByLabel("분류").selectOption({ label: "그 밖의 상담" });
  await page.getByRole("textbox", { name: "기간", exact: true }).fill("9");
  await page.getByLabel("단위").selectOption({ label: "개월" });
  await page.getByRole("radio", { name: /제15조 제1항 제1호/ }).check();
  await page.getByRole("button", { name: "초안으로 저장" }).click();
  await expect(page.getByText("정책을 초안으로 저장했습니다.")).toBeVisible();
  return new URL(page.url()).pathname;
}

for (const script of [true, false]) {
  test(`a policy is drafted, submitted and approved by a second person ${script ? "with" : "without"} JavaScript`, async ({
    browser,
  }) => {
    const officer = await as(browser, people.officer, script);
    const at = await draft(officer);
    await expect(officer.getByRole("heading", { name: "효과 미리보기" })).toBeVisible();
    await officer.getByRole("button", { name: "승인 요청", exact: true }).click();
    await expect(officer.getByText("승인을 요청했습니다.")).toBeVisible();
    await expect(officer.getByText("작성했거나 승인을 요청한 사람은 승인할 수 없습니다.")).toBeVisible();
    await expect(officer.getByRole("button", { name: "이 판 승인" })).toHaveCount(0);

    const admin = await as(browser, people.admin, script);
    await admin.goto(at);
    await admin.getByText("이 판 승인", { exact: true }).first().click();
    await admin
      .getByRole("dialog")
      .or(admin.locator("details[open]"))
      .getByRole("button", { name: "이 판 승인" })
      .click();
    await expect(admin.getByText("정책을 승인했습니다.")).toBeVisible();
    await expect(admin.getByText("시행 중 v1").first()).toBeVisible();
    // The checker is a script itself.
    if (script) await accessible(admin);
  });
}

test("what does not fit is said beside its field, and nothing typed is lost", async ({ browser }) => {
  const officer = await as(browser, people.officer);
  await officer.goto("/retention/policies/new");
  await officer.getByLabel("정책 이름").fill("짧은 분쟁 정책");
  await officer.getByRole("textbox", { name: "기간", exact: true }).fill("2");
  await officer.getByLabel("단위").selectOption({ label: "년" });
  await officer.getByRole("radio", { name: /시행령 제6조 제1항 제4호/ }).check();
  await officer.getByRole("button", { name: "초안으로 저장" }).click();
  await expect(officer.getByText("시행령 제6조 제1항 제4호이 정한 기간보다 짧습니다.").first()).toBeVisible();
  await expect(officer.getByLabel("정책 이름")).toHaveValue("짧은 분쟁 정책");
  await officer.getByRole("textbox", { name: "기간", exact: true }).fill("3");
  await officer.getByRole("button", { name: "초안으로 저장" }).click();
  await expect(officer.getByText("더 짧게 두지 않는 까닭을 적어 주십시오.").first()).toBeVisible();
  await accessible(officer);
});

test("a version that was replaced while somebody looked at it is not approved; two versions are compared", async ({
  browser,
}) => {
  const officer = await as(browser, people.officer);
  const at = await draft(officer);
  await officer.getByRole("button", { name: "승인 요청", exact: true }).click();
  await expect(officer.getByText("승인을 요청했습니다.")).toBeVisible();
  const admin = await as(browser, people.admin);
  await admin.goto(at);
  await officer.goto(`${at}/edit`);
  await officer.getByRole("textbox", { name: "기간", exact: true }).fill("10");
  await officer.getByRole("button", { name: "새 판 저장" }).click();
  await expect(officer.getByText("새 판을 저장했습니다.")).toBeVisible();
  await admin.getByText("이 판 승인", { exact: true }).first().click();
  await admin.getByRole("dialog").getByRole("button", { name: "이 판 승인" }).click();
  await expect(admin.getByText(/보신 판이 그 사이에 바뀌었습니다/).first()).toBeVisible();
  await admin.goto(`${at}/history`);
  await expect(admin.getByRole("row", { name: /^기간/ })).toContainText("10개월");
  await accessible(admin);
});

test("the overview shows policies, the calendar and the holds to those who may see them", async ({ browser }) => {
  const auditor = await as(browser, people.auditor);
  await auditor.goto("/retention");
  await expect(auditor.getByRole("heading", { name: "다가오는 파기" })).toBeVisible();
  await expect(auditor.getByRole("link", { name: "불만·분쟁 처리" })).toBeVisible();
  await accessible(auditor);
  await auditor.goto("/retention/laws");
  await expect(auditor.getByRole("row", { name: /소비자의 불만 또는 분쟁처리/ })).toContainText("RP-02");
  await accessible(auditor);
  const marketer = await as(browser, people.marketer);
  expect((await marketer.goto("/retention"))?.status()).toBe(403);
});

test("an administrator says how long backups live, an officer reads it", async ({ browser }) => {
  const admin = await as(browser, people.admin);
  await admin.goto("/retention/settings");
  await admin.getByLabel(/마지막 사본이 사라지기까지/).fill("30");
  await admin.getByRole("button", { name: "저장" }).click();
  await expect(admin.getByText("백업 주기를 저장했습니다.")).toBeVisible();
  const officer = await as(browser, people.officer);
  await officer.goto("/retention/settings");
  await expect(officer.getByText("30일", { exact: true })).toBeVisible();
});
