import type { PersonActor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { NotFound, Refused } from "@/lib/errors";

/** Takes an export back at once, made or not: nobody gets it any more, its file goes. @throws NotFound; Refused when it is gone already */
export async function revokeExport(actor: PersonActor, exportId: string, now: Date): Promise<void> {
  await change(actor, "transcript:export", async (tx, record) => {
    const found = await lockExport(tx, exportId);
    if (found.goneAt) throw new Refused("transcripts.exports.goneBefore");
    await endExport(tx, found, "revoked", now);
    await record({ action: "transcript-export.revoked", target: { kind: "export", id: exportId } });
  });
}

/** @throws NotFound */
export async function lockExport(tx: Tx, exportId: string) {
  await tx.$queryRaw`SELECT id FROM transcript_exports WHERE id = ${exportId}::uuid FOR UPDATE`;
  const found = await tx.transcriptExport.findFirst({ where: { id: exportId } });
  if (!found) throw new NotFound();
  return found;
}

type Ended = { id: string; organizationId: string; fileId: string | null };

/** The row stays; password and file go, the file after the commit. */
export async function endExport(tx: Tx, one: Ended, why: "revoked" | "expired", now: Date): Promise<void> {
  await tx.transcriptExport.update({
    where: { id: one.id },
    data: { goneAt: now, goneWhy: why, passwordSealed: null },
  });
  if (!one.fileId) return;
  const { fileId, organizationId } = one;
  await tx.fileRemoval.createMany({ data: [{ fileId, organizationId, at: now }], skipDuplicates: true });
}
