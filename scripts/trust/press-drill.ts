// Two servers take presses while one of them is killed or stopped, again and again: each press answered is counted once (trust.md F-03, I8).
import { setTimeout as sleep } from "node:timers/promises";
import { connectAsOwner } from "@/lib/db/owner";
import { freePort } from "../postgres.mjs";
import { endServer, startServer, untilReady } from "../serve.mjs";
import { say, setStage } from "./drill-stage";
import { companyWrong, counts, pressesSettled } from "./drill-verdicts";
import { Ledger, openRequests, pressButton } from "./drill-writers";

const writersEach = 8;

/** @param values `rounds` of kill -9 and of SIGTERM each @returns the exit code: 0 when nothing was lost or counted twice */
export async function pressDrill(
  server: string,
  folder: string,
  values: { rounds?: string | undefined },
): Promise<number> {
  const rounds = Math.min(20, Math.max(1, Number(values.rounds) || 3));
  const stage = await setStage(server, folder, "presses");
  const second = await freePort(stage.port + 1);
  const places = [
    { origin: stage.origin, port: stage.port, env: stage.environment },
    // One public address and one spool folder: the second answers on its loopback name.
    { origin: `http://127.0.0.1:${second}`, port: second, env: { ...stage.environment, PORT: String(second) } },
  ] as const;
  const running: ReturnType<typeof startServer>[] = [];
  const begin = async (at: 0 | 1) => {
    const { env, port } = places[at];
    const started = startServer({ env });
    running[at] = started;
    await untilReady({ host: "127.0.0.1", port }, started.ended);
  };
  const ledger = new Ledger();
  try {
    const owner = await connectAsOwner(stage.environment.DATABASE_URL ?? "");
    const before = await counts(owner);
    await begin(0);
    await begin(1);
    const struck: number[] = [];
    for (let round = 0; round < rounds * 2; round += 1) {
      const at = round % 2 === 0 ? 0 : 1;
      const signal = round % 4 < 2 ? "SIGKILL" : "SIGTERM";
      const stop = new AbortController();
      const writers = places.flatMap(({ origin }) =>
        Array.from({ length: writersEach }, () => pressButton(origin, ledger, stop.signal)),
      );
      await sleep(1_500);
      struck.push(openRequests());
      const one = running[at];
      if (signal === "SIGKILL") one?.child.kill("SIGKILL");
      else if (one) await endServer(one);
      await sleep(300);
      stop.abort();
      await Promise.all([one?.ended, ...writers]);
      console.log(`· ${round + 1}/${rounds * 2}: ${signal}, ${ledger.ok.presses} presses answered so far`);
      await begin(at);
    }
    await pressesSettled(owner, before, ledger.ok.presses);
    for (const one of running) await endServer(one);
    const after = await counts(owner);
    const counted = after.presses - before.presses;
    const verdicts: [string, number][] = [
      ["F-03 presses answered and not counted", Math.max(0, ledger.ok.presses - counted)],
      ["F-03 presses counted that nobody made", Math.max(0, counted - ledger.ok.presses - ledger.unknown.presses)],
      ["F-03 roll-up by place against recount", Math.abs(after.rollup - before.rollup - counted)],
      ["F-03 roll-ups of the company against recount", await companyWrong(owner)],
      ["F-03 faults without an open request", struck.filter((open) => open === 0).length],
    ];
    console.log(`presses ${ledger.ok.presses} ok, ${ledger.unknown.presses} unknown, ${counted} counted`);
    await owner.end();
    return say(verdicts);
  } finally {
    for (const one of running) one?.child.kill("SIGKILL");
    await stage.end();
  }
}
