// Messages in: import against COPY (goal 0.35) and createMany (goal 7), webhooks against one create a post (goals 15, 40) (performance.md B).
import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import path from "node:path";
import { clearTestServer, createTestDatabase, prepareTestServer } from "@/lib/db/testing";
import { type Figure, type Figures, median, ratioOf, type Settings } from "../harness";
import type { IngestMeasured, IngestOrder, Laps } from "./measure";

/** @param adminUrl owner of a PostgreSQL where a database may be made and dropped again */
export async function benchIngest(adminUrl: string, settings: Settings): Promise<Figures[]> {
  const rows = settings.quick ? 400 : (settings.rows ?? 20_000);
  const loadAverage = loadavg()[0] ?? 0;
  const measured = await apart(adminUrl, {
    rows,
    rounds: settings.quick ? 1 : Math.max(5, settings.rounds),
    connections: settings.quick ? 8 : 32,
    paceSeconds: settings.quick ? 0.4 : 10,
  });
  return [
    {
      name: `ingest, ${rows} rows a lap`,
      noisy: loadAverage > cpus().length + 2,
      loadAverage,
      faults: measured.faults,
      figures: figuresOf(measured),
    },
  ];
}

async function apart(adminUrl: string, order: Omit<IngestOrder, "folder">): Promise<IngestMeasured> {
  const server = await prepareTestServer(adminUrl, { keepTemplate: false });
  const folder = mkdtempSync(path.join(tmpdir(), "damso-bench-"));
  try {
    const database = await createTestDatabase(server, `${server.prefix}ingest`);
    const child = fork(path.join(import.meta.dirname, "measure.ts"), {
      execArgv: ["--import", "tsx"],
      env: {
        ...{ ...process.env, ...database },
        ...{ DAMSO_KEYRING: path.join(folder, "keyring"), DAMSO_FILES: `file:${path.join(folder, "files")}` },
      },
    });
    return await new Promise<IngestMeasured>((resolve, reject) => {
      child.on("message", (said) => {
        if (said === "ready") child.send({ ...order, folder });
        else resolve(said as IngestMeasured);
      });
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`The measuring ended with ${code}`)));
    });
  } finally {
    await clearTestServer(server);
    rmSync(folder, { recursive: true, force: true });
  }
}

function figuresOf({ limitName, laps, pace }: IngestMeasured): Figure[] {
  const against = (what: string, one: Laps, other: Laps, least?: number): Figure => {
    const ratio = ratioOf(one.perSecond.map((rate, round) => rate / (other.perSecond[round] ?? Number.NaN)));
    const rate = Math.round(median(one.perSecond));
    return {
      ...{ what, value: ratio.median, least },
      said: `${ratio.min.toPrecision(3)}–${ratio.max.toPrecision(3)}; ${rate} rows/s, ${median(one.cpu).toFixed(0)} µs CPU a row`,
    };
  };
  const { limit, createMany, create, single, batch, plainPost } = laps;
  return [
    against(`limit: ${limitName}`, limit, limit),
    against("import ÷ limit", laps.import, limit, 0.35),
    against("import ÷ createMany", laps.import, createMany, 7),
    against("createMany per 1,000 ÷ limit", createMany, limit),
    against("one create, 8 in flight ÷ limit", create, limit),
    against("one a post ÷ plain post", single, plainPost, 15),
    against("100 a post ÷ plain post", batch, plainPost, 40),
    against("one a post ÷ limit", single, limit),
    against("100 a post ÷ limit", batch, limit),
    against("plain post ÷ limit", plainPost, limit),
    { what: "p99 of posts, 50/s, ms", value: pace.p99, most: 500, said: `longest ${pace.longest.toFixed(0)} ms` },
  ];
}
