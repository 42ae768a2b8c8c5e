// kill -9 of the server at random moments while hooks, presses and uploads come in (trust.md F-01 to F-04, invariants I1 to I5, I8, I10).
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import type pg from "pg";
import { connectAsOwner } from "@/lib/db/owner";
import { demonstrationLogins } from "@/prisma/seed/logins";
import { freePort } from "../postgres.mjs";
import { must, run } from "../progress.mjs";
import { dropDatabase, rehearsalEnvironment } from "../rehearsal";
import { endServer, startServer, untilReady } from "../serve.mjs";
import { root } from "../settings.mjs";

const code = "pl_home_footer";
const phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) KAKAOTALK";

/** What was sent, by kind; `ok` was answered with success, `unknown` got no answer and may have happened, wholly or not at all. */
class Ledger {
  readonly ok = { events: new Map<string, string>(), presses: 0, files: new Map<string, string>() };
  readonly unknown = { events: new Map<string, string>(), presses: 0, files: new Set<string>() };
}

/** @returns the exit code: 0 when nothing was lost, doubled or unrecorded */
export async function killDrill(server: string, folder: string, args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { rounds: { type: "string", default: "5" } } });
  const rounds = Math.min(50, Math.max(1, Number(values.rounds) || 5));
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
      const { draft, senderKey } = await channelsOf(owner);
      const writers = [
        ...Array.from({ length: 4 }, () => tellEvents(hook, senderKey, ledger, stop.signal)),
        ...Array.from({ length: 3 }, () => pressButton(origin, ledger, stop.signal)),
        attachFiles(origin, cookie, draft, ledger, stop.signal),
      ];
      await sleep(800 + Math.floor(Math.random() * 2_200));
      const open = inFlight;
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
    writeFileSync(path.join(folder, "verdicts.json"), JSON.stringify({ rounds, struck, verdicts }, null, 2));
    for (const [what, wrong] of verdicts) console.log(`${wrong === 0 ? "✓" : "✗"} ${what}: ${wrong}`);
    console.log(
      `events ${ledger.ok.events.size} ok, ${ledger.unknown.events.size} unknown · presses ${ledger.ok.presses} ok, ${ledger.unknown.presses} unknown · files ${ledger.ok.files.size} ok`,
    );
    const failed = verdicts.filter(([, wrong]) => wrong !== 0).length;
    console.log(`${verdicts.length - failed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  } finally {
    await dropDatabase(server, name);
    rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}

let inFlight = 0;

async function send(url: string, init: RequestInit): Promise<Response | null> {
  inFlight += 1;
  try {
    const answer = await fetch(url, { ...init, redirect: "manual", signal: AbortSignal.timeout(20_000) });
    await answer.arrayBuffer();
    return answer;
  } catch {
    // Reset or refused by the kill: whether it happened is unknown, which the ledger says.
    return null;
  } finally {
    inFlight -= 1;
  }
}

async function tellEvents(hook: string, senderKey: string, ledger: Ledger, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const id = randomBytes(12).toString("hex");
    const body = JSON.stringify([event(id, senderKey)]);
    const answer = await send(`${hook}/events`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    if (answer?.status === 200) ledger.ok.events.set(id, body);
    else ledger.unknown.events.set(id, body);
  }
}

function event(id: string, senderKey: string): Record<string, unknown> {
  return {
    id,
    type: "session.opened",
    senderKey,
    at: new Date().toISOString(),
    userKey: `u${id.slice(0, 12)}`,
    sessionId: `drill-${id}`,
    extra: code,
  };
}

async function pressButton(origin: string, ledger: Ledger, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const answer = await send(`${origin}/b/${code}`, { headers: { "user-agent": phone } });
    if (answer?.status === 302) ledger.ok.presses += 1;
    else ledger.unknown.presses += 1;
  }
}

async function attachFiles(
  origin: string,
  cookie: string,
  channel: string,
  ledger: Ledger,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    const text = `번호,이유\n${randomBytes(12).toString("hex")},시험\n`;
    const sha256 = createHash("sha256").update(text).digest("hex");
    const form = new FormData();
    form.append("item", "blocks-saved");
    form.append("file", new File([text], "차단 목록.csv", { type: "text/csv" }));
    const answer = await send(`${origin}/channels/${channel}/evidence?item=blocks-saved`, {
      method: "POST",
      headers: { cookie, origin, accept: "application/json" },
      body: form,
    });
    if (answer?.status === 201) ledger.ok.files.set(sha256, text);
    else ledger.unknown.files.add(sha256);
  }
}

/** A sender repeats what it got no answer to, with the same id. */
async function repeatUnknown(hook: string, ledger: Ledger): Promise<void> {
  for (const [id, body] of ledger.unknown.events) {
    const answer = await send(`${hook}/events`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    if (answer?.status === 200) ledger.ok.events.set(id, body);
  }
}

async function signIn(origin: string): Promise<string> {
  const login = demonstrationLogins[0];
  const csrf = await fetch(`${origin}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const jar = csrf.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
  const answer = await fetch(`${origin}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { origin, cookie: jar.join("; "), "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      csrfToken,
      email: login?.email ?? "",
      password: login?.password ?? "",
      callbackUrl: "/",
    }),
  });
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

async function channelsOf(owner: pg.Client): Promise<{ draft: string; senderKey: string }> {
  const { rows } = await owner.query<{ draft: string; senderKey: string }>(
    `SELECT (SELECT id::text FROM channels WHERE search_id = '한결비투비') AS draft,
      (SELECT sender_key FROM channels WHERE search_id = '한결생활') AS "senderKey"`,
  );
  return rows[0] ?? { draft: "", senderKey: "" };
}

/** What a killed process left in its spool is counted once its file has been still for 5 s (lib/placements/press-batch.ts). */
async function pressesSettled(owner: pg.Client, before: Counts, expected: number): Promise<void> {
  for (let seconds = 0; seconds < 30; seconds += 1) {
    if ((await counts(owner)).presses - before.presses >= expected) return;
    await sleep(1_000);
  }
}

type Counts = { presses: number; rollup: number };

async function counts(owner: pg.Client): Promise<Counts> {
  const { rows } = await owner.query<Counts>(
    `SELECT (SELECT count(*) FROM check_presses WHERE code = $1)::int AS presses,
      (SELECT coalesce(sum(d.presses), 0) FROM press_days d JOIN placements p ON p.id = d.placement_id WHERE p.code = $1)::int AS rollup`,
    [code],
  );
  return rows[0] ?? { presses: 0, rollup: 0 };
}

/** How many of each invariant are broken. */
async function judge(
  owner: pg.Client,
  before: Counts,
  ledger: Ledger,
  environment: NodeJS.ProcessEnv,
): Promise<[string, number][]> {
  const sessions = await owner.query<{ session: string; times: number }>(
    "SELECT session, count(*)::int AS times FROM check_sessions WHERE session LIKE 'drill-%' GROUP BY session",
  );
  const stored = new Map(sessions.rows.map(({ session, times }) => [session.slice("drill-".length), times]));
  const after = await counts(owner);
  const counted = after.presses - before.presses;
  const files = await owner.query<{ path: string; sha256: string; bytes: string }>(
    "SELECT path, sha256, bytes FROM check_files",
  );
  const known = new Set(files.rows.map(({ sha256 }) => sha256));
  const store = (environment.DAMSO_FILES ?? "").replace("file:", "");
  const unsound = files.rows.filter(
    ({ path: place, sha256, bytes }) => !sameFile(path.join(store, place), sha256, Number(bytes)),
  );
  const unaudited = await owner.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM evidence_files f WHERE NOT EXISTS (
      SELECT 1 FROM audit_events e WHERE e.action = 'evidence.attached' AND (e.target_id = f.id OR e.body LIKE '%' || f.id || '%'))`,
  );
  return [
    ["I1 events answered with success and lost", [...ledger.ok.events.keys()].filter((id) => !stored.has(id)).length],
    ["I2 events stored twice", [...stored.values()].filter((times) => times !== 1).length],
    ["I8 presses answered and not counted", Math.max(0, ledger.ok.presses - counted)],
    ["I8 presses counted that nobody made", Math.max(0, counted - ledger.ok.presses - ledger.unknown.presses)],
    ["I8 roll-up against recount", Math.abs(after.rollup - before.rollup - counted)],
    [
      "I1 files answered with success and lost",
      [...ledger.ok.files.keys()].filter((sha256) => !known.has(sha256)).length,
    ],
    ["I5 file rows without their file", unsound.length],
    ["I3 files without their audit entry", unaudited.rows[0]?.n ?? -1],
  ];
}

function sameFile(place: string, sha256: string, bytes: number): boolean {
  if (statSync(place, { throwIfNoEntry: false })?.size !== bytes) return false;
  return createHash("sha256").update(readFileSync(place)).digest("hex") === sha256;
}
