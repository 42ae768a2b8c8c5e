import type { Actor } from "@/lib/auth/actor";
import { addDays, type Day, kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import type { Waiting } from "../rules";

/** Days before its last day on which a campaign is shown. */
const ahead = 49;

type Row = { id: string; channelName: string | null; note: string; effectiveOn: Day; open: number; own: number };

/** Campaigns in which buttons still hang, with how many of them are the reader's own; and those that wait for their certificate. */
export async function waitingTakeDowns(tx: Tx, actor: Actor, now: Date): Promise<Waiting[]> {
  const today = kstDay(now);
  const me = actor.kind === "person" ? actor.personId : null;
  const rows = await tx.$queryRaw<Row[]>`
    SELECT s.take_down_id AS id, c.name AS "channelName", d.note, d.effective_on::text AS "effectiveOn",
      count(*) FILTER (WHERE k.id IS NULL)::int AS open, count(*) FILTER (WHERE k.id IS NULL AND t.owner_id = ${me}::uuid)::int AS own
    FROM standing_take_down_tasks s JOIN take_down_tasks t ON t.id = s.task_id JOIN take_downs d ON d.id = s.take_down_id
    LEFT JOIN channels c ON c.id = d.channel_id LEFT JOIN take_down_closings k ON k.organization_id = t.organization_id AND k.task_id = t.id
    WHERE s.organization_id = damso_organization() AND d.effective_on <= ${addDays(today, ahead)}::date
      AND NOT EXISTS (SELECT FROM take_down_steps f WHERE f.take_down_id = d.id AND f.kind = 'completed')
    GROUP BY s.take_down_id, c.name, d.note, d.effective_on ORDER BY d.effective_on, s.take_down_id LIMIT 100`;
  return rows
    .filter(({ open, effectiveOn }) => open > 0 || effectiveOn < today)
    .map(
      ({ id, channelName, note, effectiveOn, open, own }): Waiting => ({
        ...{ id: `take-down:${id}`, group: "end", entry: "placements", subject: channelName ?? note },
        roles: ["CLIENT_ADMIN", "COMPLIANCE_OFFICER", "MARKETER"],
        kind: open > 0 ? "takeDown" : "takeDownDone",
        values: { name: channelName ?? note, count: open, own },
        dueOn: effectiveOn,
        href: `/placements/take-downs/${id}`,
      }),
    );
}
