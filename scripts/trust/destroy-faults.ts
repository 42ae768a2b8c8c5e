// What befalls a run of destruction: the server is killed, the database restarts under new holds, an instance is frozen (trust.md F-01, F-09, F-18).
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { formWith, submit } from "@/e2e/harness-form";
import { addDays, kstDay } from "@/lib/clock";
import { connectAsOwner } from "@/lib/db/owner";
import {
  asOwner,
  beginRun,
  type Ground,
  prepareGround,
  progressOf,
  until,
  untilBegun,
  untilOver,
} from "./destroy-ground";
import { standing } from "./destroy-instance";
import { judgeRun, type Verdict } from "./destroy-verdicts";

export type Round = { name: string; verdicts: Verdict[]; figures: object };

/** F-01: kill -9 at a random moment of a run, then it is gone on with. `gated`: while a row's lock holds it inside a batch. */
export async function killed(sessions: number, random: () => number, gated: boolean): Promise<Round> {
  const [instance] = await standing(1);
  const ground = await prepareGround(sessions);
  const gate = gated ? await lockRow(ground, random) : null;
  await beginRun(ground);
  if (gate) await untilWaits(ground);
  else {
    await untilBegun(ground.runId, ground.due.length);
    await sleep(someMoment(random, sessions));
  }
  instance?.child.kill("SIGKILL");
  await instance?.ended;
  await gate?.end();
  const struck = await asOwner((owner) => progressOf(owner, ground.runId));
  await standing(1);
  const over = await untilOver(ground.runId);
  const verdicts = await judgeRun(ground);
  return {
    name: gated ? "F-01 kill -9 inside a batch" : "F-01 kill -9",
    verdicts: [
      ["run was not in progress when it was killed", struck.pending > 0 && struck.over === "" ? 0 : 1],
      ["run not finished after the restart", over === "finished" ? 0 : 1],
      ...verdicts,
    ],
    figures: { sessions: ground.due.length, leftAtKill: struck.pending },
  };
}

/** F-18: holds come in by the portal at random moments of a run while PostgreSQL restarts. */
export async function heldWhileRestarting(
  ground: Ground,
  random: () => number,
  restart: () => Promise<void>,
): Promise<Round> {
  await standing(1);
  await beginRun(ground);
  const stop = new AbortController();
  const tries: HoldTry[] = [];
  const forms = await Promise.all([0, 1, 2].map(() => holdForm(ground)));
  const writers = forms.map((send) => placeHolds(ground, random, send, tries, stop.signal));
  await untilBegun(ground.runId, ground.due.length);
  await sleep(someMoment(random, ground.due.length));
  const struck = await asOwner((owner) => progressOf(owner, ground.runId));
  await restart();
  const over = await untilOver(ground.runId);
  stop.abort();
  await Promise.all(writers);
  const verdicts = await judgeRun(ground);
  const found = await holdsOf(ground);
  const alive = new Set(found.left);
  const wanted = (kind: HoldTry["answer"]) => tries.filter(({ answer }) => answer === kind);
  return {
    name: "F-18 holds while PostgreSQL restarts",
    verdicts: [
      ["run was not in progress when PostgreSQL stopped", struck.pending > 0 && struck.over === "" ? 0 : 1],
      ["run not finished", over === "finished" ? 0 : 1],
      ["no hold was answered with success", wanted("ok").length === 0 ? 1 : 0],
      ["holds answered with success that are not there", wanted("ok").filter(({ id }) => !found.held.has(id)).length],
      ["I6 held lost", wanted("ok").filter(({ id }) => !alive.has(id)).length],
      ["holds there whose consultation is gone", [...found.held.keys()].filter((id) => !alive.has(id)).length],
      ["holds refused and there", wanted("refused").filter(({ id }) => found.held.has(id)).length],
      ["holds placed twice", [...found.held.values()].filter((times) => times > 1).length],
      ...verdicts,
    ],
    figures: {
      ...{ sessions: ground.due.length, leftAtStop: struck.pending },
      ...{ ok: wanted("ok").length, refused: wanted("refused").length, unknown: wanted("unknown").length },
    },
  };
}

/**
 * F-09: of two instances the one that is inside a batch is stopped (SIGSTOP) and goes on later. `cut`: its connection ends meanwhile, as the
 * database's limit of 60 s would end it, so that it has lost its lock when it goes on.
 */
