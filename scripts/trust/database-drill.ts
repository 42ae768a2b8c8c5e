// The database stops, is killed, is full or is locked while hooks, presses, forms and uploads come in (trust.md F-06, F-13).
import { writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connectAsOwner } from "@/lib/db/owner";
import { postgresUrl, startPostgres, stopPostgres } from "../postgres.mjs";
import { endServer, startServer, untilReady } from "../serve.mjs";
import { drillPostgres, type Fault, faultsOf } from "./database-faults";
import { say, setStage } from "./drill-stage";
import { counts, judge, pressesSettled } from "./drill-verdicts";
import { type Answer, everyWriter, type Kind, Ledger, repeatUnknown, signIn } from "./drill-writers";

const kinds: readonly Kind[] = ["event", "press", "form", "file"];
const success: Readonly<Record<Kind, number>> = { event: 200, press: 302, form: 303, file: 201 };
const mostMs = 10_000;
const recoveryMs = 5_000;

/** Servers that a drill which failed itself has left behind. */
const running: ReturnType<typeof startServer>[] = [];

type Values = { rounds?: string | undefined; long?: boolean | undefined };

/** @param values `rounds` of all faults; `long`: also 60 s without the server @returns the exit code */
export async function databaseDrill(folder: string, values: Values): Promise<number> {
  const rounds = Math.min(10, Math.max(1, Number(values.rounds) || 1));
  const started = await startPostgres(drillPostgres);
  try {
    const stage = await setStage(started.url, folder, "database");
    try {
      return await drill(stage, folder, rounds, values.long ? [1, 10, 60] : [1, 10]);
    } finally {
      for (const server of running.splice(0)) server.child.kill("SIGKILL");
      // A fault that could not be healed must not keep the database from being dropped.
      if (postgresUrl(drillPostgres.name) === null) await startPostgres(drillPostgres);
      await stage.end();
    }
  } finally {
    await stopPostgres(drillPostgres.name);
  }
}

async function drill(
  stage: Awaited<ReturnType<typeof setStage>>,
  folder: string,
  rounds: number,
  downs: readonly number[],
): Promise<number> {
  const { environment, port, origin, hook, damso } = stage;
  const url = environment.DATABASE_URL ?? "";
  const ledger = new Ledger();
  const verdicts: [string, number][] = [];
  const seen: object[] = [];
  const first = await connectAsOwner(url);
  const before = await counts(first).finally(() => first.end());
  const server = startServer({ env: environment });
  running.push(server);
  let exits = 0;
  server.ended.then(() => {
    exits += 1;
  });
  await untilReady({ host: "127.0.0.1", port }, server.ended);
  const cookie = await signIn(origin);
  for (let round = 1; round <= rounds; round += 1) {
    for (const fault of faultsOf(url, downs)) {
      const at = ledger.answers.length;
      const stop = new AbortController();
      const writers = everyWriter(origin, hook, cookie, stage, ledger, stop.signal);
      await sleep(1_500);
      const struck = performance.now();
      await fault.strike();
      await sleep(fault.down * 1_000);
      await fault.heal();
      const healed = performance.now();
      await sleep(recoveryMs + 2_000);
      stop.abort();
      await Promise.all(writers);
      const figures = figuresOf(ledger.answers.slice(at), fault, struck, healed);
      seen.push({ fault: fault.name, round, ...figures });
      console.log(`· ${round}/${rounds} ${fault.name}: ${JSON.stringify(figures)}`);
      verdicts.push(
        [`${fault.name}: answers neither success nor 503 with Retry-After`, figures.wrong],
        [`${fault.name}: presses that were not sent on`, figures.pressesStopped],
        [`${fault.name}: answers after more than ${mostMs} ms`, figures.slow],
        [`${fault.name}: kinds not back within ${recoveryMs} ms`, figures.late.length],
        [`${fault.name}: kinds without a try while it lasted`, figures.untried],
        [`${fault.name}: nothing was refused while it lasted`, figures.unfelt],
      );
    }
  }
  await repeatUnknown(hook, ledger);
  const owner = await connectAsOwner(url);
  await pressesSettled(owner, before, ledger.ok.presses);
  verdicts.push(["exits of the server", exits]);
  await endServer(server);
  verdicts.push(...(await judge(owner, before, ledger, environment)));
  verdicts.push(["audit verify", (await damso("audit", "verify")).code]);
  await owner.end();
  writeFileSync(path.join(folder, "database.json"), JSON.stringify({ seen, verdicts }, null, 2));
  const { ok, unknown } = ledger;
  console.log(
    `events ${ok.events.size} ok, ${unknown.events.size} unknown · presses ${ok.presses} ok, ${unknown.presses} unknown · buttons ${ok.buttons.size} ok, ${unknown.buttons.size} unknown · files ${ok.files.size} ok`,
  );
  return say(verdicts);
}

function figuresOf(answers: readonly Answer[], fault: Fault, struck: number, healed: number) {
  const good = ({ kind, status, place }: Answer) =>
    status === success[kind] && (kind !== "form" || place.includes("/placements/"));
  const refused = ({ status, retryAfter }: Answer) => status === 503 && retryAfter;
  const during = answers.filter(({ from, to }) => to > struck && from < healed);
  const backMs = Object.fromEntries(
    kinds.map((kind) => {
      const back = answers.find(
        (answer) => answer.kind === kind && answer.from >= struck && answer.to > healed && good(answer),
      );
      return [kind, back ? Math.round(back.to - healed) : -1];
    }),
  );
  const times = during.map(({ from, to }) => to - from).sort((a, b) => a - b);
  const wrong = answers.filter((answer) => !good(answer) && !refused(answer));
  return {
    backMs,
    late: kinds.filter((kind) => (backMs[kind] ?? -1) < 0 || (backMs[kind] ?? 0) > recoveryMs),
    wrong: wrong.length,
    wrongAs: [...new Set(wrong.map(({ kind, status, place }) => `${kind} ${status} ${place.split("?")[0]}`))].slice(
      0,
      6,
    ),
    refused: answers.filter(refused).length,
    pressesStopped: answers.filter((answer) => answer.kind === "press" && !good(answer)).length,
    untried: kinds.filter((kind) => !during.some((answer) => answer.kind === kind)).length,
    unfelt: fault.away && !during.some(refused) ? 1 : 0,
    slow: answers.filter(({ from, to }) => to - from > mostMs).length,
    ms: {
      p50: Math.round(times[Math.floor(times.length / 2)] ?? 0),
      p99: Math.round(times[Math.floor(times.length * 0.99)] ?? 0),
      most: Math.round(times.at(-1) ?? 0),
    },
    answers: during.length,
  };
}
