// Templates on their way between companies and systems: a ZIP with `manifest.json`, one JSON per template, and the files that they show.
import { createHash } from "node:crypto";
import { z } from "zod";
import { line } from "@/lib/text";
import { templateContentSchema } from "../schema/content";
import { mediaKindSchema } from "../schema/media";
import { templateTags } from "../schema/template";
import { contentHash } from "./content-hash";
import type { MediaFacts } from "./report";

export const packFormat = "damso-templates";
const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const packedTemplateSchema = z.object({
  name: line(80, 1),
  tags: templateTags.default([]),
  /** Search id of its channel; null: every channel. */
  channel: z.string().max(100).nullable().default(null),
  /** How it stood where it came from; what comes in is a draft whatever it was. */
  state: z.string().max(20).default("draft"),
  hash,
  content: templateContentSchema,
});
export type PackedTemplate = z.output<typeof packedTemplateSchema>;

export const packManifestSchema = z.object({
  format: z.literal(packFormat),
  version: z.literal(1),
  at: z.iso.datetime(),
  templates: z.array(z.object({ path: z.string().max(100), name: z.string().max(80), sha256: hash })).max(1_000),
  media: z
    .array(
      z.object({
        ...{
          id: z.uuid(),
          path: z.string().max(100),
          name: z.string().max(255),
          mime: z.string().max(100),
          sha256: hash,
        },
        kind: mediaKindSchema,
        bytes: z.number().int().min(0),
      }),
    )
    .max(10_000),
});
export type PackManifest = z.output<typeof packManifestSchema>;

export const sha256Of = (text: string): string => createHash("sha256").update(text).digest("hex");

/**
 * The texts of a pack, in the order in which they lie in it; each file of `media` follows under its path.
 * @param media of all templates, by id
 */
export function packTexts(
  templates: readonly Omit<PackedTemplate, "hash">[],
  media: ReadonlyMap<string, MediaFacts>,
  at: Date,
): { manifest: PackManifest; texts: { path: string; text: string }[] } {
  const written = templates.map((template, place) => ({
    path: `templates/${String(place + 1).padStart(4, "0")}.json`,
    name: template.name,
    text: `${JSON.stringify({ ...template, hash: contentHash(template.content) }, null, 2)}\n`,
  }));
  const manifest: PackManifest = {
    ...{ format: packFormat, version: 1, at: at.toISOString() },
    templates: written.map(({ path, name, text }) => ({ path, name, sha256: sha256Of(text) })),
    media: [...media].map(([id, { name, kind, mime, sha256, bytes }]) => ({
      ...{ id, path: `media/${sha256}`, name, kind, mime, sha256, bytes },
    })),
  };
  const head = { path: "manifest.json", text: `${JSON.stringify(manifest, null, 2)}\n` };
  return { manifest, texts: [head, ...written.map(({ path, text }) => ({ path, text }))] };
}
