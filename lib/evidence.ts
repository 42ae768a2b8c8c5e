// Files that people hand in as proof: received, judged, kept before their rows are written; opened only while their bytes are what was recorded.

import { createHash } from "node:crypto";
import type { Actor, PersonActor } from "@/lib/auth/actor";
import { change, type Record as RecordEvent } from "@/lib/auth/door";
import type { Permission } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { Conflict, Forbidden, NotFound, Refused } from "@/lib/errors";
import { type FileFamily, fileKind } from "@/lib/file-kind";
import { safeFileName } from "@/lib/file-name";
import { FileRefused } from "@/lib/file-refusal";
import { log } from "@/lib/log";
import { type Draft, fileStore, newFileId, verified } from "@/lib/storage";
import { receiveUpload, type Upload } from "@/lib/upload";
import { streamOf } from "./streams";

export type ReceivedFile = {
  fileId: string;
  name: string;
  mime: string;
  bytes: number;
  /** Hex. */
  sha256: string;
  family: FileFamily;
};

type Fields = Readonly<Record<string, string>>;

export type ReceiveOptions<T> = {
  /** Bytes the file may have. */
  most: number;
  /** See receiveUpload. */
  patience: number;
  /** What it may be; other kinds are refused by their ending. */
  families: readonly FileFamily[];
  /** Who asks and for what: asked with the fields before a byte is stored. */
  begin: (fields: Fields) => Promise<void>;
  mostFor?: (fields: Fields) => number;
  /** Looks at the judged file where it lies, and may leave another one to be kept in its stead. */
  prepare?: (draft: Draft, kind: { mime: string; family: FileFamily }) => Promise<Draft>;
  /** Looks at the judged file before it is kept. What it answers ends the upload: nothing of it stays. */
  instead?: (file: ReceivedFile, fields: Fields) => Promise<T | null>;
};

/**
 * Receives one upload, judges it from disk, keeps it durably and lets `save` write its rows in one change(); whatever fails leaves neither.
 * @throws UploadRefused, FileRefused, and what `begin`, `instead` and `save` throw
 */
export async function receiveFile<T>(
  request: Request,
  options: ReceiveOptions<T>,
  save: (file: ReceivedFile, fields: Fields) => Promise<T>,
): Promise<T> {
  const { most, patience, begin, mostFor } = options;
  const { fields, file } = await receiveUpload(request, { most, patience, begin, ...(mostFor ? { mostFor } : {}) });
  return keepFile(file, fields, options, save);
}

/**
 * The same for a file that is here already, out of an upload or of a pack; its draft is gone afterwards.
 * @throws FileRefused, and what `instead` and `save` throw
 */
export async function keepFile<T>(
  file: Upload["file"],
  fields: Fields,
  options: Pick<ReceiveOptions<T>, "families" | "prepare" | "instead">,
  save: (file: ReceivedFile, fields: Fields) => Promise<T>,
): Promise<T> {
  let { draft } = file;
  try {
    const name = safeFileName(file.name);
    const { mime, family } = await fileKind(draft, name, file.declared);
    if (!options.families.includes(family)) throw new FileRefused("extension");
    const prepared = (await options.prepare?.(draft, { mime, family })) ?? draft;
    if (prepared !== draft) await draft.discard();
    draft = prepared;
    const received: ReceivedFile = {
      fileId: newFileId(),
      name,
      mime,
      bytes: draft.bytes,
      sha256: draft.sha256,
      family,
    };
    const instead = await options.instead?.(received, fields);
    if (instead != null) return instead;
    await draft.keep(received.fileId);
    return await saving(received.fileId, () => save(received, fields));
  } finally {
    await draft.discard();
  }
}

/** A refusal was thrown before the commit, so no row is there. After anything else one might be: the sweep finds out (lib/storage.ts). */
async function saving<T>(fileId: string, save: () => Promise<T>): Promise<T> {
  try {
    return await save();
  } catch (error) {
    const uncommitted = [Refused, Conflict, NotFound, Forbidden].some((kind) => error instanceof kind);
    if (uncommitted) await fileStore().remove(fileId);
    throw error;
  }
}

/** The row of a kept file, inside the change that needs it; `channelId` null for a contract's. */
export async function writeFileRow(
  tx: Tx,
  actor: PersonActor,
  file: ReceivedFile,
  channelId: string | null,
): Promise<void> {
  const { fileId: id, name, mime, bytes, sha256 } = file;
  const { organizationId, personId } = actor;
  await tx.evidenceFile.create({ data: { id, organizationId, channelId, name, mime, bytes, sha256, personId } });
}

/** A kept file is gone, or its bytes are no longer those that were recorded. */
export class FileChanged extends Error {
  override readonly name = "FileChanged";
  constructor(
    readonly fileId: string,
    /** Hex SHA-256, recorded and found; null: there is no file. */
    readonly expected: string,
    readonly seen: string | null,
  ) {
    super(`File ${fileId} is no longer what was recorded`);
  }
}

export type RecordedFile = { id: string; sha256: string; bytes: number };

/**
 * Opens a kept file once all its bytes hash to `sha256`: read twice, never whole in memory. A change in between keeps the last bytes back.
 * @throws FileChanged
 */
export async function openVerified(file: RecordedFile): Promise<ReadableStream<Uint8Array>> {
  const seen = await hashOf(file.id);
  if (seen !== file.sha256) throw new FileChanged(file.id, file.sha256, seen);
  const kept = await fileStore().read(file.id);
  if (kept?.bytes !== file.bytes) throw new FileChanged(file.id, file.sha256, null);
  return streamOf(verified(kept.stream, file.sha256));
}

/** openVerified for somebody who downloads: a file that changed is recorded before anybody hears of it. @throws FileChanged */
export async function openOrReport(
  actor: Actor,
  permission: Permission,
  file: RecordedFile,
): Promise<ReadableStream<Uint8Array>> {
  try {
    return await openVerified(file);
  } catch (error) {
    if (error instanceof FileChanged) {
      logChanged(actor, error);
      await change(actor, permission, (_tx, record) => recordChanged(record, [error]));
    }
    throw error;
  }
}

type Found = Pick<FileChanged, "fileId" | "expected" | "seen">;

/** Writes each file whose bytes are no longer what was recorded into the change under way. */
export async function recordChanged(record: RecordEvent, found: readonly Found[]): Promise<void> {
  for (const { fileId, expected, seen } of found)
    await record({ action: "file.changed", target: { kind: "file", id: fileId }, body: { expected, seen } });
}

/** Says on the server's log that a file changed. */
export function logChanged(actor: Actor, { fileId, expected, seen }: Found): void {
  log("error", "file.changed", { file: fileId, expected, seen, organization: actor.organizationId });
}

/** Whether a text can be the id of a kept file. */
export function isFileId(text: string): boolean {
  return /^[\w-]{22}$/.test(text);
}

/** SHA-256 of a kept file in hex, or null where it is gone. */
export async function hashOf(id: string): Promise<string | null> {
  return (await sumOf(id))?.sha256 ?? null;
}

/** What lies in the store under an id: hex SHA-256 and size. Null where nothing does. */
export async function sumOf(id: string): Promise<{ sha256: string; bytes: number } | null> {
  const kept = await fileStore().read(id);
  if (!kept) return null;
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of kept.stream) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: hash.digest("hex"), bytes };
}
