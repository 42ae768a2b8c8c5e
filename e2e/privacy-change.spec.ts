// A retention policy goes from six months to a year: what users are told says otherwise at once, and one list leads through mending it all.
import { type Browser, expect, type Page, test } from "@playwright/test";
import { type Colleague, type Company, openCompany, sessionCookieName } from "./harness-company";
import { owner } from "./harness-database";

async function workplace(browser: Browser, who: Colleague): Promise<Page> {
  const context = await browser.newContext({ locale: "ko-KR" });
  const value = who.caller.jar.get(sessionCookieName) ?? "";
  await context.addCookies([{ name: sessionCookieName, value, url: test.info().project.use.baseURL ?? "" }]);
  return context.newPage();
}

const says = (page: Page, sentence: string | RegExp) => expect(page.getByText(sentence).first()).toBeVisible();

/** Asks for approval and lets the other one agree; both stand on the page of what is agreed to. */
async function agree(asking: Page, agreeing: Page, at: string, said: string | RegExp, act = "승인"): Promise<void> {
  await asking.getByRole("button", { name: "승인 요청", exact: true }).click();
  // The sentence of an earlier request may still stand.
  await expect(asking.getByRole("button", { name: "승인 요청", exact: true })).toHaveCount(0);
  await says(asking, "승인을 요청했습니다.");
  await agreeing.goto(at);
  await agreeing.getByRole("button", { name: act, exact: true }).click();
  await agreeing.getByRole("dialog").getByRole("button", { name: act, exact: true }).click();
  await says(agreeing, said);
}

/** From a saved draft to a text that was seen in the chat room. */
async function intoTheChatRoom(officer: Page, admin: Page, at: string): Promise<void> {
  await agree(officer, admin, at, "승인했습니다.");
  await officer.goto(at);
  await officer.getByRole("button", { name: "적용 요청함" }).click();
  await says(officer, "적용 요청을 기록했습니다.");
  await officer.getByRole("button", { name: "적용됨" }).click();
  await says(officer, "적용을 기록했습니다.");
  await officer.goto(`${at}?view=now`);
  const sent = await officer.getByRole("figure", { name: "채팅방 미리보기" }).last().locator("p").innerText();
  await officer.getByLabel("채팅방에서 복사한 문구").fill(sent);
  await officer.getByRole("button", { name: "문구 견주기" }).click();
  await says(officer, "실제 확인을 기록했습니다.");
}

/** Publishes the list of consignees with that period for each. */
async function publish(officer: Page, period: string): Promise<void> {
  await officer.goto("/privacy/consignees");
  for (const field of await officer.locator('input[name^="period."]').all()) await field.fill(period);
  await officer.getByLabel("변경 사유").fill(`기간: ${period}`);
  await officer.getByRole("button", { name: "목록 공개" }).click();
  await says(officer, "수탁자 목록을 공개했습니다.");
}

const wrong = /보유 정책은|정책의 기간은/;

test("each place says what a changed policy made wrong, and one list mends them all", async ({ browser }) => {
  test.setTimeout(180_000);
  const company: Company = await openCompany();
  const [officer, admin] = await Promise.all([
    workplace(browser, company.people.COMPLIANCE_OFFICER),
    workplace(browser, company.people.CLIENT_ADMIN),
  ]);
  const list = officer.getByRole("main");

  await test.step("a notice is in the chat room, and nothing says otherwise than the policy", async () => {
    await officer.goto("/privacy");
    await officer.getByRole("link", { name: "안내 쓰기" }).click();
    await officer.waitForURL(/\/privacy\/notices\//);
    await officer.goto(`/privacy/notices/${company.channelId}/edit`);
    await officer.getByLabel("바뀐 점").fill("첫 안내");
    await officer.getByLabel(/^상담시간/).fill("평일 10:00~17:00");
    await officer.getByRole("button", { name: "초안 저장" }).click();
    await says(officer, "초안을 저장했습니다.");
    await intoTheChatRoom(officer, admin, `/privacy/notices/${company.channelId}`);
    await publish(officer, "상담 종료 후 6개월");
    await (await owner()).query("UPDATE channels SET privacy_url = $2 WHERE id = $1", [
      company.channelId,
      `https://${company.marker}.example/privacy`,
    ]);
    await officer.goto("/privacy");
    await expect(list.getByText(wrong)).toHaveCount(0);
  });

  await test.step("the policy becomes a year", async () => {
    await officer.goto(`/retention/policies/${company.policyId}/edit`);
    await officer.getByRole("textbox", { name: "기간", exact: true }).fill("1");
    await officer.getByLabel("단위").selectOption({ label: "년" });
    await officer.getByRole("button", { name: "새 판 저장" }).click();
    await says(officer, "새 판을 저장했습니다.");
    const at = new URL(officer.url()).pathname;
    await agree(officer, admin, at, "정책을 승인했습니다.", "이 판 승인");
  });

  await test.step("notice, consent and list each say what is wrong now", async () => {
    await officer.goto("/privacy");
    await says(officer, "정책의 기간은 1년, 문구의 기간은 6개월");
    await says(officer, "문구의 기간은 6개월, 보유 정책은 1년입니다");
    await says(officer, "목록의 기간은 6개월, 보유 정책은 1년입니다");
    await says(officer, /처리방침 페이지를 점검하지 않았습니다/);
    await officer.screenshot({ path: test.info().outputPath("findings.png"), fullPage: true });
  });

  await test.step("the notice is mended from the list", async () => {
    await list
      .getByRole("listitem")
      .filter({ hasText: "정책의 기간은 1년" })
      .getByRole("link", { name: "새 판 쓰기" })
      .last()
      .click();
    await officer.waitForURL(/\/privacy\/notices\//);
    await officer.goto(`/privacy/notices/${company.channelId}/edit`);
    await officer.getByLabel("바뀐 점").fill("보유기간 1년");
    await officer.getByRole("button", { name: "초안 저장" }).click();
    await says(officer, "초안을 저장했습니다.");
    await intoTheChatRoom(officer, admin, `/privacy/notices/${company.channelId}`);
  });

  await test.step("the consent form is mended from the list", async () => {
    await officer.goto("/privacy");
    await list.getByRole("link", { name: "새 판 쓰기" }).click();
    await officer.waitForURL(/\/privacy\/consents\//);
    await officer.getByRole("link", { name: "새 판 쓰기" }).click();
    await officer.getByRole("button", { name: "새 판 저장" }).click();
    await officer.waitForURL(/\/privacy\/consents\/[\da-f-]{36}(\?|$)/);
    await agree(officer, admin, new URL(officer.url()).pathname, "승인했습니다. 이제 이 문구로 동의를 받습니다.");
    await officer.reload();
    await says(officer, /v1에 동의한|다시/);
  });

  await test.step("the list is mended from the list", async () => {
    await officer.goto("/privacy");
    await list.getByRole("link", { name: "목록 고치기" }).click();
    await officer.waitForURL(/\/privacy\/consignees$/);
    await publish(officer, "상담 종료 후 1년");
  });

  await test.step("nothing is left that names another period", async () => {
    await officer.goto("/privacy");
    await expect(list.getByText(wrong)).toHaveCount(0);
    await officer.screenshot({ path: test.info().outputPath("mended.png"), fullPage: true });
  });
  for (const page of [officer, admin]) await page.context().close();
});
