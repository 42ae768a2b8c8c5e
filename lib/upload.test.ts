import { createHash, randomBytes } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { env } from "./env";
import { fileStore, newFileId, StorageFull, storedPath, verified } from "./storage";
import { receiveUpload, UploadRefused } from "./upload";

const most = 1_000_000;
const boundary = "----damso";
const root = () => env().DAMSO_FILES.replace(/^file:/, "");
const drafts = () => (existsSync(path.join(root(), "incoming")) ? readdirSync(path.join(root(), "incoming")) : []);

function multipart(file: Buffer | null, fields: Record<string, string> = { item: "opened" }, after = ""): Buffer {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return Buffer.concat([
    Buffer.from(parts.join("")),
    ...(file
      ? [
          Buffer.from(
            `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="계약서.pdf"\r\nContent-Type: application/pdf\r\n\r\n`,
          ),
          file,
          Buffer.from("\r\n"),
        ]
      : []),
    Buffer.from(`${after}--${boundary}--\r\n`),
  ]);
}

/** A request whose body counts how much of it was read. */
function request(body: Buffer, options: { length?: number | null; type?: string; breakAt?: number } = {}) {
  const read = { bytes: 0 };
  let at = 0;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (options.breakAt !== undefined && at >= options.breakAt) return controller.error(new Error("reset"));
        if (at >= body.length) return controller.close();
        const chunk = body.subarray(at, at + 16_384);
        at += chunk.length;
        read.bytes = at;
        controller.enqueue(new Uint8Array(chunk));
      },
    },
    { highWaterMark: 0 },
  );
  const headers = new Headers({ "content-type": options.type ?? `multipart/form-data; boundary=${boundary}` });
  if (options.length !== null) headers.set("content-length", String(options.length ?? body.length));
  const made = new Request("http://damso.test/", {
    method: "POST",
    headers,
    body: stream,
    duplex: "half",
  } as RequestInit);
  return { made, read };
}

const take = (made: Request, begin: (fields: Readonly<Record<string, string>>) => Promise<void> = async () => {}) =>
  receiveUpload(made, { most, begin, patience: 0 });
async function refusal(made: Request): Promise<string> {
  const error = await take(made).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UploadRefused);
  return (error as UploadRefused).code;
}

afterEach(() => expect(drafts()).toEqual([]));

