// People coming in, being invited, changing and losing rights.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { TOTP } from "otpauth";
import { accessible } from "./harness-page";
import { demoPassword, openSession, people, signInByCookie, signInByPage } from "./sign-in";

const mailFolder = process.env.DAMSO_MAIL ?? path.resolve(".damso/mail");
const run = Date.now().toString(36);

/** What a form says went wrong; Next keeps an alert of its own on every page. */
const alert = (page: Page) => page.locator(".callout[role=alert]");

/** The link of the newest letter to an address, once it is there. */
async function mailedLink(to: string, kind: "invite" | "reset"): Promise<string> {
  let link = "";
  await expect
    .poll(
      () => {
        const letters = readdirSync(mailFolder)
          .filter((name) => name.endsWith(".eml"))
          .sort()
          .reverse();
        const letter = letters
          .map((name) => readFileSync(path.join(mailFolder, name), "utf8"))
          .find((text) => text.includes(`To: ${to}`));
        link = new RegExp(`/${kind}/[\\w-]{43}`).exec(plain(letter ?? ""))?.[0] ?? "";
        return link;
      },
      { timeout: 20_000 },
    )
    .not.toBe("");
  return link;
}

function plain(letter: string): string {
  const body = letter.slice(letter.search(/\r?\n\r?\n/)).trim();
  if (/transfer-encoding: base64/i.test(letter)) return Buffer.from(body, "base64").toString("utf8");
  return body
    .replaceAll(/=\r?\n/g, "")
    .replaceAll(/=([0-9A-F]{2})/g, (_all, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Invites an address as the administrator. */
async function invite(page: Page, email: string, name: string, role: string): Promise<void> {
  await page.goto("/people/invite");
  await page.getByLabel("회사 메일").fill(email);
  await page.getByLabel("이름").fill(name);
  await page.getByRole("radio", { name: new RegExp(`^${role}`) }).check();
  await page.getByRole("button", { name: "초대 보내기" }).click();
  await expect(page.getByText("초대를 보냈습니다.")).toBeVisible();
}

test("somebody who is not signed in is asked to, and comes back to where he was going", async ({ page }) => {
  await page.goto("/people?state=active");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fpeople%3Fstate%3Dactive$/);
  await accessible(page);
  await page.getByLabel("회사 메일").fill(people.admin);
  await page.getByLabel("비밀번호", { exact: true }).fill("틀린 비밀번호");
  await page.getByRole("button", { name: "로그인", exact: true }).click();
  await expect(alert(page)).toContainText("메일 주소나 비밀번호가 맞지 않습니다");
  await expect(page.getByLabel("회사 메일")).toHaveValue(people.admin);
  await page.getByLabel("비밀번호", { exact: true }).fill(demoPassword);
  await page.getByRole("button", { name: "로그인", exact: true }).click();
  await expect(page).toHaveURL(/\/people\?state=active$/);
});

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false });
  test("the way in and the way out work", async ({ page }) => {
    await signInByPage(page, people.marketer, "틀린 비밀번호");
    await expect(page.getByText("메일 주소나 비밀번호가 맞지 않습니다")).toBeVisible();
    await signInByPage(page, people.marketer);
    await expect(page).toHaveURL(/\/$/);
    await page.goto("/menu");
    await page.getByRole("button", { name: "로그아웃" }).last().click();
    await expect(page).toHaveURL(/\/sign-in$/);
  });
});

test("a copied cookie is worth nothing after sign-out", async ({ page, playwright, baseURL }) => {
  await signInByCookie(page, people.marketer);
  const storageState = await page.context().storageState();
  const thief = await playwright.request.newContext({ baseURL, storageState });
  expect((await thief.get("/account", { maxRedirects: 0 })).status()).toBe(200);
  const cookie = storageState.cookies.find(({ name }) => name === "damso" || name === "__Host-damso");
  expect([cookie?.httpOnly, cookie?.sameSite]).toEqual([true, "Lax"]);
  await page.goto("/menu");
  await page.getByRole("button", { name: "로그아웃" }).last().click();
  await expect(page).toHaveURL(/\/sign-in$/);
  expect((await thief.get("/account", { maxRedirects: 0 })).status()).toBe(307);
});

