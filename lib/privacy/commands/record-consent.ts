import { randomUUID } from "node:crypto";
import { z } from "zod";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { NotFound, Refused } from "@/lib/errors";
import { userHandle } from "@/lib/keyring";
import type { RecordConsent, WithdrawConsent } from "../schema/consent";

/**
 * Records a user's answer to the version in force: given or refused, by whom it was entered, and how it came. The user_key is kept as its
 * keyed handle alone.
 * @returns its id. @throws NotFound; Refused beside a field, or when no version is in force
 */
export function recordConsent(actor: Actor, input: RecordConsent, now: Date): Promise<string> {
  return change(actor, "consent:record", async (tx, record) => {
    const { organizationId, personId } = personOf(actor);
    const { formId, channelId, userKey, session, how, guardian } = input;
    const version = await askedVersion(tx, formId, channelId);
    const at = input.at ? new Date(`${input.at}+09:00`) : now;
    if (at > now) throw new Refused("privacy.consents.refused.future", "at");
    if (at < version.approvedAt) throw new Refused("privacy.consents.refused.early", "at");
    const handle = userHandle(organizationId, channelId, userKey);
    if (session) await assertSession(tx, session, channelId, handle);
    const id = randomUUID();
    const given = input.given === "given";
    await tx.consent.create({
      data: {
        ...{ id, organizationId, formId, versionId: version.id, channelId, userHandle: Uint8Array.from(handle) },
        ...{ sessionId: session, given, how, at, guardian, personId, recordedAt: now },
      },
    });
    await record({
      action: given ? "consent.given" : "consent.refused",
      target: { kind: "consent", id },
      subject: handle.toString("hex"),
      body: { form: formId, version: version.number, hash: version.hash, channel: channelId, session, how },
    });
    return id;
  });
}

/**
 * Records that a user takes a consent back (제37조): once.
 * @returns the handle of the user and the channel: what was collected under it is destroyed without delay, holds aside
 * @throws NotFound, Refused when it was refused or taken back before
 */
export function withdrawConsent(
  actor: Actor,
  { consentId, how, note }: WithdrawConsent,
  now: Date,
): Promise<{ channelId: string; handle: string }> {
  return change(actor, "consent:withdraw", async (tx, record) => {
    const { organizationId, personId } = personOf(actor);
    if (!z.uuid().safeParse(consentId).success) throw new NotFound();
    await tx.$queryRaw`SELECT id FROM consent_forms WHERE id = (SELECT form_id FROM consents WHERE id = ${consentId}::uuid) FOR UPDATE`;
    const consent = await tx.consent.findUnique({ where: { id: consentId }, include: { withdrawals: true } });
    if (!consent) throw new NotFound();
    if (!consent.given) throw new Refused("privacy.consents.refused.neverGiven");
    if (consent.withdrawals.length > 0) throw new Refused("privacy.consents.refused.withdrawn");
    await tx.consentWithdrawal.create({
      data: { consentId, organizationId, how, note, at: now, personId, recordedAt: now },
    });
    const handle = Buffer.from(consent.userHandle).toString("hex");
    await record({
      action: "consent.withdrawn",
      target: { kind: "consent", id: consentId },
      subject: handle,
      body: { form: consent.formId, how },
    });
    return { channelId: consent.channelId, handle };
  });
}

type Asked = { id: string; number: number; hash: string; approvedAt: Date };

/** The version that is asked today. @throws NotFound for an unknown form, Refused when none is, or not on this channel */
async function askedVersion(tx: Tx, formId: string, channelId: string): Promise<Asked> {
  const form = await tx.consentForm.findUnique({ where: { id: formId } });
  if (!form) throw new NotFound();
  if (form.retiredAt) throw new Refused("privacy.consents.refused.retired");
  const channel = await tx.channel.count({ where: { id: channelId } });
  if (channel === 0 || (form.channelId !== null && form.channelId !== channelId)) {
    throw new Refused("privacy.consents.refused.otherChannel", "channelId");
  }
  const [version] = await tx.$queryRaw<Asked[]>`
    SELECT v.id, v.number, v.hash, s.at AS "approvedAt" FROM consent_steps s JOIN consent_versions v ON v.form_id = s.form_id AND v.number = s.number
    WHERE s.form_id = ${formId}::uuid AND s.kind = 'approved' ORDER BY s.at DESC LIMIT 1`;
  if (!version) throw new Refused("privacy.consents.refused.notInForce");
  return version;
}

async function assertSession(tx: Tx, session: string, channelId: string, handle: Buffer): Promise<void> {
  const found = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM consult_sessions WHERE id = ${session}::uuid AND channel_id = ${channelId}::uuid AND user_handle = ${handle}`;
  if (found.length === 0) throw new Refused("privacy.consents.refused.otherSession", "session");
}
