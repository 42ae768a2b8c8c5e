// What a destruction is bound to, read anew when it is prepared and in every batch.
import { type Day, kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { hex } from "../rules/destruction";

/** Today in Korea by the earlier of both clocks: neither of them alone brings a day forward. */
export async function earlierToday(tx: Tx, now: Date): Promise<Day> {
  const [clock] = await tx.$queryRaw<{ at: Date }[]>`SELECT clock_timestamp() AS at`;
  if (!clock) throw new Error("The database told no time");
  return kstDay(clock.at < now ? clock.at : now);
}

/** Hex SHA-256 over the policy versions that are in force or were, with their hashes and times. */
export async function policyDigest(tx: Tx): Promise<string> {
  const rows = await tx.$queryRaw<{ line: string }[]>`
    SELECT version_id || ' ' || hash || ' ' || (until_at IS NULL) AS line FROM policy_terms WHERE organization_id = damso_organization() ORDER BY version_id, from_at`;
  return hex(rows.map(({ line }) => line).join("\n"));
}

/** Hex SHA-256 over the holds without an agreed release. */
export async function holdDigest(tx: Tx): Promise<string> {
  const rows = await tx.$queryRaw<{ line: string }[]>`
    SELECT id || ' ' || version AS line FROM active_holds WHERE organization_id = damso_organization() ORDER BY id`;
  return hex(rows.map(({ line }) => line).join("\n"));
}

export type Targets = { digest: string; sessions: number; files: number; messages: number };

/** Hex SHA-256 over the items of a run with their days and counts, and its sums; files are those in sessions and those alone. */
export async function targetsOf(tx: Tx, destructionId: string): Promise<Targets> {
  const [found] = await tx.$queryRaw<Targets[]>`
    SELECT encode(sha256(convert_to(coalesce(string_agg(kind || ' ' || subject_id || ' ' || coalesce(due_on::text, '-') || ' ' || messages || ' ' || files, E'\n'
        ORDER BY kind, subject_id), ''), 'UTF8')), 'hex') AS digest,
      count(*) FILTER (WHERE kind = 'session')::int AS sessions, coalesce(sum(files), 0)::int AS files, coalesce(sum(messages), 0)::int AS messages
    FROM destruction_items WHERE destruction_id = ${destructionId}::uuid`;
  if (!found) throw new Error("Items could not be counted");
  return found;
}

/** Sessions stored, and how many were forecast for a day (null: never said). */
export async function guardFacts(tx: Tx, today: Day): Promise<{ stored: number; forecast: number | null }> {
  const [found] = await tx.$queryRaw<{ stored: number; forecast: number | null }[]>`
    SELECT coalesce((SELECT sum(sessions) FROM due_days WHERE organization_id = damso_organization()), 0)::float8 AS stored,
      (SELECT sessions FROM destruction_forecasts WHERE organization_id = damso_organization() AND day = ${today}::date) AS forecast`;
  return found ?? { stored: 0, forecast: null };
}
