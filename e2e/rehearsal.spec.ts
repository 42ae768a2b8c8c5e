// One person with two windows walks the guide's five steps before a customer does: in both dialects, on a desk and on a phone.
import { expect, type Locator, type Page, test } from "@playwright/test";
import { createScenario } from "@/lib/rehearsal/commands/save-scenario";
import { approveScenario, submitScenario, takeScenarioInUse } from "@/lib/rehearsal/commands/take-scenario-step";
import { scenarioHash } from "@/lib/rehearsal/rules/scenario-hash";
import { scenarioSchema } from "@/lib/rehearsal/schema/scenario";
import { type Company, openCompany } from "./harness-company";
import { owner } from "./harness-database";
import { accessible, pageOf } from "./harness-page";
import { wordsOfPdf } from "./harness-pdf";
import { templateInUse } from "./harness-template";
import { count } from "./probes/probe";

/** A scenario in use that leads to a person at any hour. */
async function scenarioInUse({ people, channelId }: Company): Promise<void> {
  const content = scenarioSchema.parse({
    ...{ start: "a", hours: { days: [{ day: 1, from: 0, to: 1_440 }] } },
    nodes: [
      { id: "a", kind: "menu", text: "무엇을 도와드릴까요?", choices: [{ label: "상담원", to: "b" }] },
      { id: "b", kind: "agent", text: "곧 이어 드립니다." },
    ],
  });
  const scenarioId = await createScenario(people.MARKETER.actor, { channelId, name: "첫 응대", content });
  const about = { scenarioId, hash: scenarioHash(content), note: "" };
  await submitScenario(people.MARKETER.actor, about);
  await approveScenario(people.COMPLIANCE_OFFICER.actor, about);
  await takeScenarioInUse(people.MARKETER.actor, about);
}

const press = (where: Locator, name: string) => where.getByRole("button", { name, exact: true }).click();
async function sayIn(where: Locator, label: string, text: string): Promise<void> {
  await where.getByLabel(label).fill(text);
  await where.getByRole("button", { name: "보내기", exact: true }).first().click();
}
const part = (page: Page) => ({
  phone: page.getByRole("region", { name: "이용자의 전화기" }),
  seat: page.getByRole("region", { name: "상담원 자리" }),
  facts: page.getByRole("region", { name: "실제로 일어난 일" }),
});
const stepOf = (page: Page, name: string) =>
  page.getByRole("list", { name: "따라 하기" }).locator("li", { hasText: name });

