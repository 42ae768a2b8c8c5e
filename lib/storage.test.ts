// One contract, two stores: a directory, and a bucket of a real S3-compatible service that speaks HTTP and checks signatures.
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SettingError } from "@/lib/env";
import { type FileStore, FileTooLarge, newFileId, storeAt, storedPath } from "@/lib/storage";
import { bucketPlace, reachBucket } from "@/lib/store-bucket";

type Service = { run(): Promise<{ port: number }>; close(): Promise<void> };
type Make = new (options: object) => Service;

const folder = mkdtempSync(path.join(tmpdir(), "stores-"));
process.env.DAMSO_SPOOL = path.join(folder, "spool");
process.env.AWS_ACCESS_KEY_ID = "S3RVER";
process.env.AWS_SECRET_ACCESS_KEY = "S3RVER";
/**
 * Two of it over the same files. One is strict about signatures; the other lets the requests pass that list a bucket, whose signature the
 * service reckons over "/bucket" where the client asks, rightly, for "/bucket/".
 */
const services: Service[] = [];
const settings: Record<string, string> = { directory: `file:${path.join(folder, "files")}`, bucket: "" };
const drafts: Record<string, string> = {
  directory: path.join(folder, "files/incoming"),
  bucket: path.join(folder, "spool/files/incoming"),
};

beforeAll(async () => {
  const { default: S3rver } = (await import("@20minutes/s3rver" as string)) as { default: Make };
  for (const [name, allowMismatchedSignatures] of [
    ["bucket", false],
    ["listing", true],
  ] as const) {
    const service = new S3rver({
      ...{ port: 0, address: "127.0.0.1", silent: true, directory: path.join(folder, "service") },
      ...{ configureBuckets: [{ name: "damso-test" }], allowMismatchedSignatures },
    });
    services.push(service);
    const { port } = await service.run();
    settings[name] = `s3://damso-test/company?endpoint=http://127.0.0.1:${port}`;
  }
});
afterAll(async () => {
  for (const one of services) await one.close();
});

