import { expect, type Page, test } from "@playwright/test";
import { addDays, kstDay } from "@/lib/clock";
import { makeChannel } from "@/prisma/seed/channels";
import { makeContract } from "@/prisma/seed/contracts";
import { Caller } from "./harness-caller";
import { type Company, openCompany } from "./harness-company";
import { owner, row } from "./harness-database";
import { accessible, pageOf } from "./harness-page";
import { fresh } from "./probes/probe";

const today = kstDay(new Date());
let company: Company;
test.beforeAll(async () => {
  company = await openCompany();
});

/** An approved contract with a signed letter among its papers. @returns where its consignees are, and the channel that it covers */
async function contract(): Promise<{ at: string; id: string; channelId: string; name: string }> {
  const { CLIENT_ADMIN, COMPLIANCE_OFFICER } = company.people;
  const actors = { now: new Date(), admin: CLIENT_ADMIN.actor, officer: COMPLIANCE_OFFICER.actor };
  const name = `상담 ${fresh()}`;
  const channelId = await makeChannel(actors, {
    ...{ searchId: fresh(), name, publicId: null, dealer: "infobank", contact: "", openedDaysAgo: 9, said: [] },
  });
  const id = await makeContract(actors, {
    ...{ number: `${company.marker}-${fresh()}`, dealer: "infobank", consignee: "인포뱅크 주식회사" },
    ...{ startsInDays: -100, endsInDays: 200, madeDaysAgo: 8, channels: [{ channelId }] },
    documents: [
      { name: "위수탁계약서.pdf", kind: "consignment" },
      { name: "서명한 승인서.pdf", kind: "reconsignment" },
      { name: "점검표.pdf", kind: "supervision" },
    ],
  });
  return { at: `/dealers/contracts/${id}/consignees`, id, channelId, name };
}

const list = (page: Page, name: string) => page.getByRole("figure", { name });

