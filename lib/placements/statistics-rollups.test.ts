// Roll-ups are written with the presses, equal a recount, and are put right when somebody damaged them (performance.md F).
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { JobActor } from "@/lib/auth/actor";
import { closeDatabase } from "@/lib/db/client";
import { type RecordedPress, recordPresses } from "@/lib/db/crossings";
import { Forbidden } from "@/lib/errors";
import { recountPresses } from "./commands/recount-presses";

const ours = randomUUID();
const theirs = randomUUID();
const places = Array.from({ length: 4 }, () => randomUUID());
const job = (organizationId: string): JobActor => ({ kind: "job", name: "presses-recount", organizationId });
let owner: pg.Client;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await owner.connect();
  for (const [id, slug] of [
    [ours, "ours"],
    [theirs, "theirs"],
  ]) {
    await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, $2, $2)", [id, slug]);
  }
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
});
beforeEach(async () => {
  await owner.query("TRUNCATE presses, press_days, press_company_days, press_hours, press_spools");
});

const press = (at: string, more: Partial<RecordedPress> = {}): RecordedPress => ({
  ...{ organizationId: ours, placementId: places[0] ?? "", at: Date.parse(at), kind: "press", visitor: "person" },
  ...more,
});

/** Rows of each roll-up that differ from the presses, by plain SQL that shares nothing with the product's. */
async function faults(): Promise<Record<string, number>> {
  const counted = (key: string, placed: string) => `SELECT organization_id, ${placed} ${key} AS at,
    sum((visitor = 'person' AND kind = 'press')::int)::int AS presses, sum((visitor = 'person' AND kind = 'scan')::int)::int AS scans,
    sum((visitor <> 'person')::int)::int AS others FROM presses GROUP BY 1, 2 ${placed ? ", 3" : ""}`;
  const day = "to_char(at + interval '9 hours', 'YYYY-MM-DD')";
  const hour = "to_char(at, 'YYYY-MM-DD HH24')";
  const rolled = (table: string, key: string, placed: string) =>
    `SELECT organization_id, ${placed} ${key} AS at, presses, scans, others FROM ${table} WHERE presses + scans + others <> 0`;
  const difference = (a: string, b: string) =>
    `(SELECT count(*)::int FROM ((${a} EXCEPT ${b}) UNION ALL (${b} EXCEPT ${a})) d)`;
  const { rows } = await owner.query(`SELECT
    ${difference(counted(day, "placement_id,"), rolled("press_days", "to_char(day, 'YYYY-MM-DD')", "placement_id,"))} AS places,
    ${difference(counted(day, ""), rolled("press_company_days", "to_char(day, 'YYYY-MM-DD')", ""))} AS days,
    ${difference(counted(hour, ""), rolled("press_hours", "to_char(hour, 'YYYY-MM-DD HH24')", ""))} AS hours`);
  return rows[0];
}
const sound = { places: 0, days: 0, hours: 0 };
const events = async () =>
  (await owner.query("SELECT body FROM audit_events WHERE action = 'press.recounted' ORDER BY at, id")).rows.map(
    ({ body }) => JSON.parse(body),
  );

const anyPress = fc.record({
  organizationId: fc.constantFrom(ours, theirs),
  placementId: fc.constantFrom(...places),
  at: fc.integer({ min: Date.parse("2026-02-27T00:00:00Z"), max: Date.parse("2026-03-03T00:00:00Z") }),
  kind: fc.constantFrom("press" as const, "scan" as const),
  visitor: fc.constantFrom("person" as const, "preview" as const, "bot" as const, "head" as const),
});

