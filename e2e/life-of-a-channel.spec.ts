// From nothing to live, ended and reinstated, by three people; each refusal on the way is met once.
import { type Browser, expect, type Locator, type Page, test } from "@playwright/test";
import { addDays, kstDay } from "@/lib/clock";
import { createOrganization } from "@/lib/people/commands/create-organization";
import { content } from "@/prisma/seed/channels";
import { Caller } from "./harness-caller";
import { type Colleague, join, sessionCookieName } from "./harness-company";
import { owner, row } from "./harness-database";

const run = Date.now().toString(36);
const searchId = `한살이${run.slice(-5)}`;
const senderKey = Buffer.from(`life-${run}`.padEnd(20, "x")).toString("hex").slice(0, 40);
const today = kstDay(new Date());

async function workplace(browser: Browser, who: Colleague): Promise<Page> {
  const context = await browser.newContext({ locale: "ko-KR" });
  const value = who.caller.jar.get(sessionCookieName) ?? "";
  await context.addCookies([{ name: sessionCookieName, value, url: test.info().project.use.baseURL ?? "" }]);
  return context.newPage();
}

let papers = 0;
const paper = (name: string) => {
  papers += 1;
  return { name, mimeType: "application/pdf", buffer: content(name, Date.now() + papers).bytes };
};

async function press(place: Page | Locator, name: string): Promise<void> {
  await place.getByRole("button", { name, exact: true }).click();
}

async function done(page: Page, sentence: string | RegExp): Promise<void> {
  await expect(page.getByText(sentence).first()).toBeVisible();
}

