// Looking on purpose (조회 목적): ten minutes, for one person at one sign-in, every step an access record.
import { recordAccess } from "@/lib/archive/access";
import type { PersonActor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { NotFound, Refused } from "@/lib/errors";
import { isOpenLook, lookUntil } from "../rules/looks";
import type { LookPlace, OpenLook } from "../schema/reading";
import { lockTranscript } from "./transcript-lock";

/**
 * Opens a consultation's content to the person for ten minutes.
 * @throws NotFound no such consultation or purpose; Refused for what is kept by law alone under a purpose that does not reach it
 */
export async function openLook(actor: PersonActor, input: OpenLook, now: Date): Promise<string> {
  return change(actor, "transcript:read", async (tx, record) => {
    const { id, handle, shelf } = await lockTranscript(tx, input.sessionId);
    const purpose = await tx.viewPurpose.findFirst({ where: { id: input.purposeId, retiredAt: null } });
    if (!purpose) throw new Refused("transcripts.reading.purposeGone", "purposeId");
    // 제21조 제3항: what a law alone keeps is kept apart, and looked at for what the law is about.
    if (shelf.startsWith("law-") && !purpose.separated) throw new Refused("transcripts.reading.notApart", "purposeId");
    const look = await tx.look.create({
      data: {
        ...{ organizationId: actor.organizationId, sessionId: id, personId: actor.personId },
        ...{ signInId: actor.signInId, purposeId: purpose.id, reason: input.reason, at: now, until: lookUntil(now) },
      },
      select: { id: true },
    });
    const { reason } = input;
    await recordAccess(
      tx,
      record,
      actor,
      { action: "read", sessions: [{ id, handle }], purpose: purpose.name, reason, detail: { look: look.id } },
      { kind: "transcript", id },
    );
    return look.id;
  });
}

/** Shows what was masked, until the look ends. @throws Refused when its purpose does not allow it */
export async function unmaskLook(actor: PersonActor, { sessionId, lookId }: LookPlace, now: Date): Promise<void> {
  await change(actor, "transcript:unmask", async (tx, record) => {
    const { id, handle } = await lockTranscript(tx, sessionId);
    const look = await openLookOf(tx, actor, id, lookId, now);
    if (!look.purpose.unmask) throw new Refused("transcripts.reading.notUnmasked");
    if (look.unmaskedAt) throw new Refused("transcripts.reading.unmaskedBefore");
    await tx.look.update({ where: { id: look.id }, data: { unmaskedAt: now } });
    const { reason } = look;
    await recordAccess(
      tx,
      record,
      actor,
      { action: "unmask", sessions: [{ id, handle }], purpose: look.purpose.name, reason, detail: { look: look.id } },
      { kind: "transcript", id },
    );
  });
}

/** Ends a look before its time. */
export async function closeLook(actor: PersonActor, { sessionId, lookId }: LookPlace, now: Date): Promise<void> {
  await change(actor, "transcript:read", async (tx, record) => {
    const { id, handle } = await lockTranscript(tx, sessionId);
    const look = await openLookOf(tx, actor, id, lookId, now);
    await tx.look.update({ where: { id: look.id }, data: { closedAt: now } });
    await record({
      action: "look.closed",
      target: { kind: "transcript", id },
      subject: Buffer.from(handle).toString("hex"),
      body: { look: look.id },
    });
  });
}

/** The person's own open look at a consultation, with its purpose. @throws NotFound for anybody else's, a closed one, one whose time is over */
export async function openLookOf(tx: Tx, actor: PersonActor, sessionId: string, lookId: string, now: Date) {
  const look = await tx.look.findFirst({ where: { id: lookId, sessionId } });
  const purpose = look && (await tx.viewPurpose.findFirst({ where: { id: look.purposeId } }));
  if (!look || !purpose || !isOpenLook(look, actor, now)) throw new NotFound();
  return { ...look, purpose };
}
