import { expect, type Page, test } from "@playwright/test";
import { addDays, kstDay } from "@/lib/clock";
import { makeContract } from "@/prisma/seed/contracts";
import { Caller } from "./harness-caller";
import { type Company, openCompany } from "./harness-company";
import { owner, row } from "./harness-database";
import { accessible, pageOf } from "./harness-page";

const today = kstDay(new Date());
let company: Company;
test.beforeAll(async () => {
  company = await openCompany();
});

/** An approved contract that covers the channels. @returns its id */
function made(number: string, channels: readonly string[], more: { dealer?: "lunasoft" } = {}): Promise<string> {
  const { CLIENT_ADMIN, COMPLIANCE_OFFICER } = company.people;
  return makeContract(
    { now: new Date(), admin: CLIENT_ADMIN.actor, officer: COMPLIANCE_OFFICER.actor },
    {
      ...{ number: `${company.marker}-${number}`, dealer: "infobank", startsInDays: -100, endsInDays: 200, ...more },
      ...{ renewal: "tacit", renewalMonths: 12, madeDaysAgo: 90 },
      channels: channels.map((channelId) => ({ channelId })),
      documents: [
        { name: "위수탁계약서.pdf", kind: "consignment" },
        { name: "파기 확인서.pdf", kind: "deletion" },
      ],
    },
  );
}

/** The contract that covers a channel of the company since it was made. */
async function contractOf(channelId: string): Promise<string> {
  const { id } = await row<{ id: string }>("SELECT contract_id AS id FROM contract_channels WHERE channel_id = $1", [
    channelId,
  ]);
  return id;
}

const pressed = async () => (await new Caller().get(`/b/${company.code}`)).status;
/** Every instance hears of it within a second. */
const answers = (status: number) => expect.poll(pressed, { timeout: 3_000, intervals: [50] }).toBe(status);

async function ask(page: Page, opener: string, day: string | null, reason: string): Promise<void> {
  await page.getByRole("button", { name: opener, exact: true }).click();
  const dialog = page.getByRole("dialog");
  if (day !== null) await dialog.getByLabel("마지막 사용일").fill(day);
  await dialog.getByLabel("사유").fill(reason);
  await dialog.getByRole("button", { name: opener.startsWith("재개") ? "재개 요청" : "종료 요청" }).click();
}

async function agree(page: Page): Promise<void> {
  await page.getByRole("button", { name: "승인", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "승인", exact: true }).click();
}

