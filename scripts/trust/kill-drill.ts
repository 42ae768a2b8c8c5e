// kill -9 of the server at random moments while hooks, presses, forms and uploads come in (trust.md F-02 to F-04, invariants I1 to I5, I8, I10).
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connectAsOwner } from "@/lib/db/owner";
import { endServer, startServer, untilReady } from "../serve.mjs";
import { randomFrom, say, setStage } from "./drill-stage";
import { counts, judge, pressesSettled } from "./drill-verdicts";
import { everyWriter, Ledger, openRequests, repeatUnknown, signIn } from "./drill-writers";

/** @returns the exit code: 0 when nothing was lost, doubled or unrecorded */
export async function killDrill(
  server: string,
  folder: string,
  values: { rounds?: string | undefined; seed?: string | undefined },
): Promise<number> {
  const rounds = Math.min(50, Math.max(1, Number(values.rounds) || 5));
  const seed = Number(values.seed) || randomBytes(4).readUInt32BE(0);
  const random = randomFrom(seed);
  console.log(`· seed ${seed}`);
  const { environment, port, origin, hook, draft, live, senderKey, damso, end } = await setStage(
    server,
    folder,
    "kill",
  );
  const ledger = new Ledger();
  try {
    const owner = await connectAsOwner(environment.DATABASE_URL ?? "");
    const before = await counts(owner);
    const struck: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const { child, ended } = startServer({ env: environment });
      await untilReady({ host: "127.0.0.1", port }, ended);
      const stop = new AbortController();
      const cookie = await signIn(origin);
      const writers = everyWriter(origin, hook, cookie, { draft, live, senderKey }, ledger, stop.signal);
      await sleep(800 + Math.floor(random() * 2_200));
      const open = openRequests();
      child.kill("SIGKILL");
      stop.abort();
      await Promise.all([ended, ...writers]);
      struck.push(open);
      console.log(`· ${round}/${rounds}: kill -9, 요청 ${open}건이 열려 있었습니다`);
    }
    const last = startServer({ env: environment });
    await untilReady({ host: "127.0.0.1", port }, last.ended);
    await repeatUnknown(hook, ledger);
    await pressesSettled(owner, before, ledger.ok.presses);
    await endServer(last);
    const verdicts = await judge(owner, before, ledger, environment);
    verdicts.push(["fault struck with an open request", struck.filter((open) => open === 0).length]);
    const verified = await damso("audit", "verify");
    verdicts.push(["audit verify", verified.code]);
    await owner.end();
    writeFileSync(path.join(folder, "verdicts.json"), JSON.stringify({ seed, rounds, struck, verdicts }, null, 2));
    console.log(
      `events ${ledger.ok.events.size} ok, ${ledger.unknown.events.size} unknown · presses ${ledger.ok.presses} ok, ${ledger.unknown.presses} unknown · buttons ${ledger.ok.buttons.size} ok, ${ledger.unknown.buttons.size} unknown · files ${ledger.ok.files.size} ok`,
    );
    return say(verdicts);
  } finally {
    await end();
  }
}