test("a channel goes from nothing to live, is ended and comes back, by three people", async ({ browser }) => {
  test.setTimeout(240_000);
  const operator = await createOrganization(
    "life",
    { slug: `life-${run}`, name: "주식회사 한살이", secondFactorNeeded: false },
    new Date(),
  );
  const company = { id: operator.organizationId, marker: `life${run}` };
  const [admin, officer, marketer] = [
    await workplace(browser, await join(company, "CLIENT_ADMIN", null)),
    await workplace(browser, await join(company, "COMPLIANCE_OFFICER", null)),
    await workplace(browser, await join(company, "MARKETER", null)),
  ];
  let channel = "";
  let contract = "";
  let code = "";

  await test.step("a marketer may not open a channel; a wrong search id is refused beside its field", async () => {
    expect((await marketer.goto("/channels/new"))?.status()).toBe(403);
    await admin.goto("/channels/new");
    await admin.getByLabel("검색용 아이디").fill("@Not 한글");
    await admin.getByLabel("채널 이름").fill("한살이 상담");
    await admin.getByLabel("발신프로필 키").fill(senderKey);
    await admin.getByLabel("딜러").selectOption({ label: "인포뱅크" });
    await admin.getByLabel("카테고리 코드").fill("00100010001");
    await press(admin, "등록");
    await done(admin, /한글, 영어 소문자, 숫자만 쓸 수 있습니다/);
    await expect(admin.getByLabel("채널 이름")).toHaveValue("한살이 상담");
    await admin.getByLabel("검색용 아이디").fill(`@${searchId}`);
    await press(admin, "등록");
    await expect(admin.getByRole("heading", { name: "한살이 상담" })).toBeVisible();
    channel = new URL(admin.url()).pathname;
    await done(admin, "닫힘");
  });

  await test.step("the contract is written; without papers and clauses nobody can approve it", async () => {
    await admin.goto("/dealers/contracts/new");
    await admin.getByLabel("계약 번호").fill(`LIFE-${run}`);
    await admin.getByLabel("계약 이름").fill("상담톡 이용 및 위수탁");
    await admin.getByLabel("딜러", { exact: true }).selectOption({ label: "인포뱅크" });
    await admin.getByLabel("수탁자", { exact: true }).fill("인포뱅크 주식회사");
    await admin.getByLabel("재수탁자").fill("주식회사 카카오");
    await admin.getByLabel("시작일").fill(addDays(today, -1));
    await press(admin, "계약 등록");
    await done(admin, "계약을 초안으로 등록했습니다.");
    contract = new URL(admin.url()).pathname;

    await admin.goto(`${contract}/approval`);
    await done(admin, /문서를 하나 이상 올려야 합니다/);
    await expect(admin.getByRole("button", { name: "승인 요청" })).toBeDisabled();

    await admin.goto(`${contract}/documents`);
    await admin.getByLabel("문서 종류").selectOption({ label: "위수탁" });
    const disguised = { ...paper("위수탁계약서.pdf"), buffer: Buffer.from("MZ\u0090\u0000 a program") };
    await admin.getByLabel("파일", { exact: true }).setInputFiles(disguised);
    await press(admin, "올리기");
    await done(admin, "올리지 못했습니다");
    for (const [kind, name] of [
      ["위수탁", "위수탁계약서.pdf"],
      ["계약서", "이용계약서.pdf"],
      ["재위탁 승인서", "서명한 승인서.pdf"],
    ] as const) {
      await admin.goto(`${contract}/documents`);
      await admin.getByLabel("문서 종류").selectOption({ label: kind });
      await admin.getByLabel("파일", { exact: true }).setInputFiles(paper(name));
      await press(admin, "올리기");
      await done(admin, "문서를 올렸습니다.");
    }

    await admin.goto(`${contract}/channels`);
    await admin.getByLabel("채널", { exact: true }).selectOption({ label: "한살이 상담" });
    await press(admin, "채널 더하기");
    await expect(admin.getByRole("link", { name: "한살이 상담" })).toBeVisible();

    await admin.goto(`${contract}/clauses`);
    for (const clause of await admin
      .locator("fieldset")
      .filter({ hasText: /^[1-7]\./ })
      .all()) {
      await clause.getByLabel("계약서 위치").fill("제4조");
      await clause.getByLabel("쪽", { exact: true }).fill("3");
      await clause.getByLabel("판정").selectOption({ label: "충족" });
    }
    await press(admin, "저장");
    await done(admin, "조항 판정을 새 판으로 저장했습니다.");
  });

  await test.step("who wrote it cannot approve it; another one does, with its hash", async () => {
    await admin.goto(`${contract}/approval`);
    await press(admin, "승인 요청");
    await done(admin, "승인을 요청했습니다.");
    await expect(admin.getByText("이 판 승인")).toHaveCount(0);
    expect((await marketer.goto(contract))?.status()).toBe(403);
    await officer.goto(`${contract}/approval`);
    await officer.getByText("이 판 승인").first().click();
    await press(officer.getByRole("dialog"), "이 판 승인");
    await done(officer, "이 판을 승인했습니다.");
  });

  await test.step("re-consignment is approved in writing", async () => {
    await officer.goto(`${contract}/consignees/new-approval`);
    await officer.getByLabel("승인자").fill("최은영");
    await officer.getByLabel("서명한 승인서").selectOption({ label: "서명한 승인서.pdf" });
    await press(officer, "등록");
    await done(officer, "재위탁 승인을 등록했습니다.");
  });

  await test.step("a profile of another channel is refused; the right one ticks what it says", async () => {
    await admin.goto(`${channel}/checks`);
    const profile = (key: string) =>
      JSON.stringify({
        code: "200",
        data: {
          ...{ senderKey: key, uuid: `@${searchId}`, name: "한살이 상담", status: "A", profileStatus: "A" },
          ...{ block: false, dormant: false, businessProfile: true, bizchat: true, categoryCode: "00100010001" },
          committalCompanyName: "(주)한살이",
        },
      });
    await admin.getByLabel("응답 JSON").fill(profile("f".repeat(40)));
    await press(admin, "가져오기");
    await expect(admin.getByLabel("응답 JSON")).toHaveValue(/senderKey/);
    await expect(admin.getByLabel("응답 JSON")).toHaveAttribute("aria-invalid", "true");
    await admin.getByLabel("응답 JSON").fill(profile(senderKey));
    await press(admin, "가져오기");
    await done(admin, "비즈니스 인증");
  });

  await test.step("the officer says what no machine can know", async () => {
    const items = [
      ...["카카오톡 채널 개설", "비즈니스 채널 전환", "홈 공개 ON", "고객센터 정보 등록", "채널 관리자 전화"],
      ...["처리방침 수탁자 표에 딜러와 카카오 표시", "보유 정책 지정", "자동 안내 승인", "자동 안내 적용"],
      ...["실제 채팅방에서 안내 확인", "개인정보 수집·이용 동의 문안", "기존 채팅 이력과 메모 보존"],
      "차단한 이용자 목록 기록",
    ];
    for (const item of items) {
      await officer.goto(channel);
      const line = officer.locator("tr").filter({ has: officer.locator("th .name", { hasText: item }) });
      await line.getByText(/^(증적 올리기|바꾸기)$/).click();
      const form = officer
        .getByRole("dialog")
        .locator("form")
        .filter({ has: officer.locator('input[name="kind"][value="done"]') });
      await form.getByLabel("메모").fill("관리자센터 화면에서 확인했습니다.");
      await press(form, "완료로 표시");
      await done(officer, /완료로 표시했습니다/);
    }
    await officer.goto(channel);
    await expect(officer.getByRole("link", { name: "온보딩 18/18" })).toBeVisible();
  });

  await test.step("one asks to go live with the right phrase, another agrees", async () => {
    await admin.goto(channel);
    await press(admin, "라이브 전환 요청");
    await admin.getByRole("dialog").getByRole("textbox").fill("@다른채널");
    await press(admin.getByRole("dialog"), "전환 요청");
    await done(admin, `‘@${searchId}’를 그대로 넣어 주십시오.`);
    await admin.getByRole("dialog").getByRole("textbox").fill(`@${searchId}`);
    await press(admin.getByRole("dialog"), "전환 요청");
    await done(admin, "라이브 전환을 요청했습니다.");
    await expect(admin.getByRole("button", { name: "동의하고 전환" })).toHaveCount(0);
    await officer.goto(channel);
    await press(officer, "동의하고 전환");
    await officer.getByRole("dialog").getByRole("textbox").fill(`@${searchId}`);
    await press(officer.getByRole("dialog"), "라이브로 전환");
    await done(officer, "라이브로 전환했습니다. 이제 상담 버튼과 QR이 작동합니다.");
  });

  const answers = (status: number) =>
    expect
      .poll(async () => (await new Caller().get(`/b/${code}`)).status, { timeout: 3_000, intervals: [50] })
      .toBe(status);

  await test.step("the marketer's button works", async () => {
    await marketer.goto("/placements/new");
    await marketer.getByLabel("이름").fill("첫 화면 아래");
    await marketer.getByLabel("종류").selectOption({ label: "웹" });
    await marketer.getByLabel("둔 곳").fill("홈페이지 첫 화면");
    await press(marketer, "추가");
    await done(marketer, "버튼을 추가했습니다.");
    const made = await row<{ code: string }>(
      "SELECT p.code FROM placements p JOIN channels c ON c.id = p.channel_id WHERE c.search_id = $1",
      [searchId],
    );
    code = made.code;
    await answers(302);
  });

  await test.step("the contract ends by two people; buttons end with its last day", async () => {
    await marketer.goto("/");
    expect((await marketer.goto(`${contract}/exit`))?.status()).toBe(403);
    await admin.goto(`${contract}/exit`);
    await press(admin, "종료 요청");
    const dialog = admin.getByRole("dialog");
    await dialog.getByLabel("마지막 사용일").fill(addDays(today, -3));
    await dialog.getByLabel("사유").fill("서비스를 접습니다.");
    await press(dialog, "종료 요청");
    await done(admin, /이나 그 뒤의 날을 넣어 주십시오/);
    await dialog.getByLabel("마지막 사용일").fill(today);
    await press(dialog, "종료 요청");
    await done(admin, "종료를 요청했습니다.");
    await expect(admin.getByRole("button", { name: "승인", exact: true })).toHaveCount(0);
    await officer.goto(`${contract}/exit`);
    await press(officer, "승인");
    await press(officer.getByRole("dialog"), "승인");
    await done(officer, "종료를 승인했습니다.");
    await answers(302);
    // The product has no clock to turn: whoever owns the database lets the last day have been yesterday.
    await (await owner()).query(
      "UPDATE contract_endings SET ends_on = $2 WHERE contract_id = $1 AND outcome = 'approved'",
      [contract.split("/").at(-1), addDays(today, -1)],
    );
    await answers(410);
    await admin.goto(channel);
    await done(admin, "종료");
    await marketer.goto("/placements/new");
    await expect(marketer.getByText("한살이 상담")).toHaveCount(0);
  });

  await test.step("it is reinstated by the same two, and the whole story stands in the audit log", async () => {
    await admin.goto(`${contract}/exit`);
    await press(admin, "재개 요청");
    await admin.getByRole("dialog").getByLabel("사유").fill("다시 열기로 했습니다.");
    await press(admin.getByRole("dialog"), "재개 요청");
    await done(admin, "재개를 요청했습니다.");
    await officer.goto(`${contract}/exit`);
    await press(officer, "승인");
    await press(officer.getByRole("dialog"), "승인");
    await done(officer, "재개를 승인했습니다.");
    await answers(302);
    const { rows } = await (await owner()).query<{ action: string; who: number }>(
      `SELECT action, count(DISTINCT actor_id)::int AS who FROM audit_events WHERE organization_id = $1
       AND action IN ('contract.submitted', 'contract.approved', 'channel.live-requested', 'channel.went-live', 'contract.end-requested',
         'contract.end-agreed', 'contract.reinstate-requested', 'contract.reinstate-agreed') GROUP BY action`,
      [company.id],
    );
    expect(rows.map(({ action }) => action).sort()).toEqual([
      ...["channel.live-requested", "channel.went-live", "contract.approved", "contract.end-agreed"],
      ...["contract.end-requested", "contract.reinstate-agreed", "contract.reinstate-requested", "contract.submitted"],
    ]);
  });
  for (const page of [admin, officer, marketer]) await page.context().close();
});
