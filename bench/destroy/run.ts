// Destruction against one DELETE with a cascade, and its preview (performance.md C).
import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import path from "node:path";
import { clearTestServer, createTestDatabase, prepareTestServer } from "@/lib/db/testing";
import type { Figure, Figures, Settings } from "../harness";
import { perSession } from "./company";
import type { DestroyMeasured, DestroyOrder } from "./measure";

/** @param adminUrl owner of a PostgreSQL where a database may be made and dropped again */
export async function benchDestroy(adminUrl: string, settings: Settings): Promise<Figures[]> {
  const messages = settings.quick ? 800 : (settings.size ?? 1_000_000);
  const order = { messages, frozen: settings.quick ? 30 : 10_000, seconds: settings.quick ? 0.3 : 3 };
  const loadAverage = loadavg()[0] ?? 0;
  const measured = await apart(adminUrl, order);
  return [
    {
      name: `destroy, ${messages} messages, half of them over`,
      noisy: loadAverage > cpus().length + 2,
      loadAverage,
      faults: measured.faults,
      figures: figuresOf(measured, messages / 2),
    },
  ];
}

async function apart(adminUrl: string, order: DestroyOrder): Promise<DestroyMeasured> {
  const server = await prepareTestServer(adminUrl, { keepTemplate: false });
  const folder = mkdtempSync(path.join(tmpdir(), "damso-bench-"));
  try {
    const database = await createTestDatabase(server, `${server.prefix}destroy`);
    const child = fork(path.join(import.meta.dirname, "measure.ts"), {
      execArgv: ["--import", "tsx"],
      env: {
        ...{ ...process.env, ...database },
        ...{ DAMSO_KEYRING: path.join(folder, "keyring"), DAMSO_FILES: `file:${path.join(folder, "files")}` },
      },
    });
    return await new Promise<DestroyMeasured>((resolve, reject) => {
      child.on("message", (said) => {
        if (said === "ready") child.send(order);
        else resolve(said as DestroyMeasured);
      });
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`The measuring ended with ${code}`)));
    });
  } finally {
    await clearTestServer(server);
    rmSync(folder, { recursive: true, force: true });
  }
}

function figuresOf({ freezeMs, preview, keysMs, plain, act, drop }: DestroyMeasured, rows: number): Figure[] {
  const sessions = rows / perSession;
  const beside = (what: string, lap: typeof plain, most?: number): Figure => ({
    ...{ what: `p99 of inserts, ${what} ÷ idle`, value: lap.meanwhile.p99 / lap.idle.p99, most },
    said: `${lap.idle.p99.toFixed(1)} → ${lap.meanwhile.p99.toFixed(1)} ms, longest ${lap.meanwhile.longest.toFixed(0)} ms`,
  });
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(3)} s`;
  const log = (bytes: number) => `${(bytes / 1_048_576).toFixed(2)} MB`;
  return [
    { what: "cascade ÷ deleting keys", value: plain.ms / keysMs, least: 10, said: seconds(keysMs) },
    {
      what: "cascade ÷ keys, rows, tombstones",
      value: plain.ms / act.ms,
      said: `${seconds(act.ms)}, ${sessions} sessions`,
    },
    { what: "cascade ÷ DROP", value: plain.ms / drop.ms, least: 8, said: `${seconds(plain.ms)} ÷ ${seconds(drop.ms)}` },
    {
      what: "log of DROP ÷ cascade",
      value: drop.walBytes / plain.walBytes,
      most: 1 / 500,
      said: `${log(drop.walBytes)} ÷ ${log(plain.walBytes)}`,
    },
    { what: "log of keys and rows ÷ cascade", value: act.walBytes / plain.walBytes, said: log(act.walBytes) },
    beside("cascade", plain),
    beside("keys and rows", act, 2),
    beside("DROP", drop, 2),
    {
      what: "preview, size ÷ a fifth",
      value: preview.bigMs / preview.smallMs,
      most: 2.5,
      said: `${preview.smallMs.toFixed(2)} → ${preview.bigMs.toFixed(2)} ms`,
    },
    { what: "freezing, s", value: freezeMs / 1_000, said: "freshly filled, never analyzed" },
  ];
}
