// What a destruction must not do: come early by a clock, take another category, run outside its guard, or take what a law keeps.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reckonDue } from "@/lib/archive/reckoning";
import type { JobActor } from "@/lib/auth/actor";
import { addDays, kstDay } from "@/lib/clock";
import { NotFound, Refused } from "@/lib/errors";
import { registerRequest } from "@/lib/privacy/commands/register-request";
import { ingestEvents } from "@/lib/transcripts/commands/ingest-events";
import type { ConsultEvent } from "@/lib/transcripts/schema";
import { openReadingCompany, type ReadingCompany } from "@/lib/transcripts/testing";
import { makePolicy } from "@/prisma/seed/policies";
import { approveDestruction, requestDestruction, startDestruction } from "./commands/decide-destruction";
import { type Prepared, prepareDestruction } from "./commands/prepare-destruction";
import { runBatch } from "./commands/run-destruction";
import { destroyRoutinely, runDestructions } from "./jobs";
import { getDestruction } from "./queries/get-destruction";
import { listLedger } from "./queries/list-ledger";
import type { PrepareDestruction } from "./schema/destruction";

let company: ReadingCompany;
let job: JobActor;
const dayMs = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * dayMs);
const today = () => kstDay(new Date());

beforeAll(async () => {
  company = await openReadingCompany();
  job = { kind: "job", name: "destructions", organizationId: company.ours };
  const context = { now: new Date(), officer: company.officer, admin: company.admin };
  const words = { savedDaysAgo: 400, count: 1, unit: "days", anchor: "session-end", basis: "pipa-15-1-1" } as const;
  await makePolicy(context, {
    ...{ number: 1, name: "일반 문의", versions: [words], standing: { askedDaysAgo: 100 } },
  });
  await makePolicy(context, {
    ...{ number: 2, name: "불만·분쟁", category: "dispute" },
    versions: [{ savedDaysAgo: 400, count: 3, unit: "years", anchor: "case-closed", basis: "ecommerce-dispute" }],
  });
});
afterAll(() => company.owner.end());

const reckon = (now: Date) => reckonDue({ ...job, name: "reckoning" }, now);
const consult = (daysAgo: number, userKey = `u${randomUUID().slice(0, 12)}`) =>
  company.consult({ at: inDays(-daysAgo), userKey });

/** So many of yesterday's, told at once. */
async function consultMany(count: number): Promise<void> {
  const events = Array.from({ length: count }, (): ConsultEvent => {
    const sessionId = randomUUID();
    return {
      ...{ key: `message:${sessionId}`, digest: "", kind: "message", sessionId, userKey: `u${sessionId.slice(0, 12)}` },
      ...{
        at: inDays(-1),
        extra: null,
        entry: null,
        reason: null,
        direction: "in",
        row: "text",
        content: { text: "" },
      },
    };
  });
  await ingestEvents(company.dealer, company.channelId, events, new Date());
}

/** Consultations whose last day is over. */
async function due(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) ids.push(await consult(90));
  await reckon(new Date());
  return ids;
}

const left = async (ids: string[]) =>
  (await company.owner.query("SELECT id FROM consult_sessions WHERE id = ANY($1::uuid[]) ORDER BY id", [ids])).rows.map(
    ({ id }) => id as string,
  );

async function started(given: PrepareDestruction): Promise<Prepared> {
  const now = new Date();
  const run = await prepareDestruction(company.officer, given, now);
  const said = { destructionId: run.id, digest: run.digest, note: "" };
  await requestDestruction(company.officer, said, now);
  await approveDestruction(company.admin, { ...said, guardSeen: true }, now);
  await startDestruction(company.officer, { ...said, phrase: `파기 ${run.sessions}` }, now);
  return run;
}

async function runToEnd({ id }: { id: string }): Promise<string> {
  let outcome = await runBatch(job, id, new Date());
  for (; outcome === "batch"; outcome = await runBatch(job, id, new Date()));
  return outcome;
}

const routine = { kind: "routine", reason: "" } as const;
const stopNote = async ({ id }: { id: string }) =>
  (await getDestruction(company.officer, id, new Date()))?.steps.findLast(({ kind }) => kind === "stopped")?.note;

it("stops when one of them was classified otherwise", async () => {
  const ids = (await due(2)).sort();
  const run = await started(routine);
  await company.owner.query("UPDATE consult_sessions SET category = 'dispute' WHERE id = $1", [ids[1]]);
  expect([await runToEnd(run), await stopNote(run)]).toEqual(["stopped", "category"]);
  expect(await left(ids)).toEqual(ids);
  await company.owner.query("UPDATE consult_sessions SET category = 'general' WHERE id = $1", [ids[1]]);
});