describe("receiveUpload", () => {
  it.each([1, 16_384, 65_536, most])("takes %i bytes and knows their SHA-256", async (size) => {
    const bytes = randomBytes(size);
    const { fields, file } = await take(request(multipart(bytes, { item: "opened", note: "홈 화면" })).made);
    expect({ ...fields }).toEqual({ item: "opened", note: "홈 화면" });
    expect(file).toMatchObject({ name: "계약서.pdf", declared: "application/pdf" });
    expect(file.draft).toMatchObject({ bytes: size, sha256: createHash("sha256").update(bytes).digest("hex") });
    const id = newFileId();
    await file.draft.keep(id);
    const kept = await fileStore().read(id);
    const back: Uint8Array[] = [];
    for await (const chunk of verified(kept?.stream ?? one(""), file.draft.sha256)) back.push(chunk);
    expect(Buffer.concat(back).equals(bytes)).toBe(true);
    await fileStore().remove(id);
    expect(await fileStore().read(id)).toBe(null);
  });
  it("takes the whole limit where a field follows the file, and without a length", async () => {
    const { file } = await take(request(multipart(randomBytes(most)), { length: null }).made);
    await file.draft.discard();
  });
  it("refuses one byte more before it reads it", async () => {
    const { made, read } = request(multipart(randomBytes(most + 1)));
    expect(await refusal(made)).toBe("too-large");
    expect(read.bytes).toBeLessThan(65_536);
  });
  it("refuses a length beyond all bounds without reading anything", async () => {
    const { made, read } = request(multipart(randomBytes(10)), { length: 400_000_000 });
    expect(await refusal(made)).toBe("too-large");
    expect(read.bytes).toBe(0);
  });
  it("refuses one byte more without a length, and with a false one", async () => {
    expect(await refusal(request(multipart(randomBytes(most + 1)), { length: null }).made)).toBe("too-large");
    expect(await refusal(request(multipart(randomBytes(most + 1)), { length: 500 }).made)).toBe("too-large");
  });
  it("reads the rest for a browser, so that it hears the answer", async () => {
    const { made, read } = request(multipart(randomBytes(most + 1)));
    await expect(receiveUpload(made, { most, begin: async () => {}, patience: 10 * most })).rejects.toThrow(
      "too-large",
    );
    expect(read.bytes).toBeGreaterThan(most);
  });
  it("leaves nothing of an upload that breaks off", async () => {
    expect(await refusal(request(multipart(randomBytes(500_000)), { breakAt: 200_000 }).made)).toBe("malformed");
    expect(await refusal(request(multipart(randomBytes(500_000)).subarray(0, 300_000)).made)).toBe("malformed");
  });
  it("stores nothing when the caller says no", async () => {
    const { made, read } = request(multipart(randomBytes(500_000)));
    const no = new Error("no");
    await expect(take(made, async () => Promise.reject(no))).rejects.toBe(no);
    expect(read.bytes).toBeLessThan(200_000);
  });
  it("refuses what is no upload", async () => {
    expect(await refusal(request(Buffer.from("a=1"), { type: "application/x-www-form-urlencoded" }).made)).toBe(
      "not-multipart",
    );
    expect(await refusal(request(Buffer.from("{}"), { type: "multipart/form-data" }).made)).toBe("not-multipart");
    expect(await refusal(request(Buffer.from("no parts at all")).made)).toBe("malformed");
    expect(await refusal(request(multipart(null)).made)).toBe("no-file");
    expect(await refusal(request(multipart(Buffer.from("x"), { note: "가".repeat(20_000) })).made)).toBe("malformed");
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`f${index}`, "x"]));
    expect(await refusal(request(multipart(Buffer.from("x"), many)).made)).toBe("malformed");
    const second = `--${boundary}\r\nContent-Disposition: form-data; name="b"; filename="b.pdf"\r\n\r\nx\r\n`;
    expect(await refusal(request(multipart(Buffer.from("x"), {}, second)).made)).toBe("malformed");
  });
});

describe("the file store", () => {
  it("never lets damaged bytes arrive whole", async () => {
    const id = newFileId();
    await fileStore().putStream(id, one("abc"), 10);
    const kept = await fileStore().read(id);
    const arrive = async () => {
      for await (const _chunk of verified(kept?.stream ?? one(""), "0".repeat(64))) throw new Error("arrived");
    };
    await expect(arrive()).rejects.toThrow("recorded SHA-256");
    await fileStore().remove(id);
  });
  it("has no path for anything but an id", () => {
    for (const id of ["../x", "..", "", "a/b", "a".repeat(21), "가".repeat(22)]) expect(() => storedPath(id)).toThrow();
    expect(storedPath("abcdefghijklmnopqrstuv")).toBe("ab/abcdefghijklmnopqrstuv");
  });
  it("takes nothing that would leave the database without room", async () => {
    await expect(fileStore().receive(one("x"), 100, 2 ** 60)).rejects.toBeInstanceOf(StorageFull);
    await (await fileStore().receive(one("x"), 100, 1)).discard();
  });
  it("sweeps drafts within the hour, and sets files without a row aside", async () => {
    const store = fileStore();
    const left = await store.receive(one("draft"), 100);
    const [mine, orphan] = [newFileId(), newFileId()];
    await store.putStream(mine, one("mine"), 100);
    await store.putStream(orphan, one("orphan"), 100);
    const known = async (ids: string[]) => ids.filter((id) => id === mine);
    expect(await store.sweep(new Date(), known)).toEqual({ drafts: 0, unclaimed: 0 });
    const later = new Date(Date.now() + 31 * 60_000);
    expect(await store.sweep(later, known)).toEqual({ drafts: 1, unclaimed: 1 });
    expect(existsSync(left.path)).toBe(false);
    expect(await store.read(orphan)).toBe(null);
    expect((await store.read(mine))?.bytes).toBe(4);
    expect(readdirSync(path.join(root(), "unclaimed"))).toEqual([orphan]);
    await store.sweep(new Date(Date.now() + 31 * 24 * 3_600_000), known);
    expect(readdirSync(path.join(root(), "unclaimed"))).toEqual([]);
  });
});

async function* one(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
