import { randomUUID } from "node:crypto";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import { fromDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import { NotFound, Refused } from "@/lib/errors";
import { type ReceivedFile, receiveFile, writeFileRow } from "@/lib/evidence";
import type { FileFamily } from "@/lib/file-kind";
import { contentKinds, type UploadDocument, uploadDocumentSchema } from "../schema/contract";
import { lockContract, saveVersion } from "./contract-lock";

/** 300 MB: a scanned contract with all its annexes. */
export const mostDocumentBytes = 300 * 2 ** 20;
/** Papers of one contract, older versions counted. */
export const mostDocuments = 400;
/** PDF, scans, and what offices write in. */
export const documentFamilies: readonly FileFamily[] = ["pdf", "image", "document"];

export type UploadedDocument = {
  documentId: string;
  fileId: string;
  bytes: number;
  sha256: string;
  /** The contract has this very file as a paper of that kind already: nothing was added. */
  repeated: boolean;
};

/**
 * Takes a paper of a contract. A paper of the approved content makes the contract's next version, a draft.
 * Who asks, the contract and the fields are checked before a byte is stored; the file is durable before its row is written.
 * @param patience see receiveUpload
 * @throws NotFound, Forbidden, Refused, UploadRefused, FileRefused
 */
export async function uploadDocument(
  actor: Actor,
  contractId: string,
  request: Request,
  patience: number,
): Promise<UploadedDocument> {
  const inputOf = (fields: Readonly<Record<string, string>>) => {
    const { kind, signedOn, replacesId } = fields;
    const parsed = uploadDocumentSchema.safeParse({
      ...{ contractId, kind, signedOn: signedOn || null, replacesId: replacesId || null },
    });
    if (!parsed.success && parsed.error.issues.some(({ path }) => path[0] === "contractId")) throw new NotFound();
    if (!parsed.success) throw new Refused("dealers.contracts.refused.fields");
    return parsed.data;
  };
  return receiveFile<UploadedDocument>(
    request,
    {
      ...{ most: mostDocumentBytes, patience, families: documentFamilies },
      begin: (fields) => assertMayUpload(actor, inputOf(fields)),
      instead: (file, fields) => sameDocument(actor, inputOf(fields), file.sha256),
    },
    (file, fields) => writeDocument(actor, inputOf(fields), file),
  );
}

async function assertMayUpload(actor: Actor, { contractId, kind, replacesId }: UploadDocument): Promise<void> {
  await read(actor, "contract:upload", async (tx) => {
    if ((await tx.contract.count({ where: { id: contractId } })) === 0) throw new NotFound();
    if (!replacesId) return;
    const replaced = await tx.contractDocument.findFirst({
      where: { id: replacesId, contractId },
      select: { kind: true },
    });
    if (!replaced) throw new Refused("dealers.contracts.refused.document");
    if (replaced.kind !== kind) throw new Refused("dealers.contracts.refused.replacesKind");
  });
}

/** A repeated upload, such as after an answer that was lost, adds nothing. */
async function sameDocument(actor: Actor, input: UploadDocument, sha256: string): Promise<UploadedDocument | null> {
  const same = await read(actor, "contract:upload", (tx) => findSame(tx, input, sha256));
  if (!same) return null;
  return { documentId: same.id, fileId: same.fileId, bytes: Number(same.file.bytes), sha256, repeated: true };
}

async function findSame(tx: Tx, { contractId, kind }: UploadDocument, sha256: string) {
  const found = await tx.contractDocument.findMany({
    where: { contractId, kind, file: { sha256 } },
    select: { id: true, fileId: true, file: { select: { bytes: true } } },
  });
  const followed = await tx.contractDocument.findMany({
    where: { replacesId: { in: found.map((one) => one.id) } },
    select: { replacesId: true },
  });
  return found.find((one) => !followed.some((newer) => newer.replacesId === one.id));
}

async function writeDocument(actor: Actor, input: UploadDocument, file: ReceivedFile): Promise<UploadedDocument> {
  const { contractId, kind, signedOn, replacesId } = input;
  const { fileId, bytes, sha256 } = file;
  const documentId = randomUUID();
  await change(actor, "contract:upload", async (tx, record) => {
    const contract = await lockContract(tx, contractId);
    if ((await tx.contractDocument.count({ where: { contractId } })) >= mostDocuments) {
      throw new Refused("dealers.contracts.refused.tooManyDocuments", undefined, { most: mostDocuments });
    }
    // Two tabs at once: the second finds here what it could not find before.
    if (await findSame(tx, input, sha256)) throw new Refused("dealers.contracts.refused.uploadedMeanwhile");
    if (replacesId) {
      const [replaced, follower] = await Promise.all([
        tx.contractDocument.findFirst({ where: { id: replacesId, contractId, kind }, select: { id: true } }),
        tx.contractDocument.findFirst({ where: { replacesId }, select: { id: true } }),
      ]);
      if (!replaced) throw new Refused("dealers.contracts.refused.document");
      if (follower) throw new Refused("dealers.contracts.refused.replaced");
    }
    const person = personOf(actor);
    const { organizationId, personId } = person;
    await writeFileRow(tx, person, file, null);
    await tx.contractDocument.create({
      data: {
        id: documentId,
        organizationId,
        contractId,
        fileId,
        kind,
        signedOn: fromDay(signedOn),
        replacesId,
        personId,
      },
    });
    const saved = contentKinds.includes(kind) ? await saveVersion(tx, person, contract) : {};
    await record({
      action: "contract.document-uploaded",
      target: { kind: "contract", id: contractId },
      body: { ...saved, document: documentId, kind, file: fileId, sha256, bytes },
    });
  });
  return { documentId, fileId, bytes, sha256, repeated: false };
}
