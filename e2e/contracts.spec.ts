import { type Browser, expect, type Page, test } from "@playwright/test";
import { content } from "@/prisma/seed/channels";
import { accessible } from "./harness-page";
import { people, signInByCookie } from "./sign-in";

async function as(
  browser: Browser,
  who: Parameters<typeof signInByCookie>[1],
  javaScriptEnabled = true,
): Promise<Page> {
  const page = await (await browser.newContext({ javaScriptEnabled, locale: "ko-KR" })).newPage();
  await signInByCookie(page, who);
  return page;
}

let serial = 0;
const freshNumber = () => {
  serial += 1;
  return `E-${Date.now().toString(36)}-${serial}`;
};

const freshPaper = () => {
  serial += 1;
  return Date.now() * 100 + serial;
};

/** Registers a service contract with 루나소프트. @returns its address */
async function register(page: Page, number = freshNumber()): Promise<string> {
  await page.goto("/dealers/contracts/new");
  await page.getByLabel("계약 번호").fill(number);
  await page.getByLabel("계약 이름").fill("시험 계약");
  await page.getByLabel("딜러", { exact: true }).selectOption({ label: "루나소프트" });
  await page.getByLabel("개인정보 처리업무 위수탁 계약").uncheck();
  await page.getByLabel("수탁자", { exact: true }).fill("루나소프트 주식회사");
  await page.getByLabel("시작일").fill("2026-01-01");
  await page.getByRole("button", { name: "계약 등록" }).click();
  await expect(page.getByText("계약을 초안으로 등록했습니다.")).toBeVisible();
  return new URL(page.url()).pathname;
}

async function upload(page: Page, at: string, kind: string, text: string): Promise<void> {
  await page.goto(`${at}/documents`);
  await page.getByLabel("문서 종류").selectOption({ label: kind });
  await page.getByLabel("파일", { exact: true }).setInputFiles({
    name: `${text}.pdf`,
    mimeType: "application/pdf",
    buffer: content(`${text}.pdf`, freshPaper()).bytes,
  });
  await page.getByRole("button", { name: "올리기" }).click();
  await expect(page.getByRole("row", { name: new RegExp(`${text}\\.pdf`) })).toBeVisible();
}

