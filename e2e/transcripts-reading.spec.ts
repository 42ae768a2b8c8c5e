import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { accessible } from "./harness-page";
import { people, signInByCookie } from "./sign-in";

const reason = "소비자원 2026-서울-10442 답변 준비";
const run = Date.now().toString(36);
let serial = 0;

/** A consultation told through a connection of its own. @returns its session id */
async function consult(page: Page, request: APIRequestContext, userKey: string, text: string): Promise<string> {
  await signInByCookie(page, people.admin);
  serial += 1;
  const searchId = `r${run}${serial}`.slice(-14);
  const senderKey = Buffer.from(`r${run}${serial}`.padEnd(20, "k")).toString("hex").slice(0, 40);
  await page.goto("/channels/new");
  await page.getByLabel("검색용 아이디").fill(`@${searchId}`);
  await page.getByLabel("채널 이름").fill(`열람 ${searchId}`);
  await page.getByLabel("발신프로필 키").fill(senderKey);
  await page.getByRole("button", { name: "등록", exact: true }).click();
  await expect(page.getByText("채널을 등록했습니다.")).toBeVisible();
  await page.goto("/dealers/new");
  await page.getByLabel("채널").selectOption({ label: `열람 ${searchId} @${searchId}` });
  await page.getByLabel("담소 표준").check();
  await page.getByRole("button", { name: "연결 만들기" }).click();
  const hook = (await page.getByText(/\/hooks\/[A-Za-z0-9_-]{43}$/).textContent()) ?? "";
  const sessionId = `read-${run}-${serial}`;
  const at = new Date().toISOString();
  const events = [
    { id: `${sessionId}-1`, type: "session.opened", at, senderKey, userKey, sessionId, extra: "pl_home_footer" },
    {
      ...{ id: `${sessionId}-2`, type: "message.received", at, senderKey, userKey, sessionId },
      message: { serial: `${sessionId}-2`, kind: "text", text },
    },
  ];
  expect((await request.post(`${hook}/events`, { data: events })).status()).toBe(200);
  return sessionId;
}

async function find(page: Page, key: string): Promise<void> {
  await page.goto("/transcripts");
  await page.getByLabel("user_key 또는 세션 ID").fill(key);
  await page.getByRole("button", { name: "찾기" }).click();
}

