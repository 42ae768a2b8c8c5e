import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { JobActor, PersonActor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { closeDatabase } from "@/lib/db/client";
import { env } from "@/lib/env";
import { Conflict, Forbidden, Refused } from "@/lib/errors";
import { FileChanged, openOrReport, openVerified, type ReceivedFile, receiveFile } from "@/lib/evidence";
import { knownDifferences, strayFiles, verifyFiles, verifyFilesNightly } from "@/lib/file-check";
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
    const files = await three();
    // As the database orders ids: by its collation, not by code units.
    const { rows } = await owner.query<{ id: string }>(
      "SELECT id FROM evidence_files WHERE organization_id = $1 ORDER BY id LIMIT 1",
      [organizationId],
    );
    const first = files.find(({ id }) => id === rows[0]?.id);
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
    expect(await verifyFilesNightly(job, new Date())).toMatch(/^1 different; 2 files, 6 bytes, all done, \d+ ms$/);
    expect(await read(officer, "file:verify", knownDifferences)).toEqual({ files: [first.id], next: null });
    writeFileSync(place(first.id), original);
    expect(await verifyFilesNightly(job, new Date())).toMatch(/^sound; 4 files/);
    expect(await waiting()).toEqual([]);
  });
});

/** Rows of a user's kept file and of an export, each with its bytes in the store. */
async function sealedFiles() {
  const session = randomUUID();
  const channel = randomUUID();
  const connection = randomUUID();
  await owner.query("INSERT INTO channels (id, organization_id, search_id, name) VALUES ($1, $2, 'files', 'x')", [
    ...[channel, organizationId],
  ]);
  await owner.query(
    "INSERT INTO dealer_connections (id, organization_id, channel_id, format, created_by) VALUES ($1, $2, $3, 'canonical', 'test')",
    [connection, organizationId, channel],
  );
  await owner.query(
    `INSERT INTO consult_sessions (id, organization_id, channel_id, connection_id, external_id, user_handle, user_sealed, opened_by, opened_at)
     VALUES ($1, $2, $3, $4, 's', '\\x00', '\\x00', 'message', now())`,
    [session, organizationId, channel, connection],
  );
  const put = async (text: string) => {
    const id = newFileId();
    return { id, ...(await fileStore().putStream(id, one(text), 1_000)) };
  };
  const [photo, archive] = [await put("봉인된 사진"), await put("봉인된 내보내기")];
  const attachmentId = randomUUID();
  await owner.query(
    `INSERT INTO attachments (id, organization_id, session_id, message_id, kind, host, sealed, at, state, file_id, bytes, sha256)
     VALUES ($1, $2, $3, 1, 'photo', 'dn-m.talk.kakao.com', '\\x00', now(), 'kept', $4, $5, $6)`,
    [attachmentId, organizationId, session, photo.id, photo.bytes, photo.sha256],
  );
  await owner.query(
    `INSERT INTO transcript_exports (organization_id, format, filter, purpose_id, reason, person_id, finished_at, file_id, bytes, sha256)
     VALUES ($1, 'csv', '{}', $2, 'x', $3, now(), $4, $5, $6)`,
    [organizationId, randomUUID(), officer.personId, archive.id, archive.bytes, archive.sha256],
  );
  return { photo, archive, attachmentId };
}

describe("users' files and exports", () => {
  it("are compared as they lie in the store, like the rest", async () => {
    const proof = await kept("가");
    const { photo, archive } = await sealedFiles();
    expect(await verifyFiles(officer)).toMatchObject({ checked: 3, differences: [] });
    const { rows } = await owner.query<{ path: string }>("SELECT path FROM check_files WHERE organization_id = $1", [
      organizationId,
    ]);
    expect(rows.map(({ path }) => path).sort()).toEqual([proof, photo, archive].map(({ id }) => storedPath(id)).sort());

    writeFileSync(place(photo.id), "다른 사진");
    rmSync(place(archive.id));
    await owner.query("UPDATE evidence_files SET bytes = 4 WHERE id = $1", [proof.id]);
    const { differences } = await verifyFiles(officer);
    const byId = new Map(differences.map(({ fileId, ...found }) => [fileId, found]));
    expect(byId.get(photo.id)).toMatchObject({ expected: photo.sha256, seen: hashOf("다른 사진") });
    expect(byId.get(archive.id)).toMatchObject({ expected: archive.sha256, seen: null });
    expect(byId.get(proof.id)).toMatchObject({ seen: proof.sha256, bytes: { expected: 4, seen: 3 } });
    expect(byId.size).toBe(3);
  });
  it("are asked for no longer once they were destroyed or given up", async () => {
    const { photo, archive, attachmentId } = await sealedFiles();
    await owner.query(
      "UPDATE attachments SET state = 'destroyed', file_id = NULL, bytes = NULL, sha256 = NULL WHERE id = $1",
      [attachmentId],
    );
    await owner.query("UPDATE transcript_exports SET gone_at = now(), gone_why = 'expired' WHERE file_id = $1", [
      archive.id,
    ]);
    for (const { id } of [photo, archive]) rmSync(place(id));
    expect(await verifyFiles(officer, { again: [photo.id, archive.id] })).toMatchObject({
      checked: 0,
      differences: [],
    });
  });
});

describe("strayFiles", () => {
  const later = () => new Date(Date.now() + 31 * 60_000);
  it("names what no row knows, and nothing that is being received, kept or about to be removed", async () => {
    const { photo, archive } = await sealedFiles();
    const proof = await kept("가");
    const [lost, leaving, fresh] = [newFileId(), newFileId(), newFileId()];
    for (const id of [lost, leaving]) await fileStore().putStream(id, one("x"), 10);
    await owner.query("INSERT INTO file_removals (file_id, organization_id) VALUES ($1, $2)", [
      leaving,
      organizationId,
    ]);
    const draft = await fileStore().receive(one("y"), 10);
    const root = env().DAMSO_FILES.replace(/^file:/, "");
    mkdirSync(path.join(root, "backup-of-mine"));
    // A known file in a folder that is not its own is not where its row says.
    mkdirSync(path.join(root, "zz"), { recursive: true });
    writeFileSync(path.join(root, "zz", proof.id), "가");
    const strays = await strayFiles(later());
    expect(strays).toEqual(expect.arrayContaining([storedPath(lost), "backup-of-mine", path.join("zz", proof.id)]));
    for (const { id } of [photo, archive, proof, { id: leaving }]) expect(strays).not.toContain(storedPath(id));
    expect(strays.filter((name) => name.includes("incoming"))).toEqual([]);
    await fileStore().putStream(fresh, one("z"), 10);
    expect(await strayFiles(new Date())).not.toContain(storedPath(fresh));
    await draft.discard();
    await fileStore().remove(lost);
    expect(await strayFiles(later())).not.toContain(storedPath(lost));
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
