import { open } from "node:fs/promises";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import { CsvRefused, csvText, readCsv } from "@/lib/csv-reader";
import { Refused } from "@/lib/errors";
import { FileRefused } from "@/lib/file-refusal";
import { type OpenPack, openPack, PackRefused } from "@/lib/pack-reader";
import { type Draft, FileTooLarge, fileStore } from "@/lib/storage";
import { receiveUpload } from "@/lib/upload";
import { importContext, importPatienceMs } from "../queries/get-import";
import { mediaBytes } from "../rules/media";
import { readPack } from "../rules/read-pack";
import { mostTextLines, readTextList } from "../rules/text-plan";
import type { PackList, TextList } from "../schema/transfer";
import { keepMedia } from "./upload-media";

/** Bytes: a pack carries its files along. */
export const mostPackBytes = 500 * 2 ** 20;
const mostListBytes = 16 * 2 ** 20;

/**
 * Reads an uploaded pack or list of texts and keeps what it says for its preview; no template is made or changed yet. The upload itself is
 * not kept. With the field `files` set, files of a pack that the library lacks are put there at once, judged as any other upload.
 * @param patience see receiveUpload
 * @returns the id of the preview
 * @throws Forbidden, UploadRefused, Refused when it is neither
 */
export async function receiveTemplateImport(actor: Actor, request: Request, patience: number): Promise<string> {
  const { fields, file } = await receiveUpload(request, {
    ...{ most: mostPackBytes, patience },
    begin: () => read(actor, "template:import", async () => undefined),
  });
  const { draft } = file;
  try {
    const list = (await isZip(draft)) ? await packOf(actor, draft, fields.files === "1") : await textsOf(draft);
    return await change(actor, "template:import", async (tx, record) => {
      const { organizationId, personId } = personOf(actor);
      const at = new Date();
      // Two may be looked at side by side; what nobody took within its hour goes.
      await tx.templateImport.deleteMany({ where: { at: { lt: new Date(at.getTime() - importPatienceMs) } } });
      const { id } = await tx.templateImport.create({
        data: { organizationId, personId, at, list, sha256: draft.sha256 },
        select: { id: true },
      });
      await record({
        action: "template.pack-read",
        target: { kind: "template-import", id },
        body: {
          kind: list.kind,
          count: list.kind === "pack" ? list.templates.length : list.rows.length,
          sha256: draft.sha256,
        },
      });
      return id;
    });
  } finally {
    await draft.discard();
  }
}

async function isZip({ path }: Draft): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.toString("latin1").startsWith("PK");
  } finally {
    await file.close();
  }
}

async function textsOf(draft: Draft): Promise<TextList> {
  if (draft.bytes > mostListBytes) throw new Refused("templates.transfer.refused.too-large", "file");
  const file = await open(draft.path);
  try {
    return readTextList(readCsv(csvText(await file.readFile()), mostTextLines));
  } catch (error) {
    if (error instanceof CsvRefused) throw new Refused("templates.transfer.refused.texts", "file");
    throw error;
  } finally {
    await file.close();
  }
}

async function packOf(actor: Actor, draft: Draft, withFiles: boolean): Promise<PackList> {
  try {
    const pack = await openPack(draft.path);
    try {
      const list = readPack(await pack.texts());
      if (withFiles) await bringFiles(actor, pack, list);
      return list;
    } finally {
      await pack.close();
    }
  } catch (error) {
    if (error instanceof PackRefused) throw new Refused(`templates.transfer.refused.${error.code}`, "file");
    throw error;
  }
}

/** Files that the library lacks come in one after another; one that no message may show stays out, and its place empty. */
async function bringFiles(actor: Actor, pack: OpenPack, list: PackList): Promise<void> {
  const { media } = await read(actor, "template:import", (tx) => importContext(tx, list));
  for (const { path, name, mime, kind, sha256 } of Object.values(list.media)) {
    const source = media.has(sha256) ? null : await pack.file(path);
    if (!source) continue;
    try {
      const draft = await fileStore().receive(source, mediaBytes[kind]);
      if (draft.sha256 !== sha256) {
        await draft.discard();
        throw new Refused("templates.transfer.refused.sum", "file", { path });
      }
      await keepMedia(actor, { name, declared: mime, draft }, { kind, alt: "" });
    } catch (error) {
      if (!(error instanceof FileTooLarge || error instanceof FileRefused)) throw error;
    }
  }
}
