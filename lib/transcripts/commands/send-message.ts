// A message that a person sends into a consultation. The dealer is asked between two transactions: before it stands that somebody asks, after it
// what came of it. Whoever stops in between leaves a send of which nothing is known, never a message that nobody wrote down.
import { randomBytes, randomUUID } from "node:crypto";
import { recordAccess } from "@/lib/archive/access";
import { openSessionKeys, openUserKey } from "@/lib/archive/seal";
import type { PersonActor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { NotFound, Refused } from "@/lib/errors";
import type { TemplateContent } from "@/lib/templates/schema/content";
import { isBlocked } from "../queries/is-blocked";
import { sentRow, whyNotSend } from "../rules/sending";
import type { ConsultEvent } from "../schema";
import type { SendOutcome } from "../schema/sending";
import { takeEvents } from "./ingest-events";
import { lockTranscript } from "./transcript-lock";

export type AskedSend = { sendId: string; serial: string; channelId: string; userKey: string };
type SentTemplate = { id: string; name: string; number: number; versionId: string; channelId: string | null };

/**
 * Writes down that a person asks for a message to be sent, and to whom; the access is recorded.
 * @throws NotFound; Refused with the reason: ended, expired, blocked; a template of another channel
 */
export function askSend(
  actor: PersonActor,
  { sessionId, template }: { sessionId: string; template: SentTemplate },
  now: Date,
): Promise<AskedSend> {
  return change(actor, "consult:send", async (tx, record) => {
    const { handle } = await lockTranscript(tx, sessionId);
    const session = await tx.consultSession.findUniqueOrThrow({ where: { id: sessionId } });
    const { channelId, userSealed } = session;
    const why = whyNotSend({ ...session, blocked: await isBlocked(tx, session) }, now);
    if (why) throw new Refused(`transcripts.sending.refused.${why}`);
    if (template.channelId !== null && template.channelId !== channelId)
      throw new Refused("transcripts.sending.refused.foreign", "templateId");
    const key = (await openSessionKeys(tx, actor.organizationId, [sessionId])).get(sessionId);
    if (!key) throw new NotFound();
    // At most 30 characters, and never twice (field-facts 1.1).
    const [sendId, serial] = [randomUUID(), randomBytes(15).toString("hex")];
    const { organizationId, personId } = actor;
    await tx.messageSend.create({
      data: { id: sendId, organizationId, sessionId, versionId: template.versionId, serial, personId, at: now },
    });
    await recordAccess(
      tx,
      record,
      actor,
      {
        ...{ action: "send", sessions: [{ id: sessionId, handle }] },
        detail: { send: sendId, template: template.id, version: template.number },
      },
      { kind: "transcript", id: sessionId },
    );
    return { sendId, serial, channelId, userKey: openUserKey(key, sessionId, userSealed) };
  });
}

/** Writes down what came of a send, once; what the dealer took stands in the transcript from then on and goes when it goes. */
export async function tellSend(
  actor: PersonActor,
  { sendId, serial, userKey }: AskedSend,
  { outcome, reason, messageKey }: { outcome: SendOutcome; reason: string; messageKey: string },
  { template, content }: { template: SentTemplate; content: TemplateContent },
  now: Date,
): Promise<void> {
  await change(actor, "consult:send", async (tx, record) => {
    const { sessionId } = await tx.messageSend.update({
      where: { id: sendId },
      data: { outcome, reason, messageKey, toldAt: now },
    });
    const session = await tx.consultSession.findFirst({ where: { id: sessionId } });
    if (outcome === "accepted" && session) {
      const event: ConsultEvent = {
        ...{ key: `sent:${serial}`, digest: serial, kind: "message", sessionId: session.externalId, userKey, at: now },
        ...{ extra: null, entry: null, reason: null, direction: "out", ...sentRow(content, template) },
      };
      await takeEvents(tx, session, session.channelId, [event], now);
    }
    await record({
      action: "transcript.send-told",
      target: { kind: "transcript", id: sessionId },
      body: { send: sendId, outcome, reason },
    });
  });
}
