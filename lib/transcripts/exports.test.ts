import { readFile } from "node:fs/promises";
import path from "node:path";
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JobActor } from "@/lib/auth/actor";
import { closeDatabase } from "@/lib/db/client";
import { env } from "@/lib/env";
import { storedPath } from "@/lib/storage";
import { downloadExport } from "./commands/download-export";
import { expireExports, makeNextExport } from "./commands/make-export";
import { requestExport } from "./commands/request-export";
import { revokeExport } from "./commands/revoke-export";
import { makeExports } from "./export-jobs";
import type { RequestExport } from "./schema/exports";
import { openReadingCompany, type ReadingCompany, said, saidUserKey } from "./testing";

let company: ReadingCompany;
let job: JobActor;
const now = new Date();

const order = (more: Partial<RequestExport> = {}): RequestExport => ({
  ...{ format: "ndjson", unmasked: false, purposeId: company.purposes.full, reason: "분쟁 조정 서류 제출" },
  ...{ channel: company.channelId },
  ...more,
});
const rowOf = async (id: string) =>
  (await company.owner.query("SELECT * FROM transcript_exports WHERE id = $1", [id])).rows[0];
const storedBytes = async (fileId: string) =>
  readFile(path.join(env().DAMSO_FILES.replace(/^file:/, ""), storedPath(fileId)));
async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}
async function unpack(bytes: Uint8Array, password: string): Promise<{ name: string; text: string }> {
  const zip = new ZipReader(new Uint8ArrayReader(bytes), { password, checkSignature: true });
  const [entry] = await zip.getEntries();
  if (!entry || entry.directory) throw new Error("The archive holds no file");
  expect(entry).toMatchObject({ encrypted: true, zipCrypto: false });
  return { name: entry.filename, text: Buffer.from(await entry.getData(new Uint8ArrayWriter())).toString("utf8") };
}
async function made(more: Partial<RequestExport> = {}) {
  const asked = await requestExport(company.officer, order(more), now);
  await makeExports(new Date());
  return { ...asked, row: await rowOf(asked.exportId) };
}

beforeAll(async () => {
  company = await openReadingCompany();
  job = { kind: "job", name: "transcript-exports", organizationId: company.ours };
  await company.consult();
  await company.consult({ userKey: "anotherUser1" });
});
afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});

