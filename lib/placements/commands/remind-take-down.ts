// Letters to those who have to take buttons down.
import { type Day, daysBetween, dayWithWeekday, kstDay } from "@/lib/clock";
import { fromDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import { sentence } from "@/lib/messages";
import { type OutboundLetter, queueMail } from "@/lib/outbox";

type Owed = {
  takeDownId: string;
  cause: string;
  channelName: string | null;
  note: string;
  effectiveOn: Day;
  ownerId: string;
  count: number;
  email: string | null;
  name: string | null;
};

/**
 * Queues one letter for each owner of open places in these campaigns who was not told of them today; of an owner who left, the
 * administrators hear. The row that says so and the letters are one transaction. @returns letters
 */
export async function tellOwners(tx: Tx, organizationId: string, ids: readonly string[], now: Date): Promise<number> {
  const today = kstDay(now);
  const owed = await tx.$queryRaw<Owed[]>`
    SELECT d.id AS "takeDownId", d.cause, c.name AS "channelName", d.note, d.effective_on::text AS "effectiveOn", t.owner_id AS "ownerId",
      count(*)::int AS count, m.email, m.name
    FROM standing_take_down_tasks s JOIN take_down_tasks t ON t.id = s.task_id JOIN take_downs d ON d.id = t.take_down_id
    LEFT JOIN channels c ON c.id = d.channel_id
    LEFT JOIN (SELECT w.id, w.email, w.name FROM memberships b JOIN persons w ON w.id = b.person_id
      WHERE b.organization_id = damso_organization() AND b.disabled_at IS NULL AND (b.expires_at IS NULL OR b.expires_at > ${now})) m ON m.id = t.owner_id
    WHERE d.id = ANY (${ids}::uuid[]) AND NOT EXISTS (SELECT FROM take_down_closings k WHERE k.task_id = t.id)
    GROUP BY d.id, c.name, t.owner_id, m.email, m.name ORDER BY d.effective_on, d.id, t.owner_id`;
  if (owed.length === 0) return 0;
  const made = await tx.takeDownReminder.createManyAndReturn({
    data: owed.map(({ takeDownId, ownerId }) => ({
      organizationId,
      takeDownId,
      ownerId,
      day: fromDay(today),
      at: now,
    })),
    skipDuplicates: true,
  });
  const fresh = owed.filter((one) =>
    made.some((row) => row.takeDownId === one.takeDownId && row.ownerId === one.ownerId),
  );
  const admins = fresh.some(({ email }) => email === null) ? await administrators(tx, now) : [];
  const byReader = new Map<string, { email: string; name: string; owed: Owed[] }>();
  for (const one of fresh) {
    const readers = one.email === null ? admins : [{ email: one.email, name: one.name ?? "" }];
    for (const reader of readers) {
      const kept = byReader.get(reader.email) ?? { ...reader, owed: [] };
      byReader.set(reader.email, { ...kept, owed: [...kept.owed, one] });
    }
  }
  const letters = [...byReader.values()].map((reader) => letterTo(reader, today, now));
  if (letters.length > 0) await queueMail(tx, organizationId, ...letters);
  return letters.length;
}

async function administrators(tx: Tx, now: Date): Promise<{ email: string; name: string }[]> {
  return tx.$queryRaw<{ email: string; name: string }[]>`
    SELECT w.email, w.name FROM memberships b JOIN persons w ON w.id = b.person_id WHERE b.organization_id = damso_organization()
      AND b.role = 'CLIENT_ADMIN' AND b.disabled_at IS NULL AND (b.expires_at IS NULL OR b.expires_at > ${now}) ORDER BY w.email`;
}

/** One letter with everything that a person owes, in Korean: people's languages are not known here. */
function letterTo(reader: { email: string; name: string; owed: readonly Owed[] }, today: Day, now: Date) {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    sentence(`placements.takeDown.mail.${key}`, "ko", values);
  const count = reader.owed.reduce((sum, one) => sum + one.count, 0);
  const parts = reader.owed.map((one) => {
    const left = daysBetween(today, one.effectiveOn);
    const when = left < 0 ? say("late", { days: -left }) : left === 0 ? say("today") : say("left", { days: left });
    return [
      one.cause === "hand" ? say("byHand", { note: one.note }) : say("channel", { name: one.channelName ?? "" }),
      say("due", { day: dayWithWeekday(one.effectiveOn, "ko", now), when, count: one.count }),
      `${env().DAMSO_URL}/placements/take-downs/${one.takeDownId}?owner=${one.ownerId}&state=open`,
    ].join("\n");
  });
  const text = [say("greeting", { name: reader.name, count }), ...parts, say("foot")].join("\n\n");
  return { to: reader.email, subject: say("subject", { count }), text } satisfies OutboundLetter;
}
