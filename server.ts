// The production entry, and with --dev the development one: answers presses, the embed and health itself, hands the rest to Next.
import { Server } from "node:http";
import next from "next";
import { startSealer } from "@/lib/audit/sealer";
import { closeDatabase } from "@/lib/db/client";
import { assertMigrated } from "@/lib/db/migrated";
import { env } from "@/lib/env";
import { startJobs } from "@/lib/jobs";
import { errorFields, log } from "@/lib/log";
import { beginStopping } from "@/lib/stopping";
import { proxyList } from "@/server/addresses";
import { consoleToLog } from "@/server/console-lines";
import { frontServer } from "@/server/front";
import { handleHook } from "@/server/hooks";
import type { Pages } from "@/server/pages";
import { Presses } from "@/server/presses";
import { serveRehearsals } from "@/server/rehearsal-dealers";

const graceMs = 10_000;
const dev = process.argv.includes("--dev");

async function main(): Promise<void> {
  if (!dev) consoleToLog();
  let here = "";
  const rehearsals = process.env.DAMSO_REHEARSAL_DEALER ? null : await serveRehearsals(() => here, 0);
  // Before the settings are read for the first time.
  if (rehearsals) process.env.DAMSO_REHEARSAL_DEALER = rehearsals.address;
  const { HOST, PORT, DAMSO_URL, DATABASE_APP_URL, TRUSTED_PROXIES } = env();
  await assertMigrated(DATABASE_APP_URL);
  here = `http://${HOST.includes(":") ? `[${HOST}]` : HOST === "0.0.0.0" ? "127.0.0.1" : HOST}:${PORT}`;
  // Next asks itself for the page behind a server action's redirect; it must never be sent elsewhere by a Host header.
  process.env.__NEXT_PRIVATE_ORIGIN = here;
  // Next listens for upgrades on the server it is told of. This one never listens: upgrades are ours to hand on, in development alone.
  const upgrades = new Server();
  const app = next({ dev, dir: import.meta.dirname, hostname: HOST, port: PORT, httpServer: upgrades, quiet: !dev });
  await app.prepare();
  endOnFault();

  const proxies = proxyList(TRUSTED_PROXIES);
  const presses = new Presses(proxies);
  await presses.start();
  const pages: Pages = {
    admission: { origin: DAMSO_URL, port: PORT, own: new URL(here).host, proxies },
    dev,
    handle: app.getRequestHandler(),
    handleHook,
    databaseReachable: () => presses.map.connection.connected,
  };
  const server = frontServer(presses, pages);
  if (dev) server.on("upgrade", (request, socket, head) => upgrades.emit("upgrade", request, socket, head));

  const stopSealer = startSealer();
  const stopJobs = startJobs();
  await listen(server, HOST, PORT);
  log("info", "server.listening", { host: HOST, port: PORT, dev });
  stopOnSignal(server, async () => {
    await presses.stop();
    rehearsals?.server.closeAllConnections();
    rehearsals?.server.close();
    await stopJobs();
    await stopSealer();
    await closeDatabase();
    await app.close();
  });
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** SIGTERM and SIGINT: no new connections, what is under way may finish within ten seconds, then the rest is put away. */
function stopOnSignal(server: Server, putAway: () => Promise<void>): void {
  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log("info", "server.stopping", { signal });
    beginStopping();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    const late = setTimeout(() => server.closeAllConnections(), graceMs);
    await closed;
    clearTimeout(late);
    await putAway();
    log("info", "server.stopped");
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.removeAllListeners(signal);
    process.on(signal, () => {
      stop(signal).catch((error: unknown) => fail("server.stop_failed", error));
    });
  }
}

/**
 * An exception nobody caught leaves the process in a state nobody knows: say so and end; whoever runs us starts anew. A rejection nobody
 * awaited is what React leaves behind when a visitor goes away mid-page: it is logged, since ending would let visitors end the server.
 */
function endOnFault(): void {
  for (const event of ["uncaughtException", "unhandledRejection"]) process.removeAllListeners(event);
  process.on("uncaughtException", (error: unknown) => fail("server.uncaught_exception", error));
  process.on("unhandledRejection", (error: unknown) => log("error", "server.unhandled_rejection", errorFields(error)));
}

function fail(event: string, error: unknown): void {
  const stack = error instanceof Error ? error.stack?.slice(0, 4_000) : undefined;
  log("error", event, { ...errorFields(error), stack });
  process.exit(1);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  if (error instanceof Error && "english" in error) process.stderr.write(`${String(error.english)}\n`);
  process.exit(1);
});
