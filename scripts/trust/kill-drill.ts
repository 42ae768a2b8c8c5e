// kill -9 of the server at random moments while hooks, presses, forms and uploads come in (trust.md F-02 to F-04, invariants I1 to I5, I8, I10).
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { connectAsOwner } from "@/lib/db/owner";
import { freePort } from "../postgres.mjs";
import { must, run } from "../progress.mjs";
import { dropDatabase, rehearsalEnvironment } from "../rehearsal";
import { endServer, startServer, untilReady } from "../serve.mjs";
import { root } from "../settings.mjs";
import { counts, judge, pressesSettled } from "./drill-verdicts";
import {
  attachFiles,
  Ledger,
  openRequests,
  placeButtons,
  pressButton,
  repeatUnknown,
  signIn,
  tellEvents,
} from "./drill-writers";

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
  mkdirSync(folder, { recursive: true });
  const name = `damso_trust_${process.pid}`;
  const port = await freePort(3300);
  const environment = rehearsalEnvironment(server, name, port, process.env, folder);
  const origin = environment.DAMSO_URL ?? "";
  const ledger = new Ledger();
  try {
    const damso = (...words: string[]) =>
      run(process.execPath, ["scripts/damso.mjs", ...words], {
        cwd: root,
        env: environment,
        log: path.join(folder, "damso.log"),
      });
    await must("시연 데이터", process.execPath, ["scripts/damso.mjs", "seed", "--demo"], {
      log: path.join(folder, "seed.log"),
      cwd: root,
      env: environment,
    });
    const made = await damso("connection", "create", "--channel", "@한결생활", "--format", "canonical", "--json");
    const hook = (JSON.parse(readFileSync(made.log, "utf8").trim().split("\n").at(-1) ?? "{}") as { url: string }).url;
    const owner = await connectAsOwner(environment.DATABASE_URL ?? "");
    const before = await counts(owner);
    const struck: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const { child, ended } = startServer({ env: environment });
      await untilReady({ host: "127.0.0.1", port }, ended);
      const stop = new AbortController();
      const cookie = await signIn(origin);
      const { draft, live, senderKey } = await channelsOf(owner);
      const writers = [
        ...Array.from({ length: 4 }, () => tellEvents(hook, senderKey, ledger, stop.signal)),
        ...Array.from({ length: 2 }, () => pressButton(origin, ledger, stop.signal)),
        ...Array.from({ length: 2 }, () => placeButtons(origin, cookie, live, ledger, stop.signal)),
        attachFiles(origin, cookie, draft, ledger, stop.signal),
      ];
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
    for (const [what, wrong] of verdicts) console.log(`${wrong === 0 ? "✓" : "✗"} ${what}: ${wrong}`);
    console.log(
      `events ${ledger.ok.events.size} ok, ${ledger.unknown.events.size} unknown · presses ${ledger.ok.presses} ok, ${ledger.unknown.presses} unknown · buttons ${ledger.ok.buttons.size} ok, ${ledger.unknown.buttons.size} unknown · files ${ledger.ok.files.size} ok`,
    );
    const failed = verdicts.filter(([, wrong]) => wrong !== 0).length;
    console.log(`${verdicts.length - failed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  } finally {
    await dropDatabase(server, name);
    rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}

/** The same moments for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function channelsOf(owner: pg.Client): Promise<{ draft: string; live: string; senderKey: string }> {
  const { rows } = await owner.query<{ draft: string; live: string; senderKey: string }>(
    `SELECT (SELECT id::text FROM channels WHERE search_id = '한결비투비') AS draft,
      (SELECT id::text FROM channels WHERE search_id = '한결생활') AS live,
      (SELECT sender_key FROM channels WHERE search_id = '한결생활') AS "senderKey"`,
  );
  return rows[0] ?? { draft: "", live: "", senderKey: "" };
}
