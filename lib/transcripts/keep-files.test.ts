// Users' files: fetched from allowed hosts alone, never in the clear on disk, tried again or given up with the reason.
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { openAttachment, openFileKey, openSessionKeys } from "@/lib/archive/seal";
import { openStream } from "@/lib/archive/streams";
import type { DealerActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { closeDatabase } from "@/lib/db/client";
import { Conflict, Forbidden } from "@/lib/errors";
import { fileStore, storedPath } from "@/lib/storage";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { allowAttachmentHost, refuseAttachmentHost } from "./commands/decide-attachment-host";
import { ingestEvents } from "./commands/ingest-events";
import { keepFiles } from "./commands/keep-files";
import { listAttachmentHosts, listNotKept, undecidedHosts } from "./queries/attachment-hosts";
import type { ConsultEvent, Json } from "./schema";
import { attachmentHostSchema } from "./schema/hosts";

// Before anything asks for the settings: they are read once.
process.env.DAMSO_OUTBOUND_ALLOW = "127.0.0.78";

const marker = Buffer.from("표식-첨부-5d1f 주민등록번호 ".repeat(40));
const photo = Buffer.concat([Buffer.from("ffd8ffe000104a4649460001", "hex"), marker, randomBytes(200_000), marker]);
let company: TestCompany;
let dealer: DealerActor;
let channelId: string;
let site: Server;
let host: string;
let answer: RequestListener;
let asked: string[] = [];
let serial = 0;

beforeAll(async () => {
  company = await openTestCompany();
  channelId = (await company.opened()).id;
  const connectionId = randomUUID();
  await company.owner.query(
    "INSERT INTO dealer_connections (id, organization_id, channel_id, format, created_by) VALUES ($1, $2, $3, 'canonical', 'test')",
    [connectionId, company.ours, channelId],
  );
  dealer = { kind: "dealer", connectionId, organizationId: company.ours, address: "192.0.2.9" };
  site = createServer((request, response) => {
    asked.push(request.url ?? "");
    answer(request, response);
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.78", resolve));
  host = `127.0.0.78:${(site.address() as AddressInfo).port}`;
});
afterAll(async () => {
  site.closeAllConnections();
  site.close();
  await company.owner.end();
  await closeDatabase();
});
beforeEach(async () => {
  asked = [];
  answer = (_request, response) => response.end(photo);
  await company.owner.query("DELETE FROM attachment_hosts; DELETE FROM file_keys; DELETE FROM attachments");
});

type File = {
  id: string;
  session_id: string;
  state: string;
  reason: string;
  file_id: string;
  sha256: string;
  mime: string;
  bytes: string;
  tries: number;
  sealed: Buffer;
};
const files = async (): Promise<File[]> =>
  (await company.owner.query("SELECT * FROM attachments ORDER BY received_at, position")).rows;

async function say(row: ConsultEvent["row"], content: Json, at = new Date()): Promise<void> {
  serial += 1;
  const event: ConsultEvent = {
    ...{ key: `message:${serial}`, digest: "", kind: "message", sessionId: `s-${serial}`, userKey: "MZjEVK4x18_V", at },
    ...{ extra: null, entry: null, reason: null, direction: "in", row, content },
  };
  expect(await ingestEvents(dealer, channelId, [event], at)).toEqual([{ stored: true }]);
}
const sendPhoto = (name = "photo.jpg", at = new Date()) =>
  say("photo", { attachment: { url: `http://${host}/${name}` } }, at);
const allow = () => allowAttachmentHost(company.admin, attachmentHostSchema.parse({ host }), new Date());
const later = (seconds: number) => new Date(Date.now() + seconds * 1_000);
/** Makes what waits for a later try wait no longer. */
const hurry = () =>
  company.owner.query("UPDATE attachments SET next_try_at = now() - interval '1 second' WHERE state = 'waiting'");

/** All bytes that lie in the file store, kept or half received. */
function everyByte(): Buffer {
  const root = (process.env.DAMSO_FILES ?? "").replace(/^file:/, "");
  const inside = existsSync(root) ? readdirSync(root, { recursive: true, withFileTypes: true }) : [];
  return Buffer.concat(
    inside.filter((one) => one.isFile()).map((one) => readFileSync(path.join(one.parentPath, one.name))),
  );
}

it("keeps a file of an allowed host encrypted, with the sums of what lies there", async () => {
  await allow();
  await sendPhoto();
  // What lies on disk while half of it has come.
  let half: Buffer = Buffer.alloc(0);
  answer = (_request, response) => {
    response.write(photo.subarray(0, 150_000));
    setTimeout(() => {
      half = everyByte();
      response.end(photo.subarray(150_000));
    }, 300);
  };
  expect(await keepFiles(new Date())).toEqual({ kept: 1, notKept: 0, later: 0 });
  const [file] = await files();
  if (!file) throw new Error("no file");
  expect(file).toMatchObject({ state: "kept", reason: "", mime: "image/jpeg", tries: 1 });
  const root = (process.env.DAMSO_FILES ?? "").replace(/^file:/, "");
  const stored = readFileSync(path.join(root, storedPath(file.file_id)));
  expect([String(stored.length), createHash("sha256").update(stored).digest("hex")]).toEqual([file.bytes, file.sha256]);
  expect(half.length).toBeGreaterThan(60_000);
  for (const lying of [half, everyByte()]) expect(lying.includes(marker.subarray(0, 30))).toBe(false);

  const opened = await ingest(dealer, "event:ingest", async (tx) => {
    const key = await openFileKey(tx, company.ours, file.id);
    const sessionKey = (await openSessionKeys(tx, company.ours, [file.session_id])).get(file.session_id);
    if (!key || !sessionKey) throw new Error("no key");
    expect(openAttachment(sessionKey, file.id, file.sealed)).toEqual({
      url: `http://${host}/photo.jpg`,
      name: "photo.jpg",
    });
    const rings = await company.owner.query(
      "SELECT (SELECT ring FROM file_keys) = (SELECT ring FROM session_keys WHERE session_id = $1) AS same",
      [file.session_id],
    );
    expect(rings.rows[0].same).toBe(true);
    return key;
  });
  const source = await fileStore().read(file.file_id);
  const plain = openStream(opened, file.file_id);
  for await (const chunk of source?.stream ?? []) plain.write(chunk);
  plain.end();
  const chunks: Buffer[] = [];
  for await (const chunk of plain) chunks.push(chunk);
  expect(Buffer.concat(chunks).equals(photo)).toBe(true);
});

it("asks nothing of a host that nobody allowed, and comes back for it when it is allowed within a week", async () => {
  await sendPhoto("new.jpg");
  await sendPhoto("old.jpg", new Date(Date.now() - 8 * 86_400_000));
  expect(await keepFiles(new Date())).toEqual({ kept: 0, notKept: 2, later: 0 });
  expect((await files()).map(({ state, reason }) => [state, reason])).toEqual(
    Array(2).fill(["not-kept", "host-not-allowed"]),
  );
  expect(asked).toEqual([]);
  const undecided = await listAttachmentHosts(company.auditor);
  expect(undecided).toEqual([
    { host, state: "undecided", decidedBy: null, decidedAt: null, kept: 0, waiting: 0, notKept: 2 },
  ]);

  await company.mark();
  await allow();
  expect(JSON.parse((await company.expectOneEvent("attachment-host.allowed", host)).body)).toEqual({ again: 1 });
  await expect(allow()).rejects.toBeInstanceOf(Conflict);
  expect(await keepFiles(later(1))).toEqual({ kept: 1, notKept: 0, later: 0 });
  expect(asked).toEqual(["/new.jpg"]);
  expect((await listNotKept(company.officer, {})).items).toMatchObject([
    { host, reason: "host-not-allowed", kind: "photo" },
  ]);

  await refuseAttachmentHost(company.admin, { host }, new Date());
  await sendPhoto("after.jpg");
  expect(await keepFiles(later(1))).toEqual({ kept: 0, notKept: 1, later: 0 });
  expect(await ingest(dealer, "event:ingest", undecidedHosts)).toEqual([]);
});

it("is decided by the administrator alone, in each company for itself", async () => {
  await expect(allowAttachmentHost(company.officer, { host }, new Date())).rejects.toBeInstanceOf(Forbidden);
  await allowAttachmentHost(company.stranger, { host }, new Date());
  await sendPhoto();
  expect(await keepFiles(new Date())).toMatchObject({ kept: 0, notKept: 1 });
  await expect(listAttachmentHosts(company.marketer)).rejects.toBeInstanceOf(Forbidden);
  expect((await listAttachmentHosts(company.strangeOfficer)).map(({ host: name, notKept }) => [name, notKept])).toEqual(
    [[host, 0]],
  );
});

it("tries again what may come later, each time with a new key, and gives up in the end", async () => {
  await allow();
  await sendPhoto();
  answer = (_request, response) => response.writeHead(503).end("busy");
  const keys: string[] = [];
  for (let n = 1; n < 6; n += 1) {
    expect(await keepFiles(new Date())).toEqual({ kept: 0, notKept: 0, later: 1 });
    keys.push((await company.owner.query("SELECT encode(wrapped, 'hex') AS key FROM file_keys")).rows[0].key);
    expect(await keepFiles(new Date())).toEqual({ kept: 0, notKept: 0, later: 0 });
    await hurry();
  }
  expect(new Set(keys).size).toBe(5);
  expect(await keepFiles(new Date())).toEqual({ kept: 0, notKept: 1, later: 0 });
  expect(await files()).toMatchObject([{ state: "not-kept", reason: "unreachable", tries: 6 }]);
  expect((await company.owner.query("SELECT count(*)::int AS n FROM file_keys")).rows[0].n).toBe(0);
});

it.each<[string, string, RequestListener]>([
  ["gone", "photo", (_request, response) => response.writeHead(404).end()],
  ["gone", "photo", (_request, response) => response.writeHead(403).end()],
  ["too-large", "photo", (_request, response) => response.writeHead(200, { "content-length": 301 * 2 ** 20 }).end()],
  ["too-large", "text", (_request, response) => response.end(Buffer.alloc(2 * 2 ** 20 + 1))],
  ["packed", "photo", (_request, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(photo)],
  ["wrong-kind", "photo", (_request, response) => response.end("<html>로그인해 주십시오</html>")],
  [
    "refused-address",
    "photo",
    (_request, response) => response.writeHead(302, { location: "http://169.254.169.254/latest" }).end(),
  ],
  [
    "too-many-redirects",
    "photo",
    (request, response) => response.writeHead(302, { location: `${request.url}x` }).end(),
  ],
])("does not keep what is %s (%s)", async (reason, kind, listener) => {
  await allow();
  answer = listener;
  const attachment = { url: `http://${host}/one` };
  if (kind === "text") await say("text", { text: "앞부분", attachment });
  else await say("photo", { attachment });
  expect(await keepFiles(new Date())).toEqual({ kept: 0, notKept: 1, later: 0 });
  expect(await files()).toMatchObject([{ state: "not-kept", reason, file_id: null }]);
});

it("tries again what broke off", async () => {
  await allow();
  await sendPhoto();
  answer = (_request, response) => {
    response.writeHead(200, { "content-length": photo.length });
    response.write(photo.subarray(0, 100_000), () => response.destroy());
  };
  expect(await keepFiles(new Date())).toEqual({ kept: 0, notKept: 0, later: 1 });
  const root = (process.env.DAMSO_FILES ?? "").replace(/^file:/, "");
  expect(readdirSync(path.join(root, "incoming"))).toEqual([]);
  answer = (_request, response) => response.end(photo);
  await hurry();
  expect(await keepFiles(new Date())).toEqual({ kept: 1, notKept: 0, later: 0 });
});

it("fetches each file once when two instances look at once", async () => {
  await allow();
  for (let n = 0; n < 12; n += 1) await sendPhoto(`${n}.jpg`);
  const both = await Promise.all([keepFiles(new Date()), keepFiles(new Date())]);
  expect(both.reduce((sum, { kept }) => sum + kept, 0)).toBe(12);
  expect([...asked].sort()).toEqual(Array.from({ length: 12 }, (_, n) => `/${n}.jpg`).sort());
});

it("leaves nothing when the session is destroyed while its file is on its way", async () => {
  await allow();
  await sendPhoto();
  let id = "";
  answer = (_request, response) => {
    void (async () => {
      id = (await files())[0]?.id ?? "";
      await company.owner.query("DELETE FROM file_keys; DELETE FROM attachments");
      response.end(photo);
    })();
  };
  const before = everyByte().length;
  expect(await keepFiles(new Date())).toEqual({ kept: 0, notKept: 1, later: 0 });
  expect(id).not.toBe("");
  expect(everyByte().length).toBe(before);
});

it("finds no address in what is none", async () => {
  await allow();
  await say("file", { attachment: { url: "file:///etc/passwd" } });
  await say("file", { attachment: { url: `http://user:pw@${host}/x` } });
  await say("file", { attachment: { url: "그냥 글" } });
  expect(await keepFiles(new Date())).toEqual({ kept: 0, notKept: 3, later: 0 });
  expect((await files()).map(({ reason }) => reason)).toEqual(["address", "address", "address"]);
  expect(asked).toEqual([]);
});
