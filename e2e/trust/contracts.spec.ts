// Papers of contracts: 300 MB, streamed, judged, never shown in place, and found out when they change on disk (trust.md P-25, P-31 to P-36, F-15, F-16).
import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import type { Socket } from "node:net";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { approveContract } from "@/lib/dealers/commands/approve-contract";
import { makeContract } from "@/prisma/seed/contracts";
import { type Answer, base, Caller, comparable } from "../harness-caller";
import { type Company, openCompany } from "../harness-company";
import { auditMark, changedTables, entriesSince, row, rows, stateOf } from "../harness-database";
import { csv, docx, gif, pdf, png, zip } from "../harness-file";
import { browserHeaders, multipart } from "../harness-form";

/** A connection that is cut while it is written to may fail once more after its answer was heard: that is what the case is about. */
const cuts: Error[] = [];
const expectCut = (socket: Socket) => void socket.on("error", (error) => cuts.push(error));

const most = 300 * 2 ** 20;
/** npm run trust looks at the whole; the ordinary check at 40 MB. */
const whole = process.env.DAMSO_TRUST === "whole";
const store = (process.env.DAMSO_FILES ?? "").replace(/^file:/, "");

let company: Company;
let contractId = "";
let serial = 0;
test.beforeAll(async () => {
  company = await openCompany();
  contractId = await contract("draft");
});

const admin = () => company.people.CLIENT_ADMIN.caller;
const place = (id = contractId) => `/dealers/contracts/${id}/documents`;
const contract = (stage: "draft" | "submitted") =>
  makeContract(
    { now: new Date(), admin: company.people.CLIENT_ADMIN.actor, officer: company.people.COMPLIANCE_OFFICER.actor },
    { number: `T-${++serial}`, dealer: "infobank", startsInDays: -20, endsInDays: 345, stage },
  );

type Upload = { name: string; type: string; bytes: Uint8Array; kind?: string };

function send({ name, type, bytes, kind = "other" }: Upload, who: Caller = admin(), id = contractId): Promise<Answer> {
  const made = multipart([
    ["kind", kind],
    ["file", { name, type, bytes }],
  ]);
  const headers = { ...browserHeaders, accept: "application/json", "content-type": made.type };
  return who.ask(`${place(id)}/upload`, { method: "POST", headers, body: made.body });
}

