import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Day } from "@/lib/clock";
import { type DestructionState, destructionState } from "../rules/destruction";

export type RunStep = {
  kind: string;
  personId: string | null;
  name: string | null;
  digest: string;
  note: string;
  at: Date;
};
export type RunChannel = { name: string; sessions: number; files: number; destroyed: number; held: number };
export type RunView = {
  id: string;
  number: string;
  kind: string;
  dueThrough: Day;
  reason: string;
  digest: string;
  sessions: number;
  files: number;
  held: number;
  keptByLaw: number;
  guard: string;
  preparedBy: string | null;
  preparedAt: Date;
  validUntil: Date;
  state: DestructionState;
  steps: RunStep[];
  channels: RunChannel[];
};

/** A run with its steps and its items counted by channel, or null. @throws Forbidden */
export function getDestruction(actor: Actor, id: string, now: Date): Promise<RunView | null> {
  return read(actor, "destruction:read", async (tx) => {
    if (!z.uuid().safeParse(id).success) return null;
    const [row] = await tx.$queryRaw<Omit<RunView, "state" | "steps" | "channels">[]>`
      SELECT id, number, kind, due_through::text AS "dueThrough", reason, digest, sessions, files, held, kept_by_law AS "keptByLaw", guard,
        prepared_by AS "preparedBy", prepared_at AS "preparedAt", valid_until AS "validUntil"
      FROM destructions WHERE organization_id = damso_organization() AND id = ${id}::uuid`;
    if (!row) return null;
    const steps = await tx.$queryRaw<RunStep[]>`
      SELECT s.kind, s.person_id AS "personId", p.name, s.digest, s.note, s.at FROM destruction_steps s LEFT JOIN persons p ON p.id = s.person_id
      WHERE s.organization_id = damso_organization() AND s.destruction_id = ${id}::uuid ORDER BY s.at, s.id`;
    const channels = await tx.$queryRaw<RunChannel[]>`
      SELECT c.name, count(*) FILTER (WHERE i.kind = 'session')::int AS sessions, sum(i.files)::int AS files,
        count(*) FILTER (WHERE i.state = 'destroyed')::int AS destroyed, count(*) FILTER (WHERE i.state = 'held')::int AS held
      FROM destruction_items i JOIN channels c ON c.id = i.channel_id
      WHERE i.organization_id = damso_organization() AND i.destruction_id = ${id}::uuid GROUP BY c.id, c.name ORDER BY c.name`;
    return { ...row, steps, channels, state: destructionState(steps, row.validUntil, now) };
  });
}