describe("a clock that is wrong", () => {
  it("destroys nothing early when the process runs ninety days ahead of the database", async () => {
    await runToEnd(await started(routine));
    const ids = (await Promise.all([consult(0), consult(10)])).sort();
    // By the wrong clock both have ended and are over.
    await reckon(inDays(90));
    const { rows } = await company.owner.query(
      "SELECT due_on < (now() + interval '90 days')::date AS over FROM consult_sessions WHERE id = ANY($1::uuid[])",
      [ids],
    );
    expect(rows).toEqual([{ over: true }, { over: true }]);
    for (const given of [routine, { ...routine, dueThrough: addDays(today(), 80) }])
      await expect(prepareDestruction(company.officer, given, inDays(90))).rejects.toThrow(Refused);
    expect([await destroyRoutinely(job, inDays(90)), await left(ids)]).toEqual(["nothing due", ids]);
    await reckon(new Date());
  });

  it("destroys nothing early when the database runs ahead of the process", async () => {
    const ids = (await due(2)).sort();
    // Seen from the process it is the day before they ended: the database alone says that they are over.
    const behind = inDays(-61);
    await expect(prepareDestruction(company.officer, routine, behind)).rejects.toThrow(Refused);
    const run = await started(routine);
    expect(await runBatch(job, run.id, behind)).toBe("stopped");
    expect([await stopNote(run), await left(ids)]).toEqual(["early", ids]);
  });
});

describe("before its day", () => {
  it("destroys what is named for a reason, and nothing else", async () => {
    const [named, other] = [await consult(0), await consult(0)];
    await reckon(new Date());
    const run = await started({ kind: "early", sessionIds: named, reason: "잘못 받은 상담입니다" });
    expect([run.sessions, await runToEnd(run)]).toEqual([1, "finished"]);
    expect(await left([named, other])).toEqual([other]);
    const { items } = await listLedger(company.auditor, {});
    expect(items.find(({ destructionId }) => destructionId === run.id)).toMatchObject({
      ...{ count: 1, reason: "purpose-met", method: "key-destroyed" },
    });
    const gone = { kind: "early", sessionIds: named, reason: "한 번 더 파기합니다" } as const;
    await expect(prepareDestruction(company.officer, gone, new Date())).rejects.toThrow(Refused);
  });

  it("destroys what a data subject asked for, but not what a law keeps", async () => {
    const userKey = "Subject_01aB";
    const [free, disputed, another] = [await consult(0, userKey), await consult(0, userKey), await consult(0)];
    const classify = (id: string) =>
      company.owner.query("UPDATE consult_sessions SET category = 'dispute' WHERE id = $1", [id]);
    await classify(disputed);
    await reckon(new Date());
    const { channelId } = company;
    const { id: dataRequestId } = await registerRequest(company.officer, {
      ...{ kind: "deletion", receivedOn: today(), receivedVia: "kakaotalk", proxy: false, channelId, userKey },
      ...{ identity: "본인 확인함", detail: "모두 지워 주십시오" },
    });
    const asked = { kind: "request", dataRequestId, reason: "" } as const;
    const run = await started(asked);
    expect([run.sessions, await runToEnd(run)]).toEqual([1, "finished"]);
    expect(await getDestruction(company.officer, run.id, new Date())).toMatchObject({ keptByLaw: 1, dataRequestId });
    expect(await left([free, disputed, another])).toEqual([disputed, another].sort());
    const { items } = await listLedger(company.auditor, {});
    expect(items.find(({ destructionId }) => destructionId === run.id)).toMatchObject({ count: 1, reason: "request" });
    // All that is left is kept by a law: refused with its article.
    await expect(prepareDestruction(company.officer, asked, new Date())).rejects.toMatchObject({
      ...{ key: "retention.destructions.refused.byLaw", values: { article: expect.stringMatching(/제6조/) } },
    });
    const nowhere = { ...asked, dataRequestId: randomUUID() };
    await expect(prepareDestruction(company.officer, nowhere, new Date())).rejects.toThrow(NotFound);
  });
});

describe("a standing approval", () => {
  const runs = async () =>
    (await company.owner.query("SELECT count(*)::int n FROM destructions WHERE prepared_by IS NULL")).rows[0].n;

  it("begins nothing outside its guard: too large a share, or a day that nobody forecast", async () => {
    const ids = (await due(3)).sort();
    expect([await destroyRoutinely(job, new Date()), await runs()]).toEqual(["guard share", 0]);
    await consultMany(150);
    await reckon(new Date());
    await company.owner.query("DELETE FROM destruction_forecasts WHERE day = $1", [today()]);
    expect([await destroyRoutinely(job, new Date()), await runs()]).toEqual(["guard none", 0]);
    expect(await left(ids)).toEqual(ids);
  });

  it("begins and finishes what is due inside it, in the name of who agreed", async () => {
    const ids = await due(1);
    await company.owner.query(
      "INSERT INTO destruction_forecasts (organization_id, day, sessions) VALUES ($1, $2, 4) ON CONFLICT DO NOTHING",
      [company.ours, today()],
    );
    expect(await destroyRoutinely(job, new Date())).toMatch(/^DR-\d{4}-\d\d: \d+$/);
    await runDestructions(new Date());
    expect([await left(ids), await runs()]).toEqual([[], 1]);
    const { items } = await listLedger(company.auditor, {});
    const entry = items.find(({ handledBy }) => handledBy === null);
    expect(entry).toMatchObject({ count: expect.any(Number), reason: "period-over", approvedBy: "CLIENT_ADMIN" });
  });
});