/** Everything in the file store, drafts too. */
function stored(): string[] {
  if (!existsSync(store)) return [];
  return readdirSync(store, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

async function expectTaken(file: Upload): Promise<{ fileId: string; documentId: string; download: Answer }> {
  const answer = await send(file);
  expect([file.name, answer.status, answer.text]).toEqual([file.name, 201, expect.any(String)]);
  const kept = JSON.parse(answer.text) as { fileId: string; documentId: string };
  return { ...kept, download: await admin().get(`${place()}/${kept.documentId}`) };
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Nothing of what `work` tried is left: neither row nor byte. */
async function expectNothingLeft(work: () => Promise<void>): Promise<void> {
  const before = await stateOf(company.id);
  const files = stored().length;
  await work();
  await expect.poll(() => stored().length).toBe(files);
  expect(changedTables(before, await stateOf(company.id))).toEqual([]);
}

const word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

test("programs, pages, lists and archives in disguise are refused, and leave nothing", async () => {
  const program = Buffer.from("MZ\x90\0".padEnd(5_000, "x"), "latin1");
  const html = Buffer.from("<!doctype html><script>alert(1)</script>");
  const zeros = Buffer.alloc(64 * 2 ** 20);
  const bad: readonly [string, Upload, string][] = [
    ["a program", { name: "계약서.exe", type: "application/x-msdownload", bytes: program }, "extension"],
    ["a renamed program", { name: "계약서.pdf", type: "application/pdf", bytes: program }, "mismatch"],
    ["a program of two endings", { name: "계약서.exe.pdf", type: "application/pdf", bytes: pdf }, "double-extension"],
    [
      "a renamed program in a document",
      { name: "a.docx", type: word, bytes: docx({ name: "word/a.xml", content: program }) },
      "archive-nested",
    ],
    ["a page", { name: "a.html", type: "text/html", bytes: html }, "extension"],
    ["a page as a paper", { name: "a.pdf", type: "text/html", bytes: pdf }, "declared-type"],
    [
      "a paper with a page inside",
      { name: "a.pdf", type: "application/pdf", bytes: Buffer.concat([pdf.subarray(0, 9), html, pdf.subarray(9)]) },
      "active-content",
    ],
    [
      "a paper that is an archive as well",
      { name: "a.pdf", type: "application/pdf", bytes: Buffer.concat([pdf, docx()]) },
      "damaged",
    ],
    [
      "a picture with a page behind it",
      { name: "a.png", type: "image/png", bytes: Buffer.concat([png(2, 2), html]) },
      "damaged",
    ],
    [
      "a picture that is a script as well",
      {
        name: "a.gif",
        type: "image/gif",
        bytes: Buffer.concat([Buffer.from("GIF89a=1/*"), gif(1).subarray(10), Buffer.from("*/;alert(1)")]),
      },
      "active-content",
    ],
    ["a list", { name: "a.csv", type: "text/csv", bytes: csv(200) }, "extension"],
    ["an archive", { name: "a.zip", type: "application/zip", bytes: zip([{ name: "a", content: html }]) }, "extension"],
    [
      "a document that bursts",
      { name: "a.docx", type: word, bytes: docx({ name: "word/a.xml", content: zeros }) },
      "archive-size",
    ],
    [
      "a document that hides its size",
      { name: "a.docx", type: word, bytes: docx({ name: "word/a.xml", content: zeros, claims: 1_000 }) },
      "archive-size",
    ],
    [
      "a document that climbs",
      { name: "a.docx", type: word, bytes: docx({ name: "../../x", content: html }) },
      "archive-names",
    ],
    [
      "a document with macros",
      { name: "a.docx", type: word, bytes: docx({ name: "word/vbaProject.bin", content: html }) },
      "macro",
    ],
    ["nothing", { name: "a.pdf", type: "application/pdf", bytes: Buffer.alloc(0) }, "empty"],
  ];
  await expectNothingLeft(async () => {
    for (const [what, file, code] of bad) {
      const started = performance.now();
      const answer = await send(file);
      expect([what, answer.status, JSON.parse(answer.text)]).toEqual([what, 422, { status: 422, code }]);
      expect([what, performance.now() - started < 5_000]).toEqual([what, true]);
    }
  });
});

test("what is taken comes back as a file, with its true type and no powers", async () => {
  for (const [file, type] of [
    [{ name: "계약서 v1.pdf", type: "application/pdf", bytes: pdf }, "application/pdf"],
    [{ name: "스캔.png", type: "image/png", bytes: png(12, 9) }, "image/png"],
    [{ name: "부속합의.docx", type: word, bytes: docx() }, word],
  ] as const) {
    const { documentId, download } = await expectTaken(file);
    const asked = await admin().get(`${place()}/${documentId}?inline=1`, {
      accept: "text/html",
      "sec-fetch-dest": "document",
    });
    for (const answer of [download, asked]) {
      expect([answer.status, sha256(answer.bytes)]).toEqual([200, sha256(file.bytes)]);
      expect(answer.headers).toMatchObject({
        ...{ "content-type": type, "x-content-type-options": "nosniff", "cache-control": "no-store" },
        "content-disposition": expect.stringMatching(/^attachment; filename="[^"]*"; filename\*=UTF-8''/),
        "content-security-policy": expect.stringMatching(/sandbox/),
      });
      expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
    }
    const again = await send(file);
    expect([again.status, JSON.parse(again.text)]).toMatchObject([201, { documentId, repeated: true }]);
  }
});

const start = Buffer.from("%PDF-1.7\n");
const end = Buffer.from("\nstartxref\n0\n%%EOF\n");
/** A megabyte without "<", so that no page begins in it by chance. */
const filling = Buffer.from(randomBytes(2 ** 20).map((byte) => (byte === 0x3c ? 0x3d : byte)));

type Sent = { status: number; text: string; sha256: string; ms: number };
type Way = { size: number; chunked?: boolean; says?: number; cutAt?: number };

/** Streams a paper of so many bytes: with a true or a false length, in chunks, or cut off on the way. */
async function stream({ size, chunked = false, says, cutAt = Number.POSITIVE_INFINITY }: Way): Promise<Sent> {
  const head = Buffer.from(
    '--b\r\nContent-Disposition: form-data; name="kind"\r\n\r\nother\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n',
  );
  const tail = Buffer.from("\r\n--b--\r\n");
  const cookie = [...admin().jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const length = String(says ?? head.length + size + tail.length);
  const headers = {
    ...{ ...browserHeaders, accept: "application/json", cookie, "content-type": "multipart/form-data; boundary=b" },
    ...(chunked ? { "transfer-encoding": "chunked" } : { "content-length": length }),
  };
  const hash = createHash("sha256");
  const started = performance.now();
  const sent = request({ host: base.hostname, port: base.port, path: `${place()}/upload`, method: "POST", headers });
  const answered = new Promise<Omit<Sent, "sha256" | "ms">>((resolve) => {
    sent.once("response", (response) => {
      const parts: Buffer[] = [];
      const done = () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() });
      response
        .on("data", (part: Buffer) => parts.push(part))
        .once("end", done)
        .once("error", done);
    });
    sent.once("close", () => resolve({ status: 0, text: "" }));
  });
  sent.on("error", (error) => cuts.push(error)).once("socket", expectCut);
  let over = false;
  void answered.then(() => {
    over = true;
  });
  // A connection that is shut while a write waits never says that it was written: the answer ends the wait as well.
  const write = async (bytes: Buffer) => {
    if (over || sent.destroyed) return;
    await Promise.race([new Promise<void>((resolve) => sent.write(bytes, () => resolve())), answered]);
  };
  await write(head);
  let written = 0;
  for (const piece of piecesOf(size)) {
    if (over || written >= cutAt) break;
    hash.update(piece);
    written += piece.length;
    await write(piece);
  }
  if (written >= cutAt) sent.destroy();
  else sent.end(tail);
  const answer = await answered;
  sent.destroy();
  return { ...answer, sha256: hash.digest("hex"), ms: performance.now() - started };
}

function* piecesOf(size: number): Generator<Buffer> {
  yield start;
  for (let left = size - start.length - end.length; left > 0; left -= filling.length)
    yield filling.subarray(0, Math.min(left, filling.length));
  yield end;
}

/** Resident bytes of the server at their highest while `work` runs; 0 where the check does not say which process it is. */
async function growth(work: () => Promise<void>): Promise<number> {
  const statm = `/proc/${process.env.DAMSO_E2E_PID}/statm`;
  const resident = () => (existsSync(statm) ? Number(readFileSync(statm, "utf8").split(" ")[1]) * 4_096 : 0);
  const before = resident();
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, resident());
  }, 50);
  await work().finally(() => clearInterval(timer));
  return peak - before;
}

