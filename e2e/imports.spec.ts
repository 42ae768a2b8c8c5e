// A file of consultations brought in by the operator while the server runs: how far it is, what was not taken and why, and never twice.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { type Company, openCompany } from "./harness-company";
import { owner, row, rows } from "./harness-database";
import { opened, wrote } from "./harness-hook";
import { accessible, pageOf } from "./harness-page";

let company: Company;
test.beforeAll(async () => {
  company = await openCompany();
});

const command = (file: string) => [
  ...["scripts/damso.mjs", "--json", "transcripts", "import", file],
  ...["--channel", `@${company.marker}`, "--organization", company.marker],
];
type Summary = Readonly<Record<"run" | "importId", string> & Record<"rows" | "stored" | "known" | "bad", number>>;

async function importFile(file: string): Promise<Summary> {
  return JSON.parse((await promisify(execFile)(process.execPath, command(file), { env: process.env })).stdout);
}

const lastRow = 1_100;
const badRows = new Map([
  [1_010, "JSON이 아님"],
  [1_050, "다른 채널의 발신 키"],
  [1_100, "항목이 빠졌거나 맞지 않음"],
]);

/** Sessions of ten messages each, all of the company's channel; what is bad says `secret`. */
function eventsOf(secret: string): string[] {
  const event = (number: number) => {
    const sessionId = `in-${company.marker}-${Math.ceil(number / 11)}`;
    const more = { id: `${company.marker}-${number}` };
    if (number % 11 === 1) return opened(company, { sessionId, ...more });
    return wrote(company, sessionId, `옮겨 온 말 ${number}`, {
      ...more,
      message: { serial: `16898841308${String(number).padStart(8, "0")}`, kind: "text", text: `옮겨 온 말 ${number}` },
    });
  };
  return Array.from({ length: lastRow }, (_, index) => {
    const number = index + 1;
    if (number === 1_010) return `{"id":"${secret}`;
    if (number === 1_050) return JSON.stringify({ ...event(number), senderKey: "f".repeat(40), extra: secret });
    if (number === 1_100) return JSON.stringify({ ...event(number), at: secret });
    return JSON.stringify(event(number));
  });
}

test("the operator imports a file; people see how far it is, and which rows were not taken and why", async ({
  browser,
}, info) => {
  const secret = `가려진줄${company.marker}`;
  const lines = eventsOf(secret);
  const file = info.outputPath(`옮김-${company.marker}.ndjson`);
  await writeFile(file, lines.join("\n"));
  const page = await pageOf(browser, company.people.COMPLIANCE_OFFICER, "/transcripts/exports");
  await page.getByRole("link", { name: "가져오기" }).click();
  const line = page.getByRole("row", { name: new RegExp(`옮김-${company.marker}`) });
  await expect(line).toHaveCount(0);

  // Its second thousand waits: it cannot write what it did not take.
  const client = await owner();
  const held = "SELECT 1 FROM pg_locks WHERE relation = 'import_faults'::regclass AND NOT granted";
  await client.query("BEGIN; LOCK TABLE import_faults IN SHARE MODE");
  const running = spawn(process.execPath, command(file), { env: process.env, stdio: ["ignore", "pipe", "pipe"] });
  const said: string[] = [];
  const shown: string[] = [];
  running.stdout.on("data", (part) => said.push(String(part)));
  running.stderr.on("data", (part) => shown.push(String(part)));
  const ended = once(running, "close");
  await expect.poll(async () => (await client.query(held)).rows.length, { timeout: 60_000 }).toBe(1);
  await page.reload();
  await expect(line).toContainText(/[89]\d%까지/);
  await expect(line).toContainText("1,000");
  await client.query("ROLLBACK");
  expect(await ended).toEqual([0, null]);
  expect(shown.join("")).toMatch(/가져오기 \/ import 100%/);
  const summary: Summary = JSON.parse(said.join(""));
  expect(summary).toMatchObject({ run: "new", rows: lastRow, stored: lastRow - badRows.size, bad: badRows.size });

  await page.reload();
  await expect(line).toContainText("끝남");
  await accessible(page);
  await line.getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(summary.importId));
  const faults = page.getByRole("figure", { name: "받지 못한 줄" }).getByRole("row");
  await expect(faults).toHaveCount(badRows.size + 1);
  for (const [at, [number, reason]] of [...badRows].entries()) {
    await expect(
      faults
        .nth(at + 1)
        .getByRole("cell")
        .first(),
    ).toHaveText(number.toLocaleString("ko"));
    await expect(faults.nth(at + 1)).toContainText(reason);
  }
  expect(await page.content()).not.toContain(secret);
  await accessible(page);

  const before = await stored();
  expect(await importFile(file)).toMatchObject({ run: "repeated", importId: summary.importId });
  const other = info.outputPath("other.ndjson");
  await writeFile(other, [...lines.slice(0, 30), ""].join("\n"));
  expect(await importFile(other)).toMatchObject({ run: "new", rows: 30, stored: 0, known: 30, bad: 0 });
  expect(await stored()).toEqual(before);
  await page.context().close();
});

/** What lies of the imported consultations. */
async function stored(): Promise<{ sessions: number; messages: number }> {
  const query = `SELECT count(*)::int AS sessions, sum(message_count)::int AS messages FROM consult_sessions
    WHERE organization_id = $1 AND external_id LIKE 'in-%'`;
  const found = await row<{ sessions: number; messages: number }>(query, [company.id]);
  expect(found.sessions).toBe(100);
  return found;
}

test("a run that was broken off is shown as unfinished until the command runs again", async ({ browser }, info) => {
  const file = info.outputPath("broken.ndjson");
  const lines = eventsOf("x").slice(0, 5);
  await writeFile(file, lines.join("\n"));
  const { importId } = await importFile(file);
  await (await owner()).query(
    `UPDATE transcript_imports SET finished_at = NULL, "offset" = bytes / 2, rows = 2 WHERE id = $1`,
    [importId],
  );
  const page = await pageOf(browser, company.people.AUDITOR, `/transcripts/imports/${importId}`);
  await expect(page.getByText("같은 명령을 다시 실행하면 이어서 가져옵니다")).toBeVisible();
  await (await owner()).query("UPDATE transcript_imports SET finished_at = now() WHERE id = $1", [importId]);
  for (const who of [company.people.MARKETER, company.people.CLIENT_ADMIN])
    expect((await who.caller.get(`/transcripts/imports/${importId}`)).status).toBe(403);
  const events = await rows<{ action: string }>(
    "SELECT action FROM audit_events WHERE organization_id = $1 AND target_id = $2 ORDER BY at",
    [company.id, importId],
  );
  expect(events.map(({ action }) => action)).toEqual(["transcript-import.started", "transcript-import.finished"]);
  await page.context().close();
});
