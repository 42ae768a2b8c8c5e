import type { Actor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import type { TemplateContent } from "@/lib/templates/schema/content";
import { sentRow } from "../rules/sending";
import type { ConsultEvent, Taken } from "../schema";
import { takeEvents } from "./ingest-events";

type Place = {
  rehearsalId: string;
  connectionId: string;
  channelId: string;
  /** The dealer's number of the session. */
  session: string;
  userKey: string;
  serial: string;
  /** By the rehearsal's own time. */
  at: Date;
};

/**
 * Keeps what went out in a rehearsal among what was said, sealed under its session's key; `filled` is the message whole, so that the phone
 * shows it as it was sent.
 * @param template null: the robot's own words
 */
export function keepRehearsed(
  actor: Actor,
  { rehearsalId, connectionId, channelId, session, userKey, serial, at }: Place,
  { content, choices = [] }: { content: TemplateContent; choices?: readonly string[] },
  template: { id: string; name: string; number: number } | null,
  now: Date,
): Promise<Taken[]> {
  const row = sentRow(content, template);
  const event: ConsultEvent = {
    ...{ key: `sent:${serial}`, digest: serial, kind: "message", sessionId: session, userKey, at },
    ...{ extra: null, entry: null, reason: null, direction: "out", row: row.row },
    content: {
      ...row.content,
      ...(choices.length > 0 ? { buttons: [...choices] } : {}),
      filled: JSON.parse(JSON.stringify(content)),
    },
  };
  const source = { organizationId: actor.organizationId, connectionId, rehearsalId };
  return ingest(actor, "rehearsal:run", async (tx) => (await takeEvents(tx, source, channelId, [event], now)).taken);
}
