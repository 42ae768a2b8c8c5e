// Campaigns that run by themselves: open with a channel's end, close what is clean, remind owners.
import type { JobActor } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import { toDay } from "@/lib/day-column";
import { organizationsWithTakeDowns } from "@/lib/db/crossings";
import { tellOwners } from "./commands/remind-take-down";
import { runTakeDownsOf } from "./commands/run-take-downs";
import { isReminderDay } from "./rules/take-down";

/** Follows every organization once; safe in two instances at once. @returns how many changed something */
export async function runTakeDowns(now: Date): Promise<number> {
  let changed = 0;
  for (const organizationId of await organizationsWithTakeDowns()) {
    const done = await runTakeDownsOf({ kind: "job", name: "take-downs", organizationId }, now);
    if (Object.values(done).some((count) => count > 0)) changed += 1;
  }
  return changed;
}

/** Writes to owners of open places whose day has come (rules isReminderDay), each at most once a day. @returns one line for the ledger */
export async function remindTakeDowns(actor: JobActor, now: Date): Promise<string> {
  const today = kstDay(now);
  const due = await read(actor, "take-down:run", async (tx) => {
    const standing = await tx.$queryRaw<{ id: string; effectiveOn: Date }[]>`
      SELECT DISTINCT s.take_down_id AS id, s.effective_on AS "effectiveOn" FROM standing_take_down_tasks s
      WHERE s.organization_id = damso_organization() AND NOT EXISTS (SELECT FROM take_down_closings k WHERE k.task_id = s.task_id)
        AND NOT EXISTS (SELECT FROM take_down_steps f WHERE f.take_down_id = s.take_down_id AND f.kind = 'completed')`;
    const told = await tx.takeDownReminder.findMany({
      where: { day: new Date(`${today}T00:00:00Z`) },
      select: { takeDownId: true },
      distinct: ["takeDownId"],
    });
    return standing.filter(
      ({ id, effectiveOn }) => isReminderDay(toDay(effectiveOn), today) && !told.some((row) => row.takeDownId === id),
    );
  });
  if (due.length === 0) return "0 letters";
  return change(actor, "take-down:run", async (tx, record) => {
    const letters = await tellOwners(
      tx,
      actor.organizationId,
      due.map(({ id }) => id),
      now,
    );
    await record({
      action: "take-down.owners-reminded",
      target: { kind: "organization", id: actor.organizationId },
      body: { day: today, campaigns: due.length, letters },
    });
    return `${due.length} campaigns, ${letters} letters`;
  });
}
