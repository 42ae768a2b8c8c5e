// The application's clock jumps while the database's goes on (trust.md F-08).
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { Caller } from "@/e2e/harness-caller";
import { runs } from "@/e2e/harness-destruction";
import { formsOf, submit } from "@/e2e/harness-form";
import { kstDay } from "@/lib/clock";
import { root } from "../settings.mjs";
import type { Round } from "./destroy-faults";
import { asOwner, forgetRuns, type Ground, prepareGround, until } from "./destroy-ground";
import { openInstance, standing } from "./destroy-instance";
import { signIn } from "./drill-writers";

const day = 86_400_000;
const kst = 9 * 3_600_000;

/** Each jump once; a server works under it for 25 s, longer than its scheduler's turn. */
export async function clockRounds(): Promise<Round[]> {
  const toMidnight = day - ((Date.now() + kst) % day);
  const jumps: [string, number][] = [
    ["90 days ahead", 90 * day],
    ["1 day back", -day],
    ["at 23:59:50 KST of the day", toMidnight - 10_000],
  ];
  const rounds: Round[] = [];
  for (const [name, ahead] of jumps) rounds.push(await jumped(name, ahead));
  return rounds;
}

async function jumped(name: string, ahead: number): Promise<Round> {
  await standing(1);
  const ground = await prepareGround(300);
  await standing(0);
  // The day's jobs are to be done again, by whatever day the clock says.
  await forgetRuns(ground.company.id);
  const preload = pathToFileURL(path.join(root, "scripts/trust/shifted-clock.mjs")).href;
  const shifted = { NODE_OPTIONS: `--import ${preload}`, DRILL_CLOCK_MS: String(ahead) };
  const instance = await openInstance(shifted, "/healthz");
  const ready = await fetch(`${process.env.DAMSO_URL}/readyz`);
  const said = (await ready.json()) as { clock?: string };
  const stale = await ground.company.people.COMPLIANCE_OFFICER.caller.copy().get(runs);
  const frozen = await freezeNow(ground);
  await sleep(25_000);
  const wrong = await facts(ground);
  await instance.end();
  // The same company under a right clock: the day's work is neither lost nor doubled.
  await standing(1);
  const right = await until(
    () => facts(ground),
    ({ jobs }) => jobs > 0,
  );
  return {
    name: `F-08 application ${name}`,
    verdicts: [
      ["fit to serve though the clocks differ", ready.status === 503 && said.clock === "failing" ? 0 : 1],
      ["destroyed though nobody began a run", wrong.gone + right.gone],
      ["consultations missing", ground.initial.size - right.left],
      ["frozen before their last day", right.early],
      ["runs begun by themselves", right.begun],
      ["session of 12 hours still good", ahead > day && stale.status === 200 ? 1 : 0],
      ["jobs done under the wrong clock", wrong.jobs],
      ["jobs done other than once a period", right.doubled],
      ["no job was done under the right one", right.jobs === 0 ? 1 : 0],
    ],
    figures: { ready: ready.status, oldSession: stale.status, frozen, wrong, right },
  };
}

/** Whoever signs in under that clock freezes what it calls due. @returns the answer's status, 0 where there was nothing to freeze */
async function freezeNow({ company }: Ground): Promise<number> {
  const { email } = company.people.COMPLIANCE_OFFICER;
  const cookie = await signIn(process.env.DAMSO_URL ?? "", { email, password: company.password });
  const who = new Caller(Object.fromEntries(cookie.split("; ").map((pair) => pair.split(/=(.*)/s).slice(0, 2))));
  const page = await who.get(runs);
  const form = formsOf(page.text, runs).find(({ fields }) =>
    fields.some(([name, value]) => name === "kind" && value === "routine"),
  );
  return form ? (await submit(who, form)).status : 0;
}

type Facts = { gone: number; left: number; early: number; begun: number; doubled: number; jobs: number };

const facts = ({ company, runId }: Ground) =>
  asOwner(async (owner) => {
    const { rows } = await owner.query<Facts>(
      `SELECT (SELECT count(*)::int FROM tombstones WHERE organization_id = $1) AS gone,
         (SELECT count(*)::int FROM consult_sessions WHERE organization_id = $1) AS left,
         (SELECT count(*)::int FROM destruction_items i JOIN destructions d ON d.id = i.destruction_id
            WHERE d.organization_id = $1 AND d.kind = 'routine' AND d.id <> $2 AND i.due_on >= $3::date) AS early,
         (SELECT count(*)::int FROM destruction_steps WHERE organization_id = $1 AND kind = 'started') AS begun,
         (SELECT count(*)::int FROM (SELECT FROM job_runs WHERE organization_id = $1 AND result = 'ok' GROUP BY job HAVING count(*) > 1) j) AS doubled,
         (SELECT count(*)::int FROM job_runs WHERE organization_id = $1 AND result = 'ok') AS jobs`,
      [company.id, runId, kstDay(new Date())],
    );
    if (!rows[0]) throw new Error("Nothing was counted");
    return rows[0];
  });
