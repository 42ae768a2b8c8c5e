// Words of a PDF that the product set: from its glyphs back to characters, as the fonts inside say.
import { inflateSync } from "node:zlib";

type Body = { head: string; stream: string };

function objectsOf(file: Buffer): Map<number, Body> {
  const found = new Map<number, Body>();
  for (const [, number, body = ""] of file.toString("latin1").matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [head = "", packed = ""] = body.split(/\nstream\n/);
    const bytes = Buffer.from(packed.replace(/\nendstream$/, ""), "latin1");
    const stream = /FlateDecode/.test(head) ? inflateSync(bytes) : bytes;
    found.set(Number(number), { head, stream: stream.toString("latin1") });
  }
  return found;
}

function charactersOf(map: string): Map<number, string> {
  const found = new Map<number, string>();
  for (const [, from = "", list = ""] of map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g))
    for (const [index, [, hex = ""]] of [...list.matchAll(/<([0-9a-f]*)>/g)].entries())
      found.set(Number.parseInt(from, 16) + index, Buffer.from(hex, "hex").swap16().toString("utf16le"));
  return found;
}

/** One line of text for each piece that was set, page after page. */
export function wordsOfPdf(file: Buffer): string {
  const objects = objectsOf(file);
  const at = (head: string, key: string): Body =>
    objects.get(Number(new RegExp(`/${key} (\\d+) 0 R`).exec(head)?.[1])) ?? { head: "", stream: "" };
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\n/.test(head));
  return pages
    .flatMap(({ head }) => {
      const fonts = new Map(
        [...at(head, "Resources").head.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = "", number]) => [
          name,
          charactersOf(at(objects.get(Number(number))?.head ?? "", "ToUnicode").stream),
        ]),
      );
      return [...at(head, "Contents").stream.matchAll(/BT\n([\s\S]*?)\nET/g)].map(([, block = ""]) => {
        const font = fonts.get(/\/(F\d+) /.exec(block)?.[1] ?? "");
        const glyphs = [...block.matchAll(/<([0-9a-f]+)>/g)].flatMap(([, hex = ""]) => hex.match(/.{4}/g) ?? []);
        return glyphs.map((glyph) => font?.get(Number.parseInt(glyph, 16)) ?? "?").join("");
      });
    })
    .join("\n");
}
