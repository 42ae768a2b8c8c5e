// Hands out a file of a consultation to somebody with an open look, decrypted on its way; each time an access record.
import { Readable } from "node:stream";
import { recordAccess } from "@/lib/archive/access";
import { openAttachment, openFileKey, openSessionKeys } from "@/lib/archive/seal";
import { openStream } from "@/lib/archive/streams";
import type { PersonActor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { NotFound } from "@/lib/errors";
import { fileStore } from "@/lib/storage";
import { isOpenLook } from "../rules/looks";
import { lockTranscript } from "./transcript-lock";

export type KeptFile = { name: string; mime: string; stream: ReadableStream<Uint8Array> };

/**
 * A kept file of a consultation, as a stream in the clear. Nothing in a file can be masked: the look must have been unmasked.
 * @throws NotFound without an open unmasked look of the caller's own, and for every file that is not kept
 */
export async function downloadAttachment(
  actor: PersonActor,
  sessionId: string,
  attachmentId: string,
  now: Date,
): Promise<KeptFile> {
  return change(actor, "attachment:download", async (tx, record) => {
    const { id, handle } = await lockTranscript(tx, sessionId);
    const file = await tx.attachment.findFirst({ where: { id: attachmentId, sessionId: id, state: "kept" } });
    const look = await tx.look.findFirst({
      where: { sessionId: id, personId: actor.personId, signInId: actor.signInId, closedAt: null, until: { gt: now } },
      orderBy: { at: "desc" },
    });
    const purpose = look && (await tx.viewPurpose.findFirst({ where: { id: look.purposeId } }));
    if (!file?.fileId || !purpose || look.unmaskedAt === null || !isOpenLook(look, actor, now)) throw new NotFound();
    const sessionKey = (await openSessionKeys(tx, actor.organizationId, [id])).get(id);
    const key = await openFileKey(tx, actor.organizationId, file.id);
    const stored = await fileStore().read(file.fileId);
    if (!sessionKey || !key || !stored) throw new NotFound();
    const detail = { look: look.id, attachment: file.id, sha256: file.sha256 ?? "" };
    const { reason } = look;
    await recordAccess(
      tx,
      record,
      actor,
      { action: "file", sessions: [{ id, handle }], purpose: purpose.name, reason, detail },
      { kind: "attachment", id: file.id },
    );
    const plain = Readable.from(stored.stream).pipe(openStream(key, file.fileId));
    return {
      name: openAttachment(sessionKey, file.id, file.sealed).name,
      mime: /^[a-z]+\/[a-z0-9.+-]{1,80}$/.test(file.mime) ? file.mime : "application/octet-stream",
      stream: Readable.toWeb(plain) as ReadableStream<Uint8Array>,
    };
  });
}
