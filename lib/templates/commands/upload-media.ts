import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { Refused } from "@/lib/errors";
import { keepFile, type ReceivedFile, type ReceiveOptions, receiveFile, writeFileRow } from "@/lib/evidence";
import { type FileFamily, fileFamilies } from "@/lib/file-kind";
import { cleanImage } from "@/lib/image-clean";
import { playingTime } from "@/lib/media-shape";
import { type Draft, fileStore } from "@/lib/storage";
import { only } from "@/lib/streams";
import type { Upload } from "@/lib/upload";
import { mediaBytes, mostMediaBytes } from "../rules/media";
import { type MediaKind, uploadMediaSchema } from "../schema/media";

export type UploadedMedia = {
  mediaId: string;
  kind: MediaKind;
  sha256: string;
  /** The library has this very file already: nothing was added. */
  repeated: boolean;
  /** Bytes of metadata that were cut out. */
  cleaned: number;
};

type Seen = { cleaned: number; cameAs: string; width: number | null; height: number | null; seconds: number | null };

/**
 * Takes a file for messages: multipart with `kind` and `alt`, then `file`. What a picture tells beside the picture (place, time, camera) is cut
 * out before it is kept; the picture itself is not touched. The same file is kept once.
 * @param patience see receiveUpload
 * @throws Forbidden, Refused, UploadRefused (413 beyond the guide's limit of its kind), FileRefused
 */
export function uploadMedia(actor: Actor, request: Request, patience: number): Promise<UploadedMedia> {
  const asked = (fields: Readonly<Record<string, string>>) => {
    const parsed = uploadMediaSchema.safeParse({ kind: fields.kind, alt: fields.alt });
    if (parsed.success) return parsed.data;
    const field = parsed.error.issues[0]?.path[0] === "alt" ? "alt" : "kind";
    throw new Refused(`templates.media.refused.${field}`, field);
  };
  const begin = async (fields: Readonly<Record<string, string>>) => {
    asked(fields);
    await read(actor, "media:upload", async () => undefined);
  };
  const mostFor = (fields: Readonly<Record<string, string>>) => mediaBytes[asked(fields).kind];
  const { options, save } = keeping(actor, asked);
  return receiveFile<UploadedMedia>(request, { most: mostMediaBytes, patience, begin, mostFor, ...options }, save);
}

/** Keeps a file that is here already, such as one out of a pack, as uploadMedia does. @throws Forbidden, Refused, FileRefused */
export function keepMedia(
  actor: Actor,
  file: Upload["file"],
  given: { kind: MediaKind; alt: string },
): Promise<UploadedMedia> {
  const { options, save } = keeping(actor, () => given);
  return keepFile<UploadedMedia>(file, {}, options, save);
}

function keeping(
  actor: Actor,
  asked: (fields: Readonly<Record<string, string>>) => { kind: MediaKind; alt: string },
): {
  options: Pick<ReceiveOptions<UploadedMedia>, "families" | "prepare" | "instead">;
  save: (file: ReceivedFile, fields: Readonly<Record<string, string>>) => Promise<UploadedMedia>;
} {
  let seen: Seen = { cleaned: 0, cameAs: "", width: null, height: null, seconds: null };
  return {
    options: {
      families: fileFamilies,
      prepare: async (draft, kind) => {
        const looked = await look(draft, kind);
        seen = looked.seen;
        return looked.draft;
      },
      instead: async (file, fields) => {
        assertKind(asked(fields).kind, file.family);
        const there = await read(actor, "media:upload", (tx) => sameMedia(tx, file.sha256));
        return there && { ...there, sha256: file.sha256, repeated: true, cleaned: seen.cleaned };
      },
    },
    save: (file, fields) => writeMedia(actor, file, { ...asked(fields), ...seen }),
  };
}

/** A picture without its metadata, or the file as it is; and what can be known of it without decoding it. */
async function look(draft: Draft, { mime, family }: { mime: string; family: FileFamily }) {
  const seen: Seen = { cleaned: 0, cameAs: draft.sha256, width: null, height: null, seconds: null };
  if (family === "video" || family === "audio") return { draft, seen: { ...seen, seconds: await playingTime(draft) } };
  if (family !== "image") return { draft, seen };
  const { bytes, removed: cleaned, width, height } = cleanImage(await readFile(draft.path), mime);
  const kept = cleaned === 0 ? draft : await fileStore().receive(only(bytes), mostMediaBytes, bytes.length);
  return { draft: kept, seen: { ...seen, cleaned, width, height } };
}

/** Any file may go as a file; the others are what they are called. */
function assertKind(kind: MediaKind, family: FileFamily): void {
  if (kind !== "file" && kind !== family) throw new Refused("templates.media.refused.otherKind", "file");
}

async function sameMedia(tx: Tx, sha256: string): Promise<{ mediaId: string; kind: MediaKind } | null> {
  const found = await tx.mediaFile.findFirst({
    where: { sha256, withdrawal: null },
    orderBy: [{ at: "asc" }, { id: "asc" }],
    select: { id: true, kind: true },
  });
  return found && { mediaId: found.id, kind: found.kind as MediaKind };
}

/** Of two that bring the same file at the same moment the second finds the first one's. */
class ThereAlready extends Error {
  override readonly name = "ThereAlready";
  constructor(readonly there: { mediaId: string; kind: MediaKind }) {
    super("The library has this file");
  }
}

async function writeMedia(
  actor: Actor,
  file: ReceivedFile,
  given: Seen & { kind: MediaKind; alt: string },
): Promise<UploadedMedia> {
  const { kind, alt, cleaned, ...looked } = given;
  const { fileId, name, mime, bytes, sha256 } = file;
  const mediaId = randomUUID();
  try {
    await change(actor, "media:upload", async (tx, record) => {
      const person = personOf(actor);
      const { organizationId, personId } = person;
      await tx.$queryRaw`SELECT 1 FROM organizations WHERE id = ${organizationId}::uuid FOR NO KEY UPDATE`;
      const there = await sameMedia(tx, sha256);
      if (there) throw new ThereAlready(there);
      await writeFileRow(tx, person, file, null);
      await tx.mediaFile.create({
        data: {
          id: mediaId,
          organizationId,
          personId,
          kind,
          alt,
          fileId,
          name,
          mime,
          bytes,
          sha256,
          cleaned,
          ...looked,
        },
      });
      await record({
        action: "media.uploaded",
        target: { kind: "media", id: mediaId },
        body: { kind, name, file: fileId, sha256, bytes, cleaned },
      });
    });
  } catch (error) {
    if (!(error instanceof ThereAlready)) throw error;
    await fileStore().remove(fileId);
    return { ...error.there, sha256, repeated: true, cleaned };
  }
  return { mediaId, kind, sha256, repeated: false, cleaned };
}
