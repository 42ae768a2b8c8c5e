// Uploads and downloads (trust.md D, P-31 to P-36; C, P-25). Evidence takes 20 MB.
import { createHash, randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { Agent, request } from "node:http";
import type { Socket } from "node:net";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { type Answer, base, Caller, comparable } from "../harness-caller";
import { type Company, openCompany } from "../harness-company";
import { auditMark, changedTables, entriesSince, owner, row, stateOf } from "../harness-database";
import { csv, cutJpeg, docx, gif, pdf, png, pngThatClaims, zip } from "../harness-file";
import { browserHeaders, multipart } from "../harness-form";

/** A connection that is cut while it is written to may fail once more after its answer was heard: that is what the case is about. */
const cuts: Error[] = [];
const expectCut = (socket: Socket) => void socket.on("error", (error) => cuts.push(error));

const most = 20 * 2 ** 20;
const store = (process.env.DAMSO_FILES ?? "").replace(/^file:/, "");

let company: Company;
test.beforeAll(async () => {
  company = await openCompany();
});

const officer = () => company.people.COMPLIANCE_OFFICER.caller;
const place = () => `/channels/${company.draftId}/evidence`;

type Upload = { name: string; type?: string; bytes: Uint8Array; item?: string };

function attach(file: Upload, who: Caller = officer()): Promise<Answer> {
  const { name, type = "application/octet-stream", bytes, item = "opened" } = file;
  const { body, type: contentType } = multipart([
    ["item", item],
    ["note", ""],
    ["file", { name, type, bytes }],
  ]);
  const headers = { ...browserHeaders, accept: "application/json", "content-type": contentType };
  return who.ask(place(), { method: "POST", headers, body });
}

/** Everything in the file store, drafts too. */
function stored(): string[] {
  if (!existsSync(store)) return [];
  return readdirSync(store, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** What is refused leaves neither row nor byte, and is refused in time. */
async function expectRefused(what: string, file: Upload, withinMs = 5_000, statuses = [413, 415, 422]): Promise<void> {
  const before = await stateOf(company.id);
  const files = stored().length;
  const started = performance.now();
  const answer = await attach(file);
  expect([what, statuses.includes(answer.status) || answer.status]).toEqual([what, true]);
  expect([what, performance.now() - started < withinMs]).toEqual([what, true]);
  expect(answer.text).not.toMatch(/node_modules|Error:|\/srv|\/tmp/);
  expect([what, changedTables(before, await stateOf(company.id)), stored().length]).toEqual([what, [], files]);
}

async function expectTaken(file: Upload): Promise<{ fileId: string; answer: Answer; download: Answer }> {
  const answer = await attach(file);
  expect([file.name, answer.status]).toEqual([file.name, 201]);
  const { fileId } = JSON.parse(answer.text) as { fileId: string };
  const download = await officer().get(`${place()}/${fileId}`);
  return { fileId, answer, download };
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

test.describe("kinds of files (P-31)", () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
  const html = Buffer.from("<!doctype html><script>alert(1)</script>");
  const bad: Readonly<Record<string, Upload>> = {
    "a drawing that can run": { name: "a.svg", type: "image/svg+xml", bytes: svg },
    "a drawing that says it is a picture": { name: "a.png", type: "image/png", bytes: svg },
    "a page": { name: "a.html", type: "text/html", bytes: html },
    "a page that says it is a picture": { name: "a.png", type: "image/png", bytes: html },
    XHTML: { name: "a.xhtml", type: "application/xhtml+xml", bytes: html },
    "an application of Windows": { name: "a.hta", type: "application/hta", bytes: html },
    "a script": { name: "a.js", type: "text/javascript", bytes: Buffer.from("alert(1)") },
    "a script as text": {
      name: "a.txt",
      type: "text/plain",
      bytes: Buffer.from("<script>alert(1)</script>"),
      item: "history-saved",
    },
    "a paper that says it is a picture": { name: "a.jpg", type: "image/jpeg", bytes: pdf },
    "a picture that is a script as well": {
      name: "a.gif",
      type: "image/gif",
      bytes: Buffer.concat([Buffer.from("GIF89a=1/*"), gif(1).subarray(10), Buffer.from("*/;alert(1)")]),
    },
    "a picture with a page behind it": { name: "a.png", type: "image/png", bytes: Buffer.concat([png(2, 2), html]) },
    "two endings": { name: "a.html.png", type: "image/png", bytes: png(2, 2) },
    "an ending that is none": { name: "a.png.exe", type: "image/png", bytes: png(2, 2) },
    "a wrong type": { name: "a.png", type: "text/html", bytes: png(2, 2) },
    "another picture's ending": { name: "a.jpg", type: "image/jpeg", bytes: png(2, 2) },
    "no ending": { name: "a", type: "image/png", bytes: png(2, 2) },
    nothing: { name: "a.png", type: "image/png", bytes: Buffer.alloc(0) },
    "a program": { name: "a.pdf", type: "application/pdf", bytes: Buffer.from("MZ\x90\0".padEnd(500, "x"), "latin1") },
    "a list where a picture is asked for": { name: "a.csv", type: "text/csv", bytes: csv(100), item: "business" },
  };
  for (const [what, file] of Object.entries(bad))
    test(`${what} is refused`, async () => {
      await expectRefused(what, file, 5_000, [400, 413, 415, 422]);
    });

  test("what is taken comes back as a file, with its true type and no powers", async () => {
    for (const [file, type] of [
      [{ name: "화면.png", type: "image/png", bytes: png(12, 9) }, "image/png"],
      [{ name: "계약서.pdf", type: "application/pdf", bytes: pdf, item: "history-saved" }, "application/pdf"],
      [
        { name: "명단.csv", type: "application/vnd.ms-excel", bytes: csv(300), item: "blocks-saved" },
        "text/csv; charset=utf-8",
      ],
      [{ name: "움직임.gif", type: "image/gif", bytes: gif(3) }, "image/gif"],
    ] as const) {
      const { download } = await expectTaken(file);
      expect(download.headers).toMatchObject({
        ...{ "content-type": type, "x-content-type-options": "nosniff", "cache-control": "no-store" },
        "content-security-policy": expect.stringMatching(/sandbox/),
        "content-disposition": expect.stringMatching(/^attachment; filename="[^"]*"; filename\*=UTF-8''/),
      });
      expect(download.headers["content-security-policy"]).toContain("default-src 'none'");
      expect(sha256(download.bytes)).toBe(sha256(file.bytes));
    }
  });
});

test.describe("sizes (P-32, P-33)", () => {
  test("up to the limit every byte comes back; one more is refused", async () => {
    const sizes = [1, 1_023, 10_485_760, 10_485_761, 11 * 2 ** 20, most];
    for (const size of sizes) {
      const bytes = csv(size);
      const { download } = await expectTaken({ name: `${size}.csv`, type: "text/csv", bytes, item: "blocks-saved" });
      expect([size, download.bytes.length, sha256(download.bytes)]).toEqual([size, size, sha256(bytes)]);
    }
    const file = { name: "over.csv", type: "text/csv", bytes: csv(most + 1), item: "blocks-saved" };
    await expectRefused("one byte too many", file, 10_000, [413]);
  });

  test("a body that says it is too large is refused before it is sent", async () => {
    const files = stored().length;
    const started = performance.now();
    const status = await new Promise<number>((resolve, reject) => {
      const cookie = [...officer().jar].map(([name, value]) => `${name}=${value}`).join("; ");
      const headers = {
        ...browserHeaders,
        accept: "application/json",
        cookie,
        "content-type": "multipart/form-data; boundary=x",
        "content-length": String(300 * 2 ** 20),
      };
      const sent = request(
        { host: base.hostname, port: base.port, path: place(), method: "POST", headers },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
          sent.destroy();
        },
      );
      sent.on("error", reject).once("socket", expectCut);
      sent.write('--x\r\nContent-Disposition: form-data; name="item"\r\n\r\nopened\r\n');
    });
    expect([status, performance.now() - started < 2_000, stored().length]).toEqual([413, true, files]);
  });

  test("a body without a length is cut at the limit, and its connection is not left hanging", async () => {
    const before = await stateOf(company.id);
    const files = stored().length;
    const file = { name: "x.csv", type: "text/csv", bytes: csv(most + 2 ** 20) };
    const { body, type } = multipart([
      ["item", "blocks-saved"],
      ["note", ""],
      ["file", file],
    ]);
    const cookie = [...officer().jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { ...browserHeaders, accept: "application/json", cookie, "content-type": type };
    const started = performance.now();
    const status = await new Promise<number>((resolve, reject) => {
      const agent = new Agent({ keepAlive: true });
      const chunked = { ...headers, "transfer-encoding": "chunked" };
      const options = { agent, host: base.hostname, port: base.port, path: place(), method: "POST", headers: chunked };
      let heard = 0;
      const sent = request(options, (response) => {
        heard = response.statusCode ?? 0;
        response.resume();
        response.socket.once("close", () => resolve(heard));
      });
      sent.on("error", (error) => (heard ? resolve(heard) : reject(error))).once("socket", expectCut);
      sent.end(body);
    });
    expect([status, performance.now() - started < 15_000]).toEqual([413, true]);
    expect(changedTables(before, await stateOf(company.id))).toEqual([]);
    await expect.poll(() => stored().length).toBe(files);
  });

  test("a body shorter than it says, cut anywhere, leaves nothing behind", async () => {
    const before = await stateOf(company.id);
    const files = stored().length;
    const { body, type } = multipart([
      ["item", "blocks-saved"],
      ["note", ""],
      ["file", { name: "x.csv", type: "text/csv", bytes: csv(2 ** 20) }],
    ]);
    for (const part of [0.01, 0.5, 0.9999])
      await new Promise<void>((resolve) => {
        const cookie = [...officer().jar].map(([name, value]) => `${name}=${value}`).join("; ");
        const headers = { ...browserHeaders, cookie, "content-type": type, "content-length": String(body.length) };
        const sent = request({ host: base.hostname, port: base.port, path: place(), method: "POST", headers });
        sent.on("error", () => resolve()).once("socket", expectCut);
        sent.once("close", () => resolve());
        sent.write(body.subarray(0, Math.floor(body.length * part)), () => sent.destroy());
      });
    await expect.poll(() => stored().length).toBe(files);
    expect(changedTables(before, await stateOf(company.id))).toEqual([]);
    const { download } = await expectTaken({
      name: "x.csv",
      type: "text/csv",
      bytes: csv(2 ** 20),
      item: "blocks-saved",
    });
    expect(download.bytes.length).toBe(2 ** 20);
  });
});

test("names never leave the store, never break a header, and come back readable (P-34)", async () => {
  const names: Readonly<Record<string, string>> = {
    "../../x.png": "x.png",
    "..\\x.png": "x.png",
    "/etc/passwd.png": "passwd.png",
    "a\0b.png": "ab.png",
    [`${"가".repeat(300)}.png`]: `${"가".repeat(196)}.png`,
    "사진\u202egpj.png": "사진gpj.png",
    "a%22; filename=%22evil.html%22.png": "a; filename=evil.html.png",
    "CON.png": "_CON.png",
    "=cmd|'/c calc'!A1.png": "=cmd'c calc'!A1.png",
    [`${"한글".normalize("NFD")}.png`]: "한글.png",
  };
  for (const [sent, kept] of Object.entries(names)) {
    const answer = await attach({ name: sent, type: "image/png", bytes: png(1 + Math.floor(Math.random() * 400), 7) });
    if (answer.status === 422) continue;
    expect([sent, answer.status]).toEqual([sent, 201]);
    const { fileId } = JSON.parse(answer.text) as { fileId: string };
    const download = await officer().get(`${place()}/${fileId}`);
    const header = String(download.headers["content-disposition"]);
    expect(header).toMatch(/^attachment; filename="[^"\\\r\n]*"; filename\*=UTF-8''[\w.!#$&+^`|~%-]+$/);
    const name = decodeURIComponent(header.split("UTF-8''")[1] ?? "");
    expect(name).not.toMatch(/[/\\\0\u202e\r\n]/);
    if (!sent.includes("evil") && !sent.includes("cmd")) expect([sent, name]).toEqual([sent, kept]);
    const found = await row<{ path: string }>("SELECT path FROM check_files WHERE path LIKE '%' || $1", [fileId]);
    expect(sha256(readFileSync(path.join(store, found.path)))).toBe(sha256(download.bytes));
  }
});

test("archives that would burst, hide or climb are refused quickly (P-35)", async () => {
  const zeros = Buffer.alloc(64 * 2 ** 20);
  const document = {
    type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    item: "history-saved",
  };
  const bad: Readonly<Record<string, Uint8Array>> = {
    "one that unpacks a thousandfold": docx({ name: "word/media/a.xml", content: zeros }),
    "one that claims a gigabyte": docx({ name: "word/a.xml", content: Buffer.from("x"), claims: 2 ** 30 }),
    "one that hides its size": docx({ name: "word/a.xml", content: zeros, claims: 1_000 }),
    "one of too many entries": docx(
      ...Array.from({ length: 5_000 }, (_none, at) => ({ name: `word/${at}.xml`, content: Buffer.from("x") })),
    ),
    "one that climbs": docx({ name: "../../etc/cron.d/x", content: Buffer.from("x") }),
    "one inside another": docx({ name: "word/inner.zip", content: zip([{ name: "a", content: Buffer.from("x") }]) }),
    "one inside another, under another name": docx({
      name: "word/inner.xml",
      content: zip([{ name: "a", content: Buffer.from("x") }]),
    }),
    "one with macros": docx({ name: "word/vbaProject.bin", content: Buffer.from("x") }),
    "one that is cut": docx().subarray(0, 100),
    "one with a page in front": Buffer.concat([Buffer.from("<html>"), docx()]),
    "one that is no document": zip([{ name: "a.txt", content: Buffer.from("x") }]),
  };
  for (const [what, bytes] of Object.entries(bad)) {
    const before = memory();
    await expectRefused(what, { name: "계약.docx", bytes, ...document });
    expect([what, memory() - before < 100 * 2 ** 20]).toEqual([what, true]);
  }
  await expectTaken({ name: "계약.docx", bytes: docx(), ...document });
});

test("pictures that would burst, break off or never end are refused quickly (P-36)", async () => {
  const before = memory();
  await expectRefused(
    "thirty thousand pixels a side",
    { name: "a.png", type: "image/png", bytes: pngThatClaims(30_000, 30_000) },
    2_000,
  );
  await expectRefused("half a photograph", { name: "a.jpg", type: "image/jpeg", bytes: cutJpeg() }, 2_000);
  await expectRefused(
    "half a picture",
    { name: "a.png", type: "image/png", bytes: png(300, 300).subarray(0, 400) },
    2_000,
  );
  await expectRefused("ten thousand frames", { name: "a.gif", type: "image/gif", bytes: gif(10_000) }, 2_000);
  expect(memory() - before).toBeLessThan(200 * 2 ** 20);
});

/** Resident bytes of the server, where the check says which process it is. */
function memory(): number {
  const pid = process.env.DAMSO_E2E_PID;
  if (!pid || !existsSync(`/proc/${pid}/statm`)) return 0;
  return Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * 4_096;
}

test.describe("addresses of files (P-25)", () => {
  test("are not there for anybody without session, right, company or file", async () => {
    const other = await openCompany();
    const { fileId, channelId } = company;
    expect(fileId).toMatch(/^[\w-]{22,}$/);
    const here = `/channels/${channelId}/evidence/`;
    const nobody = `${here}${randomBytes(16).toString("base64url")}`;
    const looks = async (who: Caller, address: string) => {
      const answer = await who.get(address);
      expect([address, answer.status, answer.text.includes(company.marker)]).toEqual([address, 404, false]);
      return comparable(answer, address.slice(here.length));
    };
    const outsiders = [new Caller(), company.people.MARKETER.caller, other.people.CLIENT_ADMIN.caller];
    for (const who of outsiders) expect(await looks(who, `${here}${fileId}`)).toBe(await looks(who, nobody));
    const insider = officer();
    expect(await looks(insider, `/channels/${other.channelId}/evidence/${other.fileId}`)).toBe(
      await looks(insider, nobody),
    );
    expect(await looks(insider, `/channels/${company.draftId}/evidence/${fileId}`)).toBe(await looks(insider, nobody));
    for (const id of ["", "..", "%2e%2e", "../../../etc/passwd", "x", fileId.toLowerCase(), `${fileId}%00`])
      expect((await insider.get(`${here}${id}`)).status).toBeGreaterThanOrEqual(400);
  });

  test("give out nothing once the file is gone from the store, and say so in the log alone", async () => {
    const { fileId } = await expectTaken({ name: "weg.png", type: "image/png", bytes: png(77, 7) });
    const gone = stored().find((file) => file.endsWith(fileId));
    expect(gone && statSync(gone).size).toBeGreaterThan(0);
    await (await owner()).query("DELETE FROM onboarding_marks WHERE file_id = $1", [fileId]);
    await (await owner()).query("DELETE FROM evidence_files WHERE id = $1", [fileId]);
    expect((await officer().get(`${place()}/${fileId}`)).status).toBe(404);
  });

  test("each download is one entry of the log", async () => {
    const mark = await auditMark(company.id);
    await officer().get(`/channels/${company.channelId}/evidence/${company.fileId}`);
    const entries = (await entriesSince(mark, company.id)).filter(({ actor }) => !actor.startsWith("job:"));
    expect(entries.map(({ action, target, result }) => [action, target, result])).toEqual([
      ["evidence.downloaded", `evidence:${company.fileId}`, "ok"],
    ]);
  });
});
