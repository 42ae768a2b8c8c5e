import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { accessible } from "./harness-page";

const password = process.env.DAMSO_DEMO_PASSWORD || "hangyeol-demo-2026";
const admin = "seoyeon.kim@hangyeol.example";
const marketer = "haneul.lee@hangyeol.example";
const neighbour = "admin@dure.example";
const run = Date.now().toString(36);
let serial = 0;

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("회사 메일").fill(email);
  await page.getByLabel("비밀번호", { exact: true }).fill(password);
  await page.getByRole("button", { name: "로그인", exact: true }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}

/** A channel of its own, so that its sender key is known, with a connection. @returns what posts events to it */
async function dealerOf(page: Page, request: APIRequestContext) {
  serial += 1;
  const searchId = `m${run}${serial}`.slice(-14);
  const senderKey = Buffer.from(`${run}${serial}`.padEnd(20, "k")).toString("hex").slice(0, 40);
  await page.goto("/channels/new");
  await page.getByLabel("검색용 아이디").fill(`@${searchId}`);
  await page.getByLabel("채널 이름").fill(`현황 ${searchId}`);
  await page.getByLabel("발신프로필 키").fill(senderKey);
  await page.getByRole("button", { name: "등록", exact: true }).click();
  await expect(page.getByText("채널을 등록했습니다.")).toBeVisible();
  await page.goto("/dealers/new");
  await page.getByLabel("채널").selectOption({ label: `현황 ${searchId} @${searchId}` });
  await page.getByLabel("담소 표준").check();
  await page.getByRole("button", { name: "연결 만들기" }).click();
  const hook = (await page.getByText(/\/hooks\/[A-Za-z0-9_-]{43}$/).textContent()) ?? "";
  const post = async (type: string, more: object) => {
    serial += 1;
    const event = { id: `${run}-${serial}`, type, at: new Date().toISOString(), senderKey, userKey: "MonitorUser1" };
    const answer = await request.post(`${hook}/events`, { data: [{ ...event, ...more }] });
    expect(answer.status()).toBe(200);
  };
  return { post, name: `현황 ${searchId}` };
}

test("a consult appears without a reload, counts on, and waits while paused", async ({ page, request }) => {
  await signIn(page, admin);
  const { post, name } = await dealerOf(page, request);
  await page.goto("/monitor");
  await expect(page.getByText("새 상담이 바로 나타납니다")).toBeVisible();
  await accessible(page);

  const sessionId = `live-${run}`;
  await post("session.opened", { sessionId, extra: "pl_home_footer", entry: "channel_search" });
  const row = page.getByRole("row", { name: new RegExp(`${name}.*채널 검색`) });
  await expect(row).toContainText("홈 하단");
  await expect(row).toContainText("처음");
  await expect(page.getByText(/새 상담 1건이 들어왔습니다/)).toBeVisible();
  await post("message.received", {
    sessionId,
    message: { serial: `${run}1`, kind: "text", text: "아무도 보지 못할 말" },
  });
  await expect(row.getByRole("cell").last()).toHaveText("1");
  await expect(page.locator("body")).not.toContainText("아무도 보지 못할 말");
  await expect(page.locator("body")).not.toContainText("MonitorUser1");

  await page.getByRole("button", { name: "잠시 멈춤" }).click();
  await post("session.opened", { sessionId: `held-${run}`, extra: `code_${run}` });
  await expect(page.getByText("새 상담 1건", { exact: true })).toBeVisible();
  await expect(page.getByText(`code_${run}`)).toHaveCount(0);
  await page.getByRole("button", { name: "이어 보기" }).click();
  const held = page.getByRole("row", { name: new RegExp(`code_${run}`) });
  await expect(held).toContainText("알 수 없는 코드");
  await expect(held).toContainText("다시");
});

test("the list is narrowed by place and code, and paged", async ({ page, request }) => {
  await signIn(page, admin);
  const { post } = await dealerOf(page, request);
  await post("session.opened", { sessionId: `code-${run}`, extra: `alone_${run}` });
  await page.goto("/monitor?place=unknown");
  await expect(page.getByRole("row", { name: new RegExp(`alone_${run}`) }).first()).toBeVisible();
  await page.getByRole("link", { name: `alone_${run}` }).click();
  await expect(page.getByRole("figure", { name: "상담 목록" }).getByRole("row")).toHaveCount(2);
  await accessible(page);
  await page.goto("/monitor");
  await page.getByRole("link", { name: "다음" }).click();
  await expect(page).toHaveURL(/after=/);
  await expect(page.getByText("새 상담이 바로 나타납니다")).toHaveCount(0);
  await page.getByRole("link", { name: "이전" }).click();
  await expect(page).toHaveURL(/before=/);
  await expect(page.getByRole("figure", { name: "상담 목록" }).getByRole("row")).toHaveCount(51);
});

test("another company hears nothing, and a signed-out page stops hearing", async ({ browser, page, request }) => {
  const elsewhere = await (await browser.newContext()).newPage();
  await signIn(elsewhere, neighbour);
  await elsewhere.goto("/monitor");
  await expect(elsewhere.getByText("새 상담이 바로 나타납니다")).toBeVisible();
  await signIn(page, admin);
  const { post, name } = await dealerOf(page, request);
  await page.goto("/monitor");
  await expect(page.getByText("새 상담이 바로 나타납니다")).toBeVisible();
  await post("session.opened", { sessionId: `own-${run}` });
  await expect(page.getByRole("row", { name: new RegExp(name) })).toBeVisible();
  await expect(elsewhere.getByText(name)).toHaveCount(0);
  await elsewhere.context().close();

  const second = await page.context().newPage();
  await second.goto("/menu");
  await second.getByRole("button", { name: "로그아웃" }).last().click();
  await expect(second).toHaveURL(/sign-in/);
  await post("session.opened", { sessionId: `late-${run}` });
  await expect(page.getByText("로그인이 끝나 실시간 보기를 멈추었습니다")).toBeVisible();
});

test("a marketer reads the monitor without script", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, marketer);
  await page.goto("/monitor");
  await expect(page.getByRole("figure", { name: "상담 목록" }).getByRole("row")).toHaveCount(51);
  await expect(page.getByRole("link", { name: "새로 고침" })).toBeVisible();
  await context.close();
});
