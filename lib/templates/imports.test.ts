// Templates coming in: packs of another company with their files, and texts that come back; first seen, then taken, once.

import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { csvStream } from "@/lib/csv";
import { csvText, readCsv } from "@/lib/csv-reader";
import { closeDatabase } from "@/lib/db/client";
import { Forbidden, NotFound, Refused } from "@/lib/errors";
import { only } from "@/lib/streams";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { plainZip, type ZipEntry } from "@/lib/zip-stream";
import { exportTemplates, packEntries } from "./commands/export-templates";
import { discardTemplateImport, takeTemplateImport } from "./commands/import-templates";
import { receiveTemplateImport } from "./commands/receive-import";
import { saveDraft } from "./commands/save-draft";
import { uploadMedia } from "./commands/upload-media";
import { getTemplateImport, type PackPreview, type TextPreview } from "./queries/get-import";
import { getTemplate } from "./queries/get-template";
import { exampleContent } from "./rules/examples";
import { textColumns, textLines } from "./rules/text-list";
import type { TemplateContent } from "./schema/content";
import { saveDraftSchema } from "./schema/template";
import { plainText, templateIn } from "./testing";

let giver: TestCompany;
let taker: TestCompany;
const files = mkdtempSync(path.join(tmpdir(), "imports-"));
beforeAll(async () => {
  process.env.DAMSO_FILES = `file:${files}`;
  giver = await openTestCompany();
  taker = await openTestCompany();
});
afterAll(async () => {
  await giver.owner.end();
  await taker.owner.end();
  await closeDatabase();
});

const now = new Date();
const bytesOf = async (source: AsyncIterable<Uint8Array>) => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk.slice());
  return Buffer.concat(chunks);
};
const drafts = () =>
  readdirSync(files, { recursive: true, withFileTypes: true }).filter(
    (one) => one.isFile() && one.parentPath.includes("incoming"),
  );

function handedIn(bytes: Buffer | string, withFiles = false, who = taker.marketer) {
  const form = new FormData();
  if (withFiles) form.set("files", "1");
  form.set("file", new File([new Uint8Array(Buffer.from(bytes))], "in"));
  return receiveTemplateImport(who, new Request("http://x/in", { method: "POST", body: form }), 0);
}

/** A card of the giver's with a picture of its library. */
async function withPicture(grey: number): Promise<TemplateContent> {
  const png = new PNG({ width: 800, height: 400 });
  png.data.fill(grey);
  const form = new FormData();
  form.set("kind", "image");
  form.set("alt", "의자");
  form.set("file", new File([new Uint8Array(PNG.sync.write(png))], "의자.png"));
  const request = new Request("http://x/up", { method: "POST", body: form });
  const { mediaId } = await uploadMedia(giver.marketer, request, 0);
  return { ...exampleContent("WIDE_IMAGE"), picture: { mediaId, alt: "의자" } };
}

async function packOf(ids: string[]): Promise<Buffer> {
  const templates = await exportTemplates(giver.marketer, { way: "pack", ids });
  return bytesOf(plainZip(packEntries(giver.marketer, templates, now), now));
}
const previewOf = async <T extends PackPreview | TextPreview>(id: string, who = taker.marketer) =>
  (await getTemplateImport(who, id, now)) as (T & { until: Date }) | null;

