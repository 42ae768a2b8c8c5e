// Transcripts taken out of the house: asked for with purpose and reason, made in the background, opened elsewhere with a password.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { storedPath } from "@/lib/storage";
import { Caller } from "./harness-caller";
import { type Company, openCompany } from "./harness-company";
import { owner, row, rows } from "./harness-database";
import { opened, tell, wrote } from "./harness-hook";
import { accessible, pageOf } from "./harness-page";
import { wordsOfPdf } from "./harness-pdf";
import { openEncryptedZip } from "./harness-zip";

let company: Company;
let neighbour: Company;
const reason = "소비자원 조정 사건 서류 제출";
const session = `out-${Date.now().toString(36)}`;
const formula = '=HYPERLINK("http://x.example","눌러")';
let marker = "";
let sessionId = "";

const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString();

test.beforeAll(async () => {
  [company, neighbour] = [await openCompany(), await openCompany()];
  marker = `내보낼말${company.marker}`;
  const told = await tell(
    company,
    opened(company, { sessionId: session, at: secondsAgo(3) }),
    wrote(company, session, `${marker} 번호는 010-1234-4821 입니다`, { at: secondsAgo(2) }),
    wrote(company, session, formula, { at: secondsAgo(1) }),
  );
  expect(JSON.parse(told.text)).toMatchObject({ stored: 3 });
  const query = "SELECT id FROM consult_sessions WHERE organization_id = $1 AND external_id = $2";
  sessionId = (await row<{ id: string }>(query, [company.id, session])).id;
});

const list = (page: Page) => page.getByRole("figure", { name: "내보내기 목록" }).getByRole("row");

