import { expect, type Page, test } from "@playwright/test";
import { addDays, kstDay } from "@/lib/clock";
import { makeContract } from "@/prisma/seed/contracts";
import { makeReadyChannel } from "@/prisma/seed/ready-channel";
import { base } from "./harness-caller";
import { type Colleague, type Company, openCompany } from "./harness-company";
import { owner } from "./harness-database";
import { opened, tell } from "./harness-hook";
import { accessible } from "./harness-page";

let company: Company;
test.beforeAll(async () => {
  company = await openCompany();
});

/** The page as this person sees it. */
async function enter(page: Page, who: Colleague): Promise<void> {
  const { hostname: domain } = new URL(base.origin);
  await page.context().clearCookies();
  await page
    .context()
    .addCookies([...who.caller.jar].map(([name, value]) => ({ name, value, domain, path: "/", httpOnly: true })));
}

const row = (page: Page, name: string) => page.getByRole("row", { name: new RegExp(name) });
const dialog = (page: Page) => page.getByRole("dialog");

test("a list is read, mended and saved; who comes back is told, and is blocked again", async ({ page }) => {
  const { people, channelId } = company;
  const list = `/channels/${channelId}/blocks`;
  await enter(page, people.COMPLIANCE_OFFICER);
  await page.goto(`${list}/import`);
  const upload = async (text: string) => {
    await page
      .getByLabel("CSV 파일")
      .setInputFiles({ name: "차단 목록.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
    await page.getByRole("button", { name: "읽어 보기" }).click();
  };
  await upload("봄날의곰,욕설\n");
  await expect(page.getByText("첫 줄에서 ‘이름’ 열을 찾지 못했습니다.")).toBeVisible();
  await upload("이름,차단 사유,차단한 날\n봄날의곰,욕설,2025-03-14\n새벽별,,작년\n,빈 이름,\n봄날의곰,또,2025.3.14\n");
  await expect(page.getByText("1명을 저장할 수 있습니다.")).toBeVisible();
  await expect(row(page, "작년")).toContainText("날짜가 아닙니다.");
  await expect(row(page, "비어 있습니다")).toContainText("4");
  await expect(row(page, "2번째 줄과 같은 사람")).toBeVisible();
  await accessible(page);
  await page.getByRole("button", { name: "1명 저장" }).click();
  await expect(page.getByText("올린 사람들을 차단 목록에 저장했습니다.")).toBeVisible();
  await expect(row(page, "봄날의곰")).toContainText("돌아오지 않음");
  await accessible(page);

  await page.getByRole("link", { name: "봄날의곰" }).click();
  await page.getByText("user_key 적기").click();
  await dialog(page).getByLabel("user_key").fill("한글 키");
  await dialog(page).getByRole("button", { name: "적기" }).click();
  await expect(dialog(page).getByText("띄어쓰기나 한글이 들어가지 않습니다").last()).toBeVisible();
  await dialog(page).getByLabel("user_key").fill("AbC12dEf34_G");
  await dialog(page).getByRole("button", { name: "적기" }).click();
  await expect(page.getByText("user_key를 적었습니다.").first()).toBeVisible();
  await page.getByText("다시 차단함", { exact: true }).last().click();
  await dialog(page).getByLabel("메모").fill("상담 화면에서 차단했습니다.");
  await dialog(page).getByRole("button", { name: "적기" }).click();
  await expect(page.getByText("다시 차단했다고 적었습니다.")).toBeVisible();
  await accessible(page);

  // In spite of the block the person is there again: the dealer tells it, the list and Today show it.
  expect(JSON.parse((await tell(company, opened(company))).text)).toMatchObject({ stored: 1 });
  await page.goto(list);
  await expect(page.getByRole("row").nth(1)).toContainText("봄날의곰");
  await expect(row(page, "봄날의곰")).toContainText("부터 상담");
  await page.goto("/");
  await page.getByRole("link", { name: "차단 목록", exact: true }).click();
  await expect(page).toHaveURL(`${base.origin}${list}?state=due`);
  await page.getByRole("link", { name: "봄날의곰" }).click();
  await expect(page.getByText("다시 차단한 뒤에 또 상담을 열었습니다.")).toBeVisible();

  await enter(page, people.AUDITOR);
  await page.reload();
  await expect(page.getByText("AbC12dEf34_G")).toBeHidden();
  await expect(page.getByText("알고 있음 (이용자")).toBeVisible();
  await enter(page, people.MARKETER);
  expect((await page.goto(list))?.status()).toBe(403);
});

test("a name is found whole, and the list is taken along as a table", async ({ page }) => {
  const { people, channelId, marker } = company;
  await enter(page, people.COMPLIANCE_OFFICER);
  await page.goto(`/channels/${channelId}/blocks?q=${encodeURIComponent(`막은 사람 ${marker}`)}`);
  await expect(row(page, "막은 사람")).toBeVisible();
  await page.goto(`/channels/${channelId}/blocks?q=${encodeURIComponent("막은")}`);
  await expect(page.getByText("조건에 맞는 사람이 없습니다")).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "CSV로 받기" }).click();
  expect((await download).suggestedFilename()).toMatch(/^blocks-.*\.csv$/);
});

