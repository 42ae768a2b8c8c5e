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

/** The address of the demonstration's live channel's notice. */
async function noticeOf(page: Page): Promise<string> {
  await page.goto("/privacy/notices");
  await page.getByRole("link", { name: "한결생활", exact: true }).click();
  await page.waitForURL(/\/privacy\/notices\/[\da-f-]{36}$/);
  return new URL(page.url()).pathname;
}

test("a notice goes from the marketer's draft to a real chat room", async ({ browser }) => {
  test.setTimeout(120_000);
  const marketer = await as(browser, people.marketer);
  const at = await noticeOf(marketer);
  await accessible(marketer);
  await marketer.goto(`${at}/edit`);
  const text = marketer.getByLabel("문안", { exact: true });
  await text.fill("상담 내용을 6개월간 보관합니다.");
  await expect(marketer.getByRole("figure", { name: "채팅방 미리보기" })).toContainText("6개월간 보관합니다");
  await marketer.getByLabel("바뀐 점").fill("시험 판");
  await marketer.getByLabel(/^상담시간/).fill("평일 10:00~17:00");
  await marketer.getByRole("button", { name: "초안 저장" }).click();
  await expect(marketer.getByText("초안을 저장했습니다.")).toBeVisible();
  await expect(marketer.getByText("정책의 기간은 1년, 문구의 기간은 6개월")).toBeVisible();
  await expect(marketer.getByRole("button", { name: "승인 요청" })).toHaveCount(0);

  const officer = await as(browser, people.officer);
  await officer.goto(at);
  await expect(officer.getByText(/고친 뒤에 승인할 수 있습니다/)).toBeVisible();
  await officer.goto(`${at}/edit`);
  await officer
    .getByLabel("문안", { exact: true })
    .fill(
      [
        "안녕하세요, #{회사명}입니다. 상담은 #{상담시간}에 운영합니다.",
        "· 상담 내용은 문의 처리를 위해 상담 종료 후 #{보유기간}간 보관합니다.",
        "· 상담 시스템은 #{수탁자}에 위탁하며, #{수탁자}은(는) #{재수탁자}에 재위탁합니다.",
        "· 열람, 삭제, 처리정지는 이 채팅방에서 요청하실 수 있습니다.",
      ].join("\n"),
    );
  await officer.getByRole("button", { name: "초안 저장" }).click();
  await officer.getByRole("button", { name: "승인 요청" }).click();
  await expect(officer.getByText("승인을 요청했습니다.")).toBeVisible();
  await expect(officer.getByText("작성하거나 요청한 분은 승인할 수 없습니다.", { exact: false })).toBeVisible();
  await expect(officer.getByRole("button", { name: "승인", exact: true })).toHaveCount(0);

  const admin = await as(browser, people.admin);
  await admin.goto(at);
  await admin.getByRole("button", { name: "승인", exact: true }).click();
  const dialog = admin.getByRole("dialog");
  await expect(dialog).toContainText("상담 종료 후 1년간 보관합니다");
  await dialog.getByRole("button", { name: "승인", exact: true }).click();
  await expect(admin.getByText("승인했습니다.", { exact: true })).toBeVisible();

  await officer.goto(at);
  await officer.getByLabel(/^딜러 접수 번호/).fill("IB-50001");
  await officer.getByRole("button", { name: "적용 요청함" }).click();
  await expect(officer.getByText("적용 요청을 기록했습니다.")).toBeVisible();
  await officer.getByRole("button", { name: "적용됨" }).click();
  await expect(officer.getByText("적용을 기록했습니다.")).toBeVisible();

  await officer.goto(`${at}?view=now`);
  const sent = await officer.getByRole("figure", { name: "채팅방 미리보기" }).last().locator("p").innerText();
  await officer.getByLabel("채팅방에서 복사한 문구").fill(sent.replace("1년간", "6개월간"));
  await officer.getByRole("button", { name: "문구 견주기" }).click();
  await expect(officer.getByText(/승인한 문구와 다릅니다\. 2번째 줄/).first()).toBeVisible();
  await expect(officer.getByLabel("채팅방에서 복사한 문구")).toHaveValue(/6개월간/);
  await officer.getByLabel("채팅방에서 복사한 문구").fill(sent.normalize("NFD"));
  await officer.getByRole("button", { name: "문구 견주기" }).click();
  await expect(officer.getByText("실제 확인을 기록했습니다.")).toBeVisible();
  await expect(officer.getByText("지금 이용자에게 이 판이 보입니다.")).toBeVisible();
  await accessible(officer);

  await officer.getByRole("link", { name: "특정 시점에 보인 안내" }).click();
  await expect(officer.getByText("상담 종료 후 1년간 보관합니다", { exact: false }).first()).toBeVisible();
  await accessible(officer);
});

