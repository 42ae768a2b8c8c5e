// The operator's commands of retention as processes of their own: what they print, how they end, and what is left in the database.
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { writeJournal } from "@/lib/archive/journal";
import { reckonDue } from "@/lib/archive/reckoning";
import type { JobActor } from "@/lib/auth/actor";
import { closeDatabase } from "@/lib/db/client";
import { approveDestruction, requestDestruction, startDestruction } from "@/lib/retention/commands/decide-destruction";
import { placeHold } from "@/lib/retention/commands/place-hold";
import { prepareDestruction } from "@/lib/retention/commands/prepare-destruction";
import { destructionPhrase } from "@/lib/retention/rules/destruction";
import { openReadingCompany, type ReadingCompany } from "@/lib/transcripts/testing";
import { makePolicy } from "@/prisma/seed/policies";

let company: ReadingCompany;
let job: JobActor;
const patience = 60_000;

beforeAll(async () => {
  company = await openReadingCompany();
  job = { kind: "job", name: "destructions", organizationId: company.ours };
  await makePolicy(
    { now: new Date(), officer: company.officer, admin: company.admin },
    {
      ...{ number: 1, name: "일반 문의" },
      versions: [{ savedDaysAgo: 400, count: 1, unit: "days", anchor: "session-end", basis: "pipa-15-1-1" }],
    },
  );
});
afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});

type Ended = { code: number; stdout: string; stderr: string };

function damso(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, ["scripts/damso.mjs", "--json", "retention", ...args], (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}
const ours = () => ["--organization", `ours-${company.ours}`];

async function all<T>(text: string, ...values: unknown[]): Promise<T[]> {
  return (await company.owner.query(text, values)).rows;
}
const left = async (ids: readonly string[]) =>
  (await all<{ id: string }>("SELECT id FROM consult_sessions WHERE id = ANY($1::uuid[]) ORDER BY id", [...ids])).map(
    ({ id }) => id,
  );
const eventsOf = async (action: string) =>
  (await all<{ n: number }>("SELECT count(*)::int n FROM audit_events WHERE action = $1", action))[0]?.n;

/** Consultations whose last day is over. */
async function due(count: number): Promise<string[]> {
  const at = new Date(Date.now() - 90 * 86_400_000);
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) ids.push(await company.consult({ at, userKey: `u${randomUUID().slice(0, 12)}` }));
  await reckonDue({ ...job, name: "reckoning" }, new Date());
  return ids.sort();
}

type Run = { id: string; begin: () => Promise<void>; approve: () => Promise<void> };

async function prepared(): Promise<Run> {
  const now = new Date();
  const { id, digest, sessions } = await prepareDestruction(company.officer, { kind: "routine", reason: "" }, now);
  const said = { destructionId: id, digest, note: "" };
  return {
    id,
    approve: async () => {
      await requestDestruction(company.officer, said, now);
      await approveDestruction(company.admin, { ...said, guardSeen: true }, now);
    },
    begin: () => startDestruction(company.officer, { ...said, phrase: destructionPhrase(sessions) }, new Date()),
  };
}

it(
  "previews what is due by channel, and freezes nothing",
  async () => {
    const [held = ""] = await due(3);
    await placeHold(company.officer, {
      ...{ scope: "session", session: held, title: "분쟁조정", reason: "조정이 열려 있습니다" },
      ...{
        ownerId: company.officer.personId,
        reviewOn: new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10),
      },
    });
    await reckonDue({ ...job, name: "reckoning" }, new Date());
    const { code, stdout, stderr } = await damso("preview");
    expect([code, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout).items).toMatchObject([
      {
        ...{ organization: `ours-${company.ours}`, channelId: company.channelId },
        ...{ ended: 3, held: 1, keptByLaw: 0, due: 2 },
      },
    ]);
    expect(await all("SELECT id FROM destructions")).toEqual([]);
    const nobody = await damso("preview", "--organization", "nobody");
    expect([nobody.code, nobody.stdout]).toEqual([1, ""]);
    expect(nobody.stderr).toContain("회사 nobody를 찾을 수 없습니다");
  },
  patience,
);