describe("a pack", () => {
  it("shows what would come in, then comes in with its files, once", async () => {
    const content = await withPicture(90);
    const { id: card } = await templateIn(giver, "draft", { name: "소식", content });
    const { id: text } = await templateIn(giver, "used", { name: "인사" });
    const bytes = await packOf([card, text]);
    await templateIn(taker, "draft", { name: "인사", content: plainText("다른 본문입니다.") });

    const bare = await previewOf<PackPreview>(await handedIn(bytes));
    expect(
      bare?.rows.map(({ name, newName, conflict, missingMedia }) => [name, newName, conflict, missingMedia]),
    ).toEqual([
      ["소식", "소식", "none", ["의자.png"]],
      ["인사", "인사 (2)", "sameName", []],
    ]);
    const importId = await handedIn(bytes, true);
    const whole = await previewOf<PackPreview>(importId);
    expect(whole?.rows.map(({ missingMedia, errors }) => [missingMedia, errors])).toEqual([
      [[], 0],
      [[], 0],
    ]);
    expect(await getTemplateImport(taker.marketer, importId, new Date(now.getTime() + 3_700_000))).toBeNull();
    expect(await previewOf(importId, giver.marketer)).toBeNull();
    await expect(takeTemplateImport(taker.marketer, { importId, rows: [] })).rejects.toThrow(Refused);

    const both = await Promise.allSettled(
      [1, 2].map(() => takeTemplateImport(taker.marketer, { importId, rows: [0, 1] })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const { rows } = await taker.owner.query<{ id: string }>(
      "SELECT id FROM templates WHERE organization_id = $1 AND name = '소식'",
      [taker.marketer.organizationId],
    );
    const [made] = rows;
    const template = await getTemplate(taker.marketer, made?.id ?? "");
    expect(template?.standing.state).toBe("draft");
    expect(template?.content.text).toBe(content.text);
    expect(template?.content.picture?.mediaId).not.toBe(content.picture?.mediaId);
    expect(drafts()).toEqual([]);

    // The same again is seen as what is here.
    const again = await previewOf<PackPreview>(await handedIn(bytes));
    expect(again?.rows.map(({ conflict, newName }) => [conflict, newName])).toEqual([
      ["sameText", "소식 (2)"],
      ["sameText", "인사 (3)"],
    ]);
  });

  it("is refused when anything in it is not what its manifest says", async () => {
    const { id } = await templateIn(giver, "draft", { name: "바뀔 것", content: await withPicture(91) });
    const templates = await exportTemplates(giver.marketer, { way: "pack", ids: [id] });
    const zipWith = (change: (path: string, bytes: Buffer) => Buffer | null) => {
      const entries = async function* (): AsyncGenerator<ZipEntry> {
        for await (const { path: at, source } of packEntries(giver.marketer, templates, now)) {
          const bytes = change(at, await bytesOf(source));
          if (bytes) yield { path: at, source: only(bytes) };
        }
      };
      return bytesOf(plainZip(entries(), now));
    };
    const refusal = async (bytes: Buffer | string, withFiles = true) =>
      handedIn(bytes, withFiles).then(
        () => "taken",
        (error: unknown) => (error instanceof Refused ? error.key.split(".").at(-1) : String(error)),
      );
    const said = (from: string, to: string) => (_at: string, bytes: Buffer) =>
      Buffer.from(bytes.toString("latin1").replace(from, to), "latin1");
    expect(await refusal(await zipWith((at, bytes) => (at === "manifest.json" ? null : bytes)))).toBe("manifest");
    expect(
      await refusal(
        await zipWith((at, bytes) => (at.startsWith("templates/") ? said("draft", "used")(at, bytes) : bytes)),
      ),
    ).toBe("sum");
    expect(await refusal(await zipWith((at, bytes) => (at.startsWith("templates/") ? null : bytes)))).toBe("sum");
    expect(
      await refusal(await zipWith((at, bytes) => (at.startsWith("media/") ? Buffer.concat([bytes, bytes]) : bytes))),
    ).toBe("sum");
    const whole = await packOf([id]);
    expect(await refusal(whole.subarray(0, whole.length - 40))).toBe("damaged");
    expect(await refusal("PK\u0003\u0004 nothing of a ZIP")).toBe("damaged");
    expect(await refusal("이름,종류\n하나,둘\n")).toBe("texts");
    expect(await refusal("")).toBe("texts");
    expect(drafts()).toEqual([]);
    for (const who of [taker.officer, taker.auditor, taker.admin])
      await expect(handedIn(whole, true, who)).rejects.toThrow(Forbidden);
  });

  it("is thrown away once", async () => {
    const { id } = await templateIn(giver, "draft", { name: "버릴 것" });
    const importId = await handedIn(await packOf([id]));
    await discardTemplateImport(taker.marketer, importId);
    await expect(discardTemplateImport(taker.marketer, importId)).rejects.toThrow(NotFound);
    await expect(takeTemplateImport(taker.marketer, { importId, rows: [0] })).rejects.toThrow(NotFound);
  });
});

describe("texts that come back", () => {
  it("are held against what the templates say now, line by line, and saved as new drafts", async () => {
    const names = ["고칠 것", "그사이 바뀐 것", "승인 대기"] as const;
    const made = [
      await templateIn(taker, "used", { name: names[0], content: exampleContent("RICH_TEXT") }),
      await templateIn(taker, "draft", { name: names[1], content: plainText("처음 문구") }),
      await templateIn(taker, "submitted", { name: names[2], content: plainText("기다리는 문구") }),
    ];
    const templates = await exportTemplates(taker.marketer, { way: "csv", ids: made.map(({ id }) => id) });
    const pages = async function* () {
      for (const template of templates) yield textLines(template);
    };
    const list = Buffer.from(await new Response(csvStream([...textColumns], pages())).arrayBuffer()).toString("utf8");
    const [, changed, waiting] = made;
    const content = plainText("그사이 고친 문구");
    await saveDraft(taker.marketer, saveDraftSchema.parse({ templateId: changed?.id, revision: 1, content }));

    // A translator writes into the last cell of a line.
    const edited = readCsv(csvText(Buffer.from(list)), 100)
      .map(({ cells }) => {
        const [template, , at] = cells;
        const said = template === made[0]?.id ? "새로 옮긴 문구입니다." : "다르게 옮긴 문구";
        return at === "text" ? [...cells.slice(0, 5), said] : cells;
      })
      .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(","))
      .join("\r\n");
    const importId = await handedIn(`${edited}\r\n${made[0]?.id},,buttons.9.name,0000000000000000,,없는 자리\r\n`);
    const preview = await previewOf<TextPreview>(importId);
    expect(
      preview?.plans.map(({ name, locked, lines }) => [
        name,
        locked,
        lines.map(({ path: at, state }) => `${at} ${state}`),
      ]),
    ).toEqual([
      [names[0], false, ["text change", "buttons.9.name gone"]],
      [names[1], false, ["text stale"]],
      [names[2], true, ["text change"]],
    ]);
    expect(await takeTemplateImport(taker.marketer, { importId, rows: [0, 1, 2] })).toBe(1);
    const [first] = made;
    const saved = await getTemplate(taker.marketer, first?.id ?? "");
    expect([saved?.revision, saved?.content.text, saved?.standing.state]).toEqual([
      2,
      "새로 옮긴 문구입니다.",
      "draft",
    ]);
    expect(saved?.content.buttons).toEqual(exampleContent("RICH_TEXT").buttons);
    expect((await getTemplate(taker.marketer, changed?.id ?? ""))?.content.text).toBe("그사이 고친 문구");
    expect((await getTemplate(taker.marketer, waiting?.id ?? ""))?.content.text).toBe("기다리는 문구");
  });

  it("of another company are nobody's here", async () => {
    const { id } = await templateIn(giver, "draft", { name: "남의 것" });
    const importId = await handedIn(`${id},이름,text,${"0".repeat(16)},원문,고친 문구\n`);
    const preview = await previewOf<TextPreview>(importId);
    expect(preview?.plans.map(({ name, content }) => [name, content])).toEqual([[null, null]]);
    await expect(takeTemplateImport(taker.marketer, { importId, rows: [0] })).rejects.toThrow(Refused);
  });
});
