import { Refused } from "@/lib/errors";
import type { PackList } from "../schema/transfer";
import { contentHash } from "./content-hash";
import { packedTemplateSchema, packManifestSchema, sha256Of } from "./pack";

/**
 * What a pack says, once each text is what its manifest names and each template what its own hash names.
 * @throws Refused beside `file` with the path of the first that is not
 */
export function readPack(texts: ReadonlyMap<string, string>): PackList {
  const manifest = packManifestSchema.safeParse(parsed(texts.get("manifest.json")));
  if (!manifest.success) throw new Refused("templates.transfer.refused.manifest", "file");
  const templates = manifest.data.templates.map(({ path, sha256 }) => {
    const text = texts.get(path);
    const refuse = (why: "sum" | "shape") => new Refused(`templates.transfer.refused.${why}`, "file", { path });
    if (text === undefined || sha256Of(text) !== sha256) throw refuse("sum");
    const template = packedTemplateSchema.safeParse(parsed(text));
    if (!template.success) throw refuse("shape");
    if (contentHash(template.data.content) !== template.data.hash) throw refuse("sum");
    return template.data;
  });
  const media = Object.fromEntries(
    manifest.data.media.map(({ id, path, name, mime, kind, sha256 }) => [id, { path, name, mime, kind, sha256 }]),
  );
  return { kind: "pack", templates, media };
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return null;
  }
}