test("two people end a contract, its buttons end with the last day, and two people bring it back", async ({
  browser,
}) => {
  const { CLIENT_ADMIN: admin, COMPLIANCE_OFFICER: officer, AUDITOR: auditor } = company.people;
  const id = await contractOf(company.channelId);
  const address = `/dealers/contracts/${id}/exit`;
  await answers(302);

  const asking = await pageOf(browser, admin, address);
  await expect(asking.getByText(/1개 채널의 상담톡 사용이 끝나고/).first()).toBeVisible();
  await accessible(asking);
  await ask(asking, "종료 요청", addDays(today, -1), "딜러를 바꾸려고 합니다.");
  await expect(asking.getByText(/이나 그 뒤의 날을 넣어 주십시오/).first()).toBeVisible();
  const dialog = asking.getByRole("dialog");
  await expect(dialog.getByLabel("사유")).toHaveValue("딜러를 바꾸려고 합니다.");
  await dialog.getByLabel("마지막 사용일").fill(today);
  await dialog.getByRole("button", { name: "종료 요청" }).click();
  await expect(asking.getByText("종료를 요청했습니다.")).toBeVisible();
  await expect(asking.getByText("요청한 사람은 승인할 수 없습니다.")).toBeVisible();
  await expect(asking.getByRole("button", { name: "승인", exact: true })).toHaveCount(0);
  await answers(302);

  const watching = await pageOf(browser, auditor, address);
  await expect(watching.getByText("승인은 컴플라이언스 담당자가 합니다.")).toBeVisible();
  await expect(watching.getByRole("button", { name: "반려" })).toHaveCount(0);

  const agreeing = await pageOf(browser, officer, "/");
  await agreeing.getByRole("link", { name: /계약 종료 요청이 승인을 기다립니다/ }).click();
  await expect(agreeing.getByText("사유: 딜러를 바꾸려고 합니다.")).toBeVisible();
  await accessible(agreeing);
  await agree(agreeing);
  await expect(agreeing.getByText("종료를 승인했습니다.")).toBeVisible();
  await expect(agreeing.getByText("오늘 24:00에 끝납니다")).toBeVisible();
  await accessible(agreeing);
  await answers(302);

  await agreeing.goto(`/channels/${company.channelId}`);
  await agreeing.getByRole("link", { name: /의 종료로 정해진 날입니다/ }).click();
  await expect(agreeing.getByRole("heading", { name: "종료 점검표" })).toBeVisible();

  // The product has no clock to turn: whoever owns the database lets the last day have been yesterday.
  await (await owner()).query("UPDATE contract_endings SET ends_on = $2 WHERE contract_id = $1", [
    id,
    addDays(today, -1),
  ]);
  await answers(410);
  await agreeing.reload();
  await expect(agreeing.getByText(/24:00에 끝났습니다/)).toBeVisible();

  await asking.reload();
  await ask(asking, "재개 요청", null, "계속 쓰기로 했습니다.");
  await expect(asking.getByText("재개를 요청했습니다.")).toBeVisible();
  await agreeing.reload();
  await agree(agreeing);
  await expect(agreeing.getByText("재개를 승인했습니다.")).toBeVisible();
  await answers(302);
  for (const page of [asking, agreeing, watching]) await page.context().close();
});

test("the exit checklist is worked through, without script too, and closes with the final register", async ({
  browser,
}) => {
  const { CLIENT_ADMIN: admin, COMPLIANCE_OFFICER: officer } = company.people;
  const id = await made("점검", []);
  const address = `/dealers/contracts/${id}/exit`;
  const page = await pageOf(browser, admin, address);
  await ask(page, "종료 요청", today, "계약 기간이 끝났습니다.");
  await expect(page.getByText("종료를 요청했습니다.")).toBeVisible();
  const work = await pageOf(browser, officer, address);
  await agree(work);
  await expect(work.getByText("종료를 승인했습니다.")).toBeVisible();
  await (await owner()).query("UPDATE contract_endings SET ends_on = $2 WHERE contract_id = $1", [
    id,
    addDays(today, -1),
  ]);
  await work.reload();

  const item = (name: string) => work.getByRole("row", { name: new RegExp(name) });
  await item("수탁자 목록에서 삭제").getByRole("button", { name: "기록" }).click();
  await work.getByRole("dialog").getByRole("button", { name: "완료로 표시" }).click();
  await expect(work.getByText("메모를 적거나 문서를 골라 주십시오.").first()).toBeVisible();
  await work.getByRole("dialog").getByLabel("메모").first().fill("처리방침에서 지웠습니다.");
  await work.getByRole("dialog").getByRole("button", { name: "완료로 표시" }).click();
  await expect(item("수탁자 목록에서 삭제")).toContainText("처리방침에서 지웠습니다.");
  await item("파기 확인").getByRole("button", { name: "기록" }).click();
  await work.getByRole("dialog").getByLabel("문서").selectOption({ index: 1 });
  await work.getByRole("dialog").getByRole("button", { name: "완료로 표시" }).click();
  await expect(item("파기 확인").getByRole("link", { name: "파기 확인서.pdf" })).toBeVisible();

  const plain = await pageOf(browser, officer, address, { javaScriptEnabled: false });
  const texts = plain.getByRole("row", { name: /동의 문안·처리방침 점검/ });
  await texts.getByText("기록", { exact: true }).click();
  const excuse = texts.locator("form").filter({ hasText: "해당 없음으로 표시" });
  await excuse.getByLabel("메모").fill("문안에 딜러 이름이 없습니다.");
  await excuse.getByRole("button", { name: "해당 없음으로 표시" }).click();
  await expect(plain.getByText("기록했습니다.")).toBeVisible();

  await work.reload();
  const download = work.waitForEvent("download");
  await work.getByRole("button", { name: "종료 대장 (PDF)" }).click();
  expect((await download).suggestedFilename()).toContain("종료 대장");
  await work.reload();
  await expect(work.getByText("종료 준비를 모두 마쳤습니다.")).toBeVisible();
  const { n } = await row<{ n: string }>(
    "SELECT count(*) n FROM audit_events WHERE target_id = $1 AND action = 'contract.register-exported'",
    [id],
  );
  expect(Number(n)).toBe(1);
  for (const one of [page, work, plain]) await one.context().close();
});