export async function frozen(sessions: number, random: () => number, seconds: number, cut: boolean): Promise<Round> {
  const instances = await standing(2);
  const ground = await prepareGround(sessions);
  const gate = await lockRow(ground, random);
  await beginRun(ground);
  const holder = await untilWaits(ground);
  const stopped = instances.find((one) => one.ports().has(holder.port));
  if (!stopped) throw new Error("No instance is inside the run");
  stopped.child.kill("SIGSTOP");
  await gate.end();
  if (cut) await asOwner((owner) => owner.query("SELECT pg_terminate_backend($1)", [holder.pid]));
  await sleep(seconds * 1_000);
  const meanwhile = await asOwner((owner) => progressOf(owner, ground.runId));
  stopped.child.kill("SIGCONT");
  const over = await untilOver(ground.runId);
  const verdicts = await judgeRun(ground);
  return {
    name: cut ? "F-09 frozen, lock lost" : "F-09 frozen inside a batch",
    verdicts: [
      ["run not finished", over === "finished" ? 0 : 1],
      [
        cut ? "the other did not go on" : "the other went on past the lock",
        (meanwhile.over === "finished") === cut ? 0 : 1,
      ],
      ...verdicts,
    ],
    figures: { sessions: ground.due.length, frozenSeconds: seconds, leftWhenThawed: meanwhile.pending },
  };
}

/** Milliseconds after the first batch, well before the last: a run destroys some thousand a second. */
const someMoment = (random: () => number, sessions: number) => Math.floor((random() * sessions) / 20);

type HoldTry = { id: string; answer: "ok" | "refused" | "unknown" };
type Send = (session: string) => Promise<{ status: number; location: string } | null>;

async function holdForm({ company }: Ground): Promise<Send> {
  const who = company.people.COMPLIANCE_OFFICER.caller;
  const page = "/retention/holds/new?scope=session";
  const form = formWith(await who.get(page), page, { scope: "session" });
  const { personId } = company.people.COMPLIANCE_OFFICER;
  const said = { title: `보존 ${company.marker}`, reason: "절차가 끝날 때까지 둡니다", ownerId: personId };
  return async (session) => {
    try {
      const reviewOn = addDays(kstDay(new Date()), 60);
      const answer = await submit(who, form, { ...said, session, reviewOn });
      return { status: answer.status, location: answer.headers.location ?? "" };
    } catch {
      // No answer: whether it happened is unknown, which is what the drill is about.
      return null;
    }
  };
}

async function placeHolds(
  ground: Ground,
  random: () => number,
  send: Send,
  tries: HoldTry[],
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    const id = ground.due[Math.floor(random() * ground.due.length)] ?? "";
    if (tries.some((one) => one.id === id) || ground.held.has(id)) continue;
    const one: HoldTry = { id, answer: "unknown" };
    tries.push(one);
    const answer = await send(id);
    if (answer?.status === 303 && /^(https?:\/\/[^/]+)?\/retention\/holds\/[0-9a-f-]{36}/.test(answer.location))
      one.answer = "ok";
    else if (answer && answer.status < 500 && answer.status !== 303) one.answer = "refused";
    await sleep(20 + Math.floor(random() * 60));
  }
}

const holdsOf = ({ company }: Ground) =>
  asOwner(async (owner) => {
    const held = await owner.query<{ id: string; times: number }>(
      "SELECT session_id::text AS id, count(*)::int AS times FROM holds WHERE organization_id = $1 AND scope = 'session' GROUP BY 1",
      [company.id],
    );
    const left = await owner.query<{ id: string }>("SELECT id::text FROM consult_sessions WHERE organization_id = $1", [
      company.id,
    ]);
    return { held: new Map(held.rows.map(({ id, times }) => [id, times])), left: left.rows.map(({ id }) => id) };
  });

/** Locks a consultation of the run's middle from a connection of its own. */
async function lockRow({ due, held }: Ground, random: () => number): Promise<pg.Client> {
  const owner = await connectAsOwner(process.env.DATABASE_URL ?? "");
  const free = due.filter((id) => !held.has(id));
  const middle = free[Math.floor(free.length * (0.2 + 0.6 * random()))];
  await owner.query("BEGIN");
  await owner.query("SELECT FROM consult_sessions WHERE id = $1 FOR UPDATE", [middle]);
  return owner;
}

type Holder = { pid: number; port: number };

/** Waits until the server has the run's own lock and stands before a row. */
async function untilWaits({ runId }: Ground): Promise<Holder> {
  const found = await until(
    async (owner) => {
      const { rows } = await owner.query<Holder>(
        `SELECT a.pid, a.client_port AS port FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
         WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND a.wait_event_type = 'Lock'
           AND ((l.classid::bigint << 32) | l.objid::bigint) = hashtextextended($1, 0)`,
        [`damso destruction ${runId}`],
      );
      return rows[0];
    },
    (holder) => holder !== undefined,
  );
  if (!found) throw new Error("The run never stood at the locked row");
  return found;
}
