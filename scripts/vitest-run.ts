// Once per run of vitest: the test server, its template, and the sweeping away of what finished files leave.
import type { TestProject } from "vitest/node";
import {
  clearTestServer,
  dropTestDatabases,
  maintenanceUrl,
  prepareTestServer,
  sweepTestServer,
  type TestServer,
} from "@/lib/db/testing";
import { startPostgres } from "./postgres.mjs";
import { alive } from "./processes.mjs";

declare module "vitest" {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

/** Uses the server of DAMSO_TEST_SERVER or DATABASE_URL, else the embedded check server. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env.DAMSO_TEST_SERVER || process.env.DATABASE_URL;
  const given = url ? await maintenanceUrl(url) : null;
  const embedded = given ? null : await startPostgres({ name: "check-pg", database: "postgres", throwaway: true });
  const server = await prepareTestServer(given ?? embedded?.url ?? "", { keepTemplate: embedded !== null });
  if (embedded) await sweepTestServer(server, alive);
  project.provide("testServer", server);

  // A file's process ends with its file; its database goes soon after, so that a long run needs little disk.
  let dropping = Promise.resolve();
  const timer = setInterval(() => {
    dropping = dropping.then(() => dropTestDatabases(server, (name) => finished(server, name)));
  }, 5_000);
  timer.unref();

  return async () => {
    clearInterval(timer);
    await dropping;
    await clearTestServer(server);
    await embedded?.release();
  };
}

function finished(server: TestServer, name: string): boolean {
  const worker = Number(name.slice(server.prefix.length).split("_")[0]);
  return Number.isInteger(worker) && !alive(worker);
}
