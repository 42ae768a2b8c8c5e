import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { openStream, sealStream } from "./streams";

const key = randomBytes(32);
const place = "attachment:1";
const seal = (bytes: Buffer) => buffer(Readable.from([bytes]).pipe(sealStream(key, place)));
/** Rejects where the stream fails. */
const open = (sealed: Buffer, by = key, at = place) =>
  new Promise<Buffer>((resolve, reject) => {
    const stream = openStream(by, at);
    const parts: Buffer[] = [];
    stream.on("data", (part: Buffer) => parts.push(part));
    stream.on("end", () => resolve(Buffer.concat(parts)));
    stream.on("error", reject);
    stream.end(sealed);
  });

const sealedChunk = 65_536 + 16;
const prefix = 7;

describe("sealed streams", () => {
  it.each([0, 1, 65_535, 65_536, 65_537, 3 * 1024 ** 2])("come back as they were: %i bytes", async (size) => {
    const bytes = randomBytes(size);
    const sealed = await seal(bytes);
    expect((await open(sealed)).equals(bytes)).toBe(true);
    expect(sealed.length).toBe(prefix + size + 16 * Math.max(1, Math.ceil(size / 65_536)));
  });

  it("refuse what was cut, at a chunk's end too", async () => {
    const sealed = await seal(randomBytes(200_000));
    for (const length of [0, 3, prefix, prefix + 5, prefix + sealedChunk, prefix + 2 * sealedChunk, sealed.length - 1])
      await expect(open(sealed.subarray(0, length))).rejects.toThrow();
  });

  it("refuse chunks in another order, and a changed bit", async () => {
    const sealed = await seal(randomBytes(200_000));
    const chunk = (n: number) => sealed.subarray(prefix + n * sealedChunk, prefix + (n + 1) * sealedChunk);
    const swapped = Buffer.concat([sealed.subarray(0, prefix), chunk(1), chunk(0), chunk(2), chunk(3)]);
    expect(swapped.length).toBe(sealed.length);
    await expect(open(swapped)).rejects.toThrow();
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(100) ^ 1, 100);
    await expect(open(changed)).rejects.toThrow();
  });

  it("open under no other key and at no other place", async () => {
    const sealed = await seal(Buffer.from("담소"));
    await expect(open(sealed, randomBytes(32))).rejects.toThrow();
    await expect(open(sealed, key, "attachment:2")).rejects.toThrow();
    expect((await open(sealed)).toString()).toBe("담소");
  });
});
