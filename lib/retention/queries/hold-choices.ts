import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";

export type HoldChoices = {
  channels: { id: string; name: string; searchId: string }[];
  /** Administrators and officers whose rights stand: they can answer for a hold. */
  owners: { id: string; name: string }[];
};

/** What a hold's form offers. @throws Forbidden */
export function holdChoices(actor: Actor, now: Date): Promise<HoldChoices> {
  return read(actor, "hold:place", async (tx) => ({
    channels: await tx.channel.findMany({
      select: { id: true, name: true, searchId: true },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: 500,
    }),
    owners: await tx.$queryRaw<HoldChoices["owners"]>`
      SELECT p.id, p.name FROM memberships m JOIN persons p ON p.id = m.person_id
      WHERE m.organization_id = damso_organization() AND m.role IN ('CLIENT_ADMIN', 'COMPLIANCE_OFFICER') AND m.disabled_at IS NULL
        AND (m.expires_at IS NULL OR m.expires_at > ${now}) ORDER BY p.name, p.id`,
  }));
}

/** Entries of the audit log about a hold, newest first, at most fifty. */
export type HoldEvent = { id: string; at: Date; action: string; by: string };

/** What was done with a hold. @throws Forbidden */
export function listHoldEvents(actor: Actor, holdId: string): Promise<HoldEvent[]> {
  return read(actor, "audit:read", async (tx) => {
    const events = await tx.auditEvent.findMany({
      where: { organizationId: actor.organizationId, targetId: holdId },
      select: { id: true, at: true, action: true, actorKind: true, actorId: true },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: 50,
    });
    const persons = await tx.person.findMany({
      where: {
        id: { in: events.map(({ actorId }) => actorId).filter((actorId) => z.uuid().safeParse(actorId).success) },
      },
      select: { id: true, name: true },
    });
    const names = new Map(persons.map(({ id, name }) => [id, name]));
    return events.map(({ actorKind, actorId, ...event }) => ({ ...event, by: names.get(actorId) ?? actorKind }));
  });
}
