import { createHash } from "node:crypto";
import { PNG } from "pngjs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PersonActor } from "@/lib/auth/actor";
import { closeDatabase } from "@/lib/db/client";
import { Forbidden, NotFound } from "@/lib/errors";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { uploadSymbol } from "./commands/upload-symbol";
import { withdrawSymbol } from "./commands/withdraw-symbol";
import { getCurrentSymbols, listSymbols } from "./queries/list-symbols";

let company: TestCompany;
beforeAll(async () => {
  company = await openTestCompany();
});
afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});
beforeEach(() => company.mark());

/** A picture of one colour: obviously nobody's symbol. */
function picture(width: number, height: number, grey = 128): Buffer {
  const png = new PNG({ width, height });
  png.data.fill(grey);
  return PNG.sync.write(png);
}
function upload(actor: PersonActor, kind: string, bytes: Buffer, name = "test.png", type = "image/png") {
  const form = new FormData();
  form.set("kind", kind);
  form.set("file", new File([new Uint8Array(bytes)], name, { type }));
  return uploadSymbol(actor, new Request("http://x/placements/symbol/upload", { method: "POST", body: form }), 0);
}
const reason = "받은 파일이 아니었습니다";

describe("a symbol", () => {
  it("is kept byte by byte as a version of its kind, and shown from then on", async () => {
    const bytes = picture(64, 48);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const made = await upload(company.marketer, "symbol", bytes);
    expect(made).toMatchObject({ kind: "symbol", sha256, repeated: false });
    const event = await company.expectOneEvent("symbol.uploaded", made.symbolId);
    expect(JSON.parse(event.body)).toMatchObject({ kind: "symbol", number: 1, sha256, width: 64, height: 48 });
    const { symbol, button } = await getCurrentSymbols(company.auditor);
    expect([symbol?.id, symbol?.number, symbol?.personName, button]).toEqual([made.symbolId, 1, "MARKETER", null]);

    await company.mark();
    expect(await upload(company.admin, "symbol", bytes)).toMatchObject({ symbolId: made.symbolId, repeated: true });
    await company.expectNoEvent();
    const next = await upload(company.admin, "symbol", picture(64, 48, 20));
    expect((await getCurrentSymbols(company.officer)).symbol).toMatchObject({ id: next.symbolId, number: 2 });
  });
  it("is withdrawn with a reason, once, and an older version does not come back for it", async () => {
    const { symbolId } = await upload(company.admin, "button", picture(300, 90));
    await upload(company.admin, "button", picture(300, 90, 10));
    const newest = (await getCurrentSymbols(company.admin)).button;
    await company.mark();
    await withdrawSymbol(company.marketer, { symbolId: newest?.id ?? "", reason });
    expect((await company.expectOneEvent("symbol.withdrawn", newest?.id ?? "")).reason).toBe(reason);
    expect((await getCurrentSymbols(company.admin)).button).toBeNull();
    expect((await listSymbols(company.admin)).find((one) => one.id === newest?.id)?.withdrawn).toMatchObject({
      reason,
    });
    await expect(withdrawSymbol(company.admin, { symbolId: newest?.id ?? "", reason })).rejects.toMatchObject({
      key: "placements.symbol.refused.withdrawn",
    });
    await withdrawSymbol(company.admin, { symbolId, reason });
  });
  it("stays apart from the company's own logo, which no button shows", async () => {
    const { symbol } = await getCurrentSymbols(company.auditor);
    const { symbolId } = await upload(company.marketer, "logo", picture(96, 96, 60));
    const now = await getCurrentSymbols(company.auditor);
    expect([now.logo?.id, now.symbol?.id]).toEqual([symbolId, symbol?.id]);
    expect((await listSymbols(company.admin)).find((one) => one.id === symbolId)?.kind).toBe("logo");
  });
  it("is a small PNG that stands still", async () => {
    const refused = (code: string) => ({ key: `placements.symbol.refused.${code}` });
    await expect(upload(company.admin, "symbol", picture(15, 64))).rejects.toMatchObject(refused("small"));
    await expect(upload(company.admin, "symbol", picture(1_025, 64))).rejects.toMatchObject(refused("large"));
    await expect(upload(company.admin, "button", picture(64, 1_025))).rejects.toMatchObject(refused("large"));
    await expect(upload(company.admin, "poster", picture(64, 64))).rejects.toMatchObject(refused("kind"));
    const moving = Buffer.concat([
      picture(64, 64).subarray(0, 33),
      chunk("acTL", Buffer.alloc(8)),
      picture(64, 64).subarray(33),
    ]);
    await expect(upload(company.admin, "symbol", moving)).rejects.toMatchObject(refused("animated"));
    const gif = Buffer.from("47494638396101000100800000000000ffffff2c00000000010001000002024401003b", "hex");
    await expect(upload(company.admin, "symbol", gif, "x.gif", "image/gif")).rejects.toMatchObject(refused("png"));
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    for (const name of ["x.svg", "x.png"])
      await expect(upload(company.admin, "symbol", svg, name)).rejects.toMatchObject({ name: "FileRefused" });
    await expect(upload(company.admin, "symbol", Buffer.alloc(300_000, 1))).rejects.toMatchObject({
      code: "too-large",
    });
    await company.expectNoEvent();
  });
  it("is the company's own", async () => {
    const { symbolId } = await upload(company.admin, "symbol", picture(40, 40, 77));
    await company.mark();
    for (const who of [company.officer, company.auditor]) {
      await expect(upload(who, "symbol", picture(40, 40, 3))).rejects.toThrow(Forbidden);
      await expect(withdrawSymbol(who, { symbolId, reason })).rejects.toThrow(Forbidden);
    }
    await expect(withdrawSymbol(company.stranger, { symbolId, reason })).rejects.toThrow(NotFound);
    expect(await listSymbols(company.stranger)).toEqual([]);
    await company.expectNoEvent();
  });
});

/** A chunk of a PNG; nobody here looks at its check sum. */
function chunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length, 0);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, data, Buffer.alloc(4)]);
}
