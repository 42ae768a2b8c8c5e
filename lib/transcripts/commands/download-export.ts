// Hands out a finished export, to the person who asked for it alone.
import { recordAccess } from "@/lib/archive/access";
import type { PersonActor } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import { NotFound } from "@/lib/errors";
import { openOrReport } from "@/lib/evidence";
import type { OpenFile } from "@/lib/file-answer";
import { exportName, exportState } from "../rules/exports";
import type { ExportFormat } from "../schema/exports";
import { lockExport } from "./revoke-export";

/**
 * The encrypted archive. Every time an access record for each data subject in it.
 * @throws NotFound for anybody else's, and for one that is not ready, over, revoked or destroyed; FileChanged
 */
export async function downloadExport(actor: PersonActor, exportId: string, now: Date): Promise<OpenFile> {
  const found = await read(actor, "transcript:export", (tx) =>
    tx.transcriptExport.findFirst({ where: { id: exportId, personId: actor.personId } }),
  );
  if (!found?.fileId || found.sha256 === null || found.bytes === null) throw new NotFound();
  if (exportState(found, now) !== "ready") throw new NotFound();
  const { fileId, sha256 } = found;
  const bytes = Number(found.bytes);
  const stream = await openOrReport(actor, "transcript:export", { id: fileId, sha256, bytes });
  await change(actor, "transcript:export", async (tx, record) => {
    const held = await lockExport(tx, exportId);
    // Revoked or destroyed while its bytes were looked at.
    if (exportState(held, now) !== "ready") throw new NotFound();
    await tx.transcriptExport.update({ where: { id: exportId }, data: { downloads: { increment: 1 } } });
    const sessions = await tx.$queryRaw<{ id: string; handle: Uint8Array }[]>`
      SELECT s.id, s.user_handle AS handle FROM export_sessions e JOIN consult_sessions s ON s.id = e.session_id
      WHERE e.export_id = ${exportId}::uuid ORDER BY s.id`;
    const purpose = await tx.viewPurpose.findFirst({ where: { id: found.purposeId }, select: { name: true } });
    await recordAccess(
      tx,
      record,
      actor,
      {
        ...{ action: "download", sessions, purpose: purpose?.name ?? "", reason: found.reason },
        detail: { export: exportId, sha256 },
      },
      { kind: "export", id: exportId },
    );
  });
  return { name: exportName(exportId, found.format as ExportFormat).outer, mime: "application/zip", bytes, stream };
}
