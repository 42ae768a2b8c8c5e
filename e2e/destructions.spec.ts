import { type Browser, expect, type Page, test } from "@playwright/test";
import { addDays, kstDay } from "@/lib/clock";
import { base } from "./harness-caller";
import { type Colleague, type Company, openCompany } from "./harness-company";
import { dueConsults, isKept } from "./harness-destruction";
import { accessible } from "./harness-page";

let company: Company;
test.beforeAll(async () => {
  company = await openCompany();
});

/** A page of their own. */
async function as(browser: Browser, who: Colleague, javaScriptEnabled = true): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled, locale: "ko-KR" });
  const { hostname: domain } = new URL(base.origin);
  const cookies = [...who.caller.jar].map(([name, value]) => ({ name, value, domain, path: "/", httpOnly: true }));
  await context.addCookies(cookies);
  return context.newPage();
}

const home = "/retention/destructions";
const addressOf = (page: Page) => new URL(page.url()).pathname;
const unfolded = (page: Page) => page.locator("details[open]");

/** Freezes what is due. @returns the address of the run */
async function freeze(page: Page): Promise<string> {
  await page.goto(home);
  await page.getByRole("button", { name: "파기 미리보기 고정" }).click();
  await expect(page.getByText("여덟 시간 안에 승인과 실행을 마쳐 주십시오.")).toBeVisible();
  return addressOf(page);
}

async function ask(page: Page): Promise<void> {
  await page.getByLabel("메모").fill("이번 달의 정기 파기입니다");
  await page.getByRole("button", { name: "승인 요청" }).click();
  await expect(page.getByText("승인을 요청했습니다. 두 번째 승인자가 정합니다.")).toBeVisible();
}

/** Sees the run until it is over. */
async function untilOver(page: Page, at: string, words: string): Promise<void> {
  await expect(async () => {
    await page.goto(at);
    await expect(page.getByText(words)).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 60_000, intervals: [500] });
}

test("three people, a hold in between, and a line in the ledger", async ({ browser }) => {
  const { people } = company;
  const [gone, held] = await dueConsults(company, 2);
  if (!gone || !held) throw new Error("two consultations");
  const officer = await as(browser, people.COMPLIANCE_OFFICER);
  const at = await freeze(officer);
  await expect(officer.getByText("상담 기록 2건, 메시지 2개, 첨부 0개")).toBeVisible();
  await expect(officer.getByText("저장된 상담 기록의 5%를 넘습니다.").first()).toBeVisible();
  await accessible(officer);
  await ask(officer);
  await expect(officer.getByText("미리보기를 만들거나 요청한 사람은 승인할 수 없습니다.")).toBeVisible();
  await expect(officer.getByRole("button", { name: "파기 승인" })).toHaveCount(0);
  await expect(officer.getByRole("button", { name: "파기 실행", exact: true })).toHaveCount(0);

  const admin = await as(browser, people.CLIENT_ADMIN);
  await admin.goto(at);
  const approve = admin.getByRole("dialog", { name: "상담 기록 2건의 파기를 승인합니다" });
  await admin.getByRole("button", { name: "파기 승인" }).click();
  await approve.getByLabel("메모").fill("건수를 확인했습니다");
  await approve.getByRole("button", { name: "파기 승인" }).click();
  await expect(approve.getByText("확인했다고 표시해 주십시오.").first()).toBeVisible();
  await expect(approve.getByLabel("메모")).toHaveValue("건수를 확인했습니다");
  await approve.getByLabel("건수가 맞는지 확인했습니다").check();
  await accessible(admin);
  await approve.getByRole("button", { name: "파기 승인" }).click();
  await expect(admin.getByText("파기를 승인했습니다.")).toBeVisible();
  await expect(admin.getByRole("button", { name: "파기 실행", exact: true })).toHaveCount(0);

  await officer.goto(`/retention/holds/new?session=${held.id}`);
  await officer.getByLabel("제목").fill("소비자원 분쟁조정");
  await officer.getByLabel("사유").fill("조정 절차가 끝날 때까지 둡니다");
  await officer.getByLabel("다시 볼 날").fill(addDays(kstDay(new Date()), 40));
  await officer.getByRole("button", { name: "보존 조치 걸기" }).click();
  await expect(officer.getByText("보존 조치를 걸었습니다.")).toBeVisible();

  await officer.goto(at);
  const run = officer.getByRole("dialog", { name: "상담 기록 2건을 파기합니다" });
  const opener = officer.getByRole("button", { name: "파기 실행", exact: true });
  await opener.focus();
  await officer.keyboard.press("Enter");
  const phrase = run.getByRole("textbox");
  const act = run.getByRole("button", { name: "2건 파기" });
  await expect(phrase).toBeFocused();
  await expect(act).toBeDisabled();
  await officer.keyboard.type("파기 3");
  await officer.keyboard.press("Enter");
  await expect(act).toBeDisabled();
  await expect(phrase).toHaveValue("파기 3");
  await accessible(officer);
  await officer.keyboard.press("Escape");
  await expect(run).toHaveCount(0);
  await expect(opener).toBeFocused();
  await officer.keyboard.press("Enter");
  await officer.keyboard.type("파기 2");
  await expect(act).toBeEnabled();
  await officer.keyboard.press("Enter");
  await untilOver(officer, at, "1건을 파기했습니다");
  await expect(officer.getByText("보존 조치로 빠진 기록은 1건입니다.")).toBeVisible();
  await expect(officer.getByRole("row", { name: new RegExp(company.marker) })).toContainText("11");
  await accessible(officer);
  expect([await isKept(gone.id), await isKept(held.id)]).toEqual([false, true]);

  await officer.getByRole("link", { name: "파기 관리대장" }).last().click();
  const line = officer.getByRole("row", { name: /상담 기록/ });
  await expect(line).toContainText("암호 키 파기");
  await expect(line).toContainText(people.COMPLIANCE_OFFICER.name);
  await expect(line).toContainText(people.CLIENT_ADMIN.name);
  await line.getByRole("link").first().click();
  await expect(officer).toHaveURL(new RegExp(`${at}$`));
});

