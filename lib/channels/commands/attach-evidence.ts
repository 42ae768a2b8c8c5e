import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import { NotFound, Refused } from "@/lib/errors";
import { type FileKind, fileKind } from "@/lib/file-kind";
import { safeFileName } from "@/lib/file-name";
import { type Draft, fileStore, newFileId, verified } from "@/lib/storage";
import { receiveUpload } from "@/lib/upload";
import { assertEvidenceFits, assertTakesEvidence, newestMark } from "../rules";
import { type AttachEvidence, attachEvidenceSchema } from "../schema";
import { lockChannel, newestMarks, personOf } from "./channel-lock";
import { after } from "./mark-onboarding";

/** 20 MB: screens, signed papers, lists. */
export const mostEvidenceBytes = 20 * 2 ** 20;

export type AttachedEvidence = {
  fileId: string;
  item: string;
  bytes: number;
  sha256: string;
  /** The item's newest evidence already was this very file: nothing was added. */
  repeated: boolean;
};

/**
 * Takes an upload as evidence of an item and marks it done. Who asks, the channel and the item are checked before a byte is stored;
 * the file is durable before its row is written; whatever fails leaves neither.
 * @param patience see receiveUpload
 * @throws NotFound, Forbidden, Refused, UploadRefused, FileRefused
 */
export async function receiveEvidence(
  actor: Actor,
  channelId: string,
  request: Request,
  patience: number,
): Promise<AttachedEvidence> {
  let input: AttachEvidence | undefined;
  const { file } = await receiveUpload(request, {
    most: mostEvidenceBytes,
    patience,
    begin: async (fields) => {
      input = attachInput(channelId, fields);
      await assertMayAttach(actor, input);
    },
  });
  const { draft } = file;
  try {
    if (!input) throw new Refused("channels.refused.item");
    const name = safeFileName(file.name);
    const kind = await fileKind(await readFile(draft.path), name, file.declared);
    return await attachEvidence(actor, input, { name, kind, draft });
  } finally {
    await draft.discard();
  }
}

function attachInput(channelId: string, fields: Readonly<Record<string, string>>): AttachEvidence {
  if (!z.uuid().safeParse(channelId).success) throw new NotFound();
  const parsed = attachEvidenceSchema.safeParse({ channelId, item: fields.item, note: fields.note ?? "" });
  if (parsed.success) return parsed.data;
  throw new Refused(parsed.error.issues[0]?.path[0] === "note" ? "channels.refused.note" : "channels.refused.item");
}

async function assertMayAttach(actor: Actor, { channelId, item }: AttachEvidence): Promise<void> {
  const found = await read(actor, "evidence:attach", (tx) => tx.channel.count({ where: { id: channelId } }));
  if (found === 0) throw new NotFound();
  assertTakesEvidence(item);
}

/** Keeps a checked file as evidence of an item and marks it done. @throws NotFound, Refused; the draft is the caller's to discard then */
export async function attachEvidence(
  actor: Actor,
  { channelId, item, note }: AttachEvidence,
  file: { name: string; kind: FileKind; draft: Draft },
): Promise<AttachedEvidence> {
  const { bytes, sha256 } = file.draft;
  assertEvidenceFits(item, file.kind.family);
  const same = await read(actor, "evidence:attach", async (tx) => {
    const newest = newestMark(await newestMarks(tx, channelId), item);
    if (newest?.kind !== "done" || newest.fileId === null) return null;
    return tx.evidenceFile.findFirst({ where: { id: newest.fileId, sha256 }, select: { id: true } });
  });
  if (same) return { fileId: same.id, item, bytes, sha256, repeated: true };

  const fileId = newFileId();
  await file.draft.keep(fileId);
  try {
    await change(actor, "evidence:attach", async (tx, record) => {
      await lockChannel(tx, channelId);
      const marks = await newestMarks(tx, channelId);
      const { organizationId, personId } = personOf(actor);
      await tx.evidenceFile.create({
        data: { id: fileId, organizationId, channelId, name: file.name, mime: file.kind.mime, bytes, sha256, personId },
      });
      await tx.onboardingMark.create({
        data: { organizationId, channelId, item, kind: "done", note, fileId, personId, at: after(marks, item) },
      });
      await record({
        action: "evidence.attached",
        target: { kind: "channel", id: channelId },
        body: { item, file: fileId, sha256, bytes },
      });
    });
  } catch (error) {
    await fileStore().remove(fileId);
    throw error;
  }
  return { fileId, item, bytes, sha256, repeated: false };
}

export type EvidenceDownload = { name: string; mime: string; bytes: number; stream: AsyncIterable<Uint8Array> };

/** Hands out an evidence file and records who took it. @throws NotFound alike for a missing file and another organization's; Forbidden */
export async function downloadEvidence(actor: Actor, channelId: string, fileId: string): Promise<EvidenceDownload> {
  const file = await change(actor, "evidence:download", async (tx, record) => {
    if (!z.uuid().safeParse(channelId).success || !/^[\w-]{22}$/.test(fileId)) throw new NotFound();
    const found = await tx.evidenceFile.findFirst({ where: { id: fileId, channelId } });
    if (!found) throw new NotFound();
    await record({
      action: "evidence.downloaded",
      target: { kind: "evidence", id: fileId },
      body: { channel: channelId, sha256: found.sha256 },
    });
    return found;
  });
  const kept = await fileStore().read(fileId);
  if (!kept || kept.bytes !== Number(file.bytes))
    throw new Error(`Evidence ${fileId} is not in the file store as recorded`);
  return { name: file.name, mime: file.mime, bytes: kept.bytes, stream: verified(kept.stream, file.sha256) };
}