/** Asks for the consultation in a format. @returns the password, shown this once */
async function ask(page: Page, format: "NDJSON" | "CSV" | "PDF"): Promise<string> {
  await page.goto("/transcripts/exports/new");
  await page.getByLabel("세션 ID").fill(session);
  await page.getByRole("button", { name: "건수 보기" }).click();
  await expect(page.getByText("내보낼 상담 1건")).toBeVisible();
  await page.getByRole("radio", { name: format }).check();
  await page.getByLabel("조회 목적").selectOption({ label: `목적 ${company.marker}` });
  await page.getByLabel("구체적인 사유").fill("짧음");
  await page.getByRole("button", { name: "기록하고 내보내기" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("10");
  await page.getByLabel("구체적인 사유").fill(reason);
  await page.getByRole("button", { name: "기록하고 내보내기" }).click();
  const once = page.getByRole("region", { name: "압축 파일의 비밀번호" });
  const password = (await once.getByRole("code").textContent()) ?? "";
  expect(password).toMatch(/^([a-z2-9]{6}-){3}[a-z2-9]{6}$/);
  await accessible(page);
  await once.getByRole("link", { name: "내보내기 목록으로" }).click();
  return password;
}

/** Waits until it is made, without a reload by hand, and downloads it. */
async function fetchFile(page: Page): Promise<{ bytes: Buffer; address: string }> {
  const newest = list(page).nth(1);
  await expect(newest).toContainText("내려받을 수 있음", { timeout: 30_000 });
  await expect(newest).toContainText("1 / 1건");
  const link = newest.getByRole("link", { name: "내려받기" });
  const address = (await link.getAttribute("href")) ?? "";
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(download.suggestedFilename()).toMatch(/^transcripts-[0-9a-f]{8}\.zip$/);
  return { bytes: await readFile(await download.path()), address };
}

async function officerPage(browser: Browser): Promise<Page> {
  return pageOf(browser, company.people.COMPLIANCE_OFFICER, "/transcripts/exports");
}

const contents: Readonly<Record<"NDJSON" | "CSV" | "PDF", (content: Buffer) => Promise<void>>> = {
  NDJSON: async (content) => {
    const lines = content
      .toString("utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const { kept } = await row<{ kept: number }>("SELECT message_count AS kept FROM consult_sessions WHERE id = $1", [
      sessionId,
    ]);
    expect(lines[0]).toMatchObject({ type: "session", externalId: session });
    const said = lines.filter(({ type, direction }) => type === "message" && direction === "in");
    expect(said).toHaveLength(kept);
    expect(said.map(({ content: { text } }) => text)).toEqual([`${marker} 번호는 010-****-4821 입니다`, formula]);
  },
  CSV: async (content) => {
    const text = content.toString("utf8");
    expect(text.startsWith("\ufeff")).toBe(true);
    expect(text).toContain(`"${session}"`);
    expect(text).toContain(`"${marker} 번호는 010-****-4821 입니다"\r\n`);
    // A spreadsheet shows it and does not follow it (P-39).
    expect(text).toContain(`"'=HYPERLINK(""http://x.example"",""눌러"")"\r\n`);
  },
  PDF: async (content) => {
    expect(content.subarray(0, 8).toString("latin1")).toBe("%PDF-1.7");
    const words = wordsOfPdf(content);
    for (const part of [company.name, reason, marker, "010-****-4821"]) expect(words).toContain(part);
    expect(words).not.toContain("1234-4821");
  },
};

for (const format of ["NDJSON", "CSV", "PDF"] as const)
  test(`an export in ${format} opens with its password alone and says what the consultation says`, async ({
    browser,
  }) => {
    const page = await officerPage(browser);
    const password = await ask(page, format);
    await expect(page.getByText(password)).toHaveCount(0);
    const { bytes, address } = await fetchFile(page);
    expect(await page.content()).not.toContain(password);
    await accessible(page);
    for (const secret of [marker, "010-1234-4821", password]) expect(bytes.includes(secret)).toBe(false);
    expect(() => openEncryptedZip(bytes, `${password}x`)).toThrow("Another password");
    const { name, content } = openEncryptedZip(bytes, password);
    expect(name).toBe(`transcripts-${address.split("/")[3]?.slice(0, 8)}.${format.toLowerCase()}`);
    await contents[format](content);

    const id = address.split("/")[3] ?? "";
    const accesses = await rows<{ action: string; purpose: string; reason: string; actor: string }>(
      "SELECT action, purpose, reason, actor_id AS actor FROM access_records WHERE session_id = $1 AND detail LIKE $2 ORDER BY at",
      [sessionId, `%${id}%`],
    );
    const { personId } = company.people.COMPLIANCE_OFFICER;
    const five = { purpose: `목적 ${company.marker}`, reason, actor: personId };
    expect(accesses).toEqual([
      { action: "export", ...five },
      { action: "download", ...five },
    ]);
    await page.context().close();
  });

test("the file is the asker's alone, and nobody's once it is revoked or its time is over", async ({ browser }) => {
  const page = await officerPage(browser);
  await ask(page, "CSV");
  const { address } = await fetchFile(page);
  const { CLIENT_ADMIN, COMPLIANCE_OFFICER, MARKETER, AUDITOR } = company.people;
  const answerTo = async (who: Caller) => (await who.get(address)).status;
  const others = [CLIENT_ADMIN, MARKETER, AUDITOR, neighbour.people.COMPLIANCE_OFFICER].map(({ caller }) => caller);
  for (const who of [...others, new Caller()]) expect(await answerTo(who)).toBe(404);
  expect(await answerTo(COMPLIANCE_OFFICER.caller)).toBe(200);
  for (const { caller } of [CLIENT_ADMIN, MARKETER, AUDITOR])
    expect((await caller.get("/transcripts/exports/new")).status).toBe(403);

  await list(page).nth(1).getByRole("button", { name: "회수" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "회수" }).click();
  await expect(page.getByText("내보낸 파일을 회수했습니다.")).toBeVisible();
  await expect(list(page).nth(1)).toContainText("회수됨");
  expect(await answerTo(COMPLIANCE_OFFICER.caller)).toBe(404);

  await ask(page, "NDJSON");
  const second = await fetchFile(page);
  const id = second.address.split("/")[3] ?? "";
  await (await owner()).query("UPDATE transcript_exports SET expires_at = now() WHERE id = $1", [id]);
  await page.reload();
  await expect(list(page).nth(1)).toContainText("만료됨");
  expect((await COMPLIANCE_OFFICER.caller.get(second.address)).status).toBe(404);
  const { file } = await row<{ file: string }>("SELECT file_id AS file FROM transcript_exports WHERE id = $1", [id]);
  const place = path.join((process.env.DAMSO_FILES ?? "").replace(/^file:/, ""), storedPath(file));
  await expect.poll(() => existsSync(place), { timeout: 40_000 }).toBe(false);
  const ended = "SELECT 1 FROM transcript_exports WHERE id = $1 AND gone_why = 'expired' AND gone_at IS NOT NULL";
  expect(await rows(ended, [id])).toHaveLength(1);
  await page.context().close();
});

test("an auditor sees who exported what and why, and cannot take it", async ({ browser }) => {
  const asking = await officerPage(browser);
  await ask(asking, "NDJSON");
  await asking.context().close();
  const page = await pageOf(browser, company.people.AUDITOR, "/transcripts/exports");
  await expect(list(page).nth(1)).toContainText(reason);
  await expect(page.getByRole("link", { name: "내려받기" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "회수" })).toHaveCount(0);
  await page.goto("/audit/access?action=export");
  await expect(page.getByRole("row", { name: /내보내기/ }).first()).toBeVisible();
  await page.context().close();
});
