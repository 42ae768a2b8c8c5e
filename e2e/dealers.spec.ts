import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { accessible } from "./harness-page";

const password = process.env.DAMSO_DEMO_PASSWORD || "hangyeol-demo-2026";
const admin = "seoyeon.kim@hangyeol.example";
const marketer = "haneul.lee@hangyeol.example";
const auditor = "minjae.jung@hangyeol.example";
const neighbour = "admin@dure.example";
const channel = "한결생활 @한결생활";
const run = Date.now().toString(36);
let serial = 0;

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("회사 메일").fill(email);
  await page.getByLabel("비밀번호", { exact: true }).fill(password);
  await page.getByRole("button", { name: "로그인", exact: true }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}

/** Makes a connection by the form. @returns its page and the address that is shown once */
async function connect(page: Page, format: string): Promise<{ path: string; hook: string }> {
  await page.goto("/dealers/new");
  await page.getByLabel("채널").selectOption({ label: channel });
  await page.getByLabel(format).check();
  await page.getByRole("button", { name: "연결 만들기" }).click();
  await expect(page.getByText("지금만 볼 수 있습니다").first()).toBeVisible();
  const hook = (await page.getByText(/\/hooks\/[A-Za-z0-9_-]{43}$/).textContent()) ?? "";
  await page.getByRole("link", { name: "연결 보기" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "한결생활" })).toBeVisible();
  return { path: new URL(page.url()).pathname, hook };
}

/** An event of another channel: it is set aside and changes nothing else. */
function post(request: APIRequestContext, hook: string): Promise<number> {
  serial += 1;
  const data = { user_key: "u", session_id: `${run}${serial}`, sender_key: "ffff", time: Date.now() };
  return request.post(`${hook}/expired_session`, { data }).then((answer) => answer.status());
}

test("an administrator connects a dealer and sees what could not be taken", async ({ page, request }) => {
  await signIn(page, admin);
  await page.goto("/dealers/directory");
  await expect(page.getByRole("row", { name: /인포뱅크/ }).last()).toContainText("031-628-1740");
  await accessible(page);
  await page.goto("/dealers/connections");
  await accessible(page);
  await page.getByRole("link", { name: "연결 추가" }).click();
  await accessible(page);
  const { hook, path } = await connect(page, "해피톡");
  await expect(page.getByText("수신 대기")).toBeVisible();
  await expect(page.locator("body")).not.toContainText(hook.split("/hooks/")[1] ?? hook);
  expect(await post(request, hook)).toBe(200);
  const unknown = await request.post(`${hook}/new_event`, { data: { secret: "표식", at: 1 } });
  expect(await unknown.json()).toEqual({ code: 0 });
  await page.goto(path);
  await expect(page.getByRole("row", { name: /다른 발신프로필 키/ })).toContainText("expired_session");
  const row = page.getByRole("row", { name: /모르는 이벤트/ });
  await row.getByText("보기").click();
  await expect(row).toContainText('"secret": "string"');
  await expect(page.locator("body")).not.toContainText("표식");
  await accessible(page);
});

test("an address is changed with a day of overlap, and a closed one answers nobody", async ({ page, request }) => {
  await signIn(page, admin);
  const { hook, path } = await connect(page, "해피톡");
  await page.getByText("주소 바꾸기", { exact: true }).click();
  await page.getByRole("button", { name: "새 주소 만들기" }).click();
  const fresh = (await page.getByText(/\/hooks\/[A-Za-z0-9_-]{43}$/).textContent()) ?? "";
  await expect(page.getByText(/예전 수신 주소가 .* KST까지/)).toBeVisible();
  expect(fresh).not.toBe(hook);
  expect(await post(request, hook)).toBe(200);
  expect(await post(request, fresh)).toBe(200);
  await page.goto(path);
  await page.getByText("연결 닫기", { exact: true }).click();
  await page.getByRole("button", { name: "닫기", exact: true }).last().click();
  await expect(page.getByText("연결을 닫았습니다.")).toBeVisible();
  expect(await post(request, hook)).toBe(404);
  expect(await post(request, fresh)).toBe(404);
  await expect(page.getByText("주소 바꾸기", { exact: true })).toHaveCount(0);
});

test("who may call is checked and kept as typed", async ({ page, request }) => {
  await signIn(page, admin);
  const { hook } = await connect(page, "해피톡");
  await page.getByRole("textbox", { name: "허용 주소" }).fill("dealer.example");
  await page.getByRole("button", { name: "저장" }).click();
  await expect(page.getByText(/IP 주소나 CIDR 범위가 아닌 것이 있습니다/).first()).toBeVisible();
  await expect(page.getByRole("textbox", { name: "허용 주소" })).toHaveValue("dealer.example");
  await page.getByRole("textbox", { name: "허용 주소" }).fill("203.0.113.0/24");
  await page.getByRole("button", { name: "저장" }).click();
  await expect(page.getByText("허용 주소를 저장했습니다.")).toBeVisible();
  expect(await post(request, hook)).toBe(404);
});

test("everything works without script", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, admin);
  await page.goto("/dealers/new");
  await page.getByRole("button", { name: "연결 만들기" }).click();
  await expect(page.getByRole("alert")).toContainText("고칠 곳이 있습니다.");
  await page.getByLabel("채널").selectOption({ label: channel });
  await page.getByLabel("담소 표준").check();
  await page.getByLabel("서명을 요구합니다").check();
  await page.getByRole("button", { name: "연결 만들기" }).click();
  await expect(page.getByText(/^whsec_/)).toBeVisible();
  await expect(page.getByText(/\/hooks\/[A-Za-z0-9_-]{43}$/)).toBeVisible();
  await page.getByRole("link", { name: "연결 보기" }).click();
  await expect(page.getByText(/^whsec_/)).toHaveCount(0);
  await page.getByText("비밀값 바꾸기", { exact: true }).click();
  await page.getByRole("button", { name: "새 비밀값 만들기" }).click();
  await expect(page.getByText(/^whsec_/)).toBeVisible();
  await expect(page.getByText(/예전 서명 비밀값이 .* KST까지/)).toBeVisible();
  await context.close();
});

test("an auditor looks and changes nothing; others do not see connections", async ({ browser, page }) => {
  await signIn(page, admin);
  const { path } = await connect(page, "인포뱅크");
  for (const [email, status] of [
    [auditor, 200],
    [marketer, 403],
    [neighbour, 404],
  ] as const) {
    const context = await browser.newContext();
    const other = await context.newPage();
    await signIn(other, email);
    expect((await other.goto(path))?.status(), email).toBe(status);
    await expect(other.getByText("주소 바꾸기", { exact: true })).toHaveCount(0);
    const form = await other.goto("/dealers/new");
    expect(form?.status(), email).toBe(email === neighbour ? 200 : 403);
    await context.close();
  }
});
