import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { JobActor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { closeDatabase } from "@/lib/db/client";
import { organizationsDue } from "@/lib/db/crossings";
import { type Job, runAllDue, runPeriod, startJobs } from "./jobs";
import { claimRun, listJobRuns, renewRun } from "./jobs/ledger";
import { duePeriod } from "./jobs/period";

const period = "2026-11-22";
let owner: pg.Client;
let organizationId: string;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=Asia/Seoul" });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
});
beforeEach(async () => {
  organizationId = randomUUID();
  await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, $2, '우리')", [
    organizationId,
    organizationId,
  ]);
});

const write = (actor: JobActor, id: string) =>
  change(actor, "audit:verify", (_, record) => record({ action: "test.recorded", target: { kind: "test", id } }));
const writing: Job = {
  name: "test",
  every: "day",
  run: async (actor) => {
    await write(actor, "work");
    return "done";
  },
};
const rows = async () =>
  (
    await owner.query<{ result: string | null; lease: number; detail: string; waits: boolean }>(
      "SELECT result, lease, detail, lease_until > clock_timestamp() AS waits FROM job_runs WHERE organization_id = $1",
      [organizationId],
    )
  ).rows;
const written = async () =>
  (
    await owner.query<{ id: string }>(
      "SELECT target_id AS id FROM audit_events WHERE organization_id = $1 ORDER BY at",
      [organizationId],
    )
  ).rows.map(({ id }) => id);
/** As if the holder had been frozen for longer than its lease. */
const expire = () =>
  owner.query("UPDATE job_runs SET lease_until = clock_timestamp() - interval '1 second' WHERE organization_id = $1", [
    organizationId,
  ]);

function gate(): { open: () => void; opened: Promise<void> } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe("a run", () => {
  it("happens once per organization and period, however many try", async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => runPeriod(writing, organizationId, period)));
    expect(outcomes.map(({ result }) => result).sort()).toEqual([...Array(7).fill("not due"), "ok"]);
    expect((await runPeriod(writing, organizationId, period)).result).toBe("not due");
    expect((await runPeriod(writing, organizationId, "2026-11-23")).result).toBe("ok");
    expect(await written()).toEqual(["work", "work"]);
    expect((await rows()).map(({ result, detail }) => [result, detail])).toEqual([
      ["ok", "done"],
      ["ok", "done"],
    ]);
  });

  it("that failed is on record and tried again later, or at once when asked", async () => {
    let fails = true;
    const job: Job = {
      ...writing,
      run: async (actor) => {
        if (fails) throw new Error("no such file\nsecond line");
        return writing.run(actor, new Date());
      },
    };
    expect((await runPeriod(job, organizationId, period)).result).toBe("failed");
    expect(await rows()).toEqual([
      { result: "failed", lease: 1, detail: "Error: no such file\nsecond line", waits: true },
    ]);
    expect(await organizationsDue("test", period)).not.toContain(organizationId);
    fails = false;
    expect((await runPeriod(job, organizationId, period)).result).toBe("not due");
    expect((await runPeriod(job, organizationId, period, true)).result).toBe("ok");
    expect(await rows()).toMatchObject([{ result: "ok", lease: 2, detail: "done" }]);
  });

  it("is taken over from a runner that went silent, whose later writes are refused", async () => {
    const thaw = gate();
    const begun = gate();
    const frozen: Job = {
      ...writing,
      run: async (actor) => {
        await write(actor, "before");
        begun.open();
        await thaw.opened;
        await write(actor, "after");
        return "too late";
      },
    };
    const first = runPeriod(frozen, organizationId, period);
    await begun.opened;
    expect((await runPeriod(writing, organizationId, period)).result).toBe("not due");
    await expire();
    expect(await organizationsDue("test", period)).toContain(organizationId);
    expect((await runPeriod(writing, organizationId, period)).result).toBe("ok");
    thaw.open();
    expect((await first).result).toBe("lost");
    expect(await written()).toEqual(["before", "work"]);
    expect(await rows()).toMatchObject([{ result: "ok", lease: 2, detail: "done" }]);
  });

  it("cannot be taken while its runner's transaction is open, nor ended by one that lost it", async () => {
    const clerk: JobActor = { kind: "job", name: "test", organizationId };
    const run = await claimRun(clerk, period);
    if (!run) throw new Error("not claimed");
    await expire();
    const finish = gate();
    const inside = gate();
    const holding = change({ ...clerk, run }, "audit:verify", async (_, record) => {
      inside.open();
      await finish.opened;
      await record({ action: "test.recorded", target: { kind: "test", id: "held" } });
    });
    await inside.opened;
    expect(await claimRun(clerk, period)).toBeNull();
    await renewRun(clerk, run);
    finish.open();
    await holding;
    expect((await rows())[0]?.waits).toBe(false);
    expect((await claimRun(clerk, period))?.lease).toBe(2);
    expect(await written()).toEqual(["held"]);
  });

  it("once finished is never changed or deleted", async () => {
    await runPeriod(writing, organizationId, period);
    await expect(
      owner.query("UPDATE job_runs SET result = 'failed' WHERE organization_id = $1", [organizationId]),
    ).rejects.toThrow(/has ended/);
    await expect(owner.query("DELETE FROM job_runs WHERE organization_id = $1", [organizationId])).rejects.toThrow(
      /has ended/,
    );
  });

  it("is seen in its own organization only", async () => {
    await runPeriod(writing, organizationId, period);
    const operator = { kind: "operator", name: "root", organizationId } as const;
    expect(await listJobRuns(operator, 10)).toMatchObject([{ job: "test", period, result: "ok" }]);
    expect(await listJobRuns({ ...operator, organizationId: randomUUID() }, 10)).toEqual([]);
  });
});

describe("the scheduler", () => {
  const count = async (job: string) =>
    Number(
      (await owner.query("SELECT count(*) AS n FROM job_runs WHERE job = $1 AND result = 'ok'", [job])).rows[0]?.n,
    );
  const organizations = async () => Number((await owner.query("SELECT count(*) AS n FROM organizations")).rows[0]?.n);

  it("catches up with the last period missed, once, in every organization", async () => {
    const job: Job = { ...writing, name: "caught-up" };
    await Promise.all([runAllDue([job], new AbortController().signal), runAllDue([job], new AbortController().signal)]);
    expect(await count("caught-up")).toBe(await organizations());
    await runAllDue([job], new AbortController().signal);
    expect(await count("caught-up")).toBe(await organizations());
    const [row] = (await owner.query("SELECT DISTINCT period FROM job_runs WHERE job = 'caught-up'")).rows;
    expect(row).toEqual({ period: duePeriod(job, new Date()) });
  });

  it("starts at once, goes on after a failure and stops", async () => {
    let calls = 0;
    const job: Job = { ...writing, name: "started" };
    const chore = {
      name: "test-chore",
      everySeconds: 1,
      run: async () => {
        calls += 1;
        if (calls === 1) throw new Error("once");
      },
    };
    const stop = startJobs({ jobs: [job], chores: [chore] });
    await vi.waitFor(() => expect(calls).toBeGreaterThan(1), { timeout: 8_000 });
    await vi.waitFor(async () => expect(await count("started")).toBe(await organizations()), { timeout: 8_000 });
    await stop();
  });
});