describe("an export", () => {
  it("is recorded once, with an access record for every data subject, before anything is made", async () => {
    await company.mark();
    const since = new Date();
    const { exportId, sessions } = await requestExport(company.officer, order(), now);
    expect(sessions).toBe(2);
    await company.expectOneEvent("transcript.exported", exportId);
    const accesses = await company.accesses(new Date(since.getTime() - 1_000));
    expect(accesses.filter(({ detail }) => detail.includes(exportId))).toHaveLength(2);
    expect(new Set(accesses.map(({ subject }) => subject)).size).toBe(2);
    expect(accesses.at(-1)).toMatchObject({
      purpose: "분쟁 처리",
      reason: "분쟁 조정 서류 제출",
      address: "192.0.2.1",
    });
    await revokeExport(company.officer, exportId, now);
  });

  it("does not name the dealer's session where its record outlives it", async () => {
    const since = new Date(Date.now() - 1_000);
    const { rows } = await company.owner.query("SELECT external_id FROM consult_sessions ORDER BY id LIMIT 1");
    const session: string = rows[0].external_id;
    await company.mark();
    const { exportId, sessions } = await requestExport(company.officer, order({ session }), now);
    const event = await company.expectOneEvent("transcript.exported", exportId);
    const records = JSON.stringify([event, await company.accesses(since), (await rowOf(exportId)).filter]);
    expect([sessions, records.includes(session)]).toEqual([1, false]);
    expect(records).toMatch(/"session[\\"]+:[\\"]+[0-9a-f]{32}/);
    await revokeExport(company.officer, exportId, now);
  });

  it("opens with its password alone, is masked, and nothing readable lies on the disk or in the row", async () => {
    const { row, password, exportId } = await made();
    expect(row).toMatchObject({ planned: 2, written: 2, password_sealed: null, failure: "" });
    const disk = await storedBytes(row.file_id);
    for (const secret of ["표식-5d1c", "010-1234", saidUserKey, password]) expect(disk.includes(secret)).toBe(false);
    const file = await downloadExport(company.officer, exportId, new Date());
    expect(file).toMatchObject({ mime: "application/zip", bytes: disk.length });
    const { name, text } = await unpack(await bytesOf(file.stream), password);
    expect(name).toMatch(/\.ndjson$/);
    const lines = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ type }) => type)).toEqual(["session", "message", "session", "message"]);
    expect(text).toContain("표식-5d1c");
    expect(text).not.toContain("010-1234-4821");
    expect(text).not.toContain(saidUserKey);
    await expect(unpack(disk, `${password}x`)).rejects.toThrow(/password/i);
  });

  it("shows what is masked only for a purpose that allows it", async () => {
    const unmasked = { unmasked: true };
    await expect(
      requestExport(company.officer, order({ ...unmasked, purposeId: company.purposes.masked }), now),
    ).rejects.toMatchObject({ field: "unmasked" });
    const { row, password } = await made({ ...unmasked, format: "csv" });
    const { text } = await unpack(await storedBytes(row.file_id), password);
    expect(text.startsWith("\ufeff")).toBe(true);
    expect(text).toContain(said);
    expect(text).toContain(saidUserKey);
  });

  it("keeps what a spreadsheet would take for a formula from being one", async () => {
    const text = '=HYPERLINK("http://x.example","눌러")';
    await company.consult({ userKey: "formulaUser", content: { text } });
    const { row, password } = await made({ format: "csv" });
    const sheet = (await unpack(await storedBytes(row.file_id), password)).text;
    expect(sheet).toContain(`"'=HYPERLINK(""http://x.example"",""눌러"")"`);
  });

  it("is a paper with its own fonts", async () => {
    const { row, password } = await made({ format: "pdf" });
    const zip = new ZipReader(new Uint8ArrayReader(await storedBytes(row.file_id)), { password });
    const [entry] = await zip.getEntries();
    if (!entry || entry.directory) throw new Error("The archive holds no file");
    const pdf = Buffer.from(await entry.getData(new Uint8ArrayWriter())).toString("latin1");
    expect(pdf.startsWith("%PDF-1.7")).toBe(true);
    expect(pdf.trimEnd().endsWith("%%EOF")).toBe(true);
    expect(pdf).toMatch(/\/FontFile3 \d+ 0 R/);
    expect(pdf.match(/\/Type \/Page\n/g)?.length).toBeGreaterThan(0);
  });

  it("is given to the one who asked, each time an access record", async () => {
    const { exportId, row } = await made();
    await company.mark();
    await downloadExport(company.officer, exportId, new Date());
    await company.expectOneEvent("transcript.downloaded", exportId);
    expect((await rowOf(exportId)).downloads).toBe(1);
    await expect(downloadExport(company.strangeOfficer, exportId, new Date())).rejects.toThrow("not found");
    const other = { ...company.officer, personId: company.admin.personId };
    await expect(downloadExport(other, exportId, new Date())).rejects.toThrow("not found");
    await expect(downloadExport({ ...company.officer, role: "AUDITOR" }, exportId, new Date())).rejects.toThrow(
      "transcript:export",
    );
    const after = new Date(row.expires_at.getTime());
    await expect(downloadExport(company.officer, exportId, after)).rejects.toThrow("not found");
  });

  it("goes when it is revoked, and when its day is over", async () => {
    const one = await made();
    await company.mark();
    await revokeExport(company.officer, one.exportId, new Date());
    await company.expectOneEvent("transcript-export.revoked", one.exportId);
    await expect(downloadExport(company.officer, one.exportId, new Date())).rejects.toThrow("not found");
    const two = await made();
    const hour = 3_600_000;
    expect(two.row.expires_at.getTime() - two.row.finished_at.getTime()).toBe(24 * hour);
    await expireExports(job, new Date(two.row.expires_at.getTime() - 1));
    expect((await rowOf(two.exportId)).gone_at).toBeNull();
    await expireExports(job, two.row.expires_at);
    expect(await rowOf(two.exportId)).toMatchObject({ gone_why: "expired" });
    const { rows } = await company.owner.query("SELECT file_id FROM file_removals");
    expect(rows.map(({ file_id }) => file_id)).toEqual(expect.arrayContaining([one.row.file_id, two.row.file_id]));
  });

  it("is made once by two makers, and again from the start after one that died", async () => {
    const { exportId, password } = await requestExport(company.officer, order(), now);
    await Promise.all([makeNextExport(job, new Date()), makeNextExport(job, new Date())]);
    const { rows } = await company.owner.query(
      "SELECT count(*)::int n FROM audit_events WHERE action = 'transcript-export.made' AND target_id = $1",
      [exportId],
    );
    expect(rows[0].n).toBe(1);
    const dead = await requestExport(company.officer, order(), now);
    const lease = (when: string) =>
      company.owner.query(
        `UPDATE transcript_exports SET started_at = now(), written = 1, lease_until = clock_timestamp() ${when} WHERE id = $1`,
        [dead.exportId],
      );
    await lease("+ interval '1 minute'");
    await makeExports(new Date());
    expect((await rowOf(dead.exportId)).finished_at).toBeNull();
    await lease("- interval '1 second'");
    await makeExports(new Date());
    const row = await rowOf(dead.exportId);
    expect((await unpack(await storedBytes(row.file_id), dead.password)).text).toContain("표식-5d1c");
    expect(password).not.toBe(dead.password);
  });

  it("leaves out what was destroyed before it was made, and takes nothing that came later", async () => {
    const gone = await company.consult({ userKey: "goneUser" });
    const asked = await requestExport(company.officer, order(), now);
    const later = await company.consult({ userKey: "laterUser" });
    for (const table of ["session_keys", "messages", "export_sessions"])
      await company.owner.query(`DELETE FROM ${table} WHERE session_id = $1`, [gone]);
    await company.owner.query("DELETE FROM consult_sessions WHERE id = $1", [gone]);
    await makeExports(new Date());
    const row = await rowOf(asked.exportId);
    expect(row.planned - row.written).toBe(1);
    const { text } = await unpack(await storedBytes(row.file_id), asked.password);
    expect(text).not.toContain(gone);
    expect(text).not.toContain(later);
  });

  it("is refused to others, for nothing, and of another company's channel", async () => {
    const { admin, auditor, marketer, strangeOfficer } = company;
    for (const actor of [admin, auditor, marketer])
      await expect(requestExport(actor, order(), now)).rejects.toThrow("transcript:export");
    await expect(requestExport(strangeOfficer, order(), now)).rejects.toMatchObject({ field: "purposeId" });
    await expect(requestExport(company.officer, order({ user: "0".repeat(32) }), now)).rejects.toMatchObject({
      key: "transcripts.exports.nothing",
    });
    const { exportId } = await made();
    await expect(revokeExport(strangeOfficer, exportId, now)).rejects.toThrow("not found");
  });
});
