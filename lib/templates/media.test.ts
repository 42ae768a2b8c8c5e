import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PNG } from "pngjs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PersonActor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { closeDatabase } from "@/lib/db/client";
import { Forbidden, NotFound, Refused } from "@/lib/errors";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { describeMedia, withdrawMedia } from "./commands/edit-media";
import { createTemplate } from "./commands/save-draft";
import { uploadMedia } from "./commands/upload-media";
import { getMedia, listMedia, mediaFacts, openMedia } from "./queries/media";
import { type MediaKind, mediaFiltersSchema } from "./schema/media";
import { createTemplateSchema } from "./schema/template";

let company: TestCompany;
const files = mkdtempSync(path.join(tmpdir(), "media-"));
beforeAll(async () => {
  process.env.DAMSO_FILES = `file:${files}`;
  company = await openTestCompany();
});
afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});
beforeEach(() => company.mark());

function picture(width: number, height: number, grey = 128): Buffer {
  const png = new PNG({ width, height });
  png.data.fill(grey);
  return PNG.sync.write(png);
}
/** A PNG that tells where it was taken. */
function told(png: Buffer): Buffer {
  const data = Buffer.from("Location\x1f.5665N126.9780E");
  const chunk = Buffer.alloc(8 + data.length + 4);
  chunk.writeUInt32BE(data.length);
  chunk.write("tEXt", 4);
  data.copy(chunk, 8);
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}
const box = (type: string, data = Buffer.alloc(0)) => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + data.length);
  head.write(type, 4);
  return Buffer.concat([head, data]);
};
/** A film of 12.5 seconds with nothing to see. */
function film(more = 0): Buffer {
  const mvhd = Buffer.alloc(100);
  mvhd.writeUInt32BE(1_000, 12);
  mvhd.writeUInt32BE(12_500, 16);
  return Buffer.concat([
    box("ftyp", Buffer.from("isom\0\0\x02\0isomiso2mp41")),
    box("moov", box("mvhd", mvhd)),
    box("mdat", Buffer.alloc(more)),
  ]);
}

