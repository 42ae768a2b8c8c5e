import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { destructionState } from "../rules/destruction";
import type { RunChannel, RunStep, RunView } from "../rules/destruction-view";

/** A run with its steps and its items counted by channel, or null. @throws Forbidden */
export function getDestruction(actor: Actor, id: string, now: Date): Promise<RunView | null> {
  return read(actor, "destruction:read", async (tx) => {
    if (!z.uuid().safeParse(id).success) return null;
    const [row] = await tx.$queryRaw<Omit<RunView, "state" | "steps" | "channels">[]>`
      SELECT d.id, d.number, d.kind, d.due_through::text AS "dueThrough", d.reason, d.digest, d.sessions, d.files, d.messages::int AS messages, d.held,
        d.kept_by_law AS "keptByLaw", d.guard, d.prepared_by AS "preparedBy", p.name AS "preparedByName", d.data_request_id AS "dataRequestId",
        d.prepared_at AS "preparedAt", d.valid_until AS "validUntil"
      FROM destructions d LEFT JOIN persons p ON p.id = d.prepared_by WHERE d.organization_id = damso_organization() AND d.id = ${id}::uuid`;
    if (!row) return null;
    const steps = await tx.$queryRaw<RunStep[]>`
      SELECT s.kind, s.person_id AS "personId", p.name, s.digest, s.note, s.at FROM destruction_steps s LEFT JOIN persons p ON p.id = s.person_id
      WHERE s.organization_id = damso_organization() AND s.destruction_id = ${id}::uuid ORDER BY s.at, s.id`;
    const channels = await tx.$queryRaw<RunChannel[]>`
      SELECT c.id, c.name, count(*)::int AS items, count(*) FILTER (WHERE i.kind = 'session')::int AS sessions, sum(i.files)::int AS files,
        count(*) FILTER (WHERE i.state = 'destroyed')::int AS destroyed, count(*) FILTER (WHERE i.state = 'held')::int AS held
      FROM destruction_items i JOIN channels c ON c.id = i.channel_id
      WHERE i.organization_id = damso_organization() AND i.destruction_id = ${id}::uuid GROUP BY c.id, c.name ORDER BY c.name`;
    return { ...row, steps, channels, state: destructionState(steps, row.validUntil, now) };
  });
}