for (const [format, dialect, width, colorScheme] of [
  ["infobank", "인포뱅크", 1440, "light"],
  ["happytalk", "해피톡", 390, "dark"],
] as const)
  test(`the five steps are walked with ${format} at ${width} px, ${colorScheme}`, async ({ browser }) => {
    test.setTimeout(180_000);
    const company = await openCompany();
    await scenarioInUse(company);
    const look = { viewport: { width, height: 900 }, colorScheme };
    const page = await pageOf(browser, company.people.CLIENT_ADMIN, "/rehearsal", look);
    await page.getByLabel("채널", { exact: true }).selectOption({ label: `채널 ${company.marker}` });
    await page.getByLabel("딜러 방식").selectOption({ label: dialect });
    await page.getByRole("button", { name: "리허설 시작" }).click();
    await expect(page.getByText("리허설을 시작했습니다.")).toBeVisible();
    await accessible(page);
    const address = new URL(page.url()).pathname;
    const id = address.split("/")[2] ?? "";
    const days = await count(
      "SELECT coalesce(sum(sessions), 0) n FROM consult_days WHERE organization_id = $1",
      company.id,
    );

    // Two windows of one person: the phone here, the seat there.
    await page.goto(`${address}?view=phone`);
    const { phone } = part(page);
    const other = await pageOf(browser, company.people.CLIENT_ADMIN, `${address}?view=seat`, look);
    const { seat } = part(other);

    // STEP 1: agents never speak first.
    await sayIn(seat, "상담원의 말", "먼저 말을 걸어 봅니다");
    await expect(seat.getByText("이용자가 오기 전이라 말을 걸 수 없습니다.")).toBeVisible();
    await expect(seat.getByText("상담원이 카카오톡 이용자에게 먼저 말을 걸 수는 없습니다.")).toBeVisible();
    await expect(seat.getByText(format === "infobank" ? "A213" : "-502")).toBeVisible();

    // By a search a room opens that has no consult before its user writes; leaving it leaves nothing.
    await press(phone, "채널 검색");
    const message = phone.getByLabel("메시지", { exact: true });
    await expect(message).toBeVisible();
    await press(phone, "채팅방 나가기");
    await expect(message).toHaveCount(0);

    // STEP 2: on a PC a login or a scan comes first; the room opens by itself, with the notice.
    const place = phone.getByLabel("누른 위치");
    await press(phone, "PC 버튼");
    await expect(phone.getByText("위치를 고르십시오.", { exact: true })).toBeVisible();
    await place.selectOption({ index: 1 });
    const [named = ""] = ((await place.locator("option").nth(1).textContent()) ?? "").split(" · ");
    await press(phone, "PC 버튼");
    await expect(phone.getByRole("img", { name: "이 위치의 QR" })).toBeVisible();
    await press(phone, "로그인하고 열기");
    await expect(phone.getByText("채널 추가 없이 채팅방이 열렸습니다.")).toBeVisible();
    await expect(phone.getByText("첫 자동 안내")).toBeVisible();
    await accessible(page);

    // STEP 3: the robot first, then a person; the seat knows from where.
    await press(phone, "상담원");
    await expect(phone.getByText("곧 이어 드립니다.")).toBeVisible();
    await expect(phone.getByText("상담원에게 연결합니다.")).toBeVisible();
    await sayIn(phone, "메시지", "배송 언제 오나요? 010-9876-5432");
    await expect(seat.getByText("배송 언제 오나요?")).toBeVisible();
    await expect(seat.getByText("처음 온 이용자")).toBeVisible();
    await expect(seat.getByText(named, { exact: true })).toBeVisible();
    await press(phone, "사진: 영수증");
    await expect(seat.getByText("사진: 영수증")).toBeVisible();

    // STEP 4: an approved template goes out with its value; an Alimtalk is nobody's here (3-2); the end is the end.
    await other.getByLabel("보낼 템플릿").selectOption({ index: 1 });
    await press(seat, "고르기");
    for (const value of await seat.locator('input[name^="value."]').all())
      await value.fill((await value.getAttribute("placeholder")) || "값");
    for (const value of await seat.locator('select[name^="value."]').all()) await value.selectOption({ index: 1 });
    await press(seat, "미리 보기");
    const shown = seat.getByRole("region", { name: "이대로 보냅니다" });
    await press(shown, "보내기");
    await expect(phone.locator("li.channel").last()).toBeVisible();
    await expect
      .poll(() => count("SELECT count(*) n FROM rehearsal_events WHERE rehearsal_id = $1 AND kind = 'replied'", id))
      .toBe(1);
    await sayIn(seat, "상담원의 말", "오늘 도착합니다.");
    await expect(phone.getByText("오늘 도착합니다.")).toBeVisible();
    await press(phone, "알림톡 받기");
    await expect(phone.getByText("주문하신 상품이 발송되었습니다.")).toBeVisible();
    await expect(seat.getByText("주문하신 상품이 발송되었습니다.")).toHaveCount(0);
    await press(phone, "채팅방 나가기");
    await expect(phone.getByText("이용자가 나가 상담이 끝났습니다.")).toBeVisible();
    await sayIn(seat, "상담원의 말", "한 가지 더 있습니다");
    await expect(seat.getByText("상담이 끝나 말을 걸 수 없습니다.")).toBeVisible();
    await accessible(other);

    // STEP 5: the same user again, with what was said before.
    await place.selectOption({ index: 1 });
    await press(phone, "QR 스캔");
    await expect(phone.getByText("같은 이용자가 다시 들어왔습니다.")).toBeVisible();
    await expect(seat.getByText("이전 상담이 있는 이용자")).toBeVisible();
    await seat.getByText("지난 상담").click();
    await expect(seat.getByText("배송 언제 오나요?")).toBeVisible();
    await press(seat, "차단하기");
    await expect(phone.getByText("상담원이 차단했습니다.")).toBeVisible();
    await sayIn(phone, "메시지", "들리나요?");
    await expect(phone.getByText("차단되어 전달되지 않았습니다.")).toBeVisible();
    await sayIn(seat, "상담원의 말", "차단한 분께");
    await expect(seat.getByText("차단한 이용자에게는 보낼 수 없습니다.")).toBeVisible();
    await press(seat, "차단 풀기");
    await expect(phone.getByText("차단을 풀었습니다.")).toBeVisible();

    // Its own time alone moves; what is due is destroyed by the act that destroys all of them.
    await other.close();
    await page.goto(address);
    const { facts } = part(page);
    await press(facts, "파기하기");
    await expect(page.getByText("아직 파기할 때가 아닙니다.")).toBeVisible();
    await press(facts, "30일 뒤로");
    await expect(facts.getByText("시간 이동")).toBeVisible();
    await press(facts, "파기일 다음 날로");
    await expect(facts.getByText("시간 이동")).toHaveCount(2);
    const sessions = "SELECT count(*) n FROM consult_sessions WHERE rehearsal_id = $1";
    expect(await count(sessions, id)).toBe(2);
    await press(facts, "파기하기");
    await expect(facts.getByText(/상담 2건, 메시지 \d+건/)).toBeVisible();
    expect(await count(sessions, id)).toBe(0);
    expect(
      await count("SELECT coalesce(sum(sessions), 0) n FROM consult_days WHERE organization_id = $1", company.id),
    ).toBe(days);
    await accessible(page);

    // Without a notice that was approved the report waits; the guide asks for one.
    await expect(stepOf(page, "첫 자동 안내가 보임").getByText("안내가 없으면 승인부터 받으십시오.")).toBeVisible();
    await page.getByRole("link", { name: "보고서" }).click();
    await expect(page.getByRole("heading", { name: "리허설 보고서" })).toBeVisible();
    await expect(page.locator("body")).not.toContainText("9876-5432");
    await accessible(page);
    const pdf = await page.request.get(`${address}/report/pdf`);
    expect(pdf.headers()["content-type"]).toBe("application/pdf");
    const paper = wordsOfPdf(await pdf.body());
    expect(paper).toContain("리허설 보고서");
    expect(paper).not.toContain("9876-5432");
  });

