// People making an auto-reply scenario: written, mended, approved by another, taken in use, handed out.
import { expect, test } from "@playwright/test";
import { scenarioFileSchema } from "@/lib/rehearsal/schema/scenario";
import { type Company, openCompany } from "./harness-company";
import { accessible, pageOf } from "./harness-page";
import { fresh } from "./probes/probe";

let company: Company;
test.beforeAll(async () => {
  company = await openCompany();
});

for (const [width, colorScheme] of [
  [1440, "light"],
  [390, "dark"],
] as const)
  test(`a scenario is written, mended, approved and used at ${width} px, ${colorScheme}`, async ({ browser }) => {
    const { MARKETER, COMPLIANCE_OFFICER, CLIENT_ADMIN } = company.people;
    const look = { viewport: { width, height: 900 }, colorScheme };
    const page = await pageOf(browser, MARKETER, "/rehearsal/scenarios", look);
    await accessible(page);
    await page.getByRole("link", { name: "새 시나리오" }).click();
    const name = `첫 안내 ${fresh()}`;
    await page.getByLabel("이름").fill(name);
    await accessible(page);
    await page.getByRole("button", { name: "만들기" }).click();
    await expect(page.getByText("막힌 곳이 없습니다.")).toBeVisible();
    await accessible(page);
    const id = /scenarios\/([^/]+)/.exec(page.url())?.[1] ?? "";

    await page.getByRole("button", { name: "답변 추가" }).click();
    await expect(page.getByText("여기로 오는 길이 없습니다.")).toBeVisible();
    const answer = page.locator("#node-n5");
    await answer.getByLabel("문구").fill("출고 다음 날 도착합니다.");
    await page.getByRole("button", { name: "선택지 추가" }).click();
    await expect(page.getByText("이름 없는 버튼이 있습니다.")).toBeVisible();
    const second = page.getByRole("group", { name: "선택지 2" });
    await second.getByLabel("버튼 이름").fill("배송");
    await second.getByLabel("같은 뜻의 말").fill("택배, 언제 와요");
    await second.getByLabel("이어질 칸").selectOption("n5");
    await page.getByRole("button", { name: "저장", exact: true }).click();
    await expect(page.getByText("막힌 곳이 없습니다.")).toBeVisible();
    await expect(answer.getByLabel("문구")).toHaveValue("출고 다음 날 도착합니다.");
    await page.getByRole("button", { name: "5번 답변 지우기" }).click();
    await expect(page.locator("#node-n5")).toHaveCount(0);
    await page.getByRole("button", { name: "앞선 저장으로 되돌리기" }).click();
    await expect(page.locator("#node-n5")).toBeVisible();

    const monday = page.getByLabel("월요일");
    await monday.fill("9시부터");
    await page.getByRole("button", { name: "저장", exact: true }).click();
    await expect(page.getByText("시각을 읽을 수 없습니다.").first()).toBeVisible();
    await expect(monday).toHaveValue("9시부터");
    await expect(monday).toBeFocused();
    await accessible(page);
    await monday.fill("09:00-12:00, 13:00-18:00");
    await page.getByRole("button", { name: "저장", exact: true }).click();
    await expect(page.getByText("저장했습니다.", { exact: true })).toBeVisible();
    await expect(page.getByText("시각을 읽을 수 없습니다.")).toHaveCount(0);
    await expect(monday).toHaveValue("09:00-12:00, 13:00-18:00");

    await page.goto(`/rehearsal/scenarios/${id}/sheet`);
    await accessible(page);
    await expect(page.getByText("09:00-12:00, 13:00-18:00")).toBeVisible();
    await expect(page.locator("#node-n5")).toContainText("출고 다음 날 도착합니다.");
    await page.goto(`/rehearsal/scenarios/${id}`);
    await accessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.getByRole("button", { name: "승인 요청" }).first().click();
    await page.getByRole("dialog").getByRole("button", { name: "승인 요청" }).click();
    await expect(page.getByText("승인을 요청했습니다.")).toBeVisible();

    const officer = await pageOf(browser, COMPLIANCE_OFFICER, "/", look);
    await officer
      .getByRole("link", { name: new RegExp(`${name} v1 승인`) })
      .first()
      .click();
    await expect(officer).toHaveURL(new RegExp(id));
    await officer.getByRole("button", { name: "승인", exact: true }).click();
    await officer.getByRole("dialog").getByRole("button", { name: "승인", exact: true }).click();
    await expect(officer.getByText("승인했습니다.").first()).toBeVisible();
    const admin = await pageOf(browser, CLIENT_ADMIN, `/rehearsal/scenarios/${id}`, look);
    await admin.getByRole("button", { name: "사용 시작" }).click();
    await expect(admin.getByText("사용을 시작했습니다.")).toBeVisible();

    const waiting = admin.waitForEvent("download");
    await admin.getByRole("link", { name: "JSON 받기" }).click();
    const chunks: Buffer[] = [];
    for await (const chunk of await (await waiting).createReadStream()) chunks.push(chunk as Buffer);
    const file = scenarioFileSchema.parse(JSON.parse(Buffer.concat(chunks).toString("utf8")));
    expect([file.name, file.scenario.nodes.length]).toEqual([name, 5]);
    for (const one of [page, officer, admin]) await one.context().close();
  });

test("without script every act works, and of two who save the second is told", async ({ browser }) => {
  const { MARKETER } = company.people;
  const address = `/rehearsal/scenarios/${company.scenarioId}/edit`;
  const [one, other] = [
    await pageOf(browser, MARKETER, address, { javaScriptEnabled: false }),
    await pageOf(browser, MARKETER, address, { javaScriptEnabled: false }),
  ];
  await one.getByRole("button", { name: "메뉴 추가" }).click();
  await expect(one.getByText("고쳐 저장했습니다.")).toBeVisible();
  await other.getByLabel("이름", { exact: true }).fill("늦은 이름");
  await other.getByRole("button", { name: "저장", exact: true }).click();
  await expect(other.getByText("다른 사람이 먼저 저장했습니다.").first()).toBeVisible();
  await expect(other.getByLabel("이름", { exact: true })).toHaveValue("늦은 이름");
  for (const page of [one, other]) await page.context().close();
});
