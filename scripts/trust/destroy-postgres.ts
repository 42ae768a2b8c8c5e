// The PostgreSQL of the drill of destruction.
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, startPostgres, stopPostgres } from "../postgres.mjs";

export const destroyPostgres = { name: "destroy-pg", database: "postgres" };

/** Stops it as a fault does, and starts it at the same port a moment later. */
export async function restartPostgres(mode: "fast" | "immediate", downMs: number): Promise<void> {
  const port = Number(new URL(process.env.DATABASE_URL ?? "").port);
  if (!(await stopPostgres(destroyPostgres.name, mode))) throw new Error(`PostgreSQL did not stop: ${mode}`);
  await sleep(downMs);
  while ((await freePort(port)) !== port) await sleep(50);
  await startPostgres({ ...destroyPostgres, keep: true });
}
