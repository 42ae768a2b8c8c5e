// Users' files: asked for only where the administrator allows it, kept encrypted, opened on purpose, each time an access record.
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { type Company, openCompany } from "./harness-company";
import { row, rows } from "./harness-database";
import { opened, tell, wrote } from "./harness-hook";
import { accessible, pageOf } from "./harness-page";

/** What scripts/rehearsal.ts lists in DAMSO_OUTBOUND_ALLOW. */
const siteAddress = "127.0.0.78";
const reason = "소비자원 조정 사건 사진 확인";
const said = Buffer.from("사진 속의 말 ".repeat(30));
const photo = Buffer.concat([Buffer.from("ffd8ffe000104a4649460001", "hex"), said, randomBytes(60_000), said]);
const session = `file-${Date.now().toString(36)}`;

let company: Company;
let site: Server;
let host: string;
let asked: string[] = [];

test.beforeAll(async () => {
  company = await openCompany();
  site = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.end(photo);
  });
  await new Promise<void>((resolve) => site.listen(0, siteAddress, resolve));
  host = `${siteAddress}:${(site.address() as AddressInfo).port}`;
  expect(JSON.parse((await tell(company, opened(company, { sessionId: session }))).text)).toMatchObject({ stored: 1 });
});
test.afterAll(async () => {
  site.closeAllConnections();
  await new Promise((resolve) => site.close(resolve));
});

async function sendPhoto(name: string): Promise<void> {
  const attachments = [{ url: `http://${host}/${name}`, name }];
  const serial = `169${Date.now()}`;
  const message = { serial, kind: "photo", attachments };
  const { text } = await tell(company, wrote(company, session, "", { message }));
  expect(JSON.parse(text)).toMatchObject({ stored: 1 });
}

const hostRow = (page: Page) => page.getByRole("row", { name: new RegExp(`^${host}`) });

/** The page says so after a while: files are fetched in the background. */
async function comesToSay(page: Page, ...parts: (string | RegExp)[]): Promise<void> {
  await expect(async () => {
    await page.reload();
    for (const part of parts) await expect(hostRow(page)).toContainText(part, { timeout: 500 });
  }).toPass({ timeout: 40_000 });
}

/** All bytes in the server's file store. */
function everyByte(): Buffer {
  const root = (process.env.DAMSO_FILES ?? "").replace(/^file:/, "");
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  expect(files.length).toBeGreaterThan(0);
  return Buffer.concat(files.map((one) => readFileSync(path.join(one.parentPath, one.name))));
}

test("a host waits for the administrator; then its files are fetched, and opened on purpose alone", async ({
  browser,
}) => {
  const { CLIENT_ADMIN, COMPLIANCE_OFFICER, AUDITOR, MARKETER } = company.people;
  const admin = await pageOf(browser, CLIENT_ADMIN, "/transcripts/files");
  await sendPhoto("first.jpg");
  await comesToSay(admin, "정하지 않음");
  await expect
    .poll(async () => (await rows("SELECT 1 FROM attachments WHERE host = $1 AND state = 'not-kept'", [host])).length)
    .toBe(1);
  expect(asked).toEqual([]);
  await accessible(admin);

  await admin.reload();
  await hostRow(admin).getByRole("button", { name: "허용", exact: true }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "허용", exact: true }).click();
  await expect(admin.getByText("호스트를 허용했습니다.")).toBeVisible();
  await expect
    .poll(async () => (await rows("SELECT 1 FROM attachments WHERE host = $1 AND state = 'kept'", [host])).length, {
      timeout: 40_000,
    })
    .toBe(1);
  expect(asked).toEqual(["/first.jpg"]);
  await comesToSay(admin, "허용");
  expect(everyByte().includes(said.subarray(0, 40))).toBe(false);

  const { sessionId, fileId } = await row<{ sessionId: string; fileId: string }>(
    `SELECT session_id AS "sessionId", id AS "fileId" FROM attachments WHERE host = $1`,
    [host],
  );
  const address = `/transcripts/${sessionId}/attachments/${fileId}`;
  for (const who of [CLIENT_ADMIN, COMPLIANCE_OFFICER, AUDITOR, MARKETER])
    expect((await who.caller.get(address)).status).toBe(404);

  const page = await pageOf(browser, COMPLIANCE_OFFICER, `/transcripts/${sessionId}`);
  await page.getByLabel(`목적 ${company.marker}`).check();
  await page.getByLabel("구체적인 사유").fill(reason);
  await page.getByRole("button", { name: "기록하고 열람" }).click();
  await expect(page.getByText("가림을 풀어야 내려받을 수 있습니다")).toBeVisible();
  expect((await page.request.get(address)).status()).toBe(404);
  await page.getByRole("button", { name: "가림 풀기" }).click();
  await page.getByRole("button", { name: "기록하고 풀기" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("list", { name: "상담 내용" }).getByRole("link", { name: "내려받기" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("first.jpg");
  expect((await readFile(await download.path())).equals(photo)).toBe(true);
  const accesses = await rows<{ action: string; reason: string; actor: string }>(
    `SELECT action, reason, actor_id AS actor FROM access_records WHERE session_id = $1 AND action <> 'search' ORDER BY at`,
    [sessionId],
  );
  const own = { reason, actor: COMPLIANCE_OFFICER.personId };
  expect(accesses).toEqual(["read", "unmask", "file"].map((action) => ({ action, ...own })));

  await test.step("a host that is refused is asked no more; its file is told as not kept", async () => {
    asked = [];
    await admin.reload();
    await hostRow(admin).getByRole("button", { name: "받지 않음으로" }).click();
    await admin.getByRole("dialog").getByRole("button", { name: "받지 않음으로" }).click();
    await expect(admin.getByText("이 호스트에서는 더 받아 오지 않습니다.")).toBeVisible();
    await sendPhoto("second.jpg");
    await expect
      .poll(
        async () => (await rows("SELECT 1 FROM attachments WHERE host = $1 AND state = 'not-kept'", [host])).length,
        {
          timeout: 40_000,
        },
      )
      .toBe(1);
    expect(asked).toEqual([]);
    await admin.reload();
    const notKept = admin.getByRole("figure", { name: "보관하지 못한 파일" }).getByRole("row");
    await expect(notKept.nth(1)).toContainText("허용하지 않은 호스트");
    await expect(notKept.nth(1)).toContainText(host);
    await page.reload();
    const lines = page.getByRole("list", { name: "상담 내용" }).getByRole("listitem");
    await expect(lines.filter({ hasText: "second.jpg" })).toContainText("보관하지 않음");
    await expect(lines.filter({ hasText: "first.jpg" }).getByRole("link", { name: "내려받기" })).toBeVisible();
  });
  await page.getByRole("button", { name: "닫기" }).click();
  await expect(page.getByText("열람을 닫았습니다.")).toBeVisible();
  expect((await page.request.get(address)).status()).toBe(404);
  for (const one of [page, admin]) await one.context().close();
});

test("who may not decide sees the hosts without the means, and who may not look does not see them", async ({
  browser,
}) => {
  const page = await pageOf(browser, company.people.COMPLIANCE_OFFICER, "/transcripts/files");
  await expect(hostRow(page)).toContainText("받지 않음");
  await expect(page.getByRole("button", { name: "허용", exact: true })).toHaveCount(0);
  await accessible(page);
  expect((await company.people.MARKETER.caller.get("/transcripts/files")).status).toBe(403);
  await page.context().close();
});
