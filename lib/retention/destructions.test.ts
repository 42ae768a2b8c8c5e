// A destruction on a database: frozen, agreed to by another, run once; a hold takes out, anything else stops.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reckonDue } from "@/lib/archive/reckoning";
import type { JobActor } from "@/lib/auth/actor";
import { Conflict, Forbidden, NotFound, Refused } from "@/lib/errors";
import { openReadingCompany, type ReadingCompany } from "@/lib/transcripts/testing";
import { makePolicy } from "@/prisma/seed/policies";
import { approveDestruction, requestDestruction, startDestruction } from "./commands/decide-destruction";
import { placeHold } from "./commands/place-hold";
import { type Prepared, prepareDestruction } from "./commands/prepare-destruction";
import { runBatch } from "./commands/run-destruction";
import { getDestruction } from "./queries/get-destruction";
import { listLedger } from "./queries/list-ledger";

let company: ReadingCompany;
let job: JobActor;

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
afterAll(() => company.owner.end());

/** Consultations that ended long ago: their last day is over. */
async function dueSessions(count: number): Promise<string[]> {
  const at = new Date(Date.now() - 90 * 86_400_000);
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) ids.push(await company.consult({ at, userKey: `u${randomUUID().slice(0, 12)}` }));
  await reckonDue({ ...job, name: "reckoning" }, new Date());
  return ids;
}

const left = async (ids: string[]) =>
  (await company.owner.query("SELECT id FROM consult_sessions WHERE id = ANY($1::uuid[]) ORDER BY id", [ids])).rows.map(
    ({ id }) => id as string,
  );

async function approved(): Promise<Prepared> {
  const now = new Date();
  const run = await prepareDestruction(company.officer, { kind: "routine", reason: "" }, now);
  const said = { destructionId: run.id, digest: run.digest, note: "" };
  await requestDestruction(company.officer, said, now);
  await approveDestruction(company.admin, { ...said, guardSeen: true }, now);
  return run;
}

async function started(): Promise<Prepared> {
  const run = await approved();
  const said = { destructionId: run.id, digest: run.digest, phrase: `파기 ${run.sessions}` };
  await startDestruction(company.officer, said, new Date());
  return run;
}

async function runToEnd(id: string): Promise<string[]> {
  const outcomes: string[] = [];
  for (let turn = 0; turn < 10; turn += 1) {
    const outcome = await runBatch(job, id, new Date());
    outcomes.push(outcome);
    if (outcome !== "batch") break;
  }
  return outcomes;
}

const stateOf = async (id: string) => (await getDestruction(company.officer, id, new Date()))?.state;

describe("a destruction", () => {
  it("destroys exactly what was looked at, and enters the ledger once", async () => {
    const ids = await dueSessions(3);
    const run = await started();
    expect(run.sessions).toBe(3);
    expect(await runToEnd(run.id)).toEqual(["batch", "finished"]);
    expect(await left(ids)).toEqual([]);
    expect(await runBatch(job, run.id, new Date())).toBe("idle");
    const { items } = await listLedger(company.auditor, {});
    expect(items.filter(({ destructionId }) => destructionId === run.id)).toMatchObject([
      { count: 3, method: "key-destroyed" },
    ]);
  });

  it("is run once by two at the same time", async () => {
    const ids = await dueSessions(4);
    const run = await started();
    await Promise.all([runToEnd(run.id), runToEnd(run.id)]);
    await runToEnd(run.id);
    expect(await left(ids)).toEqual([]);
    expect(await stateOf(run.id)).toBe("finished");
    const { rows } = await company.owner.query(
      "SELECT count(*)::int n FROM audit_events WHERE target_id = $1 AND action = 'destruction.batch'",
      [run.id],
    );
    expect(rows[0].n).toBe(1);
  });

  it("leaves out what a hold covers that was placed after the approval", async () => {
    const ids = await dueSessions(2);
    const run = await started();
    const held = ids[0] ?? "";
    await placeHold(company.officer, {
      ...{ scope: "session", session: held, title: "분쟁조정", reason: "조정이 열려 있습니다" },
      ...{
        ownerId: company.officer.personId,
        reviewOn: new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10),
      },
    });
    expect(await runToEnd(run.id)).toEqual(["batch", "finished"]);
    expect(await left(ids)).toEqual([held]);
  });

  it("stops and destroys nothing when a message came, or a policy was approved", async () => {
    const ids = (await dueSessions(2)).sort();
    const run = await started();
    await company.owner.query("UPDATE consult_sessions SET message_count = message_count + 1 WHERE id = $1", [ids[0]]);
    expect(await runToEnd(run.id)).toEqual(["stopped"]);
    expect(await left(ids)).toEqual(ids);
    const again = await started();
    await makePolicy(
      { now: new Date(), officer: company.officer, admin: company.admin },
      {
        ...{ number: 2, name: "불만", category: "dispute" },
        versions: [{ savedDaysAgo: 3, count: 3, unit: "years", anchor: "case-closed", basis: "ecommerce-dispute" }],
      },
    );
    expect(await runToEnd(again.id)).toEqual(["stopped"]);
    expect(await left(ids)).toEqual(ids);
    await reckonDue({ ...job, name: "reckoning" }, new Date());
  });

  it("is refused to who asked, to the wrong role, and to another company", async () => {
    await dueSessions(1);
    const now = new Date();
    const run = await prepareDestruction(company.officer, { kind: "routine", reason: "" }, now);
    const said = { destructionId: run.id, digest: run.digest, note: "" };
    await expect(prepareDestruction(company.marketer, { kind: "routine", reason: "" }, now)).rejects.toThrow(Forbidden);
    await expect(requestDestruction(company.strangeOfficer, said, now)).rejects.toThrow(NotFound);
    await company.mark();
    await requestDestruction(company.officer, said, now);
    await company.expectOneEvent("destruction.requested", run.id);
    await expect(approveDestruction(company.officer, { ...said, guardSeen: true }, now)).rejects.toThrow(Forbidden);
    await expect(approveDestruction(company.admin, { ...said, guardSeen: false }, now)).rejects.toThrow(Refused);
    const other = { ...said, digest: "0".repeat(64), guardSeen: true };
    await expect(approveDestruction(company.admin, other, now)).rejects.toThrow(Conflict);
    const late = new Date(now.getTime() + 9 * 3_600_000);
    await expect(approveDestruction(company.admin, { ...said, guardSeen: true }, late)).rejects.toThrow(Conflict);
    await approveDestruction(company.admin, { ...said, guardSeen: true }, now);
    const start = { destructionId: run.id, digest: run.digest, phrase: "파기" };
    await expect(startDestruction(company.officer, start, now)).rejects.toThrow(Refused);
  });
});
