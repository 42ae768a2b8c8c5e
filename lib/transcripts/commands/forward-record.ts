// What a customer handed on that 상담톡 does not show (guide 3-2): kept within the consultation, under its key.
import { recordAccess } from "@/lib/archive/access";
import { openSessionKeys, sealMessage } from "@/lib/archive/seal";
import type { PersonActor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { NotFound } from "@/lib/errors";
import type { Forward } from "../schema/reading";
import { lockTranscript } from "./transcript-lock";

/** Adds it as a note; it goes when the consultation goes. @throws NotFound when the consultation or its key is gone */
export async function forwardRecord(
  actor: PersonActor,
  { sessionId, source, text }: Forward,
  now: Date,
): Promise<void> {
  await change(actor, "transcript:forward", async (tx, record) => {
    const { id, handle, shelf } = await lockTranscript(tx, sessionId);
    const { organizationId, personId } = actor;
    const key = (await openSessionKeys(tx, organizationId, [id])).get(id);
    if (!key) throw new NotFound();
    const place = { sessionId: id, direction: "note", kind: "forwarded", at: now };
    const sealed = Uint8Array.from(sealMessage(key, place, { source, text, by: personId }));
    await tx.message.create({
      data: { shelf, organizationId, sessionId: id, direction: "note", kind: "forwarded", at: now, sealed },
    });
    await recordAccess(
      tx,
      record,
      actor,
      { action: "forward", sessions: [{ id, handle }], detail: { source, length: text.length } },
      { kind: "transcript", id },
    );
  });
}