/** SHA-256 of what comes back, without holding it. */
function fetched(address: string): Promise<string> {
  const cookie = [...admin().jar].map(([name, value]) => `${name}=${value}`).join("; ");
  return new Promise((resolve, reject) => {
    const hash = createHash("sha256");
    request({ host: base.hostname, port: base.port, path: address, headers: { cookie } }, (response) => {
      response.on("data", (part: Buffer) => hash.update(part));
      response.once("end", () => resolve(hash.digest("hex"))).once("error", reject);
    })
      .once("error", reject)
      .end();
  });
}

test.describe("sizes (P-32, P-33, F-15)", () => {
  const sizes = whole ? [40 * 2 ** 20, most - 1, most] : [40 * 2 ** 20];
  for (const size of sizes)
    test(`${size} bytes go in and come back within 256 MB of memory`, async () => {
      test.setTimeout(300_000);
      for (const chunked of [false, true]) {
        let sent: Sent | undefined;
        let back = "";
        const grown = await growth(async () => {
          sent = await stream({ size: size - (chunked ? 1 : 0), chunked });
          const { documentId } = JSON.parse(sent.text) as { documentId: string };
          back = await fetched(`${place()}/${documentId}`);
        });
        expect([sent?.status, back]).toEqual([201, sent?.sha256]);
        expect(grown).toBeLessThan(256 * 2 ** 20);
        test.info().annotations.push({ type: "grown", description: `${size}: ${Math.round(grown / 2 ** 20)} MB` });
      }
    });

  test("one byte more is refused before it is read", async () => {
    await expectNothingLeft(async () => {
      const heard = await headAlone(most + 1);
      expect([heard.status, heard.ms < 2_000]).toEqual([413, true]);
      const absurd = await headAlone(2 ** 40);
      expect([absurd.status, absurd.ms < 2_000]).toEqual([413, true]);
    });
  });

  test("a false length leaves nothing", async () => {
    await expectNothingLeft(async () => {
      const size = 3 * 2 ** 20;
      expect([400, 0]).toContain((await stream({ size, says: 2 ** 20 })).status);
      const longer = stream({ size, says: 2 * size, cutAt: size });
      expect((await longer).status).toBe(0);
    });
  });

  if (whole)
    test("a body without a length is cut at the limit", async () => {
      test.setTimeout(300_000);
      await expectNothingLeft(async () => {
        expect([413, 0]).toContain((await stream({ size: most + 2 ** 20, chunked: true })).status);
      });
    });
});

