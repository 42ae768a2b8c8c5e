import { z } from "zod";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import { fromDay } from "@/lib/day-column";
import { NotFound, Refused } from "@/lib/errors";
import { isFileId, openOrReport, type ReceivedFile, receiveFile, writeFileRow } from "@/lib/evidence";
import { fileFamilies } from "@/lib/file-kind";
import { newestMarksOf } from "../queries/onboarding-facts";
import { assertEvidenceFits, assertMayRenewOn, assertTakesEvidence, newestMark } from "../rules/onboarding";
import { type AttachEvidence, attachEvidenceSchema } from "../schema";
import { lockChannel } from "./channel-lock";
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
  const input = (fields: Readonly<Record<string, string>>) => attachInput(channelId, fields);
  return receiveFile(
    request,
    {
      most: mostEvidenceBytes,
      patience,
      families: fileFamilies,
      begin: (fields) => assertMayAttach(actor, input(fields)),
      instead: (file, fields) => sameEvidence(actor, input(fields), file),
    },
    (file, fields) => attachEvidence(actor, input(fields), file),
  );
}

function attachInput(channelId: string, fields: Readonly<Record<string, string>>): AttachEvidence {
  if (!z.uuid().safeParse(channelId).success) throw new NotFound();
  const parsed = attachEvidenceSchema.safeParse({
    ...{ channelId, item: fields.item, note: fields.note ?? "" },
    renewOn: fields.renewOn || undefined,
  });
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path[0];
  throw new Refused(`channels.refused.${field === "note" || field === "renewOn" ? field : "item"}`);
}

async function assertMayAttach(actor: Actor, { channelId, item, renewOn }: AttachEvidence): Promise<void> {
  const found = await read(actor, "evidence:attach", (tx) => tx.channel.count({ where: { id: channelId } }));
  if (found === 0) throw new NotFound();
  assertTakesEvidence(item);
  assertMayRenewOn(renewOn ?? null, kstDay(new Date()));
}

/** The item's newest evidence, where it already is this very file. @throws Refused for a kind of file that the item does not take */
async function sameEvidence(
  actor: Actor,
  { channelId, item, renewOn }: AttachEvidence,
  { bytes, sha256, family }: ReceivedFile,
): Promise<AttachedEvidence | null> {
  assertEvidenceFits(item, family);
  return read(actor, "evidence:attach", async (tx) => {
    const newest = newestMark(await newestMarksOf(tx, [channelId]), item);
    if (newest?.kind !== "done" || newest.fileId === null || newest.renewOn !== (renewOn ?? null)) return null;
    const same = await tx.evidenceFile.findFirst({ where: { id: newest.fileId, sha256 }, select: { id: true } });
    return same && { fileId: same.id, item, bytes, sha256, repeated: true };
  });
}

/** Writes a kept file down as evidence of an item and marks it done. @throws NotFound */
async function attachEvidence(
  actor: Actor,
  { channelId, item, note, renewOn }: AttachEvidence,
  file: ReceivedFile,
): Promise<AttachedEvidence> {
  const { fileId, bytes, sha256 } = file;
  await change(actor, "evidence:attach", async (tx, record) => {
    await lockChannel(tx, channelId);
    const marks = await newestMarksOf(tx, [channelId]);
    const person = personOf(actor);
    const { organizationId, personId } = person;
    await writeFileRow(tx, person, file, channelId);
    await tx.onboardingMark.create({
      data: {
        ...{ organizationId, channelId, item, kind: "done", note, fileId, personId, at: after(marks, item) },
        renewOn: fromDay(renewOn ?? null),
      },
    });
    await record({
      action: "evidence.attached",
      target: { kind: "channel", id: channelId },
      body: { item, file: fileId, sha256, bytes, renewOn: renewOn ?? null },
    });
  });
  return { fileId, item, bytes, sha256, repeated: false };
}

export type EvidenceDownload = { name: string; mime: string; bytes: number; stream: ReadableStream<Uint8Array> };

/**
 * Hands out an evidence file and records who took it.
 * @throws NotFound alike for a missing file and another organization's; Forbidden; FileChanged
 */
export async function downloadEvidence(actor: Actor, channelId: string, fileId: string): Promise<EvidenceDownload> {
  const file = await read(actor, "evidence:download", async (tx) => {
    if (!z.uuid().safeParse(channelId).success || !isFileId(fileId)) throw new NotFound();
    const found = await tx.evidenceFile.findFirst({ where: { id: fileId, channelId } });
    if (!found) throw new NotFound();
    return { ...found, bytes: Number(found.bytes) };
  });
  const stream = await openOrReport(actor, "evidence:download", file);
  await change(actor, "evidence:download", (_tx, record) =>
    record({
      action: "evidence.downloaded",
      target: { kind: "evidence", id: fileId },
      body: { channel: channelId, sha256: file.sha256 },
    }),
  );
  return { name: file.name, mime: file.mime, bytes: file.bytes, stream };
}
