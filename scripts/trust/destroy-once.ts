// What two do at the same second happens once: the daily job, an import, the reckoning (trust.md F-09).
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { wrote } from "@/e2e/harness-hook";
import { reckonDue } from "@/lib/archive/reckoning";
import { root } from "../settings.mjs";
import type { Round } from "./destroy-faults";
import { asOwner, forgetRuns, type Ground, prepareGround, until } from "./destroy-ground";
import { standing } from "./destroy-instance";

const imported = 1_000;
const routine = "destruction-routine";

/** Two servers and two commands at once. @param sessions of the company */
export async function once(sessions: number): Promise<Round> {
  await standing(2);
  const ground = await prepareGround(sessions);
  const { company } = ground;
  const before = await due(ground);
  await forgetRuns(company.id, routine);
  const jobs = await twice("job", routine, "--organization", company.marker, "--json");
  const period = await until(runsOf(company.id), ({ ok }) => ok > 0);
  const file = path.join(process.env.DAMSO_MAIL ?? "", `${company.marker}.ndjson`);
  const word = randomUUID();
  const lines = Array.from({ length: imported }, (_none, n) => wrote(company, `once-${word}-${n}`, `글 ${n}`));
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const imports = await twice(
    "transcripts",
    "import",
    file,
    "--channel",
    `@${company.marker}`,
    "--organization",
    company.marker,
  );
  const stored = await asOwner(async (owner) => {
    const { rows } = await owner.query<{ sessions: number; messages: number }>(
      `SELECT count(*)::int AS sessions, coalesce(sum((SELECT count(*) FROM messages m WHERE m.session_id = s.id)), 0)::int AS messages
       FROM consult_sessions s WHERE organization_id = $1 AND external_id LIKE 'once-%'`,
      [company.id],
    );
    return rows[0] ?? { sessions: -1, messages: -1 };
  });
  await asOwner((owner) =>
    owner.query("UPDATE retention_settings SET epoch = epoch + 1 WHERE organization_id = $1", [company.id]),
  );
  const clerk = { kind: "job", name: "reckoning", organizationId: company.id } as const;
  const reckon = async () => {
    for (let done = 1; done > 0; ) done = (await reckonDue(clerk, new Date())).sessions;
  };
  await Promise.all([reckon(), reckon()]);
  const after = await due(ground);
  const sums = await until(sumsOf(company.id), (wrong) => wrong === 0);
  const last = await runsOf(company.id)();
  return {
    name: "F-09 two at the same second",
    verdicts: [
      ["periods of the daily job run other than once", Math.abs(period.ok - 1) + Math.abs(last.ok - 1) + last.others],
      ["job commands that failed", jobs.filter((code) => code !== 0).length],
      // The one that finds the other at work on the same file says so and ends with 1.
      ["no import went through", imports.includes(0) ? 0 : 1],
      ["imported consultations stored other than once", Math.abs(stored.sessions - imported)],
      ["imported messages stored other than once", Math.abs(stored.messages - imported)],
      ["last days that another reckoning moved", [...before].filter(([id, day]) => after.get(id) !== day).length],
      ["sums of due days that a recount denies", sums],
    ],
    figures: { jobs, imports, ...stored, reckoned: after.size },
  };
}

/** The exit codes of a command begun twice at once. */
function twice(...words: string[]): Promise<(number | null)[]> {
  return Promise.all(
    [1, 2].map(
      () =>
        new Promise<number | null>((resolve) => {
          const child = spawn(process.execPath, ["scripts/damso.mjs", ...words], {
            cwd: root,
            stdio: ["ignore", "ignore", "inherit"],
          });
          child.once("exit", resolve);
        }),
    ),
  );
}

const runsOf = (organizationId: string) => () =>
  asOwner(async (owner) => {
    const { rows } = await owner.query<{ ok: number; others: number }>(
      `SELECT count(*) FILTER (WHERE result = 'ok')::int AS ok, count(*) FILTER (WHERE result IS DISTINCT FROM 'ok')::int AS others
       FROM job_runs WHERE organization_id = $1 AND job = $2`,
      [organizationId, routine],
    );
    return rows[0] ?? { ok: 0, others: 0 };
  });

const due = ({ company }: Ground) =>
  asOwner(async (owner) => {
    const { rows } = await owner.query<{ id: string; day: string }>(
      "SELECT id::text, coalesce(due_on::text, '') AS day FROM consult_sessions WHERE organization_id = $1 AND external_id NOT LIKE 'once-%'",
      [company.id],
    );
    return new Map(rows.map(({ id, day }) => [id, day]));
  });

/** Days whose number of consultations is not what due_days says. */
const sumsOf = (organizationId: string) => () =>
  asOwner(async (owner) => {
    const { rows } = await owner.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM (SELECT due_on, count(*) AS n FROM consult_sessions WHERE organization_id = $1 AND due_on IS NOT NULL GROUP BY 1) s
       FULL JOIN (SELECT due_on, sum(sessions) AS n FROM due_days WHERE organization_id = $1 GROUP BY 1 HAVING sum(sessions) <> 0) d USING (due_on)
       WHERE s.n IS DISTINCT FROM d.n AND due_on IS NOT NULL AND due_on < '9999-01-01'`,
      [organizationId],
    );
    return rows[0]?.n ?? -1;
  });
