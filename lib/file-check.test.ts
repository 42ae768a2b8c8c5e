import { createHash, randomUUID } from "node:crypto";
import { readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { JobActor, PersonActor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { closeDatabase } from "@/lib/db/client";
import { env } from "@/lib/env";
import { Conflict, Forbidden, Refused } from "@/lib/errors";
import { FileChanged, openOrReport, openVerified, type ReceivedFile, receiveFile } from "@/lib/evidence";
import { knownDifferences, verifyFiles, verifyFilesNightly } from "@/lib/file-check";
import { type FileFamily, fileFamilies } from "@/lib/file-kind";
import { FileRefused } from "@/lib/file-refusal";
import { fileStore, newFileId, storedPath } from "@/lib/storage";
import { waitingFiles } from "@/lib/today/queries/files";

let organizationId: string;
let officer: PersonActor;
let owner: pg.Client;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
});
beforeEach(async () => {
  organizationId = await organization();
  officer = person(organizationId, "COMPLIANCE_OFFICER");
});

async function organization(): Promise<string> {
  const id = randomUUID();
  await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, $2, '한결생활')", [
    id,
    `s${id.slice(0, 8)}`,
  ]);
  return id;
}

const person = (organization: string, role: PersonActor["role"]): PersonActor => ({
  ...{ kind: "person", personId: randomUUID(), organizationId: organization, role },
  ...{ signInId: randomUUID(), address: "10.20.4.31" },
});