test("a past instant shows the version that was then verified, also without JavaScript", async ({ browser }) => {
  const auditor = await as(browser, people.auditor, false);
  const at = await noticeOf(auditor);
  await auditor.goto(`${at}/at`);
  const past = new Date(Date.now() - 160 * 86_400_000 + 9 * 3_600_000).toISOString().slice(0, 16);
  await auditor.getByLabel("기준 시각 (KST)").fill(past);
  await auditor.getByRole("button", { name: "보기" }).click();
  await expect(auditor.getByRole("heading", { name: "그때의 문구 v1" })).toBeVisible();
  await expect(auditor.getByText("평일 09:00~18:00", { exact: false }).first()).toBeVisible();
  await auditor.goto(`${at}/at?at=2020-01-01T00:00`);
  await expect(auditor.getByText("확인된 안내가 없습니다", { exact: false })).toBeVisible();
});

test("a consent form is written, approved by a second person, and answered", async ({ browser }) => {
  const officer = await as(browser, people.officer);
  await officer.goto("/privacy/consents/new");
  const name = `시험 문안 ${Date.now().toString(36)}`;
  await officer.getByLabel("이름", { exact: true }).fill(name);
  await officer.getByLabel(/^채널/).selectOption({ label: "한결생활" });
  await officer.getByLabel("수집·이용 목적").fill("설치 일정 안내");
  await officer.getByLabel("수집하는 항목").fill("이름\n주민등록번호");
  await officer.getByLabel("거부할 권리와 불이익").fill("동의하지 않으시면 일정을 안내해 드리지 못합니다.");
  await officer.getByRole("button", { name: "초안 저장" }).click();
  await expect(officer.getByText(/주민등록번호는 법령이 정한 때만/).first()).toBeVisible();
  await expect(officer.getByLabel("수집·이용 목적")).toHaveValue("설치 일정 안내");
  await officer.getByLabel("수집하는 항목").fill("이름\n주소");
  await officer.getByRole("button", { name: "초안 저장" }).click();
  await expect(officer.getByText("초안을 저장했습니다.")).toBeVisible();
  const at = new URL(officer.url()).pathname;
  await officer.getByRole("button", { name: "승인 요청" }).click();
  await expect(officer.getByText("승인을 요청했습니다.")).toBeVisible();

  const admin = await as(browser, people.admin);
  await admin.goto(at);
  await admin.getByRole("button", { name: "승인", exact: true }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "승인", exact: true }).click();
  await expect(admin.getByText("승인했습니다. 이제 이 문구로 동의를 받습니다.")).toBeVisible();

  await officer.goto(at);
  await officer.getByRole("link", { name: "동의 기록", exact: true }).click();
  await officer.getByLabel("채널").selectOption({ label: "한결생활" });
  await officer.getByLabel("user_key").fill("Probe-e2e-01");
  await officer.getByRole("button", { name: "기록", exact: true }).click();
  await expect(officer.getByText("동의를 기록했습니다.")).toBeVisible();
  await accessible(officer);
  await officer.getByRole("button", { name: "동의 철회 기록" }).click();
  await officer.getByRole("dialog").getByRole("button", { name: "동의 철회 기록" }).click();
  await expect(officer.getByText("철회를 기록했습니다.")).toBeVisible();
});

test("the list of consignees is published and open to anybody, on a phone too", async ({ browser }) => {
  const officer = await as(browser, people.officer);
  await officer.goto("/privacy/consignees");
  await accessible(officer);
  await officer
    .getByLabel("위탁하는 업무의 내용")
    .first()
    .fill(`상담톡 운영 ${Date.now().toString(36)}`);
  await officer.getByLabel("변경 사유").fill("업무 문구를 다듬음");
  await officer.getByRole("button", { name: "목록 공개" }).click();
  await expect(officer.getByText("수탁자 목록을 공개했습니다.")).toBeVisible();
  const visitor = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  const answer = await visitor.goto("/o/hangyeol/consignees");
  expect(answer?.headers()["set-cookie"]).toBeUndefined();
  await expect(visitor.getByText("인포뱅크 주식회사").first()).toBeVisible();
  expect(await visitor.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await accessible(visitor);
});
