import { type Browser, expect, type Locator, type Page, test } from "@playwright/test";
import { PNG } from "pngjs";
import { accessible } from "./harness-page";
import { people, signInByCookie } from "./sign-in";

let serial = 0;
/** Opens a channel that no other run has. @returns its address */
async function openChannel(page: Page): Promise<string> {
  serial += 1;
  await page.goto("/channels/new");
  await page.getByLabel("검색용 아이디").fill(`@e${Date.now().toString(36)}${serial}`.slice(0, 16));
  await page.getByLabel("채널 이름").fill("시험 채널");
  await page.getByLabel("딜러").selectOption({ label: "인포뱅크" });
  await page.getByRole("button", { name: "등록", exact: true }).click();
  await expect(page.getByText("채널을 등록했습니다.")).toBeVisible();
  return new URL(page.url()).pathname;
}

const row = (page: Page, name: string) => page.getByRole("row", { name: new RegExp(name) });
/** The row of an onboarding item: others name it too, as what has to be done first. */
const itemRow = (page: Page, item: string) =>
  page.locator("tr").filter({ has: page.locator("th .name", { hasText: new RegExp(`^${item}$`) }) });
const screenshot = {
  name: "홈 화면.png",
  mimeType: "image/png",
  buffer: PNG.sync.write(new PNG({ width: 40, height: 30 })),
};

/** Unfolds what can be said of an item: a dialog, without script a part of its row. */
async function unfold(page: Page, item: string, scripted = true): Promise<Locator> {
  const line = itemRow(page, item);
  if (scripted) await line.getByRole("button", { name: "증적 올리기" }).click();
  else await line.getByText("증적 올리기").click();
  return scripted ? page.getByRole("dialog") : line.locator("details[open]");
}

async function prove(
  page: Page,
  item: string,
  file: { name: string; mimeType: string; buffer: Buffer },
  scripted = true,
): Promise<void> {
  const box = await unfold(page, item, scripted);
  await box.getByLabel("증적 파일").setInputFiles(file);
  await box.getByRole("button", { name: "올리고 완료" }).click();
}

async function say(page: Page, item: string): Promise<void> {
  const box = await unfold(page, item);
  const form = box.locator("form").filter({ has: page.locator('input[name="kind"][value="done"]') });
  await form.getByLabel("메모").fill("관리자센터 화면에서 확인했습니다.");
  await form.getByRole("button", { name: "완료로 표시" }).click();
  await expect(itemRow(page, item).getByText("파일 없이 확인").last()).toBeVisible();
}

test("the list shows the company's channels, narrowed by name and state", async ({ page }) => {
  await signInByCookie(page, people.marketer);
  await page.goto("/channels");
  await expect(page.getByRole("link", { name: "한결생활 B2B" })).toBeVisible();
  await expect(row(page, "한결멤버십")).toContainText("종료 예정");
  await expect(page.getByText("두레상사")).toHaveCount(0);
  await expect(page.getByRole("link", { name: "채널 등록" })).toHaveCount(0);
  await accessible(page);
  await page.getByLabel("이름, 검색용 아이디").fill("@한결비투비");
  await page.getByRole("button", { name: "적용" }).click();
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.goto("/channels?sort=last-day");
  await expect(page.getByRole("columnheader", { name: "마지막 사용일" })).toHaveAttribute("aria-sort", "ascending");
  await expect(page.getByRole("row").nth(1)).toContainText("한결멤버십");
  await page.goto("/channels?state=live&q=%EC%97%86%EB%8A%94");
  await expect(page.getByText("조건에 맞는 채널이 없습니다")).toBeVisible();
  await page.goto("/channels?after=nonsense&state=nonsense");
  await expect(page.getByRole("link", { name: "한결생활 B2B" })).toBeVisible();
});

test("a taken search id is answered beside its field and keeps what was typed", async ({ page }) => {
  await signInByCookie(page, people.admin);
  await page.goto("/channels/new");
  await accessible(page);
  await page.getByLabel("검색용 아이디").fill("@한결생활");
  await page.getByLabel("채널 이름").fill("다른 이름");
  await page.getByRole("button", { name: "등록", exact: true }).click();
  await expect(page.getByText("@한결생활(으)로 등록한 채널이 이미 있습니다.").first()).toBeVisible();
  await expect(page.getByLabel("채널 이름")).toHaveValue("다른 이름");
  await expect(page.getByLabel("검색용 아이디")).toBeFocused();
});

