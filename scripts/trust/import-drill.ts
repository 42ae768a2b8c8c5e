// A file of 100,000 rows with one bad in a hundred, killed and cut from its database on the way; and all of it taken out again
// in a small process (trust.md F-10, F-11, F-23).
import { rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { bad, fileOf, json } from "@/lib/transcripts/import-samples";
import { postgresUrl, startPostgres, stopPostgres } from "../postgres.mjs";
import { endServer, startServer, untilReady } from "../serve.mjs";
import { drillPostgres } from "./database-faults";
import { lastLine, type Stage, say, setStage } from "./drill-stage";
import { signIn } from "./drill-writers";
import { exportAll } from "./export-drill";
import { addTarget, endState, giveKey, rowsPassed, type Target } from "./import-stage";
import { type Measured, measuredRun } from "./measured-run";

const rows = 100_000;
const points = 10;
const most = { seconds: 60, growthMib: 300, otherMs: 1_000 };

type Summary = { rows: number; stored: number; bad: number; run: string; seconds: number };
type Opened = { sessions: number; messages: number; sha256: string };

/** @returns the exit code */
export async function importDrill(folder: string): Promise<number> {
  const started = await startPostgres(drillPostgres);
  try {
    const stage = await setStage(started.url, folder, "import");
    try {
      return await drill(stage, folder);
    } finally {
      if (postgresUrl(drillPostgres.name) === null) await startPostgres(drillPostgres);
      await stage.end();
    }
  } finally {
    await stopPostgres(drillPostgres.name);
  }
}

async function drill(stage: Stage, folder: string): Promise<number> {
  const url = stage.environment.DATABASE_URL ?? "";
  const small = path.join(folder, "import-small.ndjson");
  const large = path.join(folder, "import.ndjson");
  const file = fileOf(rows, 100);
  writeFileSync(small, Buffer.concat([json(1), Buffer.from("\n"), json(2)]));
  writeFileSync(large, file.bytes);
  const begin = (target: Target, name: string) =>
    measuredRun(
      ["scripts/damso.mjs", "transcripts", "import", name, "--channel", `@${target.searchId}`, "--json"],
      stage.environment,
      path.join(folder, `import-${target.searchId}.log`),
    );
  const bare = await addTarget(url, "drill-bare");
  const straight = await addTarget(url, "drill-straight");
  const cut = await addTarget(url, "drill-cut");
  await giveKey(url, bare);
  const start = await begin(bare, small).ended;

  await giveKey(url, straight);
  const others = new AbortController();
  const waited = othersRead(stage, others.signal);
  await sleep(2_000);
  const whole = await begin(straight, large).ended;
  others.abort();
  const { p95, asked } = await waited;
  const summary = summaryOf(whole);
  const repeated = summaryOf(await begin(straight, large).ended);

  await giveKey(url, cut);
  const struck = await interrupted(url, cut, () => begin(cut, large));
  const resumed = summaryOf(await begin(cut, large).ended);

  const [one, other] = [await endState(url, straight), await endState(url, cut)];
  const wanted = [...file.faults].map(([row, reason]) => `${row} ${reason}`);
  const opened = [await openedContents(stage, folder, straight), await openedContents(stage, folder, cut)];
  console.log(
    `· ${rows} rows, ${(statSync(large).size / 2 ** 20).toFixed(1)} MiB, ${bad.length} kinds of bad row: ${summary.stored} stored, ${summary.bad} bad in ${summary.seconds} s; memory ${start.peakMib} MiB at two rows, ${whole.peakMib} MiB at all; ${asked} pages of others meanwhile, p95 ${p95} ms`,
  );
  console.log(`· cut at the rows ${struck.at.join(", ")}; then ${JSON.stringify(opened[1])}`);
  rmSync(small);
  rmSync(large);
  return say([
    ["F-10 good rows lost or too many", Math.abs(summary.stored - file.good)],
    ["F-10 bad rows not told with row and reason", wanted.filter((line) => !one.faults.includes(line)).length],
    ["F-10 rows told that were not bad", one.faults.filter((line) => !wanted.includes(line)).length],
    ["F-10 second run that was not known", repeated.run === "repeated" ? 0 : 1],
    [`F-10 seconds over ${most.seconds}`, Math.max(0, Math.ceil(summary.seconds - most.seconds))],
    [`F-10 MiB of growth over ${most.growthMib}`, Math.max(0, whole.peakMib - start.peakMib - most.growthMib)],
    [`F-10 others' p95, ms over ${most.otherMs}`, Math.max(0, p95 - most.otherMs)],
    ["F-11 points without a strike", points - struck.at.length],
    ["F-11 runs cut from the database that did not end by themselves", struck.hung],
    ["F-11 file not read to its end", resumed.run === "resumed" && resumed.rows === summary.rows ? 0 : 1],
    ["F-11 consultations that differ", one.sessions === other.sessions ? 0 : 1],
    ["F-11 bad rows that differ", one.faults.join() === other.faults.join() ? 0 : 1],
    ["F-11 opened contents that differ", opened[0]?.sha256 === opened[1]?.sha256 ? 0 : 1],
    ["F-11 nothing was opened", (opened[0]?.messages ?? 0) > rows / 2 ? 0 : 1],
    ...(await exportAll(stage, folder, [bare, straight])),
  ]);
}

/** Strikes at each of the points, in turn by kill -9 and by an immediate stop of the database. */
async function interrupted(
  url: string,
  target: Target,
  begin: () => ReturnType<typeof measuredRun>,
): Promise<{ at: number[]; hung: number }> {
  const at: number[] = [];
  let hung = 0;
  for (let point = 1; point <= points; point += 1) {
    const run = begin();
    let over = false;
    run.ended.then(() => {
      over = true;
    });
    while (!over && (await rowsPassed(url, target)) < (point - 0.5) * (rows / points)) await sleep(50);
    if (over) break;
    if (point % 2 === 1) run.kill();
    else {
      await stopPostgres(drillPostgres.name, "immediate");
      const limit = new AbortController();
      const late = sleep(30_000, "late", { signal: limit.signal }).catch(() => "");
      if ((await Promise.race([run.ended, late])) === "late") {
        hung += 1;
        run.kill();
      }
      limit.abort();
      await startPostgres(drillPostgres);
    }
    const { code } = await run.ended;
    if (code === 0) break;
    at.push(await rowsPassed(url, target));
  }
  return { at, hung };
}

/** Somebody signed in reads on, a page each 200 ms. */
async function othersRead(stage: Stage, stop: AbortSignal): Promise<{ p95: number; asked: number }> {
  const server = startServer({ env: stage.environment, output: "inherit" });
  await untilReady({ host: "127.0.0.1", port: stage.port }, server.ended);
  const cookie = await signIn(stage.origin);
  const pages = ["/channels", "/placements", `/channels/${stage.live}`, "/dealers"];
  const ask = (page = "/") =>
    fetch(`${stage.origin}${page}`, { headers: { cookie }, redirect: "manual" }).then((answer) => answer.text());
  for (const page of pages) await ask(page);
  const times: number[] = [];
  while (!stop.aborted) {
    const from = performance.now();
    await ask(pages[times.length % pages.length]);
    times.push(performance.now() - from);
    await sleep(200);
  }
  await endServer(server);
  times.sort((a, b) => a - b);
  return { p95: Math.round(times[Math.floor(times.length * 0.95)] ?? Number.POSITIVE_INFINITY), asked: times.length };
}

function summaryOf({ code, log }: Measured): Summary {
  if (code !== 0) throw new Error(`The import ended with ${code}: ${log}`);
  return lastLine(log) as Summary;
}

async function openedContents(stage: Stage, folder: string, target: Target): Promise<Opened> {
  const log = path.join(folder, `opened-${target.searchId}.log`);
  const args = ["--import", "tsx", "scripts/trust/opened-contents.ts", target.organizationId, target.channelId];
  const { code } = await measuredRun(args, stage.environment, log).ended;
  if (code !== 0) throw new Error(`The contents could not be opened: ${log}`);
  return lastLine(log) as Opened;
}