function upload(
  actor: PersonActor,
  kind: MediaKind | "poster",
  bytes: Buffer,
  name: string,
  more: { type?: string; alt?: string } = {},
) {
  const form = new FormData();
  form.set("kind", kind);
  form.set("alt", more.alt ?? "");
  form.set("file", new File([new Uint8Array(bytes)], name, { type: more.type ?? "" }));
  return uploadMedia(actor, new Request("http://x/templates/media/upload", { method: "POST", body: form }), 0);
}
const bytesOf = async (id: string) => {
  const file = await openMedia(company.auditor, id);
  return Buffer.from(await new Response(file.stream).arrayBuffer());
};
const stored = () => readdirSync(files, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length;
const list = (more: object = {}) => listMedia(company.auditor, mediaFiltersSchema.parse(more));

describe("a file of the library", () => {
  it("is kept without what a picture tells of place, and once", async () => {
    const clean = picture(800, 400);
    const made = await upload(company.marketer, "image", told(clean), "../의자\u202e.png", { alt: "오크 의자" });
    expect(made).toMatchObject({ kind: "image", repeated: false });
    expect(made.cleaned).toBeGreaterThan(20);
    await company.expectOneEvent("media.uploaded", made.mediaId);
    expect(await bytesOf(made.mediaId)).toEqual(clean);
    expect(made.sha256).toBe(createHash("sha256").update(clean).digest("hex"));
    const facts = await read(company.auditor, "template:read", (tx) => mediaFacts(tx, [made.mediaId]));
    expect(facts.get(made.mediaId)).toMatchObject({
      kind: "image",
      mime: "image/png",
      width: 800,
      height: 400,
      bytes: clean.length,
    });
    const before = stored();
    await company.mark();
    for (const bytes of [clean, told(clean)])
      expect(await upload(company.marketer, "image", bytes, "다른이름.png")).toMatchObject({
        mediaId: made.mediaId,
        repeated: true,
      });
    const both = await Promise.all([1, 2].map(() => upload(company.marketer, "image", picture(60, 60), "둘.png")));
    expect(new Set(both.map(({ mediaId }) => mediaId)).size).toBe(1);
    expect(stored()).toBe(before + 1);
    expect(await getMedia(company.stranger, made.mediaId)).toBeNull();
  });
  it("knows how long it plays, and is whole", async () => {
    const made = await upload(company.marketer, "video", film(), "조립.mp4", { type: "video/mp4" });
    expect(await getMedia(company.officer, made.mediaId)).toMatchObject({
      kind: "video",
      seconds: 12.5,
      mime: "video/mp4",
    });
    await expect(upload(company.marketer, "video", film(900).subarray(0, -5), "잘린.mp4")).rejects.toMatchObject({
      code: "damaged",
    });
  });
  it.each([
    ["image", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), "그림.svg", "extension"],
    ["image", Buffer.from("<html><script>alert(1)</script>"), "그림.png", "mismatch"],
    ["image", Buffer.concat([picture(60, 60), Buffer.from("<script>")]), "뒤.png", "damaged"],
    ["image", picture(60, 60), "그림.jpg", "mismatch"],
    ["image", picture(60, 60), "그림.html.png", "double-extension"],
    ["file", Buffer.from("%PDF-1.7\n"), "반쪽.pdf", "damaged"],
    ["video", picture(60, 60), "그림.mp4", "mismatch"],
    ["audio", Buffer.from("ID3 아무것도 아님"), "소리.wav", "mismatch"],
  ] as const)("is what its name says, or it is refused and leaves nothing: %s %#", async (kind, bytes, name, code) => {
    const before = stored();
    await expect(upload(company.marketer, kind, bytes, name)).rejects.toMatchObject({ code });
    expect(stored()).toBe(before);
    await company.expectNoEvent();
  });
  it("is of the kind that was chosen and no larger than the guide lets it be (P-32)", async () => {
    const refused = (code: string) => ({ key: `templates.media.refused.${code}` });
    await expect(upload(company.marketer, "video", picture(60, 60), "그림.png")).rejects.toMatchObject(
      refused("otherKind"),
    );
    await expect(upload(company.marketer, "poster", picture(60, 60), "그림.png")).rejects.toMatchObject(
      refused("kind"),
    );
    await expect(
      upload(company.marketer, "image", picture(60, 60), "그림.png", { alt: "가".repeat(301) }),
    ).rejects.toMatchObject(refused("alt"));
    await expect(upload(company.officer, "image", picture(60, 60), "그림.png")).rejects.toThrow(Forbidden);
    const mb = 2 ** 20;
    const noise = Buffer.concat([
      picture(60, 60).subarray(0, 33),
      padding(5 * mb - picture(60, 60).length),
      picture(60, 60).subarray(33),
    ]);
    expect(noise.length).toBe(5 * mb);
    expect(await upload(company.marketer, "image", noise, "큰.png")).toMatchObject({ repeated: false });
    await expect(
      upload(company.marketer, "image", Buffer.concat([noise, Buffer.alloc(1)]), "큰.png"),
    ).rejects.toMatchObject({ code: "too-large" });
    await expect(upload(company.marketer, "audio", Buffer.alloc(10 * mb + 1), "큰.mp3")).rejects.toMatchObject({
      code: "too-large",
    });
  });
  it("leaves nothing when the line breaks on the way, and is taken when it comes again (F-16)", async () => {
    const bytes = Buffer.alloc(30 * 2 ** 20, "안내문입니다.\n");
    const form = new FormData();
    form.set("kind", "file");
    form.set("file", new File([new Uint8Array(bytes)], "안내.txt", { type: "text/plain" }));
    const whole = new Response(form);
    const type = whole.headers.get("content-type") ?? "";
    const body = Buffer.from(await whole.arrayBuffer());
    const send = (stream: ReadableStream<Uint8Array>) =>
      uploadMedia(
        company.marketer,
        new Request("http://x/", {
          ...{ method: "POST", body: stream, headers: { "content-type": type, "content-length": String(body.length) } },
          duplex: "half",
        } as RequestInit),
        0,
      );
    const before = stored();
    for (const share of [0.01, 0.5, 0.9999])
      await expect(send(piecesOf(body.subarray(0, Math.floor(body.length * share)), true))).rejects.toMatchObject({
        code: "malformed",
      });
    expect(stored()).toBe(before);
    await company.expectNoEvent();
    const made = await send(piecesOf(body, false));
    expect(made.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
    expect(stored()).toBe(before + 1);
  });
  it("is described, found, and taken out only where no template shows it", async () => {
    const { mediaId } = await upload(company.marketer, "image", picture(500, 500, 7), "스탠드.png");
    await company.mark();
    await describeMedia(company.marketer, { mediaId, alt: "스탠드 조명" });
    await company.expectOneEvent("media.described", mediaId);
    expect((await list({ q: "조명" })).items.map(({ id }) => id)).toEqual([mediaId]);
    expect((await list({ q: "%" })).items).toEqual([]);
    expect((await list({ kind: "video" })).items.every(({ kind }) => kind === "video")).toBe(true);
    const content = { type: "PLAIN_IMAGE", media: { mediaId, alt: "" } };
    const shown = await createTemplate(company.marketer, createTemplateSchema.parse({ name: "조명", content }));
    expect((await list({ q: "스탠드" })).items[0]?.uses).toBe(1);
    expect((await list({ q: "스탠드", unused: "1" })).items).toEqual([]);
    expect((await getMedia(company.auditor, mediaId))?.usedIn).toMatchObject([{ templateId: shown, name: "조명" }]);
    await expect(withdrawMedia(company.marketer, { mediaId })).rejects.toThrow(Refused);
    const { mediaId: unused } = await upload(company.marketer, "image", picture(500, 500, 9), "안씀.png");
    await company.mark();
    await withdrawMedia(company.marketer, { mediaId: unused });
    await company.expectOneEvent("media.withdrawn", unused);
    await expect(withdrawMedia(company.marketer, { mediaId: unused })).rejects.toThrow(NotFound);
    await expect(describeMedia(company.marketer, { mediaId: unused, alt: "" })).rejects.toThrow(NotFound);
    await expect(withdrawMedia({ ...company.stranger, role: "MARKETER" }, { mediaId })).rejects.toThrow(NotFound);
    expect((await list({ q: "안씀" })).items).toEqual([]);
    expect(await bytesOf(unused)).toEqual(picture(500, 500, 9));
    // Brought again it is offered again.
    expect(await upload(company.marketer, "image", picture(500, 500, 9), "안씀.png")).toMatchObject({
      repeated: false,
    });
  });
});

/** A body in pieces; `broken` when the sender goes away at its end. */
function piecesOf(bytes: Buffer, broken: boolean): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) {
        if (broken) controller.error(new Error("connection lost"));
        else controller.close();
        return;
      }
      controller.enqueue(new Uint8Array(bytes.subarray(at, at + 65_536)));
      at += 65_536;
    },
  });
}

/** A chunk of noise that a viewer needs not know, of so many bytes in all. */
function padding(bytes: number): Buffer {
  const data = randomBytes(bytes - 12);
  // No byte of it may begin what looks like a page.
  for (let at = 0; at < data.length; at += 1) if (data[at] === 0x3c) data[at] = 0;
  const chunk = Buffer.alloc(bytes);
  chunk.writeUInt32BE(data.length);
  chunk.write("fdAT", 4);
  data.copy(chunk, 8);
  return chunk;
}
