// Templates handed out: a pack whose sums are right, a list of texts, and an entry in the log each time.
import { createHash, randomUUID } from "node:crypto";
import { BlobReader, TextWriter, ZipReader } from "@zip.js/zip.js";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabase } from "@/lib/db/client";
import { NotFound, Refused } from "@/lib/errors";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { plainZip } from "@/lib/zip-stream";
import { exportTemplates, packEntries } from "./commands/export-templates";
import { contentHash } from "./rules/content-hash";
import { packedTemplateSchema, packManifestSchema } from "./rules/pack";
import { textHash, textLines } from "./rules/text-list";
import { plainText, templateIn } from "./testing";

let company: TestCompany;
let other: TestCompany;
beforeAll(async () => {
  company = await openTestCompany();
  other = await openTestCompany();
});
afterAll(async () => {
  await company.owner.end();
  await other.owner.end();
  await closeDatabase();
});
beforeEach(() => company.mark());

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

describe("an export", () => {
  it("hands out what was picked, of this company alone, with one event", async () => {
    const { id } = await templateIn(company, "used", { name: "하나" });
    await templateIn(company, "draft", { name: "둘" });
    const exported = await exportTemplates(company.auditor, { way: "pack", ids: [id] });
    expect(exported.map(({ name, state }) => [name, state])).toEqual([["하나", "used"]]);
    await company.expectOneEvent("template.exported", company.auditor.organizationId);
    expect((await exportTemplates(company.marketer, { way: "csv", ids: [] })).map(({ name }) => name)).toEqual([
      "둘",
      "하나",
    ]);
    await expect(exportTemplates(other.marketer, { way: "pack", ids: [id] })).rejects.toThrow(NotFound);
    await expect(exportTemplates(company.marketer, { way: "pack", ids: [id, randomUUID()] })).rejects.toThrow(NotFound);
    await expect(exportTemplates(other.marketer, { way: "pack", ids: [] })).rejects.toThrow(Refused);
  });

  it("is a pack whose manifest names each file with its true sum", async () => {
    const content = plainText("묶음에 든 문구입니다.\r\n둘째 줄 😀");
    const { id } = await templateIn(company, "draft", { name: "묶음", content });
    const now = new Date("2026-11-24T00:00:00Z");
    const templates = await exportTemplates(company.marketer, { way: "pack", ids: [id] });
    const chunks: Uint8Array[] = [];
    for await (const chunk of plainZip(packEntries(company.marketer, templates, now), now)) chunks.push(chunk.slice());
    const entries = await new ZipReader(new BlobReader(new Blob(chunks as BlobPart[]))).getEntries();
    const texts = new Map<string, string>();
    for (const entry of entries) if (!entry.directory) texts.set(entry.filename, await entry.getData(new TextWriter()));
    const manifest = packManifestSchema.parse(JSON.parse(texts.get("manifest.json") ?? ""));
    expect(manifest.templates).toHaveLength(1);
    for (const { path, sha256: sum } of manifest.templates) expect(sha256(texts.get(path) ?? "")).toBe(sum);
    const [first] = manifest.templates;
    const packed = packedTemplateSchema.parse(JSON.parse(texts.get(first?.path ?? "") ?? ""));
    expect(packed).toMatchObject({ name: "묶음", state: "draft", channel: null, hash: contentHash(content) });
    expect(packed.hash).toBe(contentHash(packed.content));
  });

  it("lists words, no addresses, with the hash of each original", () => {
    const content = { ...plainText("안내\r\n문구"), type: "RICH_TEXT" as const };
    const lines = textLines({ id: "1", name: "이름", content });
    expect(lines).toEqual([["1", "이름", "text", textHash("안내\n문구"), "안내\n문구", "안내\n문구"]]);
  });
});