test("a newcomer is invited, joins, gets another role and loses the rights", async ({ page, browser }) => {
  const email = `e2e-${run}@example.test`;
  await signInByCookie(page, people.admin);
  await page.goto("/people");
  await accessible(page);
  await page.goto("/people/invite");
  await accessible(page);
  await invite(page, email, "시험 사람", "마케터");
  await accessible(page);

  const theirs = await (await browser.newContext()).newPage();
  await theirs.goto(await mailedLink(email, "invite"));
  await expect(theirs.getByRole("heading", { level: 1 })).toContainText("주식회사 한결생활");
  await accessible(theirs);
  await theirs.getByLabel("새 비밀번호").fill("password1");
  await theirs.getByRole("button", { name: "참여" }).click();
  await expect(alert(theirs)).toContainText("널리 알려진 비밀번호입니다");
  await theirs.getByLabel("새 비밀번호").fill("하늘을 나는 초록 고래");
  await theirs.getByRole("button", { name: "참여" }).click();
  await expect(theirs.getByText("시험 사람").first()).toBeVisible();
  await expect(theirs.getByRole("link", { name: "구성원·권한" })).toHaveCount(0);
  expect((await theirs.goto("/people"))?.status()).toBe(403);

  await page.goto(`/people?q=${encodeURIComponent(email)}`);
  await page.getByRole("link", { name: "시험 사람" }).click();
  await accessible(page);
  await page.getByLabel("역할").selectOption({ label: "감사인" });
  await page.getByRole("button", { name: "역할 저장" }).click();
  await expect(page.getByText("역할을 바꾸었습니다.")).toBeVisible();
  await expect(page.getByText("마케터에서 감사인(으)로 바꿈")).toBeVisible();
  await theirs.goto("/account");
  await expect(theirs).toHaveURL(/\/sign-in/);

  await signInByPage(theirs, email, "하늘을 나는 초록 고래");
  await expect(theirs.getByText("감사인 · 읽기 전용").first()).toBeVisible();
  await page.reload();
  await page.getByRole("button", { name: "사용 중지" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "사용 중지" }).click();
  await expect(page.getByText("사용을 중지했습니다.")).toBeVisible();
  await theirs.goto("/account");
  await expect(theirs).toHaveURL(/\/sign-in/);
  await signInByPage(theirs, email, "하늘을 나는 초록 고래");
  await expect(alert(theirs)).toContainText("메일 주소나 비밀번호가 맞지 않습니다");
  await theirs.context().close();
});

test("somebody enrolls a second factor, and is asked for it from then on", async ({
  page,
  browser,
  playwright,
  baseURL,
}) => {
  const email = `factor-${run}@example.test`;
  const password = "달빛 아래 여덟 마리 토끼";
  await signInByCookie(page, people.admin);
  await invite(page, email, "인증 사람", "마케터");
  const own = await (await browser.newContext()).newPage();
  await own.goto(await mailedLink(email, "invite"));
  await own.getByLabel("새 비밀번호").fill(password);
  await own.getByRole("button", { name: "참여" }).click();
  await expect(own.getByText("인증 사람").first()).toBeVisible();

  await own.goto("/account");
  await accessible(own);
  await own.getByText("인증 앱 등록").click();
  const secret = (
    (await own
      .locator(".mono")
      .filter({ hasText: /^[A-Z2-7 ]{30,}$/ })
      .first()
      .textContent()) ?? ""
  ).replaceAll(" ", "");
  const totp = new TOTP({ secret });
  const first = totp.generate({ timestamp: Date.now() - 30_000 });
  await own.getByLabel("인증 코드", { exact: true }).fill(first);
  await own.getByLabel("본인 확인: 현재 비밀번호").first().fill(password);
  await own.getByRole("button", { name: "등록", exact: true }).click();
  await expect(own).toHaveURL(/\/account\/codes$/);
  await accessible(own);
  const codes = await own.getByRole("list", { name: "복구 코드" }).getByRole("listitem").allTextContents();
  expect(codes).toHaveLength(10);
  await own.getByRole("button", { name: "보관했습니다" }).click();
  await expect(own).toHaveURL(/\/$/);
  await own.goto("/account/codes");
  await expect(own.getByText("복구 코드는 이미 보여 드렸습니다.")).toBeVisible();

  const again = await (await browser.newContext()).newPage();
  await signInByPage(again, email, password);
  await expect(again).toHaveURL(/\/sign-in\/code$/);
  await accessible(again);
  const half = await playwright.request.newContext({ baseURL, storageState: await again.context().storageState() });
  expect((await half.get("/account", { maxRedirects: 0 })).headers().location).toMatch(/^\/sign-in\/code/);
  await again.getByLabel("인증 코드 또는 복구 코드").fill(first);
  await again.getByRole("button", { name: "확인" }).click();
  await expect(alert(again)).toContainText("코드가 맞지 않거나 이미 쓴 코드입니다");
  await again.getByLabel("인증 코드 또는 복구 코드").fill(codes[0] ?? "");
  await again.getByRole("button", { name: "확인" }).click();
  await expect(again.getByText("인증 사람").first()).toBeVisible();
  await own.context().close();
  await again.context().close();
});

