import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import { NotFound } from "@/lib/errors";
import { FileChanged, hashOf, openVerified } from "@/lib/evidence";

export type DocumentDownload = { name: string; mime: string; bytes: number; stream: ReadableStream<Uint8Array> };

/**
 * Hands out a paper of a contract, only while its bytes are the recorded ones, and records who took it.
 * @throws NotFound alike for a missing paper and another organization's; Forbidden; FileChanged, recorded as `file.changed`
 */
export async function downloadDocument(
  actor: Actor,
  contractId: string,
  documentId: string,
): Promise<DocumentDownload> {
  const uuid = z.uuid();
  const found = await read(actor, "contract:download", (tx) =>
    uuid.safeParse(contractId).success && uuid.safeParse(documentId).success
      ? tx.contractDocument.findFirst({ where: { id: documentId, contractId }, include: { file: true } })
      : Promise.resolve(null),
  );
  if (!found) throw new NotFound();
  const { id, name, mime, sha256 } = found.file;
  const bytes = Number(found.file.bytes);
  const target = { kind: "contract", id: contractId };
  try {
    const stream = await openVerified({ id, sha256, bytes });
    await change(actor, "contract:download", (_tx, record) =>
      record({ action: "contract.document-downloaded", target, body: { document: documentId, file: id, sha256 } }),
    );
    return { name, mime, bytes, stream };
  } catch (error) {
    if (error instanceof FileChanged) {
      const body = { document: documentId, file: id, sha256, seen: error.seen };
      await change(actor, "contract:download", (_tx, record) =>
        record({ action: "file.changed", target, result: "refused", body }),
      );
    }
    throw error;
  }
}

export type Verification = { checked: number; different: string[] };

/**
 * Reads every file of a contract again and compares it with what was recorded when it came.
 * @returns how many were read, and the ids of those that are gone or different. @throws NotFound, Forbidden
 */
export async function verifyContractFiles(actor: Actor, contractId: string): Promise<Verification> {
  const files = await read(actor, "file:verify", async (tx) => {
    if ((await tx.contract.count({ where: { id: contractId } })) === 0) throw new NotFound();
    const documents = await tx.contractDocument.findMany({
      where: { contractId },
      select: { file: { select: { id: true, sha256: true } } },
    });
    return documents.map((document) => document.file);
  });
  const different: string[] = [];
  // One file at a time: the disk is shared with those at work.
  for (const { id, sha256 } of files) if ((await hashOf(id)) !== sha256) different.push(id);
  await change(actor, "file:verify", (_tx, record) =>
    record({
      action: "file.verified",
      target: { kind: "contract", id: contractId },
      body: { checked: files.length, different },
    }),
  );
  return { checked: files.length, different };
}
