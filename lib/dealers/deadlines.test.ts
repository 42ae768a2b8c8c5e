// Terms and deadlines against PostgreSQL's calendar: intervals, clipping and business days are reckoned there a second time.
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, addMonths, type Day, weekday } from "@/lib/clock";
import { holidays } from "@/lib/holidays";
import { type Deadline, deadlinesOf, outlookOf, type TermRule, termAt, termOn } from "./rules/deadlines";

let owner: pg.Client;
const postgresDays = () => `{${[...new Set(holidays.map(({ on }) => on))].join(",")}}`;
beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await owner.connect();
  await owner.query(
    `CREATE TEMP TABLE work AS
       SELECT d::date AS day, row_number() OVER (ORDER BY d)::int AS n FROM generate_series('1990-01-01'::date, '2095-12-31', '1 day') d
       WHERE extract(isodow FROM d) < 6 AND NOT d::date = ANY ('${postgresDays()}'::date[])`,
  );
  await owner.query("CREATE UNIQUE INDEX ON work (day); CREATE UNIQUE INDEX ON work (n); ANALYZE work");
});
afterAll(() => owner.end());

const base: TermRule = {
  ...{ startsOn: "2025-01-15", endsOn: "2027-01-14", renewal: "tacit", renewalMonths: 12, marginDays: 5 },
  ...{ notice: { count: 30, unit: "days" }, dealerNotice: null },
};
const dayOf = (kind: Deadline["kind"], rule: TermRule, today: Day) =>
  deadlinesOf(rule, today).find((deadline) => deadline.kind === kind)?.on;
const stepsOf = (kind: Deadline["kind"], rule: TermRule, today: Day) =>
  deadlinesOf(rule, today).find((deadline) => deadline.kind === kind)?.steps ?? [];

describe("against PostgreSQL", () => {
  type Case = { rule: TermRule & { endsOn: Day; notice: { count: number; unit: "days" | "months" } }; today: Day };

  const day = (from: Day, to: number) => fc.nat(to).map((days) => addDays(from, days));
  /** Month ends and 29 February more often than chance gives them. */
  const start = fc.oneof(
    day("2015-01-01", 5_500),
    day("2015-01-01", 180).map((one) => addDays(`${one.slice(0, 8)}01`, -1)),
    fc.constantFrom("2016-02-29", "2020-02-29", "2024-02-29", "2023-12-31", "2024-01-31", "2025-08-31", "2024-08-30"),
  );
  const length = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({ months: fc.constantFrom(1, 3, 6, 11, 12, 18, 24, 36, 60), days: fc.constant(0) }),
    },
    { weight: 1, arbitrary: fc.record({ months: fc.nat(40), days: fc.integer({ min: 1, max: 45 }) }) },
  );
  const notice = fc.oneof(
    fc.record({ count: fc.integer({ min: 1, max: 6 }), unit: fc.constant("months" as const) }),
    fc.record({ count: fc.integer({ min: 1, max: 120 }), unit: fc.constant("days" as const) }),
  );
  const cases: fc.Arbitrary<Case> = fc
    .record({
      ...{ start, length, notice, ahead: fc.integer({ min: -400, max: 11_000 }), marginDays: fc.nat(15) },
      renewalMonths: fc.constantFrom(1, 3, 6, 12, 12, 12, 24, 36),
    })
    .map(({ start: startsOn, length: { months, days }, notice: ours, ahead, marginDays, renewalMonths }) => ({
      rule: {
        ...{ startsOn, endsOn: addDays(addMonths(startsOn, months), days - 1), renewal: "tacit", renewalMonths },
        ...{ notice: ours, dealerNotice: ours, marginDays },
      },
      today: addDays(startsOn, ahead),
    }));

  /** The same answers from intervals and a calendar of business days, all cases in one query. */
  async function reckoned(asked: readonly Case[]): Promise<Record<string, string>[]> {
    const column = (pick: (one: Case) => string | number) => asked.map(pick);
    const { rows } = await owner.query<Record<string, string>>(
      `WITH asked AS (
         SELECT * FROM unnest($1::date[], $2::date[], $3::int[], $4::int[], $5::text[], $6::int[], $7::date[])
           WITH ORDINALITY AS a(starts, ends, renew, count, unit, margin, today, place)
       ), anchored AS (
         SELECT a.*, coalesce(w.months, 0) AS first, CASE WHEN w.months IS NULL THEN ends + 1 ELSE starts END AS anchor
         FROM asked a LEFT JOIN LATERAL (
           SELECT m AS months FROM generate_series(1, 130) m WHERE ends =
             (starts + make_interval(months => m))::date
               - (extract(day FROM starts + make_interval(months => m)) = extract(day FROM starts))::int
         ) w ON true
       ), running AS (
         SELECT n.*, r.last FROM anchored n CROSS JOIN LATERAL (
           SELECT min(e.last) AS last FROM (
             SELECT CASE WHEN k = 0 THEN ends ELSE (anchor + make_interval(months => first + k * renew))::date
               - (extract(day FROM anchor + make_interval(months => first + k * renew)) = extract(day FROM anchor))::int END AS last
             FROM generate_series(0, 400) k
           ) e WHERE e.last >= today
         ) r
       ), counted AS (
         SELECT *, CASE unit WHEN 'days' THEN last - count ELSE (last - make_interval(months => count))::date END AS notice FROM running
       )
       SELECT c.last::text AS "term-end", (c.last + 1)::text AS renewal, c.notice::text AS "dealer-notice", s.day::text AS notice, g.day::text AS decision
       FROM counted c
       JOIN LATERAL (SELECT day, n FROM work WHERE day <= c.notice ORDER BY day DESC LIMIT 1) s ON true
       JOIN work g ON g.n = s.n - c.margin
       ORDER BY c.place`,
      [
        ...[column(({ rule }) => rule.startsOn), column(({ rule }) => rule.endsOn)],
        ...[column(({ rule }) => rule.renewalMonths ?? 0), column(({ rule }) => rule.notice.count)],
        ...[column(({ rule }) => rule.notice.unit), column(({ rule }) => rule.marginDays)],
        ...[column(({ today }) => today)],
      ],
    );
    return rows;
  }

  it("every deadline of every running term is the same day", async () => {
    const many = fc.array(cases, { minLength: 250, maxLength: 250, size: "max" });
    await fc.assert(
      fc.asyncProperty(many, async (asked) => {
        const found = asked.map(({ rule, today }) =>
          Object.fromEntries(deadlinesOf(rule, today).map(({ kind, on }) => [kind, on])),
        );
        expect(found).toEqual(await reckoned(asked));
      }),
      // A failing case is shown as it was found: making 250 of them smaller takes minutes.
      { numRuns: 16, endOnFailure: true },
    );
  }, 90_000);
});