test("a forgotten password is set anew by mail, once", async ({ page }) => {
  const email = "jihun.oh@hangyeol.example";
  await page.goto("/reset");
  await accessible(page);
  await page.getByLabel("회사 메일").fill("nobody-at-all@hangyeol.example");
  await page.getByRole("button", { name: "메일 받기" }).click();
  const answer = page.getByText("계정이 있으면 메일을 보냈습니다.");
  await expect(answer).toBeVisible();
  await page.goto("/reset");
  await page.getByLabel("회사 메일").fill(email);
  await page.getByRole("button", { name: "메일 받기" }).click();
  await expect(answer).toBeVisible();
  const link = await mailedLink(email, "reset");
  await page.goto(link);
  await accessible(page);
  await page.getByLabel("새 비밀번호").fill(`${demoPassword} again`);
  await page.getByRole("button", { name: "비밀번호 바꾸기" }).click();
  await expect(page.getByText("비밀번호를 바꾸었습니다.")).toBeVisible();
  await page.goto(link);
  await expect(page.getByText("이미 쓴 주소입니다.")).toBeVisible();
  await accessible(page);
  await signInByPage(page, email, `${demoPassword} again`);
  await expect(page.getByText("오지훈").first()).toBeVisible();
});

test("own sessions are listed, and ended only by somebody who proves who he is", async ({
  page,
  playwright,
  baseURL,
}) => {
  const other = await playwright.request.newContext({ baseURL });
  await openSession(other, "yujin.han@hangyeol.example");
  await signInByCookie(page, "yujin.han@hangyeol.example");
  await page.goto("/account");
  await page.getByRole("button", { name: "다른 곳 모두 끝내기" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("본인 확인: 현재 비밀번호").fill("아닌 비밀번호");
  await dialog.getByRole("button", { name: "다른 곳 모두 끝내기" }).click();
  await expect(alert(page)).toContainText("본인 확인이 되지 않았습니다.");
  await accessible(page);
  expect((await other.get("/account", { maxRedirects: 0 })).status()).toBe(200);
  await dialog.getByLabel("본인 확인: 현재 비밀번호").fill(demoPassword);
  await dialog.getByRole("button", { name: "다른 곳 모두 끝내기" }).click();
  await expect(page.getByText("로그인을 끝냈습니다.")).toBeVisible();
  expect((await other.get("/account", { maxRedirects: 0 })).status()).toBe(307);
});

test("somebody of two companies changes between them, and sees one at a time", async ({ page }) => {
  await signInByCookie(page, "eunyoung.choi@hangyeol.example");
  await page.goto("/menu");
  await page.getByRole("button", { name: "주식회사 두레상사" }).last().click();
  await expect(page.getByText("감사인 · 읽기 전용").first()).toBeVisible();
  await page.goto("/people");
  await expect(page.getByText("문지호")).toBeVisible();
  await expect(page.getByText("김서연")).toHaveCount(0);
  await expect(page.getByRole("link", { name: "구성원 초대" })).toHaveCount(0);
  await page.goto("/menu");
  await page.getByRole("button", { name: "주식회사 한결생활" }).last().click();
  await expect(page.getByText("고객사 관리자").first()).toBeVisible();
});

test("a stale form of the settings keeps what was typed and says what is saved", async ({ page, browser }) => {
  await signInByCookie(page, people.neighbour);
  await page.goto("/settings");
  await accessible(page);
  const second = await (await browser.newContext({ storageState: await page.context().storageState() })).newPage();
  await second.goto("/settings");
  await second.getByLabel("회사 이름").fill("주식회사 두레상사 ");
  await second.getByRole("button", { name: "저장" }).click();
  await expect(second.getByText("설정을 저장했습니다.")).toBeVisible();
  await page.getByLabel("회사 이름").fill("주식회사 두레");
  await page.getByRole("button", { name: "저장" }).click();
  await expect(alert(page)).toContainText("다른 분이 먼저 설정을 바꾸었습니다");
  await expect(page.getByLabel("회사 이름")).toHaveValue("주식회사 두레");
  await second.context().close();
});

test("the pages of roles, history and invitations are there for those who may read them", async ({ page }) => {
  await signInByCookie(page, people.auditor);
  for (const place of ["/people", "/people/roles", "/people/history", "/people/invites"]) {
    expect((await page.goto(place))?.status()).toBe(200);
    await accessible(page);
  }
  expect((await page.goto("/people/invite"))?.status()).toBe(403);
  expect((await page.goto("/settings"))?.status()).toBe(403);
  const nobody = await page.goto("/people/00000000-0000-4000-8000-000000000000");
  const odd = await page.goto("/people/%27--");
  expect([nobody?.status(), odd?.status()]).toEqual([404, 404]);
});
