// The main job, end to end: a company goes from nothing to its first consult, and finds each step in the audit log.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import jsQR from "jsqr";
import { TOTP } from "otpauth";
import { PNG } from "pngjs";
import { makeRegister } from "@/prisma/seed/ready-channel";
import { type Colleague, join, sessionCookieName } from "./harness-company";
import { row } from "./harness-database";

const damso = async (...args: string[]) =>
  JSON.parse(
    (await promisify(execFile)(process.execPath, ["scripts/damso.mjs", "--json", ...args], { env: process.env }))
      .stdout,
  ) as Record<string, unknown>;

const run = Date.now().toString(36);
const searchId = `첫상담${run.slice(-5)}`;
const email = `first-${run}@example.test`;
const password = "처음 여는 상담 창구 2026";
const senderKey = Buffer.from(run.padEnd(20, "x")).toString("hex").slice(0, 40);
const userKey = "AbC12dEf34_G";

const accessible = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
};

/** A compliance officer joins, and the register gets what going live asks of it (its own pages have their own tests). */
async function register(channelId: string): Promise<Colleague> {
  const { id: organizationId } = await row<{ id: string }>("SELECT id FROM organizations WHERE slug = $1", [
    `first-${run}`,
  ]);
  const { id: personId } = await row<{ id: string }>("SELECT id FROM persons WHERE email = $1", [email]);
  const officer = await join({ id: organizationId, marker: `first${run}` }, "COMPLIANCE_OFFICER", null, "officer");
  const admin = { ...officer.actor, personId, role: "CLIENT_ADMIN" } as const;
  await makeRegister(
    { now: new Date(), admin, officer: officer.actor },
    { channelId, number: `FC-${run}`, dealer: "mbi-solution", daysAgo: 3 },
  );
  return officer;
}

