// Whether the database can be served from: reachable, migrated, and of the same time as we are.
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { database } from "./client";

const clockToleranceMs = 120_000;
type Word = "ok" | "failing";

/** Never throws; an answer that takes longer than `limitMs` counts as failing. */
export async function databaseReadiness(limitMs: number): Promise<Record<"database" | "migrations" | "clock", Word>> {
  const controller = new AbortController();
  const failing = { database: "failing", migrations: "failing", clock: "failing" } as const;
  const late = pause(limitMs, failing, { signal: controller.signal, ref: false }).catch(() => failing);
  try {
    return await Promise.race([ask(), late]);
  } catch {
    return failing;
  } finally {
    controller.abort();
  }
}

async function ask(): Promise<Record<"database" | "migrations" | "clock", Word>> {
  const rows = await database().$queryRaw<{ name: string; now: Date }[]>`
    SELECT migration_name AS name, clock_timestamp() AS now FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;
  const done = new Set(rows.map((row) => row.name));
  const drift = Math.abs(Date.now() - (rows[0]?.now.getTime() ?? 0));
  return {
    database: "ok",
    migrations: known().every((name) => done.has(name)) ? "ok" : "failing",
    clock: drift <= clockToleranceMs ? "ok" : "failing",
  };
}

let names: string[] | undefined;
function known(): string[] {
  const folder = path.resolve(import.meta.dirname, "../../prisma/migrations");
  names ??= readdirSync(folder).filter((name) => existsSync(path.join(folder, name, "migration.sql")));
  return names;
}
