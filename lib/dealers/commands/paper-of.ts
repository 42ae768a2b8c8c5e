import type { Tx } from "@/lib/db/client";
import { Refused } from "@/lib/errors";
import type { DocumentKind } from "../schema/contract";

/** The file of a contract's document, chosen in a form. @throws Refused beside `documentId` when the contract has no such paper of that kind */
export async function paperOf(
  tx: Tx,
  contractId: string,
  documentId: string,
  kind: DocumentKind,
): Promise<{ fileId: string; sha256: string }> {
  const found = await tx.contractDocument.findFirst({
    where: { id: documentId, contractId, kind },
    select: { fileId: true, file: { select: { sha256: true } } },
  });
  if (!found) throw new Refused("dealers.reconsignment.refused.document", "documentId");
  return { fileId: found.fileId, sha256: found.file.sha256 };
}