it(
  "goes on with a run that people began, and with no other",
  async () => {
    const ids = await due(2);
    const run = await prepared();
    const before = await left(ids);
    const refusals = [
      await damso("destroy", "--run", run.id),
      await (async () => {
        await run.approve();
        return damso("destroy", "--run", run.id, ...ours());
      })(),
    ];
    for (const { code, stdout, stderr } of refusals) {
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).toContain("아직 시작되지 않은 파기입니다");
    }
    const missing = [["all"], [randomUUID()], [run.id, "--organization", `theirs-${company.theirs}`]];
    const [unnamed, ...nowhere] = await Promise.all([
      damso("destroy"),
      ...missing.map((words) => damso("destroy", "--run", ...words)),
    ]);
    expect(unnamed?.code).toBe(2);
    expect(nowhere.map(({ code, stderr }) => [code, stderr.trim()])).toEqual(
      missing.map(() => [1, "찾을 수 없습니다. / Not found."]),
    );
    expect(await left(ids)).toEqual(before);
    expect(await eventsOf("destruction.batch")).toBe(0);

    await run.begin();
    const done = await damso("destroy", "--run", run.id);
    expect([done.code, JSON.parse(done.stdout)]).toEqual([0, { run: run.id, state: "finished", batches: 1 }]);
    expect(await left(ids)).toEqual([]);
    const again = await damso("destroy", "--run", run.id);
    expect([again.code, JSON.parse(again.stdout)]).toEqual([0, { run: run.id, state: "finished", batches: 0 }]);
    expect(await eventsOf("destruction.batch")).toBe(1);
  },
  patience,
);

it(
  "ends with 1 where the run stops, and destroys nothing of it",
  async () => {
    const ids = await due(2);
    const run = await prepared();
    await run.approve();
    await run.begin();
    await company.owner.query("UPDATE consult_sessions SET message_count = message_count + 1 WHERE id = $1", [ids[0]]);
    const { code, stdout } = await damso("destroy", "--run", run.id);
    expect([code, JSON.parse(stdout)]).toEqual([1, { run: run.id, state: "stopped", batches: 0 }]);
    expect(await left(ids)).toEqual(ids);
  },
  patience,
);

it(
  "replays after a restore what had been destroyed, and leaves an event of it",
  async () => {
    const ids = await due(2);
    const saved: [string, string[]][] = [];
    for (const table of ["ring_keys", "consult_sessions", "session_keys"])
      saved.push([
        table,
        (
          await all<{ one: string }>(
            `SELECT to_jsonb(t)::text AS one FROM ${table} t WHERE organization_id = $1`,
            company.ours,
          )
        ).map(({ one }) => one),
      ]);
    const run = await prepared();
    await run.approve();
    await run.begin();
    expect((await damso("destroy", "--run", run.id)).code).toBe(0);
    const gone = await all<{ id: string }>("SELECT session_id AS id FROM tombstones WHERE destruction_id = $1", run.id);
    expect(gone.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
    await writeJournal(job);

    // An older database is put back: it has the sessions and not their tombstones.
    await company.owner.query("DELETE FROM tombstones WHERE destruction_id = $1", [run.id]);
    for (const [table, lines] of saved)
      for (const line of lines)
        await company.owner.query(
          `INSERT INTO ${table} SELECT * FROM jsonb_populate_record(NULL::${table}, $1::jsonb) ON CONFLICT DO NOTHING`,
          [line],
        );
    expect(await left(ids)).toEqual(ids);
    const other = await company.consult();
    const replayed = await damso("replay", ...ours());
    expect([replayed.code, replayed.stderr]).toEqual([0, ""]);
    expect(JSON.parse(replayed.stdout).items).toEqual([
      { organization: `ours-${company.ours}`, destroyedAgain: gone.length },
    ]);
    expect(await left([...ids, other])).toEqual([other]);
    expect(await eventsOf("destruction.replayed")).toBe(1);
    const again = await damso("replay");
    expect(
      JSON.parse(again.stdout).items.map(({ destroyedAgain }: { destroyedAgain: number }) => destroyedAgain),
    ).toEqual([0, 0]);
    expect(await eventsOf("destruction.replayed")).toBe(1);
  },
  patience,
);
