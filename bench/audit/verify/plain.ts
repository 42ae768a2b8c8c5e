// The plain way: page after page of rows, every hash and MAC computed in Node.
import { createHash } from "node:crypto";
import { eventMac, eventText } from "@/lib/audit/record";
import { read } from "@/lib/auth/door";
import { actor } from "../actor";
import { answerWith } from "../answer";

const page = 1_000;

answerWith(
  async () => {
    let previous: Uint8Array = createHash("sha256").update(`damso:${actor.organizationId}`).digest();
    for (let seq = 0n; ; ) {
      const from = seq;
      const rows = await read(actor, "audit:verify", async (tx) => {
        const links = await tx.auditLink.findMany({
          where: { seq: { gt: from } },
          orderBy: { seq: "asc" },
          take: page,
        });
        const events = await tx.auditEvent.findMany({ where: { id: { in: links.map((link) => link.eventId) } } });
        const byId = new Map(events.map((event) => [event.id, event]));
        return links.map((link) => ({ link, event: byId.get(link.eventId) }));
      });
      for (const { link, event } of rows) {
        if (!event) throw new Error(`${link.seq} is missing`);
        const stored = { ...event, at: event.at.getTime() * 1_000 };
        const digest = createHash("sha256").update(eventText(stored)).update(event.mac).digest();
        const hash = createHash("sha256").update(previous).update(digest).digest();
        if (!hash.equals(link.hash) || !Buffer.from(eventMac(stored)).equals(event.mac))
          throw new Error(`${link.seq} is wrong`);
        previous = hash;
        seq = link.seq;
      }
      if (rows.length < page) return;
    }
  },
  async () => null,
);
