// A consultation as somebody sees it who sends into it: where it stands, never what was said.
import { z } from "zod";
import type { PersonActor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { whyNotSend } from "../rules/sending";
import type { SentMessageRow } from "../schema/sending";
import { isBlocked } from "./is-blocked";

export type Sending = {
  id: string;
  channelId: string;
  channelName: string;
  openedAt: Date;
  userHandle: Uint8Array;
  /** Why nothing may be sent, or null. */
  refused: ReturnType<typeof whyNotSend>;
  /** Newest first, at most 50. */
  sent: SentMessageRow[];
};

/** Null for another organization's, an unknown and a destroyed one alike. */
export async function getSending(actor: PersonActor, id: string, now: Date): Promise<Sending | null> {
  if (!z.uuid().safeParse(id).success) return null;
  return read(actor, "consult:send", async (tx) => {
    const session = await tx.consultSession.findFirst({
      where: { id },
      select: {
        ...{ id: true, channelId: true, openedAt: true, userHandle: true, lastUserMessageAt: true, endedAt: true },
        channel: { select: { name: true } },
      },
    });
    if (!session) return null;
    const { channel, ...facts } = session;
    const sent = await tx.$queryRaw<SentMessageRow[]>`
      SELECT m.id, t.id AS "templateId", t.name AS "templateName", v.number, coalesce(p.name, '') AS "personName", m.at, m.outcome, m.reason
      FROM message_sends m JOIN template_versions v ON v.id = m.version_id JOIN templates t ON t.id = v.template_id LEFT JOIN persons p ON p.id = m.person_id
      WHERE m.organization_id = damso_organization() AND m.session_id = ${id}::uuid ORDER BY m.at DESC, m.id DESC LIMIT 50`;
    const refused = whyNotSend({ ...facts, blocked: await isBlocked(tx, facts) }, now);
    return { ...facts, channelName: channel.name, refused, sent };
  });
}