test("the list names each contract with its state, its channels and its next decision", async ({ page }) => {
  await signInByCookie(page, people.admin);
  await page.goto("/dealers");
  const row = page.getByRole("row", { name: /HG-2025-014/ });
  await expect(row).toContainText("유효");
  await expect(row).toContainText("한결생활");
  await accessible(page);
  await page.getByRole("link", { name: "초안·반려" }).click();
  await expect(page.getByRole("row", { name: /HG-2025-014/ })).toHaveCount(0);
  await page.goto("/dealers?q=HG-2025-014");
  await page.getByRole("link", { name: "인포뱅크" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("인포뱅크");
  await expect(page.getByRole("row", { name: /재위탁 제한/ })).toContainText("시행령 제28조 제1항 제2호");
  await accessible(page);
});

test("a marketer finds the official dealers, and no contract", async ({ page }) => {
  await signInByCookie(page, people.marketer);
  await page.goto("/dealers");
  await expect(page.getByRole("row", { name: /인포뱅크/ })).toContainText("031-628-1740");
  await expect(page.getByText("HG-2025-014")).toHaveCount(0);
  expect((await page.goto("/dealers/contracts/new"))?.status()).toBe(403);
});

for (const script of [true, false]) {
  test(`written, submitted, rejected, approved, and changed again ${script ? "with" : "without"} script`, async ({
    browser,
  }) => {
    const admin = await as(browser, people.admin, script);
    const at = await register(admin);
    await admin.goto(`${at}/approval`);
    await expect(admin.getByText("계약서 문서를 하나 이상 올려야 합니다.")).toBeVisible();
    await upload(admin, at, "계약서", "계약서");
    await admin.goto(`${at}/approval`);
    await admin.getByRole("button", { name: "승인 요청" }).click();
    await expect(admin.getByText("승인을 요청했습니다.")).toBeVisible();
    await expect(admin.getByText("이 판 승인")).toHaveCount(0);

    const officer = await as(browser, people.officer, script);
    await officer.goto(`${at}/approval`);
    await officer.getByText("반려", { exact: true }).first().click();
    const box = officer.getByRole("dialog").or(officer.locator("details[open]"));
    await box.getByLabel("까닭").fill("체결일이 빠졌습니다.");
    await box.getByRole("button", { name: "반려" }).click();
    await expect(officer.getByText("이 판을 반려했습니다.")).toBeVisible();

    await admin.goto(`${at}/edit`);
    await admin.getByLabel("체결일").fill("2025-12-20");
    await admin.getByRole("button", { name: "저장" }).click();
    await expect(admin.getByText("고친 내용을 새 판으로 저장했습니다.")).toBeVisible();
    await admin.goto(`${at}/approval`);
    await admin.getByRole("button", { name: "승인 요청" }).click();
    // The sentence of the first request may still stand.
    await expect(admin.getByRole("button", { name: "승인 요청" })).toHaveCount(0);
    await expect(admin.getByText("승인을 요청했습니다.")).toBeVisible();

    await officer.goto(`${at}/approval`);
    await officer.getByText("이 판 승인").first().click();
    await officer
      .getByRole("dialog")
      .or(officer.locator("details[open]"))
      .getByRole("button", { name: "이 판 승인" })
      .click();
    await expect(officer.getByText("이 판을 승인했습니다.")).toBeVisible();
    await officer.goto(at);
    await expect(officer.getByText("유효").first()).toBeVisible();

    await admin.goto(`${at}/edit`);
    await admin.getByRole("textbox", { name: /^보유 기간/ }).fill("상담 종료 후 1년");
    await admin.getByRole("button", { name: "저장" }).click();
    await expect(admin.getByText(/뒤에 고쳐서 다시 초안입니다/)).toBeVisible();
    await officer.goto(`${at}/approval`);
    await expect(officer.getByRole("row", { name: /보유 기간/ })).toContainText("상담 종료 후 1년");
    // The checker is a script itself.
    if (script) await accessible(officer);
  });
}

test("a version that was replaced while somebody looked at it is not approved", async ({ browser }) => {
  const admin = await as(browser, people.admin);
  const at = await register(admin);
  await upload(admin, at, "계약서", "먼저 본 것");
  await admin.goto(`${at}/approval`);
  await admin.getByRole("button", { name: "승인 요청" }).click();
  const officer = await as(browser, people.officer);
  await officer.goto(`${at}/approval`);
  await upload(admin, at, "부속합의서", "나중에 온 것");
  await officer.getByText("이 판 승인").first().click();
  await officer.getByRole("dialog").getByRole("button", { name: "이 판 승인" }).click();
  await expect(officer.getByText(/보신 판이 그 사이에 바뀌었습니다/)).toBeVisible();
});

test("what is refused stands beside its field and nothing typed is lost", async ({ browser }) => {
  const page = await as(browser, people.admin);
  const number = freshNumber();
  const at = await register(page, number);
  await page.goto("/dealers/contracts/new");
  await page.getByLabel("계약 번호").fill(number);
  await page.getByLabel("계약 이름").fill("같은 번호");
  await page.getByLabel("딜러", { exact: true }).selectOption({ label: "스펙트라" });
  await page.getByLabel("수탁자", { exact: true }).fill("스펙트라");
  await page.getByLabel("시작일").fill("2026-01-01");
  await page.getByRole("button", { name: "계약 등록" }).click();
  await expect(page.getByText(`${number} 번호로 등록한 계약이 이미 있습니다.`).first()).toBeVisible();
  await expect(page.getByLabel("계약 이름")).toHaveValue("같은 번호");

  const other = await as(browser, people.admin);
  await other.goto(`${at}/edit`);
  await page.goto(`${at}/edit`);
  await page.getByLabel("계약 이름").fill("먼저 고침");
  await page.getByRole("button", { name: "저장" }).click();
  await expect(page.getByText("고친 내용을 새 판으로 저장했습니다.")).toBeVisible();
  await other.getByLabel("계약 이름").fill("나중에 고침");
  await other.getByRole("button", { name: "저장" }).click();
  await expect(other.getByText("지금 저장된 값: 먼저 고침").first()).toBeVisible();
  await expect(other.getByLabel("계약 이름")).toHaveValue("나중에 고침");
  await other.getByRole("button", { name: "저장" }).click();
  await expect(other.getByText("고친 내용을 새 판으로 저장했습니다.")).toBeVisible();
});

test("a paper is downloaded, never shown in place, and its file is compared", async ({ browser }) => {
  const page = await as(browser, people.admin);
  const at = await register(page);
  await upload(page, at, "계약서", "내려받을 계약서");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "내려받을 계약서.pdf" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("내려받을 계약서.pdf");
  await page.getByRole("button", { name: "파일 대조하기" }).click();
  await expect(page.getByText("모든 파일이 원본과 같습니다.")).toBeVisible();
  await expect(page.getByRole("row", { name: /내려받을 계약서/ })).toContainText("원본과 같음");
  await page.goto(`${at}/documents`);
  await page.getByLabel("파일", { exact: true }).setInputFiles({
    ...{ name: "계약서.pdf", mimeType: "application/pdf", buffer: Buffer.from("MZ\u0090\u0000 not a document") },
  });
  await page.getByRole("button", { name: "올리기" }).click();
  await expect(page.getByText("올리지 못했습니다")).toBeVisible();
});