async function* one(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
const place = (id: string) => path.join(env().DAMSO_FILES.replace(/^file:/, ""), storedPath(id));

/** A kept file with its row. */
async function kept(text: string, organization = organizationId) {
  const id = newFileId();
  const { bytes, sha256 } = await fileStore().putStream(id, one(text), 1_000);
  await owner.query(
    "INSERT INTO evidence_files (id, organization_id, name, mime, bytes, sha256, person_id) VALUES ($1, $2, 'a.pdf', 'application/pdf', $3, $4, $5)",
    [id, organization, bytes, sha256, officer.personId],
  );
  return { id, bytes, sha256 };
}

const three = async () => [await kept("가"), await kept("나"), await kept("다")];

async function events(): Promise<[string, string, Record<string, unknown>][]> {
  const { rows } = await owner.query<{ action: string; target: string; body: string }>(
    "SELECT action, target_id AS target, body FROM audit_events WHERE organization_id = $1 ORDER BY at, action",
    [organizationId],
  );
  return rows.map(({ action, target, body }) => [action, target, JSON.parse(body)]);
}

async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");

describe("a file that is opened", () => {
  it("comes as it was recorded", async () => {
    const file = await kept("제4조 (재위탁)");
    expect(await textOf(await openVerified(file))).toBe("제4조 (재위탁)");
    expect(await events()).toEqual([]);
  });
  it.each<[string, (at: string) => void, string | null]>([
    ["altered", (at) => writeFileSync(at, "제5조 (재위탁)"), hashOf("제5조 (재위탁)")],
    ["cut", (at) => truncateSync(at, 3), hashOf("제")],
    ["emptied", (at) => truncateSync(at, 0), hashOf("")],
    ["gone", (at) => rmSync(at), null],
  ])("is refused and recorded once it is %s", async (_what, spoil, seen) => {
    const file = await kept("제4조 (재위탁)");
    spoil(place(file.id));
    await expect(openVerified(file)).rejects.toMatchObject({ fileId: file.id, expected: file.sha256, seen });
    await expect(openOrReport(officer, "evidence:download", file)).rejects.toBeInstanceOf(FileChanged);
    expect(await events()).toEqual([["file.changed", file.id, { expected: file.sha256, seen }]]);
  });
  it("never arrives whole when it changes between the two readings", async () => {
    const file = await kept("제4조 (재위탁)");
    const stream = await openVerified(file);
    writeFileSync(place(file.id), "제5조 (재위탁)");
    await expect(textOf(stream)).rejects.toThrow("recorded SHA-256");
  });
});

describe("verifyFiles", () => {
  it("reads every file of the organization and names what differs", async () => {
    const files = await three();
    await kept("다른 회사", await organization());
    expect(await verifyFiles(officer)).toMatchObject({ checked: 3, bytes: 9, differences: [], next: null });
    const [altered, gone] = files;
    if (!altered || !gone) throw new Error("no files");
    writeFileSync(place(altered.id), "라");
    rmSync(place(gone.id));
    const seen: number[] = [];
    const found = await verifyFiles(officer, { onProgress: (done, total) => seen.push(done, total) });
    expect(seen).toEqual([1, 3, 2, 3, 3, 3]);
    expect(new Map(found.differences.map((one) => [one.fileId, [one.path, one.expected, one.seen]]))).toEqual(
      new Map([
        [altered.id, [storedPath(altered.id), altered.sha256, hashOf("라")]],
        [gone.id, [storedPath(gone.id), gone.sha256, null]],
      ]),
    );
    const [first, ...later] = await events();
    expect(first).toEqual([
      "file.verified",
      organizationId,
      expect.objectContaining({ checked: 3, bytes: 9, different: 0, files: [] }),
    ]);
    expect(later.map(([action]) => action)).toEqual(["file.changed", "file.changed", "file.verified"]);
    expect(later[2]?.[2]).toMatchObject({ checked: 3, different: 2, next: null });
  });
  it("is refused to who may not", async () => {
    await expect(verifyFiles(person(organizationId, "MARKETER"))).rejects.toBeInstanceOf(Forbidden);
    expect((await events()).map(([action]) => action)).toEqual(["access.denied"]);
  });
  it("goes on each night where it stopped, and looks again at what was different until it is whole", async () => {
    const files = (await three()).sort((a, b) => (a.id < b.id ? -1 : 1));
    const [first] = files;
    if (!first) throw new Error("no files");
    const original = readFileSync(place(first.id));
    writeFileSync(place(first.id), "x");
    const waiting = () => read(officer, "channel:read", (tx) => waitingFiles(tx));
    await expect(openOrReport(officer, "evidence:download", first)).rejects.toBeInstanceOf(FileChanged);
    expect(await waiting()).toMatchObject([{ kind: "fileChanged", subject: first.id, values: { count: 1 } }]);

    const stretch = await verifyFiles(officer, { mostBytes: 4 });
    expect(stretch).toMatchObject({ checked: 2, differences: [{ fileId: first.id }] });
    expect(stretch.next).not.toBeNull();
    const job: JobActor = { kind: "job", name: "files-verify", organizationId };
    expect(await verifyFilesNightly(job)).toMatch(/^1 different; 2 files, 6 bytes, all done, \d+ ms$/);
    expect(await read(officer, "file:verify", knownDifferences)).toEqual({ files: [first.id], next: null });
    writeFileSync(place(first.id), original);
    expect(await verifyFilesNightly(job)).toMatch(/^sound; 4 files/);
    expect(await waiting()).toEqual([]);
  });
});

describe("receiveFile", () => {
  const pdf = "%PDF-1.7\nstartxref\n0\n%%EOF\n";
  const take = (save: (file: ReceivedFile) => Promise<string>, families: readonly FileFamily[] = fileFamilies) => {
    const form = new FormData();
    form.append("file", new Blob([pdf], { type: "application/pdf" }), "a.pdf");
    const request = new Request("http://damso.test/", { method: "POST", body: form });
    return receiveFile(request, { most: 1_000, patience: 0, families, begin: async () => {} }, (file) => save(file));
  };
  it("keeps the file before its rows are written", async () => {
    const id = await take(async ({ fileId, sha256, bytes }) => {
      expect(await textOf(await openVerified({ id: fileId, sha256, bytes }))).toBe(pdf);
      return fileId;
    });
    expect((await fileStore().read(id))?.bytes).toBe(pdf.length);
    await fileStore().remove(id);
  });
  it.each([new Refused("x.y"), new Conflict(), new Forbidden()])("leaves nothing after a refusal: %s", async (no) => {
    let id = "";
    const save = async (file: ReceivedFile): Promise<string> => {
      id = file.fileId;
      throw no;
    };
    await expect(take(save)).rejects.toBe(no);
    expect(await fileStore().read(id)).toBe(null);
  });
  it("leaves a file whose row may have been committed to the sweep", async () => {
    let id = "";
    const save = async (file: ReceivedFile): Promise<string> => {
      id = file.fileId;
      throw new Error("the connection broke at the commit");
    };
    await expect(take(save)).rejects.toThrow("broke");
    expect(await fileStore().read(id)).not.toBe(null);
    await fileStore().sweep(new Date(Date.now() + 31 * 60_000), async (ids) => ids.filter((one) => one !== id));
    expect(await fileStore().read(id)).toBe(null);
  });
  it("refuses a kind that is not asked for", async () => {
    await expect(take(async () => "", ["image"])).rejects.toEqual(new FileRefused("extension"));
  });
});