async function* pieces(bytes: Buffer, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function whole(store: FileStore, id: string): Promise<Buffer | null> {
  const kept = await store.read(id);
  if (!kept) return null;
  const parts: Uint8Array[] = [];
  for await (const part of kept.stream) parts.push(part);
  return Buffer.concat(parts);
}
async function names(store: FileStore, before = new Date(Date.now() + 60_000)): Promise<string[]> {
  const all: string[] = [];
  for await (const page of store.names(before)) all.push(...page);
  return all;
}

describe.each(["directory", "bucket"])("a %s", (kind) => {
  const store = () => storeAt(settings[kind] ?? "");
  const lister = () => storeAt(settings[kind === "bucket" ? "listing" : kind] ?? "");
  const waiting = () => (existsSync(drafts[kind] ?? "") ? readdirSync(drafts[kind] ?? "") : []);

  it.each([1, 10_485_760, 10_485_761, 33_000_000])(
    "keeps %i bytes as they came, and gives them back whole (P-33)",
    async (size) => {
      const bytes = randomBytes(size);
      const draft = await store().receive(pieces(bytes), size, size);
      expect(draft).toMatchObject({ bytes: size, sha256: createHash("sha256").update(bytes).digest("hex") });
      const id = newFileId();
      expect(await store().read(id)).toBeNull();
      await draft.keep(id);
      await draft.discard();
      expect(waiting()).toEqual([]);
      expect((await store().read(id))?.bytes).toBe(size);
      expect((await whole(store(), id))?.equals(bytes)).toBe(true);
      await store().remove(id);
      await store().remove(id);
      expect(await store().read(id)).toBeNull();
    },
  );

  it("takes one byte less than too many, and leaves nothing of what is too large, cut off or not wanted", async () => {
    const bytes = randomBytes(200_000);
    await expect(store().receive(pieces(bytes), 199_999)).rejects.toBeInstanceOf(FileTooLarge);
    for (const share of [0.01, 0.5, 0.9999]) {
      const cut = async function* () {
        yield* pieces(bytes.subarray(0, Math.floor(bytes.length * share)));
        throw new Error("connection lost");
      };
      await expect(store().receive(cut(), 200_000)).rejects.toThrow("connection lost");
    }
    const draft = await store().receive(pieces(bytes), 200_000);
    await draft.discard();
    expect(waiting()).toEqual([]);
    expect(await names(lister())).toEqual([]);
  });

  it("knows its files by name, and sets aside what has no row, for a while", async () => {
    const [known, stray] = [newFileId(), newFileId()];
    for (const id of [known, stray]) await store().putStream(id, pieces(randomBytes(10)), 10);
    expect((await names(lister())).sort()).toEqual([known, stray].map(storedPath).sort());
    expect(await names(lister(), new Date(Date.now() - 60_000))).toEqual([]);
    const draft = await store().receive(pieces(randomBytes(10)), 10);
    const claimed = async (ids: string[]) => ids.filter((id) => id === known);
    expect(await lister().sweep(new Date(), claimed)).toEqual({ drafts: 0, unclaimed: 0 });
    const anHourOn = new Date(Date.now() + 3_600_000);
    expect(await lister().sweep(anHourOn, claimed)).toEqual({ drafts: 1, unclaimed: 1 });
    expect(existsSync(draft.path)).toBe(false);
    expect(await names(lister())).toEqual([storedPath(known)]);
    expect(await store().read(stray)).toBeNull();
    expect(await whole(store(), known)).toHaveLength(10);
    await store().remove(known);
  });

  it("keeps two at once, and many", async () => {
    const ids = Array.from({ length: 20 }, newFileId);
    await Promise.all(ids.map((id) => store().putStream(id, pieces(Buffer.from(id)), 100)));
    for (const id of ids) expect((await whole(store(), id))?.toString()).toBe(id);
    expect(await names(lister())).toHaveLength(20);
    for (const id of ids) await store().remove(id);
  });

  it("takes no name that is not one of its own", async () => {
    await expect(store().putStream("../../x", pieces(Buffer.from("x")), 1)).rejects.toThrow("not a file id");
    expect(waiting()).toEqual([]);
  });
});

it("is refused by the service with another key, and then nothing is kept", async () => {
  const id = newFileId();
  const stranger = settings.bucket?.replace("company", "other") ?? "";
  // As somebody who has the address and not the key: the signature is reckoned over other bytes.
  const { S3Client, PutObjectCommand } = await import("@aws-sdk/client-s3");
  const client = new S3Client({
    ...{ endpoint: /endpoint=(.*)$/.exec(stranger)?.[1] ?? "", region: "us-east-1", forcePathStyle: true },
    credentials: { accessKeyId: "S3RVER", secretAccessKey: "wrong" },
  });
  const put = client.send(new PutObjectCommand({ Bucket: "damso-test", Key: `other/${storedPath(id)}`, Body: "x" }));
  await expect(put).rejects.toThrow(/signature/i);
  expect(await storeAt(stranger).read(id)).toBeNull();
});

describe("the setting of a bucket", () => {
  it("says where it is", () => {
    expect(bucketPlace("s3://damso-files/kr/seoul?endpoint=https://s3.example.kr&region=kr-1")).toEqual({
      ...{ bucket: "damso-files", prefix: "kr/seoul/", endpoint: "https://s3.example.kr", region: "kr-1" },
    });
    expect(bucketPlace("s3://damso-files")).toMatchObject({ prefix: "", endpoint: null, region: "ap-northeast-2" });
  });
  it.each([
    "s3://",
    "s3://A/b",
    "s3://files?endpoint=ftp://x",
    "s3://files?key=geheim",
    "s3://files?endpoint=https://x/path",
  ])("%s is not one", (setting) => expect(() => bucketPlace(setting)).toThrow(SettingError));
  it("is tried by the doctor: no bucket and no service are said", async () => {
    await reachBucket(settings.listing ?? "");
    await expect(reachBucket((settings.listing ?? "").replace("damso-test", "damso-none"))).rejects.toThrow();
    await expect(reachBucket("s3://damso-test?endpoint=http://127.0.0.1:9")).rejects.toThrow();
  });
});