describe("properties", () => {
  const rules = fc
    .record({
      ...{
        startsOn: fc.nat(9_000).map((days) => addDays("2010-01-01", days)),
        length: fc.integer({ min: 1, max: 1_500 }),
      },
      ...{ months: fc.integer({ min: 1, max: 36 }), margin: fc.nat(10) },
    })
    .map(
      ({ startsOn, length, months, margin }): TermRule => ({
        ...{ startsOn, endsOn: addDays(startsOn, length), renewal: "tacit", renewalMonths: months, marginDays: margin },
        ...{ notice: { count: 1, unit: "months" }, dealerNotice: { count: 10, unit: "days" } },
      }),
    );

  it("terms follow one another without a gap, and each day has one", () => {
    fc.assert(
      fc.property(rules, fc.nat(12_000), (rule, ahead) => {
        const today = addDays(rule.startsOn, ahead);
        const term = termOn(rule, today);
        expect(term.startsOn <= today && today <= (term.endsOn ?? today)).toBe(true);
        expect(termAt(rule, term.index + 1).startsOn).toBe(addDays(term.endsOn ?? today, 1));
        expect(termOn(rule, term.endsOn ?? today)).toEqual(term);
        expect(termOn(rule, addDays(term.endsOn ?? today, 1)).index).toBe(term.index + 1);
      }),
      { numRuns: 3_000 },
    );
  }, 60_000);

  it("a calculation ends on the day that it explains", () => {
    fc.assert(
      fc.property(rules, fc.nat(6_000), (rule, ahead) => {
        for (const { on, steps } of deadlinesOf(rule, addDays(rule.startsOn, ahead))) {
          expect(steps.at(-1)?.day).toBe(on);
          expect(["written", "renewed"]).toContain(steps[0]?.kind);
        }
      }),
      { numRuns: 1_000 },
    );
  }, 60_000);
});