test("a company goes from nothing to its first consult", async ({ page, request, browser, baseURL }) => {
  test.setTimeout(180_000);
  let officer: Colleague | undefined;
  let hook = "";
  let code = "";

  await test.step("the operator opens the company with its first administrator", async () => {
    await damso(
      ...["user", "create", "--organization", `first-${run}`, "--organization-name", "주식회사 첫상담"],
      ...["--email", email, "--name", "나첫째", "--role", "CLIENT_ADMIN", "--password", password],
    );
  });

  await test.step("the administrator signs in and must enroll a second factor", async () => {
    await page.goto("/");
    await expect(page).toHaveURL(/\/sign-in/);
    await accessible(page);
    await page.getByLabel("회사 메일").fill(email);
    await page.getByLabel("비밀번호", { exact: true }).fill(password);
    await page.getByRole("button", { name: "로그인", exact: true }).click();
    await expect(page).toHaveURL(/\/sign-in\/enroll/);
    await accessible(page);
    const secret = ((await page.locator("code, .mono").first().textContent()) ?? "").replace(/\s/g, "");
    await page.getByLabel("인증 코드").fill(new TOTP({ secret }).generate());
    await page.getByRole("button", { name: "등록" }).click();
    await expect(page.getByRole("heading", { name: "복구 코드" })).toBeVisible();
    await page.getByText("보관했습니다").click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("월");
    await accessible(page);
  });

  await test.step("opens a channel and sees the gate closed", async () => {
    await page.goto("/channels");
    await page.getByRole("link", { name: "채널 등록" }).first().click();
    await page.getByLabel("검색용 아이디").fill(`@${searchId}`);
    await page.getByLabel("채널 이름").fill("첫상담 채널");
    await page.getByLabel("발신프로필 키").fill(senderKey);
    await page.getByLabel("딜러").selectOption({ label: "엠비아이솔루션" });
    await page.getByLabel("다른 연락 방법").fill("고객센터 1600-0001");
    await page.getByRole("button", { name: "등록", exact: true }).click();
    await expect(page.getByRole("heading", { name: "첫상담 채널" })).toBeVisible();
    await expect(page.getByText("닫힘")).toBeVisible();
    // Eighteen are needed; the dealer holds since it was chosen.
    await expect(page.getByRole("link", { name: "온보딩 1/18" })).toBeVisible();
    await expect(page.getByText(/위 17가지를 마치면 버튼이 열립니다/)).toBeVisible();
    await accessible(page);
  });
  const channelPage = page.url().replace(/\?.*$/, "");

  await test.step("ticks what people say, one item with a file, the others by hand", async () => {
    const items = [
      ...["카카오톡 채널 개설", "비즈니스 채널 전환", "홈 공개 ON", "고객센터 정보 등록", "채널 관리자 전화"],
      ...["처리방침 수탁자 표에 딜러와 카카오 표시", "보유 정책 지정", "자동 안내 승인", "자동 안내 적용"],
      ...["실제 채팅방에서 안내 확인", "개인정보 수집·이용 동의 문안", "기존 채팅 이력과 메모 보존"],
      "차단한 이용자 목록 기록",
    ];
    for (const [at, item] of items.entries()) {
      await page.goto(channelPage);
      const row = page.locator("tr").filter({ has: page.locator("th .name", { hasText: item }) });
      await row.getByRole("button", { name: "증적 올리기" }).click();
      const dialog = page.getByRole("dialog");
      if (at === 0) {
        const png = PNG.sync.write(new PNG({ width: 40, height: 30 }));
        await dialog.getByLabel("증적 파일").setInputFiles({ name: "채널 홈.png", mimeType: "image/png", buffer: png });
        await dialog.getByRole("button", { name: "올리고 완료" }).click();
      } else {
        const form = dialog.locator("form").filter({ has: page.locator('input[name="kind"][value="done"]') });
        await form.getByLabel("메모").fill("관리자센터 화면에서 확인했습니다.");
        await form.getByRole("button", { name: "완료로 표시" }).click();
      }
      await expect(page.getByText(/완료로 표시했습니다/).first()).toBeVisible();
    }
  });

  await test.step("gives the category code, and the register its contract and its approval of re-consignment", async () => {
    await page.goto(`${channelPage}/edit`);
    await page.getByLabel("카테고리 코드").fill("00100010001");
    await page.getByRole("button", { name: "저장" }).click();
    await expect(page.getByText("프로필을 저장했습니다.")).toBeVisible();
    officer = await register(channelPage.split("/").at(-1) ?? "");
    await page.goto(channelPage);
    await expect(page.getByRole("link", { name: "온보딩 18/18" })).toBeVisible();
    await expect(page.getByText("열림", { exact: true })).toBeVisible();
  });

  await test.step("asks to go live and cannot agree to it alone", async () => {
    await page.getByRole("button", { name: "라이브 전환 요청" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox").fill("@다른채널");
    await dialog.getByRole("button", { name: "전환 요청" }).click();
    await expect(page.getByText(`‘@${searchId}’를 그대로 넣어 주십시오.`).first()).toBeVisible();
    await dialog.getByRole("textbox").fill(`@${searchId}`);
    await dialog.getByRole("button", { name: "전환 요청" }).click();
    await expect(page.getByText("라이브 전환을 요청했습니다.")).toBeVisible();
    await expect(page.getByText("요청한 사람은 동의할 수 없습니다.")).toBeVisible();
    await expect(page.getByRole("button", { name: "동의하고 전환" })).toHaveCount(0);
    await accessible(page);
  });

  await test.step("a second person reads what follows, agrees, and the channel is live", async () => {
    const context = await browser.newContext();
    const value = officer?.caller.jar.get(sessionCookieName) ?? "";
    await context.addCookies([{ name: sessionCookieName, value, url: baseURL ?? "" }]);
    const work = await context.newPage();
    await work.goto(channelPage);
    await work.getByRole("button", { name: "동의하고 전환" }).click();
    const dialog = work.getByRole("dialog");
    await expect(dialog.getByText(/더 이상 조회할 수 없게 됩니다/)).toBeVisible();
    await dialog.getByRole("textbox").fill(`@${searchId}`);
    await dialog.getByRole("button", { name: "라이브로 전환" }).click();
    await expect(work.getByText("라이브로 전환했습니다. 이제 상담 버튼과 QR이 작동합니다.")).toBeVisible();
    await expect(work.getByText("채널 관리자 웹과 앱의 채팅은 꺼졌습니다.")).toBeVisible();
    await context.close();
  });

  await test.step("puts a button and its QR into the world", async () => {
    await page.goto("/placements/new");
    await page.getByLabel("이름").fill("본점 계산대");
    await page.getByLabel("종류").selectOption({ label: "인쇄·현장" });
    await page.getByLabel("둔 곳").fill("본점 1층 계산대 옆");
    await page.getByRole("button", { name: "추가" }).click();
    await expect(page.getByText("버튼을 추가했습니다.")).toBeVisible();
    await accessible(page);
    const address =
      (await page
        .getByText(/\/q\/[A-Za-z0-9_]+$/)
        .first()
        .textContent()) ?? "";
    code = address.split("/q/")[1] ?? "";
    expect(code).toMatch(/^[A-Za-z0-9_]{1,50}$/);
    const picture = PNG.sync.read(await (await request.get(`/b/${code}/qr.png?px=512`)).body());
    const read = jsQR(new Uint8ClampedArray(picture.data), picture.width, picture.height);
    expect(read?.data).toBe(`${baseURL}/q/${code}`);
  });

  await test.step("connects the dealer and is shown the hook address once", async () => {
    await page.goto("/dealers/new");
    await page.getByLabel("해피톡").check();
    await page.getByRole("button", { name: "연결 만들기" }).click();
    await expect(page.getByText("지금만 볼 수 있습니다").first()).toBeVisible();
    await accessible(page);
    hook =
      (await page
        .getByText(/\/hooks\/[A-Za-z0-9_-]{40,}$/)
        .first()
        .textContent()) ?? "";
    expect(hook).toContain("/hooks/");
  });

  await test.step("somebody scans the QR and is sent to the consult room", async () => {
    const answer = await request.get(`/q/${code}`, {
      maxRedirects: 0,
      headers: { "user-agent": "Mozilla/5.0 (iPhone)" },
    });
    expect(answer.status()).toBe(302);
    expect(answer.headers().location).toBe(
      `https://bizmessage.kakao.com/chat/open/@${encodeURIComponent(searchId)}?extra=${code}`,
    );
    expect(answer.headers()["set-cookie"]).toBeUndefined();
  });

  await test.step("the consult arrives on the open monitor, without a reload, with its place", async () => {
    await page.goto("/monitor");
    await expect(page.getByText("새 상담이 바로 나타납니다")).toBeVisible();
    await accessible(page);
    const session = { user_key: userKey, session_id: "163755146", sender_key: senderKey, time: Date.now() };
    const post = (path: string, data: object | string) =>
      request.post(`${hook}${path}`, { data, headers: { "content-type": "application/json" } });
    const opened = await post("/reference", {
      ...session,
      app_user_id: null,
      reference: { extra: code, text: "" },
      last_reference: { extra: "", bot: "false", bot_event: "", created_at: "2025-10-01T09:00:00.000" },
    });
    expect(opened.status()).toBe(200);
    expect(await opened.json()).toEqual({ code: 0 });
    const said = await post(
      "/message",
      JSON.stringify({ ...session, type: "text", content: "배송 문의드려요", extra: null }).replace(
        "}",
        ',"serial_number":1689884130894833200}',
      ),
    );
    expect(await said.json()).toEqual({ code: 0 });
    const row = page.getByRole("row", { name: /본점 계산대/ });
    await expect(row).toContainText(code);
    await expect(row).toContainText("QR 스캔");
    await expect(row).toContainText("처음");
    await expect(page.locator("body")).not.toContainText("배송 문의드려요");
    await expect(page.locator("body")).not.toContainText(userKey);
  });

  await test.step("the scan is counted once, the message is kept", async () => {
    await expect
      .poll(async () => (await damso("placements", "count", code)) as { scans?: number }, { timeout: 10_000 })
      .toMatchObject({ scans: 1 });
    expect(await damso("sessions", "count", "--channel", `@${searchId}`)).toMatchObject({ sessions: 1, messages: 1 });
  });

  await test.step("each step stands in the audit log, which proves itself", async () => {
    await page.goto("/audit");
    for (const phrase of ["채널 등록", "증적 올림", "라이브 전환 요청", "라이브 전환", "버튼 만듦", "딜러 연결 만듦"])
      await expect(page.getByRole("row", { name: new RegExp(phrase) }).first()).toBeVisible();
    await accessible(page);
    const proof = await promisify(execFile)(process.execPath, ["scripts/damso.mjs", "audit", "verify"], {
      env: process.env,
    });
    expect(proof.stderr).toBe("");
  });

  await test.step("the button ends when it is taken down, and says how else to reach the company", async () => {
    await page.goto("/placements");
    await page.getByRole("link", { name: "본점 계산대" }).click();
    await page.getByText("내리기", { exact: true }).first().click();
    await page.getByLabel("내리는 까닭").fill("계산대를 옮깁니다.");
    await page.getByRole("button", { name: "내리기" }).last().click();
    await expect(page.getByText("버튼을 내렸습니다.")).toBeVisible();
    await expect.poll(async () => (await request.get(`/q/${code}`, { maxRedirects: 0 })).status()).toBe(410);
    expect(await (await request.get(`/q/${code}`, { maxRedirects: 0 })).text()).toContain("고객센터 1600-0001");
  });
});