test("a rehearsal is evidence until something that it was walked with changes", async ({ browser }) => {
  const company = await openCompany();
  const db = await owner();
  const bound =
    "(SELECT jsonb_build_object('notice', notice, 'policies', policies, 'placements', placements, 'scenario', scenario) FROM rehearsal_bounds WHERE channel_id = $2)";
  await db.query(`UPDATE rehearsals SET outcome = 'finished', ended_at = now() WHERE id = $1 AND bound = ${bound}`, [
    ...[company.rehearsalId, company.channelId],
  ]);
  const page = await pageOf(browser, company.people.CLIENT_ADMIN, `/channels/${company.channelId}`);
  const row = page.getByRole("row", { name: / 리허설 권고 / });
  await expect(row.getByText("완료")).toBeVisible();
  await expect(row.getByRole("link", { name: "리허설 보고서" })).toHaveAttribute(
    "href",
    `/rehearsal/${company.rehearsalId}/report`,
  );
  await db.query("UPDATE placements SET bot = 'true' WHERE id = $1", [company.placementId]);
  await page.reload();
  await expect(row.getByText("리허설한 뒤 안내, 정책, 위치, 시나리오 가운데 바뀐 것이 있습니다.")).toBeVisible();
  await page.goto("/rehearsal");
  await expect(page.getByText("마친 뒤 바뀜")).toBeVisible();
  await accessible(page);
});

test("a rehearsal is walked without script as well", async ({ browser }) => {
  const company = await openCompany();
  const page = await pageOf(browser, company.people.MARKETER, "/rehearsal", { javaScriptEnabled: false });
  await page.getByLabel("채널", { exact: true }).selectOption({ label: `채널 ${company.marker}` });
  await page.getByRole("button", { name: "리허설 시작" }).click();
  const { phone, seat } = part(page);
  await press(phone, "채널 검색");
  await sayIn(phone, "메시지", "스크립트 없이 묻습니다");
  await expect(phone.getByText("스크립트 없이 묻습니다")).toBeVisible();
  await expect(seat.getByText("스크립트 없이 묻습니다")).toBeVisible();
  await sayIn(seat, "상담원의 말", "스크립트 없이 답합니다");
  await expect(phone.getByText("스크립트 없이 답합니다")).toBeVisible();
  await phone.getByLabel("메시지", { exact: true }).fill(" ");
  await phone.getByRole("button", { name: "보내기", exact: true }).click();
  await expect(phone.getByText("비어 있습니다. 내용을 넣어 주십시오.").first()).toBeVisible();
});

test("what breaks a limit, and another company's template, do not go out", async ({ browser }) => {
  const [company, theirs] = await Promise.all([openCompany(), openCompany()]);
  const name = await templateInUse(company);
  const page = await pageOf(browser, company.people.CLIENT_ADMIN, "/rehearsal");
  await page.getByLabel("채널", { exact: true }).selectOption({ label: `채널 ${company.marker}` });
  await page.getByRole("button", { name: "리허설 시작" }).click();
  await expect(page.getByText("리허설을 시작했습니다.")).toBeVisible();
  const address = new URL(page.url()).pathname;
  const { phone, seat } = part(page);
  await press(phone, "채널 검색");
  await sayIn(phone, "메시지", "문의드려요");
  await expect(seat.getByText("문의드려요")).toBeVisible();

  await seat.getByLabel("보낼 템플릿").selectOption({ label: name });
  await press(seat, "고르기");
  await seat.getByLabel("상품").fill("열 글자를 넘기는 값");
  await press(seat, "미리 보기");
  await expect(seat.getByText("정해 둔 길이보다 깁니다.").first()).toBeVisible();
  await seat.getByLabel("상품").fill("책상");
  await press(seat, "미리 보기");
  await press(seat.getByRole("region", { name: "이대로 보냅니다" }), "보내기");
  await expect(phone.getByText("책상은 접수했습니다.")).toBeVisible();

  await page.goto(`${address}?template=${theirs.templateId}`);
  await expect(seat.getByText("이 채널에서 쓸 수 있는 승인된 템플릿이 아닙니다.")).toBeVisible();
  await expect(seat.getByRole("button", { name: "미리 보기" })).toHaveCount(0);
});
