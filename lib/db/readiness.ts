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

/** How long one look at the clocks serves everything that works by itself. */
const agreedForMs = 5_000;
let agreed: number | undefined;

/**
 * For what runs by itself: work that goes by days is not begun while this machine and the database differ on the time by over two minutes.
 * @throws Error while they do, or when the database cannot be asked
 */
export async function assertClock(): Promise<void> {
  if (agreed !== undefined && performance.now() - agreed < agreedForMs) return;
  agreed = undefined;
  const [row] = await database().$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  const seconds = Math.round((Date.now() - (row?.now.getTime() ?? 0)) / 1_000);
  if (Math.abs(seconds) * 1_000 > clockToleranceMs)
    throw new Error(
      `This machine's clock is ${seconds} s ahead of the database's; nothing runs by itself until they agree`,
    );
  agreed = performance.now();
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