test("items are proven, planned and set aside; what the register says cannot be ticked", async ({ page, browser }) => {
  await signInByCookie(page, people.admin);
  const channel = await openChannel(page);
  await expect(page.getByText("닫힘")).toBeVisible();
  await expect(page.getByRole("button", { name: "라이브로 전환" })).toBeDisabled();
  await expect(itemRow(page, "상담톡 이용 계약 체결").getByText("증적 올리기")).toHaveCount(0);

  const work = await pageOf(browser, people.officer);
  await work.goto(channel);
  await prove(work, "카카오톡 채널 개설", screenshot);
  await expect(work.getByText("증적을 올리고 완료로 표시했습니다.")).toBeVisible();
  for (const item of ["비즈니스 채널 전환", "홈 공개 ON"]) await say(work, item);
  const box = await unfold(work, "개인정보 수집·이용 동의 문안");
  await box.getByLabel("사유").fill("개인정보를 수집하지 않습니다.");
  await box.getByRole("button", { name: "해당 없음" }).click();
  await expect(work.getByText("해당 없음으로 표시했습니다.")).toBeVisible();
  await accessible(work);

  await work.getByRole("link", { name: /홈 공개 ON: 담당과 기한/ }).click();
  await work.getByLabel("담당 (선택)").selectOption({ label: "이하늘" });
  await work.getByLabel("기한 (선택)").fill("2031-01-31");
  await work.getByRole("button", { name: "계획 저장" }).click();
  await expect(work.getByText("담당과 기한을 저장했습니다.")).toBeVisible();
  await expect(itemRow(work, "홈 공개 ON")).toContainText("이하늘");
  await expect(itemRow(work, "홈 공개 ON")).toContainText("2031.1.31");
  await work.getByRole("button", { name: "기본 기한 채우기" }).click();
  await work.getByRole("dialog").getByRole("button", { name: "기한 채우기", exact: true }).click();
  await expect(work.getByText("비어 있던 기한을 채웠습니다.")).toBeVisible();
  await work.context().close();

  await page.goto(channel);
  await expect(page.getByText("닫힘")).toBeVisible();
  await page.getByRole("link", { name: "이력", exact: true }).click();
  await expect(page.getByRole("row", { name: /증적을 올렸습니다/ })).toContainText("카카오톡 채널 개설");
  await accessible(page);
});

test("a stale plan is a conflict that says so", async ({ page, browser }) => {
  await signInByCookie(page, people.admin);
  const channel = await openChannel(page);
  await page.goto(`${channel}?plan=opened`);
  const other = await pageOf(browser, people.officer);
  await other.goto(`${channel}?plan=opened`);
  await other.getByLabel("기한 (선택)").fill("2031-01-31");
  await other.getByRole("button", { name: "계획 저장" }).click();
  await expect(other.getByText("담당과 기한을 저장했습니다.")).toBeVisible();
  await other.context().close();
  await page.getByLabel("기한 (선택)").fill("2031-02-28");
  await page.getByRole("button", { name: "계획 저장" }).click();
  await expect(page.getByText(/다른 분이 먼저 담당이나 기한을 바꾸었습니다/).first()).toBeVisible();
});

test("hostile and mistaken files come back beside their item, with and without script", async ({ browser }) => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await pageOf(browser, people.admin, javaScriptEnabled);
    const channel = await openChannel(page);
    const html = Buffer.from("<!doctype html><script>alert(1)</script>");
    const files = [
      [{ name: "a.png", mimeType: "image/png", buffer: html }, "내용이 확장자와 다릅니다."],
      [{ name: "a.svg", mimeType: "image/svg+xml", buffer: html }, "받지 않는 확장자입니다."],
      [{ ...screenshot, name: "a.png.exe" }, "받지 않는 확장자입니다."],
      [{ ...screenshot, name: "a.html.png" }, "실행 파일처럼 보이는 이름입니다."],
      [{ name: "큰 것.png", mimeType: "image/png", buffer: Buffer.alloc(21 * 2 ** 20) }, "20MB를 넘습니다."],
    ] as const;
    for (const [file, sentence] of javaScriptEnabled ? files : files.slice(0, 1)) {
      await page.goto(channel);
      await prove(page, "홈 공개 ON", file, javaScriptEnabled);
      await expect(itemRow(page, "홈 공개 ON").getByText(sentence)).toBeVisible();
    }
    await page.goto(channel);
    await prove(page, "홈 공개 ON", screenshot, javaScriptEnabled);
    await expect(page.getByText("증적을 올리고 완료로 표시했습니다.")).toBeVisible();
    await page.context().close();
  }
});

