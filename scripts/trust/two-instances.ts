// Two servers on one database: what must happen once happens once, and the log neither forks nor has gaps (trust.md P-51, P-64, F-09).
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { connectAsOwner } from "@/lib/db/owner";
import { freePort } from "../postgres.mjs";
import { must, run } from "../progress.mjs";
import { dropDatabase, rehearsalEnvironment } from "../rehearsal";
import { endServer, startServer, untilReady } from "../serve.mjs";
import { root } from "../settings.mjs";
import { gapsInChains } from "./drill-verdicts";
import { formToPlace, Ledger, placeButton, signIn } from "./drill-writers";

const clients = 8;
const changesEach = 250;

/** @returns the exit code */
export async function twoInstances(server: string, folder: string): Promise<number> {
  mkdirSync(folder, { recursive: true });
  const name = `damso_trust_two_${process.pid}`;
  const first = await freePort(3300);
  const second = await freePort(first + 1);
  const environment = rehearsalEnvironment(server, name, first, process.env, folder);
  // One public address: the second answers on its loopback name.
  const environments = [environment, { ...environment, PORT: String(second) }];
  const origins = [first, second].map((port) => `http://127.0.0.1:${port}`);
  const damso = (...words: string[]) =>
    run(process.execPath, ["scripts/damso.mjs", ...words], {
      cwd: root,
      env: environment,
      log: path.join(folder, "two.log"),
    });
  try {
    await must("시연 데이터", process.execPath, ["scripts/damso.mjs", "seed", "--demo"], {
      ...{ log: path.join(folder, "two-seed.log"), cwd: root, env: environment },
    });
    const made = await damso("connection", "create", "--channel", "@한결생활", "--format", "canonical", "--json");
    const { url } = JSON.parse(readFileSync(made.log, "utf8").trim().split("\n").at(-1) ?? "{}") as { url: string };
    const servers = environments.map((env) => startServer({ env }));
    for (const [at, { ended }] of servers.entries())
      await untilReady({ host: "127.0.0.1", port: at === 0 ? first : second }, ended);
    const owner = await connectAsOwner(environment.DATABASE_URL ?? "");
    const verdicts: [string, number][] = [];

    const { rows } = await owner.query<{ id: string; key: string }>(
      "SELECT id::text, sender_key AS key FROM channels WHERE search_id = '한결생활'",
    );
    const session = `two-${randomBytes(9).toString("hex")}`;
    const body = JSON.stringify([
      {
        ...{ id: session, type: "session.opened", at: new Date().toISOString(), senderKey: rows[0]?.key },
        ...{ userKey: "AbC12", sessionId: session },
      },
    ]);
    const hook = new URL(url).pathname;
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_none, at) => {
        const headers = { "content-type": "application/json" };
        const answer = await fetch(`${origins[at % 2]}${hook}/events`, { method: "POST", headers, body });
        return `${answer.status} ${await answer.text()}`;
      }),
    );
    verdicts.push(["P-51 answers that differ", new Set(answers).size - 1]);
    verdicts.push(["P-51 answers that were no success", answers.filter((answer) => !answer.startsWith("200")).length]);
    const stored = await owner.query<{ n: number }>(
      "SELECT count(*)::int n FROM consult_sessions WHERE external_id = $1",
      [session],
    );
    verdicts.push(["P-51 times stored besides once", Math.abs((stored.rows[0]?.n ?? 0) - 1)]);

    const ledger = new Ledger();
    const cookies = await Promise.all(origins.map((origin) => signIn(origin)));
    const started = performance.now();
    await Promise.all(
      Array.from({ length: clients }, async (_none, at) => {
        const origin = origins[at % 2] ?? "";
        const cookie = cookies[at % 2] ?? "";
        const form = await formToPlace(origin, cookie);
        for (let time = 0; form && time < changesEach; time += 1)
          await placeButton({ origin, cookie, channelId: rows[0]?.id ?? "", form }, ledger);
      }),
    );
    const took = (performance.now() - started) / 1_000;
    console.log(`· ${ledger.ok.buttons.size} changes by ${clients} clients over two servers in ${took.toFixed(1)} s`);
    for (const one of servers) await endServer(one);
    const verified = await damso("audit", "verify");
    const entries = await owner.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM audit_events e JOIN placements p ON p.id::text = e.target_id WHERE e.action = 'placement.created' AND p.name LIKE 'drill %'",
    );
    verdicts.push(["P-64 changes that were refused", ledger.unknown.buttons.size]);
    verdicts.push(["P-64 entries missing or too many", Math.abs((entries.rows[0]?.n ?? 0) - clients * changesEach)]);
    verdicts.push(["P-64 gaps and forks in the chain", await gapsInChains(owner)]);
    verdicts.push(["audit verify", verified.code]);
    await owner.end();
    for (const [what, wrong] of verdicts) console.log(`${wrong === 0 ? "✓" : "✗"} ${what}: ${wrong}`);
    return verdicts.every(([, wrong]) => wrong === 0) ? 0 : 1;
  } finally {
    await dropDatabase(server, name);
    rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}