test("a channel goes to another dealer once every step is done, and not before", async ({ page }) => {
  const { people, marker, id: organizationId } = company;
  const parties = { now: new Date(), admin: people.CLIENT_ADMIN.actor, officer: people.COMPLIANCE_OFFICER.actor };
  const today = kstDay(parties.now);
  const yesterday = addDays(today, -1);
  const channelId = await makeReadyChannel(parties, {
    ...{
      searchId: `${marker}d`.slice(-15),
      name: `옮길 채널 ${marker}`,
      publicId: null,
      contact: "",
      openedDaysAgo: 20,
    },
  });
  const address = `/channels/${channelId}/dealer`;
  await enter(page, people.CLIENT_ADMIN);
  await page.goto(address);
  await expect(page.getByText("오류 4060")).toBeVisible();
  const begin = async (dealer: string) => {
    await page.getByLabel("새 딜러").selectOption({ label: dealer });
    await page.getByLabel("이전 딜러의 마지막 날").fill(yesterday);
    await page.getByLabel("바꾸는 까닭").fill("요금이 더 낮습니다.");
    await page.getByRole("button", { name: "딜러 바꾸기 시작" }).click();
  };
  await begin("인포뱅크");
  await expect(page.getByText("지금 딜러와 같습니다.").last()).toBeVisible();
  await begin("루나소프트");
  await expect(page.getByText("딜러 바꾸기를 시작했습니다.")).toBeVisible();
  await accessible(page);
  await page.getByText("완료", { exact: true }).first().click();
  await dialog(page).getByRole("button", { name: "완료" }).click();
  await expect(dialog(page).getByText("남아 있어 완료할 수 없습니다.").last()).toBeVisible();

  const step = (name: string) => row(page, name);
  const sql = async (text: string, ...values: unknown[]) => (await owner()).query(text, values);
  // What others do in the register meanwhile: the former contracts leave the channel, the new one comes.
  await sql(
    "UPDATE contract_channels SET from_on = least(from_on, $2::date), until_on = $2 WHERE channel_id = $1",
    channelId,
    yesterday,
  );
  const contractId = await makeContract(parties, {
    ...{ number: `${marker}-new`, dealer: "lunasoft", startsInDays: 0, endsInDays: 365, madeDaysAgo: 3 },
    ...{ channels: [{ channelId }], documents: [{ name: "재위탁 승인서.pdf", kind: "reconsignment" }] },
  });
  await page.goto(address);
  await expect(step("이전 딜러의 이용 계약")).not.toContainText("남음");
  await expect(step("새 딜러의 이용 계약")).toContainText("됨");
  await expect(step("재위탁 서면 승인")).toContainText("남음");
  await sql(
    `INSERT INTO reconsignments (organization_id, contract_id, channel_id, consignor, consignee, sub_consignee, scope, items, approver_name,
       approved_on, valid_from, file_id, person_id) SELECT $1, $2, $3, 'a', 'b', 'c', 'd', 'e', 'f', $4, $4, file_id, person_id
     FROM contract_documents WHERE contract_id = $2`,
    ...[organizationId, contractId, channelId, today],
  );
  await page.goto(address);
  await expect(step("재위탁 서면 승인")).toContainText("됨");
  await expect(step("새 발신프로필 키")).toContainText("남음");
  await step("새 발신프로필 키").getByRole("link", { name: "프로필 고치기" }).click();
  await page.getByLabel("발신프로필 키").fill("c".repeat(40));
  await page.getByRole("button", { name: "저장" }).click();
  await expect(page.getByText("프로필을 저장했습니다.")).toBeVisible();
  await page.goto(address);
  await page.getByText("완료", { exact: true }).first().click();
  await dialog(page).getByRole("button", { name: "완료" }).click();
  await expect(page.getByText("딜러를 바꾸었습니다.")).toBeVisible();
  await expect(page.getByText("지금 딜러 · 루나소프트")).toBeVisible();
  await expect(row(page, "인포뱅크 → 루나소프트")).toContainText("바꿈");
  await accessible(page);
});