test("evidence comes back as it went, to those who may see it; all others find nothing", async ({ page, browser }) => {
  await signInByCookie(page, people.admin);
  const channel = await openChannel(page);
  await prove(page, "카카오톡 채널 개설", screenshot);
  const link = itemRow(page, "카카오톡 채널 개설").getByRole("link", { name: "홈 화면.png 내려받기" });
  const address = (await link.first().getAttribute("href")) ?? "";
  const download = await page.request.get(address);
  expect((await download.body()).equals(screenshot.buffer)).toBe(true);
  expect(download.headers()).toMatchObject({
    "content-type": "image/png",
    "content-disposition": "attachment; filename=\"_ __.png\"; filename*=UTF-8''%ED%99%88%20%ED%99%94%EB%A9%B4.png",
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  });
  const missing = await (await page.request.get(`${channel}/evidence/AAAAAAAAAAAAAAAAAAAAAA`)).text();
  for (const [email, status] of [
    [people.auditor, 200],
    [people.marketer, 404],
    [people.neighbour, 404],
  ] as const) {
    const other = await pageOf(browser, email);
    const answer = await other.request.get(address);
    expect(answer.status()).toBe(status);
    if (status === 404) expect(await answer.text()).toBe(missing);
    await other.context().close();
  }
  const nobody = await browser.newContext();
  expect((await nobody.request.get(address)).status()).toBe(404);
  await nobody.close();
});

test("a stale profile keeps what was typed and says what is saved now", async ({ page, browser }) => {
  await signInByCookie(page, people.admin);
  const channel = await openChannel(page);
  await page.goto(`${channel}/edit`);
  await expect(page.getByLabel("검색용 아이디")).not.toBeEditable();
  await accessible(page);
  const other = await pageOf(browser, people.admin);
  await other.goto(`${channel}/edit`);
  await other.getByLabel("채널 이름").fill("먼저 바꾼 이름");
  await other.getByRole("button", { name: "저장" }).click();
  await expect(other.getByText("프로필을 저장했습니다.")).toBeVisible();
  await other.context().close();

  await page.getByLabel("채널 이름").fill("나중 이름");
  await page.getByRole("button", { name: "저장" }).click();
  await expect(page.getByText("지금 저장된 값: 먼저 바꾼 이름").first()).toBeVisible();
  await expect(page.getByLabel("채널 이름")).toHaveValue("나중 이름");
  await page.getByRole("button", { name: "저장" }).click();
  await expect(page.getByRole("heading", { name: "나중 이름" })).toBeVisible();
});

test("another company's channel is not found, exactly like none", async ({ page, browser }) => {
  const theirs = await pageOf(browser, people.neighbour);
  await theirs.goto("/channels");
  const address = (await theirs.getByRole("link", { name: "두레상사", exact: true }).getAttribute("href")) ?? "";
  expect(address).toMatch(/^\/channels\/[0-9a-f-]{36}$/);
  await theirs.context().close();
  await signInByCookie(page, people.admin);
  for (const part of ["", "/profile", "/edit", "/history"]) {
    for (const path of [address, "/channels/00000000-0000-4000-8000-000000000000", "/channels/none"]) {
      expect((await page.goto(`${path}${part}`))?.status()).toBe(404);
      await expect(page.getByRole("heading", { name: "찾으시는 것이 없습니다" })).toBeVisible();
    }
  }
  const other = await pageOf(browser, people.marketer);
  expect((await other.goto("/channels/new"))?.status()).toBe(403);
  await other.context().close();
});

async function pageOf(browser: Browser, email: string, javaScriptEnabled = true): Promise<Page> {
  const page = await (await browser.newContext({ javaScriptEnabled })).newPage();
  await signInByCookie(page, email);
  return page;
}