test("an officer records an approval, prints the letter, attaches the signed one and withdraws it", async ({
  browser,
}) => {
  const { at, id, name } = await contract();
  const officer = company.people.COMPLIANCE_OFFICER;
  const page = await pageOf(browser, officer, at);
  const channels = list(page, "채널별 재위탁 승인");
  await expect(channels.getByText("없음", { exact: true })).toBeVisible();
  await accessible(page);
  await channels.getByRole("link", { name: "등록" }).click();
  await expect(page.getByLabel("수탁자", { exact: true })).toHaveValue("인포뱅크 주식회사");
  await expect(page.getByLabel("재수탁자")).toHaveValue("주식회사 카카오");
  await accessible(page);

  // Refused beside the field, and nothing typed is lost.
  await page.getByLabel("직위").fill("CPO");
  await page.getByRole("button", { name: "등록" }).click();
  await expect(page.getByLabel("승인자")).toBeFocused();
  await page.getByLabel("승인자").fill("최은영");
  await page.getByLabel("유효 시작일").fill(addDays(today, -1));
  await page.getByRole("button", { name: "등록" }).click();
  await expect(page.getByText(`승인일(${today})이나 그 뒤의 날을 넣어 주십시오.`).first()).toBeVisible();
  await expect(page.getByLabel("직위")).toHaveValue("CPO");
  await page.getByLabel("유효 시작일").fill(today);
  await page.getByRole("button", { name: "등록" }).click();
  await expect(page.getByText("재위탁 승인을 등록했습니다.")).toBeVisible();
  await expect(channels.getByText("승인서 없음")).toBeVisible();

  const { approval } = await row<{ approval: string }>(
    "SELECT id AS approval FROM reconsignments WHERE contract_id = $1",
    [id],
  );
  const letter = `/dealers/contracts/${id}/reconsignments/${approval}/letter`;
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    channels.getByRole("link", { name: "승인서 인쇄본" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^재위탁 승인서_.*\.pdf$/);
  const answer = await officer.caller.get(letter);
  expect(answer.status).toBe(200);
  expect(answer.headers["content-type"]).toBe("application/pdf");
  expect(String(answer.headers["content-disposition"])).toMatch(/^attachment;/);
  for (const who of [company.people.MARKETER.caller, new Caller()]) expect((await who.get(letter)).status).toBe(404);

  const history = list(page, "재위탁 승인 기록");
  await history.getByRole("button", { name: "승인서 붙이기" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("서명한 승인서").selectOption({ label: "서명한 승인서.pdf" });
  await dialog.getByRole("button", { name: "붙이기" }).click();
  await expect(page.getByText("승인서를 붙였습니다.")).toBeVisible();
  await expect(history.getByText("유효", { exact: true })).toBeVisible();

  // The same channel and day a second time.
  await page.goto(`${at}/new-approval`);
  await page.getByLabel("승인자").fill("최은영");
  await page.getByRole("button", { name: "등록" }).click();
  await expect(page.getByText(/철회할 때까지 유효한 승인이 있습니다/).first()).toBeVisible();

  await page.goto(at);
  await history.getByRole("button", { name: "철회" }).click();
  await dialog.getByLabel("사유").fill("업무 범위가 바뀝니다.");
  await dialog.getByRole("button", { name: "철회" }).click();
  await expect(page.getByText("재위탁 승인을 철회했습니다.")).toBeVisible();
  await expect(history.getByRole("row", { name: new RegExp(name) })).toContainText("철회");
  await expect(history.getByRole("button", { name: "철회" })).toHaveCount(0);
  await page.context().close();
});

test("approval and supervision are recorded without script; others read, or are turned away", async ({ browser }) => {
  const { at } = await contract();
  const page = await pageOf(browser, company.people.COMPLIANCE_OFFICER, `${at}/new-approval`, {
    javaScriptEnabled: false,
  });
  await page.getByLabel("승인자").fill("최은영");
  await page.getByLabel("서명한 승인서").selectOption({ label: "서명한 승인서.pdf" });
  await page.getByRole("button", { name: "등록" }).click();
  await expect(page.getByText("재위탁 승인을 등록했습니다.")).toBeVisible();
  await page.goto(`${at}/new-supervision`);
  await page.getByLabel("점검", { exact: true }).check();
  await page.getByLabel("주제").fill("접근 권한 점검");
  await page.getByLabel("결과").fill("권한 열두 건을 확인했습니다.");
  await page.getByLabel("다음 예정일").fill(today);
  await page.getByRole("button", { name: "기록", exact: true }).click();
  await expect(page.getByText(`한 날(${today}) 뒤의 날을 넣어 주십시오.`).first()).toBeVisible();
  await expect(page.getByLabel("결과")).toHaveValue("권한 열두 건을 확인했습니다.");
  await page.getByLabel("다음 예정일").fill(addDays(today, 20));
  await page.getByLabel("회의록·점검표").selectOption({ label: "점검표.pdf" });
  await page.getByRole("button", { name: "기록", exact: true }).click();
  await expect(page.getByText("교육·점검을 기록했습니다.")).toBeVisible();
  await expect(list(page, "교육·점검 기록").getByRole("row", { name: /접근 권한 점검/ })).toContainText("D-20");
  await page.context().close();

  const auditor = await pageOf(browser, company.people.AUDITOR, at);
  await expect(list(auditor, "교육·점검 기록")).toContainText("접근 권한 점검");
  await expect(auditor.getByRole("link", { name: "승인 추가" })).toHaveCount(0);
  await expect(auditor.getByRole("button", { name: "철회" })).toHaveCount(0);
  await accessible(auditor);
  await auditor.context().close();
  for (const part of ["", "/new-approval", "/new-supervision"])
    expect((await company.people.MARKETER.caller.get(`${at}${part}`)).status).toBe(403);
});

test("a name that is missing in the privacy policy stands out, and 오늘 asks about it", async ({ browser }) => {
  const { at, id, channelId, name } = await contract();
  const names = [
    { name: "인포뱅크", found: true, snippet: "인포뱅크(주)" },
    { name: "카카오", found: false, snippet: "" },
  ];
  await (await owner()).query(
    `INSERT INTO channel_checks (organization_id, channel_id, kind, sha256, facts, answers)
     VALUES ($1, $2, 'privacy-policy', $3, $4, $5)`,
    [
      ...[company.id, channelId, "4d".repeat(32), JSON.stringify({ names })],
      JSON.stringify([{ item: "privacy-policy", answer: "no", value: "카카오", known: null, turnedAt: null }]),
    ],
  );
  const page = await pageOf(browser, company.people.CLIENT_ADMIN, at);
  const compared = list(page, `${name} 수탁자 표기 대조`);
  await expect(compared.getByRole("row", { name: /^재수탁자/ })).toContainText("표기 없음");
  await expect(compared.getByRole("row", { name: /^재수탁자/ })).toContainText("위수탁 계약: 주식회사 카카오");
  await expect(compared.getByRole("row", { name: /^수탁자/ })).not.toContainText("표기 없음");
  await expect(page.getByText(/다른 값 1개/)).toBeVisible();
  await accessible(page);
  await page.goto("/");
  const asked = page.getByRole("link", { name: /수탁자 표기가 1곳에서 다릅니다/ }).first();
  await expect(asked).toHaveAttribute("href", `/dealers/contracts/${id}/consignees`);
  await page.context().close();
});