describe("roll-ups", () => {
  it("turn at midnight in Seoul and at each full hour", async () => {
    await recordPresses("midnight", [
      press("2026-11-22T14:59:59.999Z"),
      press("2026-11-22T15:00:00.000Z", { kind: "scan" }),
      press("2026-11-22T15:59:59.999Z", { visitor: "bot" }),
      press("2026-11-22T16:00:00.000Z"),
    ]);
    const days = await owner.query(
      "SELECT day::text, presses, scans, others FROM press_company_days WHERE organization_id = $1 ORDER BY day",
      [ours],
    );
    expect(days.rows).toEqual([
      { day: "2026-11-22", presses: 1, scans: 0, others: 0 },
      { day: "2026-11-23", presses: 1, scans: 1, others: 1 },
    ]);
    const hours = await owner.query(
      "SELECT to_char(hour, 'DD HH24') AS hour, presses, scans, others FROM press_hours ORDER BY hour",
    );
    expect(hours.rows.map(({ hour, ...row }) => [hour, ...Object.values(row)])).toEqual([
      ["22 14", 1, 0, 0],
      ["22 15", 0, 1, 1],
      ["22 16", 1, 0, 0],
    ]);
  });

  it("equal a recount after any batches, two at a time and some sent twice", async () => {
    let serial = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(anyPress, { maxLength: 40 }), { minLength: 2, maxLength: 6 }), async (all) => {
        const batches = all.map((presses) => ({ name: `random-${++serial}`, presses }));
        const work = [...batches, ...batches.slice(0, 2)];
        for (let at = 0; at < work.length; at += 2)
          await Promise.all(work.slice(at, at + 2).map(({ name, presses }) => recordPresses(name, presses)));
        expect(await faults()).toEqual(sound);
      }),
      { numRuns: 25 },
    );
  });

  it("are seen of one's own company alone, and written by nobody but the batch", async () => {
    const { rows } = await owner.query(
      `SELECT relname, relrowsecurity, has_table_privilege('damso_app', oid, 'INSERT, UPDATE, DELETE') AS writes
       FROM pg_class WHERE relname IN ('press_company_days', 'press_hours') ORDER BY 1`,
    );
    expect(rows).toEqual([
      { relname: "press_company_days", relrowsecurity: true, writes: false },
      { relname: "press_hours", relrowsecurity: true, writes: false },
    ]);
  });
});

describe("the recount", () => {
  it("says nothing when nothing differs, also across months", async () => {
    await recordPresses("quiet", [
      press("2026-01-31T14:59:59Z"),
      press("2026-01-31T15:00:00Z"),
      press("2026-11-22T03:00:00Z"),
    ]);
    const before = (await events()).length;
    expect(await recountPresses(job(ours))).toMatch(/^sound; 3 presses, \d+ ms$/);
    expect(await recountPresses(job(theirs))).toMatch(/^sound; 0 presses/);
    expect(await events()).toHaveLength(before);
  });

  it("repairs whatever was damaged, says so once, and leaves others' rows alone", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyPress, { minLength: 1, maxLength: 60 }),
        fc.array(
          fc.record({
            table: fc.constantFrom("press_days", "press_company_days", "press_hours"),
            how: fc.nat(2),
            pick: fc.nat(50),
          }),
          {
            minLength: 1,
            maxLength: 5,
          },
        ),
        async (presses, damages) => {
          await owner.query("TRUNCATE presses, press_days, press_company_days, press_hours, press_spools");
          await recordPresses("damaged", presses);
          for (const { table, how, pick } of damages) {
            const row = `ctid = (SELECT ctid FROM ${table} WHERE organization_id = '${ours}' ORDER BY ctid OFFSET ${pick} % greatest(1, (SELECT count(*) FROM ${table} WHERE organization_id = '${ours}')) LIMIT 1)`;
            if (how === 0) await owner.query(`DELETE FROM ${table} WHERE ${row}`);
            else await owner.query(`UPDATE ${table} SET presses = presses + ${how}, others = others - 1 WHERE ${row}`);
          }
          const broken = Object.values(await faults()).some((count) => count > 0);
          const before = await events();
          expect(await recountPresses(job(ours))).toMatch(broken ? /^\d+ repaired;/ : /^sound;/);
          expect(await faults()).toEqual(sound);
          expect((await events()).length > before.length).toBe(broken);
          expect(await recountPresses(job(ours))).toMatch(/^sound;/);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("finds a roll-up without a press, and names how much it put right", async () => {
    await owner.query(
      "INSERT INTO press_hours (organization_id, hour, presses) VALUES ($1, '2025-05-05T03:00:00Z', 7)",
      [ours],
    );
    await recordPresses("one", [press("2026-11-22T03:00:00Z")]);
    const before = (await events()).length;
    expect(await recountPresses(job(ours))).toMatch(/^1 repaired; 1 presses/);
    expect((await events()).slice(before)).toEqual([
      { from: "2025-05-05", to: "2025-05-31", placementDays: 0, companyDays: 0, hours: 1 },
    ]);
    expect(await faults()).toEqual(sound);
  });

  it("loses nothing of batches that run meanwhile", async () => {
    await recordPresses("first", [press("2026-03-01T03:00:00Z"), press("2026-03-01T03:00:01Z")]);
    await owner.query("UPDATE press_days SET presses = 40");
    const batches = Array.from({ length: 30 }, (_, at) =>
      recordPresses(`meanwhile-${at}`, [
        press("2026-03-01T03:00:02Z"),
        press("2026-03-01T04:00:02Z", { kind: "scan" }),
      ]),
    );
    await Promise.all([...batches, recountPresses(job(ours))]);
    expect(await faults()).toEqual(sound);
  });

  it("is nobody's but the job's", async () => {
    const person = { kind: "operator", name: "ops", organizationId: ours } as unknown as JobActor;
    await expect(recountPresses(person)).rejects.toThrow(Forbidden);
  });
});
