import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import { NotFound } from "@/lib/errors";
import { hashOf, openOrReport, recordChanged } from "@/lib/evidence";

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
  const stream = await openOrReport(actor, "contract:download", { id, sha256, bytes });
  await change(actor, "contract:download", (_tx, record) =>
    record({
      action: "contract.document-downloaded",
      target: { kind: "contract", id: contractId },
      body: { document: documentId, file: id, sha256 },
    }),
  );
  return { name, mime, bytes, stream };
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
  const found: { fileId: string; expected: string; seen: string | null }[] = [];
  // One file at a time: the disk is shared with those at work.
  for (const { id, sha256 } of files) {
    const seen = await hashOf(id);
    if (seen !== sha256) found.push({ fileId: id, expected: sha256, seen });
  }
  const different = found.map(({ fileId }) => fileId);
  await change(actor, "file:verify", async (_tx, record) => {
    await recordChanged(record, found);
    await record({
      action: "file.verified",
      target: { kind: "contract", id: contractId },
      body: { checked: files.length, different },
    });
  });
  return { checked: files.length, different };
}