/** Says how much will come and sends the head of the file with its first byte. */
async function headAlone(size: number): Promise<{ status: number; ms: number }> {
  const cookie = [...admin().jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const head =
    '--b\r\nContent-Disposition: form-data; name="kind"\r\n\r\nother\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n';
  const headers = {
    ...{ ...browserHeaders, accept: "application/json", cookie, "content-type": "multipart/form-data; boundary=b" },
    "content-length": String(Buffer.byteLength(head) + size + "\r\n--b--\r\n".length),
  };
  const started = performance.now();
  // The parser hears of a file with its first byte.
  const first = `${head}%`;
  const status = await new Promise<number>((resolve, reject) => {
    const sent = request(
      { host: base.hostname, port: base.port, path: `${place()}/upload`, method: "POST", headers },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
        sent.destroy();
      },
    );
    sent.on("error", reject).once("socket", expectCut);
    sent.write(first);
  });
  return { status, ms: performance.now() - started };
}

test("an upload that is cut off leaves nothing, and the same file goes in afterwards, once from two tabs (F-16)", async () => {
  const size = 8 * 2 ** 20;
  await expectNothingLeft(async () => {
    for (const part of [0.01, 0.5, 0.9999]) expect((await stream({ size, cutAt: size * part })).status).toBe(0);
  });
  const documents = async () =>
    Number(
      (await row<{ n: string }>("SELECT count(*) AS n FROM contract_documents WHERE contract_id = $1", [contractId])).n,
    );
  const before = await documents();
  const tabs = await Promise.all([stream({ size }), stream({ size })]);
  expect(tabs.some(({ status }) => status === 201)).toBe(true);
  expect(tabs.every(({ status }) => status === 201 || status === 422)).toBe(true);
  expect(await documents()).toBe(before + 1);
  expect(JSON.parse((await stream({ size })).text)).toMatchObject({ repeated: true });
  expect(await documents()).toBe(before + 1);
});

/** npm run damso -- files verify of this company. */
function verify(): Promise<{
  code: number;
  said: { ok: boolean; items: { differences: Record<string, unknown>[] }[] };
}> {
  const args = ["scripts/damso.mjs", "files", "verify", "--json", "--organization", company.marker];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env: process.env }, (error, stdout) => {
      resolve({ code: error ? Number(error.code) : 0, said: JSON.parse(stdout) });
    });
  });
}