describe("in examples", () => {
  it("is the contract of the picture: 2027.01.14, 30 days, 5 business days", () => {
    expect(deadlinesOf(base, "2026-11-23").map(({ kind, on }) => `${kind} ${on}`)).toEqual([
      ...["decision 2026-12-08", "notice 2026-12-15", "term-end 2027-01-14", "renewal 2027-01-15"],
    ]);
    expect(outlookOf(base, "2026-11-23")).toEqual({
      ...{ outcome: "renews", noticeOn: "2026-12-15", late: false, until: "2028-01-14" },
    });
    expect(outlookOf(base, "2026-12-16")).toMatchObject({ outcome: "renews", late: true });
    expect(stepsOf("decision", base, "2026-11-23").map(({ kind }) => kind)).toEqual([
      ...["written", "count-back", "business-days"],
    ]);
  });

  // Real products add a year to the clipped day of the year before and are two days off by 2028.
  it("keeps a three-year term with yearly renewal and three months' notice where it belongs, for thirty years", () => {
    const rule: TermRule = {
      ...base,
      startsOn: "2024-02-29",
      endsOn: "2027-02-28",
      notice: { count: 3, unit: "months" },
    };
    for (let year = 2027; year <= 2057; year += 1) {
      const today = `${year}-02-01`;
      const leap = new Date(Date.UTC(year, 2, 0)).getUTCDate() === 29;
      // The term's day exists in leap years: it ends the day before; else it ends with the month (민법 제160조).
      const end = `${year}-02-28`;
      expect([termOn(rule, today).index, dayOf("term-end", rule, today)]).toEqual([year - 2027, end]);
      expect(dayOf("renewal", rule, today)).toBe(leap ? `${year}-02-29` : `${year}-03-01`);
      const counted = `${year - 1}-11-28`;
      const back = [1, 2].includes((weekday(counted) + 2) % 7) ? (weekday(counted) + 2) % 7 : 0;
      expect(dayOf("notice", rule, today)).toBe(addDays(counted, -back));
    }
    const last = stepsOf("term-end", rule, "2041-06-01")[0];
    expect(last).toEqual({ kind: "renewed", from: "2024-02-29", months: 216, clipped: true, day: "2042-02-28" });
  });

  it("clips a month end each time from the first start", () => {
    const rule: TermRule = { ...base, startsOn: "2025-01-31", endsOn: "2025-02-28", renewalMonths: 1 };
    expect([0, 1, 2, 3].map((index) => termAt(rule, index).endsOn)).toEqual([
      ...["2025-02-28", "2025-03-30", "2025-04-30", "2025-05-30"],
    ]);
  });

  it("counts renewals of an odd first term from the day after it", () => {
    const rule: TermRule = { ...base, startsOn: "2025-03-17", endsOn: "2025-12-31" };
    expect([1, 2, 3].map((index) => termAt(rule, index))).toEqual([
      { index: 1, startsOn: "2026-01-01", endsOn: "2026-12-31" },
      { index: 2, startsOn: "2027-01-01", endsOn: "2027-12-31" },
      { index: 3, startsOn: "2028-01-01", endsOn: "2028-12-31" },
    ]);
  });

  it("goes back before a holiday and names it", () => {
    const rule: TermRule = {
      ...base,
      startsOn: "2026-01-01",
      endsOn: "2026-12-31",
      notice: { count: 3, unit: "months" },
    };
    expect(dayOf("notice", { ...rule, endsOn: "2027-01-09" }, "2026-11-01")).toBe("2026-10-08");
    expect(stepsOf("notice", { ...rule, endsOn: "2027-01-09" }, "2026-11-01").at(-1)).toEqual({
      ...{ kind: "day-off", from: "2026-10-09", names: ["한글날"], day: "2026-10-08" },
    });
    expect(stepsOf("decision", { ...rule, endsOn: "2027-01-09" }, "2026-11-01").at(-1)).toEqual({
      ...{ kind: "business-days", from: "2026-10-08", count: 5, day: "2026-09-30" },
      off: [
        { day: "2026-10-05", names: ["대체공휴일(개천절)"] },
        { day: "2026-10-03", names: ["개천절"] },
      ],
    });
  });

  it("says where no holidays are known", () => {
    const rule: TermRule = { ...base, startsOn: "2030-07-01", endsOn: "2031-06-30" };
    expect(stepsOf("notice", rule, "2031-01-01").at(-1)).toMatchObject({ kind: "unknown-holidays", last: 2030 });
    expect(stepsOf("decision", rule, "2031-01-01").filter(({ kind }) => kind === "unknown-holidays")).toHaveLength(1);
  });

  it("has the first term before its start, and the last one once it is over", () => {
    expect(termOn(base, "2024-01-01").index).toBe(0);
    for (const renewal of ["none", "fixed"] as const) {
      const rule = { ...base, renewal };
      expect(termOn(rule, "2031-01-01")).toEqual({ index: 0, startsOn: "2025-01-15", endsOn: "2027-01-14" });
      expect(dayOf("renewal", rule, "2026-11-23")).toBeUndefined();
      expect(outlookOf(rule, "2026-11-23")).toMatchObject({ outcome: "ends", until: "2027-01-14" });
      expect(() => termAt(rule, 1)).toThrow(RangeError);
    }
  });

  it("has no deadline without a term, and one before the end without a notice window", () => {
    expect(deadlinesOf({ ...base, endsOn: null }, "2026-11-23")).toEqual([]);
    expect(outlookOf({ ...base, endsOn: null }, "2026-11-23").outcome).toBe("open-ended");
    const rule: TermRule = { ...base, notice: null, dealerNotice: { count: 2, unit: "months" } };
    expect(deadlinesOf(rule, "2026-11-23").map(({ kind, on }) => `${kind} ${on}`)).toEqual([
      ...["dealer-notice 2026-11-14", "decision 2027-01-07", "term-end 2027-01-14", "renewal 2027-01-15"],
    ]);
  });

  it("renews on the day after, at midnight in Korea", () => {
    expect(termOn(base, "2027-01-14").index).toBe(0);
    expect(termOn(base, "2027-01-15")).toEqual({ index: 1, startsOn: "2027-01-15", endsOn: "2028-01-14" });
  });
});
