#!/usr/bin/env node
// npm run trust [-- --rounds N]: the drill with faults (trust.md 5). Kept apart from `npm run check`: it takes minutes and kills servers.
import "./node-version.mjs";
import path from "node:path";
import { root } from "./settings.mjs";
import { explain } from "./setup-error.mjs";

let release = async () => {};
try {
  process.chdir(root);
  const { register } = await import("tsx/esm/api");
  register();
  const server = process.env.DATABASE_URL ? await given() : await embedded();
  const { killDrill } = await import("./trust/kill-drill.ts");
  process.exitCode = await killDrill(server, path.join(root, ".damso", "trust"), process.argv.slice(2));
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
} finally {
  await release();
}

async function given() {
  const { maintenanceUrl } = await import("../lib/db/testing.ts");
  return maintenanceUrl(process.env.DATABASE_URL);
}

async function embedded() {
  const { startPostgres } = await import("./postgres.mjs");
  const started = await startPostgres({ name: "check-pg", database: "postgres", throwaway: true });
  release = () => started.release();
  return started.url;
}
