import { randomUUID } from "node:crypto";
import type { PersonActor } from "@/lib/auth/actor";
import { change, type Record } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { Refused } from "@/lib/errors";
import { newToken, tokenHash } from "../rules/connection";

/**
 * Opens the person's own deadline calendar, or gives it a new address: the one before is worth nothing from then on.
 * @returns the token, to be shown once: only its SHA-256 is kept
 */
export async function openCalendar(actor: PersonActor, now: Date): Promise<{ token: string }> {
  const token = newToken();
  await change(actor, "calendar:own", async (tx, record) => {
    const { organizationId, personId } = actor;
    const before = await closeAll(tx, actor, now);
    const id = randomUUID();
    await tx.calendarFeed.create({
      data: { id, organizationId, personId, tokenHash: tokenHash(token), createdAt: now },
    });
    await recordOf(record, before > 0 ? "calendar.renewed" : "calendar.opened", id);
  });
  return { token };
}

/** Closes the person's own calendar: its address answers like one that never was. @throws Refused when none is open */
export async function closeCalendar(actor: PersonActor, now: Date): Promise<void> {
  await change(actor, "calendar:own", async (tx, record) => {
    const open = await tx.calendarFeed.findFirst({
      where: { personId: actor.personId, closedAt: null },
      select: { id: true },
    });
    if (!open || (await closeAll(tx, actor, now)) === 0) throw new Refused("dealers.deadlines.calendar.none");
    await recordOf(record, "calendar.closed", open.id);
  });
}

async function closeAll(tx: Tx, { organizationId, personId }: PersonActor, now: Date): Promise<number> {
  // Two new addresses at once would both be open: one waits for the other.
  await tx.$queryRaw`SELECT 1 AS held FROM memberships WHERE organization_id = ${organizationId}::uuid AND person_id = ${personId}::uuid FOR UPDATE`;
  const { count } = await tx.calendarFeed.updateMany({ where: { personId, closedAt: null }, data: { closedAt: now } });
  return count;
}

function recordOf(record: Record, action: "calendar.opened" | "calendar.renewed" | "calendar.closed", id: string) {
  return record({ action, target: { kind: "calendar", id } });
}