test("the officer finds a user, says why, reads, unmasks and closes", async ({ page, request }) => {
  const userKey = `Read_${run}`;
  const marker = `열람표식${run}`;
  await consult(page, request, userKey, `${marker} 번호는 010-1234-4821 이에요`);
  await signInByCookie(page, people.officer);
  await page.goto("/transcripts");
  await expect(page.getByRole("figure", { name: "상담 기록 목록" }).getByRole("row")).toHaveCount(51);
  await accessible(page);
  await find(page, userKey);
  await expect(page).toHaveURL(/user=[0-9a-f]{32}/);
  expect(page.url()).not.toContain(userKey);
  const rows = page.getByRole("figure", { name: "상담 기록 목록" }).getByRole("row");
  await expect(rows).toHaveCount(2);
  await rows.nth(1).getByRole("rowheader").getByRole("link").click();

  await expect(page.getByRole("heading", { name: "조회 목적을 적어 주십시오" })).toBeVisible();
  const before = await (await page.request.get(page.url())).text();
  expect(before).not.toContain(marker);
  expect(before).not.toContain(userKey);
  await accessible(page);
  await page.getByLabel("분쟁 처리").check();
  await page.getByLabel("구체적인 사유").fill("짧은 사유");
  await page.getByRole("button", { name: "기록하고 열람" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("10");
  await expect(page.getByText(marker)).toHaveCount(0);
  await page.getByLabel("구체적인 사유").fill(reason);
  await page.getByRole("button", { name: "기록하고 열람" }).click();

  await expect(page.getByText(marker)).toBeVisible();
  await expect(page.getByText("010-****-4821")).toBeVisible();
  await expect(page.getByRole("timer")).toContainText(/남은 시간 (10:00|9:\d\d)/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(userKey);
  expect(await (await page.request.get(page.url())).text()).not.toContain("1234-4821");
  await accessible(page);

  await page.getByRole("button", { name: "가림 풀기" }).click();
  await page.getByRole("button", { name: "기록하고 풀기" }).click();
  await expect(page.getByText("010-1234-4821")).toBeVisible();
  await expect(page.getByRole("complementary")).toContainText("가림 풀기");
  await page.getByRole("button", { name: "닫기" }).click();
  await expect(page.getByRole("heading", { name: "조회 목적을 적어 주십시오" })).toBeVisible();
  await expect(page.getByText(marker)).toHaveCount(0);
  await page.goBack();
  await page.reload();
  await expect(page.getByText(marker)).toHaveCount(0);
});

test("an auditor looks without unmasking, and changes nothing", async ({ page }) => {
  await signInByCookie(page, people.auditor);
  await page.goto("/transcripts");
  await expect(page.getByRole("button", { name: "고른 상담 분류" })).toHaveCount(0);
  await page.getByRole("figure", { name: "상담 기록 목록" }).getByRole("rowheader").first().getByRole("link").click();
  await page.getByLabel("정기 감사").check();
  await page.getByLabel("구체적인 사유").fill("4분기 정기 감사 표본 확인");
  await page.getByRole("button", { name: "기록하고 열람" }).click();
  await expect(page.getByText("이 목적으로는 가린 값을 볼 수 없습니다")).toBeVisible();
  await expect(page.getByRole("button", { name: "가림 풀기" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "처리 완료일 적기" })).toHaveCount(0);
  await page.getByRole("button", { name: "닫기" }).click();
  await expect(page.getByText("열람을 닫았습니다.")).toBeVisible();
});

test("a marketer and an administrator are refused, and do not see the place", async ({ page }) => {
  for (const who of [people.marketer, people.admin]) {
    await signInByCookie(page, who);
    expect((await page.goto("/transcripts"))?.status()).toBe(403);
    await page.goto("/");
    await expect(page.getByRole("link", { name: "상담 기록", exact: true })).toHaveCount(0);
  }
});

test("picked consultations are classified together; the reason for keeping changes with it", async ({ page }) => {
  await signInByCookie(page, people.officer);
  await page.goto("/transcripts?state=ended&category=general");
  const ticks = page.getByRole("checkbox", { name: /상담 고르기/ });
  await ticks.nth(3).check();
  await ticks.nth(4).check();
  const href = (await page.getByRole("rowheader").nth(3).getByRole("link").getAttribute("href")) ?? "";
  await page.getByLabel("고른 상담의 분류").selectOption("dispute");
  await page.getByRole("button", { name: "고른 상담 분류" }).click();
  await expect(page.getByText("고른 상담을 분류했습니다.")).toBeVisible();
  await page.goto(href.replace(/\?.*/, ""));
  await expect(page.getByText("왜 아직 보관 중인가")).toBeVisible();
  await expect(page.locator(".facts")).toContainText("불만·분쟁");
  await page.getByRole("button", { name: "처리 완료일 적기" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "처리 완료일 적기" }).click();
  await expect(page.getByText("기준일을 적었습니다.")).toBeVisible();
});

test("on the phone and without script it is the same", async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
  const page = await context.newPage();
  await signInByCookie(page, people.officer);
  const widthOf = () => page.evaluate(() => document.documentElement.scrollWidth);
  await page.goto("/transcripts");
  await expect(page.getByRole("combobox", { name: "상태" })).toBeHidden();
  await page.getByText("필터", { exact: true }).click();
  await page.getByRole("combobox", { name: "상태" }).selectOption("ended");
  await page.getByRole("button", { name: "적용" }).click();
  await expect(page.getByText("필터 1개")).toBeVisible();
  await expect(page).toHaveURL(/state=ended/);
  expect(await widthOf()).toBeLessThanOrEqual(390);
  await page.getByRole("rowheader").first().getByRole("link").click();
  await expect(page.getByRole("heading", { name: "조회 목적을 적어 주십시오" })).toBeVisible();
  expect(await widthOf()).toBeLessThanOrEqual(390);
  await page.getByLabel("분쟁 처리").check();
  await page.getByLabel("구체적인 사유").fill(reason);
  await page.getByRole("button", { name: "기록하고 열람" }).click();
  await expect(page.getByRole("list", { name: "상담 내용" })).toBeVisible();
  expect(await widthOf()).toBeLessThanOrEqual(390);
  await page.getByRole("button", { name: "닫기" }).click();
  await expect(page.getByRole("heading", { name: "조회 목적을 적어 주십시오" })).toBeVisible();
  await context.close();
});

test("purposes are set by the officer; a stale form gets a conflict and keeps what was typed", async ({
  page,
  browser,
}) => {
  await signInByCookie(page, people.officer);
  await page.goto("/transcripts/purposes");
  await accessible(page);
  const name = `목적 ${run}`;
  await page.getByRole("button", { name: "목적 추가" }).click();
  await page.getByRole("dialog").getByLabel("이름").fill(name);
  await page.getByRole("dialog").getByRole("button", { name: "저장" }).click();
  const row = page.getByRole("row", { name: new RegExp(name) });
  await expect(row).toBeVisible();
  const other = await (await browser.newContext({ locale: "ko-KR" })).newPage();
  await signInByCookie(other, people.officer);
  await other.goto("/transcripts/purposes");
  await other
    .getByRole("row", { name: new RegExp(name) })
    .getByRole("button", { name: "고치기" })
    .click();
  await row.getByRole("button", { name: "고치기" }).click();
  await page.getByRole("dialog").getByLabel("볼 수 있는 것").fill("상담 내용");
  await page.getByRole("dialog").getByRole("button", { name: "저장" }).click();
  await expect(row).toContainText("상담 내용");
  await other.getByRole("dialog").getByLabel("볼 수 있는 것").fill("늦은 글");
  await other.getByRole("dialog").getByRole("button", { name: "저장" }).click();
  await expect(other.getByRole("alert")).toBeVisible();
  await expect(other.getByRole("dialog").getByLabel("볼 수 있는 것")).toHaveValue("늦은 글");
  await other.context().close();
});