test("without script it is asked, agreed to and run; a wrong phrase is answered beside its field", async ({
  browser,
}) => {
  const { people } = company;
  const [gone] = await dueConsults(company, 1);
  const officer = await as(browser, people.COMPLIANCE_OFFICER, false);
  const at = await freeze(officer);
  await ask(officer);
  const admin = await as(browser, people.CLIENT_ADMIN, false);
  await admin.goto(at);
  await admin.locator("summary", { hasText: "파기 승인" }).click();
  await unfolded(admin).getByLabel("건수가 맞는지 확인했습니다").check();
  await unfolded(admin).getByRole("button", { name: "파기 승인" }).click();
  await expect(admin.getByText("파기를 승인했습니다.")).toBeVisible();

  await officer.goto(at);
  await officer.locator("summary", { hasText: "파기 실행" }).click();
  await unfolded(officer).getByRole("textbox").fill("파기 하나");
  await unfolded(officer).getByRole("button", { name: "1건 파기" }).click();
  const refused = officer.getByLabel(/파기 1라고/);
  await expect(refused).toHaveAttribute("aria-invalid", "true");
  await expect(refused).toHaveValue("파기 하나");
  expect(await isKept(gone?.id ?? "")).toBe(true);
  await officer.locator("summary", { hasText: "파기 실행" }).click();
  await refused.fill("파기 1");
  await officer.getByRole("button", { name: "1건 파기" }).click();
  await untilOver(officer, at, "1건을 파기했습니다");
  expect(await isKept(gone?.id ?? "")).toBe(false);
});

test("a marketer sees none of it, an auditor looks and changes nothing, a reject ends it", async ({ browser }) => {
  const { people } = company;
  const [kept] = await dueConsults(company, 1);
  const officer = await as(browser, people.COMPLIANCE_OFFICER);
  const at = await freeze(officer);
  await ask(officer);
  const marketer = await as(browser, people.MARKETER);
  for (const page of [home, at, "/retention/ledger"]) expect((await marketer.goto(page))?.status()).toBe(403);
  const auditor = await as(browser, people.AUDITOR);
  await auditor.goto(at);
  await expect(auditor.getByText("고객사 관리자가 승인합니다.")).toBeVisible();
  for (const name of ["파기 승인", "반려", "파기 실행", "파기 취소"])
    await expect(auditor.getByRole("button", { name, exact: true })).toHaveCount(0);
  const admin = await as(browser, people.CLIENT_ADMIN);
  await admin.goto(at);
  await admin.getByRole("button", { name: "반려" }).click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByLabel("반려 사유").fill("없음");
  await dialog.getByRole("button", { name: "반려" }).click();
  await expect(dialog.getByLabel("반려 사유")).toHaveAttribute("aria-invalid", "true");
  await dialog.getByLabel("반려 사유").fill("분쟁이 있는지 먼저 확인해 주십시오");
  await dialog.getByRole("button", { name: "반려" }).click();
  await expect(admin.getByText("파기를 반려했습니다. 아무것도 지우지 않았습니다.")).toBeVisible();
  expect(await isKept(kept?.id ?? "")).toBe(true);
});

test("what people destroyed by hand is entered once, without personal data", async ({ browser }) => {
  const officer = await as(browser, company.people.COMPLIANCE_OFFICER);
  await officer.goto("/retention/ledger");
  await officer.getByRole("link", { name: "직접 파기한 것 적기" }).click();
  await officer.getByLabel("개인정보 파일명").fill("매장 상담 신청서");
  const today = kstDay(new Date());
  await officer.getByLabel("생성일 (처음)").fill(addDays(today, -400));
  await officer.getByLabel("생성일 (마지막)").fill(addDays(today, -370));
  await officer.getByLabel("건수").fill("120");
  await officer.getByLabel("폐기 사유 설명").fill("010-1234-4821 고객의 신청서 등");
  await officer.getByLabel("승인자").selectOption({ label: company.people.CLIENT_ADMIN.name });
  await officer.getByRole("button", { name: "대장에 적기" }).click();
  await expect(officer.getByLabel("폐기 사유 설명")).toHaveAttribute("aria-invalid", "true");
  await expect(officer.getByLabel("건수")).toHaveValue("120");
  await accessible(officer);
  await officer.getByLabel("폐기 사유 설명").fill("보관하던 종이 신청서");
  await officer.getByRole("button", { name: "대장에 적기" }).click();
  await expect(officer.getByText("대장에 적었습니다.")).toBeVisible();
  const line = officer.getByRole("row", { name: /매장 상담 신청서/ });
  await expect(line).toHaveCount(1);
  await expect(line).toContainText("120");
  await expect(line).toContainText("파쇄");
  await accessible(officer);
});