test("a paper that changes on disk after its approval is found at its download and by the command", async () => {
  const id = await contract("submitted");
  const { hash } = await row<{ hash: string }>(
    "SELECT hash FROM contract_versions WHERE contract_id = $1 ORDER BY number DESC LIMIT 1",
    [id],
  );
  await approveContract(company.people.COMPLIANCE_OFFICER.actor, { contractId: id, hash, note: "" });
  const paper = await row<{ document: string; file: string; sha256: string; path: string }>(
    `SELECT d.id AS document, f.id AS file, f.sha256, c.path FROM contract_documents d
     JOIN evidence_files f ON f.id = d.file_id JOIN check_files c ON c.path LIKE '%' || f.id WHERE d.contract_id = $1`,
    [id],
  );
  const onDisk = path.join(store, paper.path);
  const original = readFileSync(onDisk);
  expect(await verify()).toMatchObject({ code: 0, said: { ok: true } });

  const altered = Buffer.from(original);
  altered.writeUInt8((altered.readUInt8(altered.length >> 1) + 1) % 256, altered.length >> 1);
  for (const [spoil, seen] of [
    [() => writeFileSync(onDisk, altered), sha256(altered)],
    [() => writeFileSync(onDisk, original.subarray(0, 40)), sha256(original.subarray(0, 40))],
    [() => rmSync(onDisk), null],
  ] as const) {
    spoil();
    const mark = await auditMark(company.id);
    const address = `${place(id)}/${paper.document}`;
    const machine = await admin().get(address, { accept: "application/json" });
    expect([machine.status, machine.bytes.includes(original.subarray(0, 30))]).toEqual([409, false]);
    const person = await admin().follow(await admin().get(address, { "sec-fetch-dest": "document" }));
    expect(person.text).toMatch(/올린|올렸|바뀌|다릅니다/);
    expect(person.bytes.includes(original.subarray(0, 30))).toBe(false);
    const entries = (await entriesSince(mark, company.id)).filter(({ action }) => action.startsWith("file."));
    expect(entries.map(({ action, target, body }) => [action, target, JSON.parse(body)])).toEqual([
      ["file.changed", `file:${paper.file}`, { expected: paper.sha256, seen }],
      ["file.changed", `file:${paper.file}`, { expected: paper.sha256, seen }],
    ]);
    const { code, said } = await verify();
    expect([code, said.ok]).toEqual([1, false]);
    expect(said.items[0]?.differences).toEqual([
      { fileId: paper.file, path: paper.path, expected: paper.sha256, seen },
    ]);
    expect((await admin().get("/")).text).toContain("보관한 파일 1개가 저장한 때와 다릅니다");
    writeFileSync(onDisk, original);
  }
  expect(await verify()).toMatchObject({ code: 0, said: { ok: true } });
  expect((await admin().get("/")).text).not.toContain("보관한 파일 1개");
  const download = await admin().get(`${place(id)}/${paper.document}`);
  expect([download.status, sha256(download.bytes)]).toEqual([200, paper.sha256]);
});

test("papers are not there for anybody without session, right, company or paper (P-25)", async () => {
  const other = await openCompany();
  const mine = await expectTaken({ name: "비밀.pdf", type: "application/pdf", bytes: pdf });
  const theirs = await makeContract(
    { now: new Date(), admin: other.people.CLIENT_ADMIN.actor, officer: other.people.COMPLIANCE_OFFICER.actor },
    { number: "O-1", dealer: "infobank", startsInDays: -20, endsInDays: 345 },
  );
  const [paper] = await rows<{ id: string }>("SELECT id FROM contract_documents WHERE contract_id = $1", [theirs]);
  const nobody = "00000000-0000-4000-8000-000000000000";
  const looks = async (who: Caller, address: string) => {
    const answer = await who.get(address);
    expect([address, answer.status]).toEqual([address, 404]);
    return comparable(answer, ...address.split("/").slice(-3));
  };
  for (const who of [new Caller(), company.people.MARKETER.caller, other.people.CLIENT_ADMIN.caller])
    expect(await looks(who, `${place()}/${mine.documentId}`)).toBe(await looks(who, `${place()}/${nobody}`));
  for (const address of [
    `${place(theirs)}/${paper?.id}`,
    `${place()}/${paper?.id}`,
    `${place(theirs)}/${mine.documentId}`,
  ])
    expect(await looks(admin(), address)).toBe(await looks(admin(), `${place()}/${nobody}`));

  const before = await stateOf(company.id, other.id);
  const files = stored().length;
  const file = { name: "a.pdf", type: "application/pdf", bytes: Buffer.concat([pdf, Buffer.from("\n")]) };
  const strangers: readonly [Caller, string, number][] = [
    [new Caller(), contractId, 401],
    [company.people.MARKETER.caller, contractId, 403],
    [company.people.AUDITOR.caller, contractId, 403],
    [company.people.COMPLIANCE_OFFICER.caller, contractId, 403],
    [other.people.CLIENT_ADMIN.caller, contractId, 404],
    [admin(), theirs, 404],
    [admin(), nobody, 404],
  ];
  for (const [who, id, status] of strangers) expect((await send(file, who, id)).status).toBe(status);
  expect([changedTables(before, await stateOf(company.id, other.id)), stored().length]).toEqual([[], files]);
});
