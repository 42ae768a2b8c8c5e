import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase } from "@/lib/db/client";
import { getDestruction } from "@/lib/retention/queries/get-destruction";
import { listLedger } from "@/lib/retention/queries/list-ledger";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { seedDestructions } from "./destructions";
import { seedLedger } from "./ledger";
import { makePolicy } from "./policies";

let company: TestCompany;
let channelId: string;
let versionId: string;
const now = new Date("2026-11-22T05:30:00Z");

beforeAll(async () => {
  company = await openTestCompany();
  channelId = (await company.opened()).id;
  const { versionIds } = await makePolicy(
    { now, officer: company.officer, admin: company.admin },
    {
      ...{ number: 1, name: "일반 문의" },
      versions: [{ savedDaysAgo: 430, count: 1, unit: "years", anchor: "session-end", basis: "pipa-15-1-1" }],
    },
  );
  versionId = versionIds[0] ?? "";
  const context = { now, officer: company.officer, admin: company.admin };
  await seedLedger(context);
  await seedDestructions({ ...context, versionId, channelId: () => channelId });
});
afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});

it("enters two years of destructions in order, each of two runs with the sums of its items", async () => {
  const { items } = await listLedger(company.auditor, {});
  expect(new Set(items.map(({ destroyedOn }) => destroyedOn.slice(0, 4)))).toEqual(new Set(["2024", "2025", "2026"]));
  for (const year of ["2024", "2025", "2026"]) {
    const ofYear = items.filter(({ number }) => number.startsWith(year)).sort((a, b) => (a.number < b.number ? -1 : 1));
    expect(ofYear.map(({ destroyedOn }) => destroyedOn)).toEqual(ofYear.map(({ destroyedOn }) => destroyedOn).sort());
  }
  const runs = items.filter(({ destructionId }) => destructionId !== null);
  expect(runs).toHaveLength(2);
  for (const entry of runs) {
    const run = await getDestruction(company.auditor, entry.destructionId ?? "", now);
    expect(run).toMatchObject({ state: "finished", sessions: entry.count, guard: "none" });
    expect(run?.channels.map(({ destroyed }) => destroyed)).toEqual([entry.count]);
    const { rows } = await company.owner.query(
      `SELECT encode(sha256(convert_to(string_agg(subject_id::text, E'\\n' ORDER BY subject_id), 'UTF8')), 'hex') AS digest,
         min(opened_on)::text AS first, max(opened_on)::text AS last, count(*)::int AS n, sum(messages)::int AS messages
       FROM destruction_items WHERE destruction_id = $1 AND state = 'destroyed'`,
      [entry.destructionId],
    );
    const kept = await company.owner.query("SELECT digest FROM ledger_entries WHERE id = $1", [entry.id]);
    expect(rows[0]).toEqual({
      ...{ digest: kept.rows[0].digest, first: entry.madeFrom, last: entry.madeTo, n: entry.count },
      messages: run?.messages,
    });
    const stones = "SELECT count(*)::int AS n FROM tombstones WHERE destruction_id = $1";
    expect((await company.owner.query(stones, [entry.destructionId])).rows[0].n).toBe(entry.count);
  }
  const days = await company.owner.query("SELECT sum(sessions)::int AS n FROM destroyed_days");
  expect(days.rows[0].n).toBe(runs.reduce((sum, { count }) => sum + count, 0));
});
