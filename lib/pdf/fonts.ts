// Pretendard (SIL Open Font License 1.1) as it is embedded in papers: only the glyphs that a paper uses go into it.
import { readFileSync } from "node:fs";
import path from "node:path";

export type Weight = "regular" | "bold";

const files: Readonly<Record<Weight, string>> = { regular: "Pretendard-Regular.otf", bold: "Pretendard-Bold.otf" };
const kept = new Map<Weight, Buffer>();

/** The font file, read once; it lies beside the installed packages, in a build as in development. */
export function fontFile(weight: Weight): Buffer {
  const known = kept.get(weight);
  if (known) return known;
  const folder = path.join(/* turbopackIgnore: true */ process.cwd(), "node_modules/pretendard/dist/public/static");
  const read = readFileSync(path.join(folder, files[weight]));
  kept.set(weight, read);
  return read;
}