test("what changed after it was shown is not agreed to, and a channel with another dealer is not brought back", async ({
  browser,
}) => {
  const { CLIENT_ADMIN: admin, COMPLIANCE_OFFICER: officer } = company.people;
  const id = await contractOf(company.draftId);
  const address = `/dealers/contracts/${id}/exit`;
  const asking = await pageOf(browser, admin, address);
  await ask(asking, "종료 요청", addDays(today, 20), "딜러를 바꾸려고 합니다.");
  await expect(asking.getByText("종료를 요청했습니다.")).toBeVisible();
  const agreeing = await pageOf(browser, officer, address);
  const other = await made("다른", [company.draftId], { dealer: "lunasoft" });
  await agree(agreeing);
  await expect(agreeing.getByText(/보신 뒤에 요청이나 채널이 바뀌었습니다/).first()).toBeVisible();
  await agreeing.reload();
  await expect(agreeing.getByText("승인해도 사용이 끝나는 채널은 없습니다.").first()).toBeVisible();
  await agree(agreeing);
  await expect(agreeing.getByText("종료를 승인했습니다.")).toBeVisible();
  await expect(agreeing.getByText(/\(으\)로 계속 사용/)).toBeVisible();

  await (await owner()).query("UPDATE channels SET dealer = 'lunasoft' WHERE id = $1", [company.draftId]);
  await asking.reload();
  await expect(asking.getByText(/지금 다른 딜러를 쓰므로 이 계약을 재개할 수 없습니다/)).toBeVisible();
  expect(other).not.toBe(id);
  for (const one of [asking, agreeing]) await one.context().close();
});

test("what is unfolded before the script arrives opens as the dialog, and what is being written is kept", async ({
  browser,
}) => {
  const { CLIENT_ADMIN: admin } = company.people;
  const page = await pageOf(browser, admin, "/settings");
  const address = `/dealers/contracts/${await contractOf(company.channelId)}/exit`;
  for (const writing of [false, true]) {
    let arrive: () => void = () => undefined;
    const script = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    await page.route("**/*.js", async (route) => {
      await script;
      await route.continue();
    });
    await page.goto(address, { waitUntil: "commit" });
    await page.locator("summary", { hasText: "종료 요청" }).click();
    const reason = page.getByLabel("사유");
    await expect(reason).toBeVisible();
    if (writing) await reason.fill("쓰던 사유");
    arrive();
    await page.waitForLoadState("load");
    await page.unroute("**/*.js");
    if (writing) {
      await page.locator("summary", { hasText: "종료 요청" }).click();
      await page.getByRole("button", { name: "종료 요청", exact: true }).click();
    }
    await expect(page.getByRole("dialog").getByLabel("사유")).toBeVisible();
  }
  await page.context().close();
});

test("another company's way out is not found, exactly like none", async ({ browser }) => {
  const theirs = await openCompany();
  const id = await made("남", []);
  const page = await pageOf(browser, theirs.people.CLIENT_ADMIN, "/");
  for (const one of [id, "00000000-0000-4000-8000-000000000000", "none"])
    expect((await page.goto(`/dealers/contracts/${one}/exit`))?.status()).toBe(404);
  const marketer = await pageOf(browser, company.people.MARKETER, "/");
  expect((await marketer.goto(`/dealers/contracts/${id}/exit`))?.status()).toBe(403);
  for (const one of [page, marketer]) await one.context().close();
});
