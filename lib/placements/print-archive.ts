// One SVG, PNG and PDF for each code in one ZIP, with a list of what is what. Streamed: the archive is never whole in memory.
import { createHash } from "node:crypto";
import { configure, TextReader, Uint8ArrayReader, ZipWriter } from "@zip.js/zip.js";
import { csvLine } from "@/lib/csv";
import type { SheetCode } from "./print-sheet";
import { qrFile } from "./qr-file";
import { qrFormats } from "./schema/qr";

configure({ useWebWorkers: false });

/** Sides of the pictures in pixels: 40 mm at 600 dpi is 945. */
const px = 1_200;

/** @param at last-modified time of the files within @throws Refused when a file does not read */
export async function* printArchive(
  codes: readonly SheetCode[],
  at: Date,
  onDrawn: (done: number) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const zip = new ZipWriter(writable, { lastModDate: at, level: 6 });
  const written = fill().catch(async (error: unknown) => {
    await writable.abort(error).catch(() => undefined);
    throw error;
  });
  // The reader below is told of it; nobody else has to be.
  written.catch(() => undefined);
  const reader = readable.getReader();
  for (let part = await next(); part; part = await next()) yield part;

  async function next(): Promise<Uint8Array | undefined> {
    const { value } = await reader.read().catch(async (error: unknown) => {
      await written;
      throw error;
    });
    if (value === undefined) await written;
    return value;
  }

  async function fill(): Promise<void> {
    let list = `\ufeff${csvLine(["code", "name", "run", "file", "sha256"])}`;
    for (const [place, code] of codes.entries()) {
      for (const format of qrFormats) {
        const source = { address: code.address, title: code.name, settings: code.settings, at, logo: code.logo };
        const { bytes } = await qrFile(source, format, px);
        const name = `${format}/${code.code}.${format}`;
        await zip.add(name, new Uint8ArrayReader(bytes));
        const sha256 = createHash("sha256").update(bytes).digest("hex");
        list += csvLine([code.code, code.name, code.runNumber, name, sha256]);
      }
      await onDrawn(place + 1);
    }
    await zip.add("list.csv", new TextReader(list));
    await zip.close();
  }
}
