// What the statistics say is what the presses say, by plain SQL over each of them; and the files say what the page says.
import { randomUUID } from "node:crypto";
import { BlobReader, TextWriter, ZipReader } from "@zip.js/zip.js";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor, PersonActor } from "@/lib/auth/actor";
import { addDays, type Day } from "@/lib/clock";
import { closeDatabase } from "@/lib/db/client";
import { type RecordedPress, recordPresses } from "@/lib/db/crossings";
import { Forbidden } from "@/lib/errors";
import { exportPlacementStatistics } from "./commands/export-statistics";
import { getPlacementStatistics } from "./queries/placement-statistics";
import {
  changeOf,
  comparedPeriod,
  conversionOf,
  placementStatisticsPeriod,
  sortGroups,
  sumOfCounts,
} from "./rules/statistics";
import { type PlacementStatisticsFilter, placementStatisticsSchema, statisticsGroups } from "./schema/statistics";
import { statisticsCells, statisticsCsv, statisticsXlsx } from "./statistics-file";

const now = new Date("2026-11-23T03:00:00Z");
const ours = randomUUID();
const theirs = randomUUID();
const person = (role: PersonActor["role"], organizationId = ours): PersonActor => ({
  ...{ kind: "person", personId: randomUUID(), organizationId, role },
  ...{ signInId: randomUUID(), address: "192.0.2.1" },
});
const marketer = person("MARKETER");
type Place = { id: string; code: string; channel: string; medium: string; campaign: string; tags: string[] };
const channels = [randomUUID(), randomUUID()];
const places: Place[] = Array.from({ length: 6 }, (_, at) => ({
  ...{
    id: randomUUID(),
    code: `st_${at}`,
    channel: channels[at % 2] ?? "",
    medium: ["web", "offline", "app"][at % 3] ?? "",
  },
  ...{ campaign: at < 2 ? "" : `=가을 ${at % 2}`, tags: [[], ["-행사"], ["-행사", "+매장"]][at % 3] ?? [] },
}));
const strange = randomUUID();
let owner: pg.Client;

const filterOf = (given: Record<string, string> = {}): PlacementStatisticsFilter =>
  placementStatisticsSchema.parse(given);

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await owner.connect();
  for (const [id, slug] of [
    [ours, "ours"],
    [theirs, "theirs"],
  ])
    await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, $2, $2)", [id, slug]);
  for (const [at, id] of channels.entries())
    await owner.query("INSERT INTO channels (id, organization_id, search_id, name) VALUES ($1, $2, $3, $4)", [
      ...[id, ours, `채널${at}`, ["@상담", "한결"][at]],
    ]);
  const far = randomUUID();
  await owner.query("INSERT INTO channels (id, organization_id, search_id, name) VALUES ($1, $2, '남', '남')", [
    far,
    theirs,
  ]);
  const add = (id: string, organization: string, place: Omit<Place, "id">) =>
    owner.query(
      `INSERT INTO placements (id, organization_id, channel_id, code, name, medium, campaign, tags, owner_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, gen_random_uuid())`,
      [id, organization, place.channel, place.code, `=위치 ${place.code}`, place.medium, place.campaign, place.tags],
    );
  for (const { id, ...place } of places) await add(id, ours, place);
  await add(strange, theirs, { code: "st_far", channel: far, medium: "web", campaign: "", tags: [] });
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
});

const instant = fc.integer({ min: Date.parse("2026-10-20T00:00:00Z"), max: now.getTime() });
const anyPress = fc.record({
  place: fc.constantFrom(...places.map(({ id }) => id), strange),
  at: instant,
  kind: fc.constantFrom("press" as const, "scan" as const),
  visitor: fc.constantFrom("person" as const, "person" as const, "preview" as const, "bot" as const),
});
const anyConsult = fc.record({ place: fc.option(fc.constantFrom(...places)), at: instant, returning: fc.boolean() });

async function fill(presses: RecordedPress[], consults: { place: Place | null; at: number; returning: boolean }[]) {
  await owner.query("TRUNCATE presses, press_days, press_company_days, press_hours, press_spools, destroyed_days");
  await owner.query("DELETE FROM consult_sessions");
  await recordPresses(randomUUID(), presses);
  for (const { place, at, returning } of consults)
    await owner.query(
      `INSERT INTO consult_sessions (organization_id, channel_id, connection_id, external_id, user_handle, user_sealed, opened_by, opened_at, placement_id, "returning")
       VALUES ($1, $2, gen_random_uuid(), gen_random_uuid()::text, '\\x01', '\\x00', 'reference', $3, $4, $5)`,
      [ours, place?.channel ?? channels[0], new Date(at), place?.id ?? null, returning],
    );
}

/** The same numbers from each press and each consultation. */
async function plain(from: Day, to: Day, key: string, filter: string): Promise<Map<string, number[]>> {
  const inside = (at: string) => `to_char(${at} + interval '9 hours', 'YYYY-MM-DD') BETWEEN '${from}' AND '${to}'`;
  const tags = "CROSS JOIN unnest(CASE WHEN p.tags = '{}' THEN ARRAY[''] ELSE p.tags END) AS g(tag)";
  const join = `JOIN placements p ON p.id = f.placement_id JOIN channels c ON c.id = p.channel_id ${key === "g.tag" ? tags : ""}`;
  const { rows } = await owner.query<{ key: string; counts: number[] }>(`
    SELECT key, ARRAY[sum(a), sum(b), sum(c), sum(d), sum(e)]::int[] AS counts FROM (
      SELECT (${key})::text AS key, (f.visitor = 'person' AND f.kind = 'press')::int AS a, (f.visitor = 'person' AND f.kind = 'scan')::int AS b,
        (f.visitor <> 'person')::int AS c, 0 AS d, 0 AS e FROM presses f ${join} WHERE f.organization_id = '${ours}' AND ${inside("f.at")} AND ${filter}
      UNION ALL SELECT (${key.replaceAll("f.at", "f.opened_at")})::text, 0, 0, 0, 1, f."returning"::int FROM consult_sessions f ${join}
        WHERE f.organization_id = '${ours}' AND ${inside("f.opened_at")} AND ${filter}) t GROUP BY 1`);
  return new Map(rows.map((row) => [row.key, row.counts]));
}
const keys = { placement: "p.id", channel: "c.id", campaign: "p.campaign", medium: "p.medium", tag: "g.tag" } as const;
type Numbers = { presses: number; scans: number; others: number; consults: number; returning: number };
const numbers = (row: Numbers) => [row.presses, row.scans, row.others, row.consults, row.returning];
const some = ([, row]: readonly [string, readonly number[]]) => row.some((count) => count > 0);

const anyFilter = fc.record({
  days: fc.constantFrom("", "7", "28"),
  by: fc.constantFrom(...statisticsGroups),
  medium: fc.constantFrom("", "", "web", "offline"),
  channel: fc.constantFrom("", "", ...channels),
  campaign: fc.constantFrom("", "", "=가을 1"),
  tag: fc.constantFrom("", "", "-행사"),
  placement: fc.constantFrom("", "", "", places[3]?.id ?? ""),
  compare: fc.constantFrom("", "before"),
});

describe("statistics", () => {
  it("equal a count of each press and consultation, whatever is asked for", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyPress, { maxLength: 80 }),
        fc.array(anyConsult, { maxLength: 12 }),
        anyFilter,
        async (presses, consults, given) => {
          await fill(
            presses.map(({ place, ...press }) => ({
              ...press,
              placementId: place,
              organizationId: place === strange ? theirs : ours,
            })),
            consults,
          );
          const statistics = await getPlacementStatistics(marketer, filterOf(given), now);
          const { from, to } = statistics;
          const filter = [
            given.medium && `p.medium = '${given.medium}'`,
            given.channel && `p.channel_id = '${given.channel}'`,
            given.campaign && `p.campaign = '${given.campaign}'`,
            given.tag && `'${given.tag}' = ANY(p.tags)`,
            given.placement && `p.id = '${given.placement}'`,
          ]
            .filter(Boolean)
            .join(" AND ");
          const day = "to_char(f.at + interval '9 hours', 'YYYY-MM-DD')";
          const days = await plain(from, to, day, filter || "true");
          expect(statistics.days.map((row) => [row.day, numbers(row)] as const).filter(some)).toEqual(
            [...days].filter(some).sort(([a], [b]) => (a < b ? -1 : 1)),
          );
          const groups = await plain(from, to, keys[given.by], filter || "true");
          expect(new Map(statistics.groups.map((row) => [row.key, numbers(row)]))).toEqual(groups);
          if (statistics.hours) {
            const hour = "extract(hour FROM f.at + interval '9 hours')";
            const hours = await plain(from, to, hour, "true");
            expect(statistics.hours.map(({ presses, scans, others }) => [presses, scans, others])).toEqual(
              statistics.hours.map((row) => (hours.get(String(row.hour)) ?? [0, 0, 0]).slice(0, 3)),
            );
          }
          if (statistics.unplaced !== null) {
            const inside = consults.filter(({ place, at }) => {
              const on = addDays(new Date(at + 9 * 3_600_000).toISOString().slice(0, 10), 0);
              return place === null && on >= from && on <= to;
            });
            expect(statistics.unplaced).toBe(inside.length);
          }
          if (statistics.compared) {
            const before = await plain(statistics.compared.from, statistics.compared.to, day, filter || "true");
            expect(numbers(statistics.compared.total)).toEqual(
              [...before.values()].reduce(
                (sum, row) => sum.map((count, at) => count + (row[at] ?? 0)),
                [0, 0, 0, 0, 0],
              ),
            );
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it("keep consultations that were destroyed since", async () => {
    await fill([], [{ place: places[0] ?? null, at: now.getTime() - 86_400_000, returning: false }]);
    await owner.query(
      `INSERT INTO destroyed_days (organization_id, channel_id, day, category, extra, sessions, "returning") VALUES
       ($1, $2, '2026-11-20', 'general', 'st_0', 5, 2), ($1, $2, '2026-11-20', 'general', 'nobodys', 3, 0)`,
      [ours, channels[0]],
    );
    const { total, unplaced, groups } = await getPlacementStatistics(marketer, filterOf(), now);
    expect([total.consults, total.returning, unplaced]).toEqual([6, 2, 3]);
    expect(groups.map(({ code, consults }) => [code, consults])).toEqual([["st_0", 6]]);
  });

  it("are one company's own, and nobody's without the right", async () => {
    await fill(
      [
        {
          organizationId: theirs,
          placementId: strange,
          at: now.getTime() - 86_400_000,
          kind: "press",
          visitor: "person",
        },
      ],
      [],
    );
    expect((await getPlacementStatistics(marketer, filterOf(), now)).total).toEqual(sumOfCounts([]));
    expect((await getPlacementStatistics(person("AUDITOR", theirs), filterOf(), now)).total.presses).toBe(1);
    const dealer: Actor = { kind: "job", name: "presses-recount", organizationId: ours };
    await expect(getPlacementStatistics(dealer, filterOf(), now)).rejects.toThrow(Forbidden);
    await expect(exportPlacementStatistics(dealer, filterOf(), "csv", now)).rejects.toThrow(Forbidden);
  });
});

describe("files", () => {
  it("hold the page's numbers, and nothing that a spreadsheet takes for a formula (P-39)", async () => {
    await fill(
      places.flatMap(({ id }, at) =>
        Array.from({ length: at + 1 }, (_, n) => ({
          ...{ organizationId: ours, placementId: id, at: now.getTime() - 86_400_000 * (n + 1) },
          ...{ kind: at % 2 ? ("scan" as const) : ("press" as const), visitor: "person" as const },
        })),
      ),
      [{ place: places[2] ?? null, at: now.getTime() - 86_400_000, returning: true }],
    );
    for (const by of statisticsGroups) {
      const filter = filterOf({ by, compare: "before" });
      const before = (await owner.query("SELECT count(*)::int AS n FROM audit_events")).rows[0].n;
      const statistics = await exportPlacementStatistics(marketer, filter, "csv", now);
      expect(statistics).toEqual(await getPlacementStatistics(marketer, filter, now));
      expect((await owner.query("SELECT count(*)::int AS n FROM audit_events")).rows[0].n - before).toBe(1);
      const cells = statisticsCells(statistics, by, "ko");
      const csv = (await statisticsCsv(statistics, by, "ko")).toString();
      expect(csv.startsWith("\ufeff")).toBe(true);
      const read: string[][] = parse(csv, { bom: true, relaxColumnCount: false });
      expect(read.slice(1).map((row) => row.map((cell) => cell.replace(/^'(?=[=+\-@])/, "")))).toEqual(
        cells.map((row) => row.map((cell) => (cell === null ? "" : String(cell)))),
      );
      for (const cell of read.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      const sheet = await sheetOf(await statisticsXlsx(statistics, by, "ko"));
      expect(sheet).not.toContain("<f>");
      expect(
        [...sheet.matchAll(/<c [^>]*t="n"[^>]*><v>([^<]*)<\/v>|<c (?![^>]*t=)[^>]*><v>([^<]*)<\/v>/g)].map(([, a, b]) =>
          Number(a ?? b),
        ),
      ).toEqual(cells.flat().filter((cell) => typeof cell === "number"));
    }
  });
});

async function sheetOf(file: Buffer): Promise<string> {
  const zip = new ZipReader(new BlobReader(new Blob([new Uint8Array(file)])));
  const entry = (await zip.getEntries()).find(({ filename }) => filename === "xl/worksheets/sheet1.xml");
  if (!entry || entry.directory) throw new Error("No sheet in the file");
  return entry.getData(new TextWriter());
}

describe("rules", () => {
  const period = (given: Record<string, string>) => placementStatisticsPeriod(filterOf(given), now);
  it("take finished days, a month up to today, or from one day to another", () => {
    expect(period({})).toEqual({ from: "2026-10-26", to: "2026-11-22" });
    expect(period({ days: "7" })).toEqual({ from: "2026-11-16", to: "2026-11-22" });
    expect(period({ month: "2026-11" })).toEqual({ from: "2026-11-01", to: "2026-11-23" });
    expect(period({ month: "2026-02" })).toEqual({ from: "2026-02-01", to: "2026-02-28" });
    expect(period({ from: "2026-03-05", to: "2026-03-01" })).toEqual({ from: "2026-03-01", to: "2026-03-05" });
    expect(period({ from: "2026-11-20" })).toEqual({ from: "2026-11-20", to: "2026-11-23" });
    expect(period({ to: "2027-05-01", from: "2026-11-01" })).toEqual({ from: "2026-11-01", to: "2026-11-23" });
    expect(period({ from: "2026-02-30", to: "nonsense" })).toEqual(period({}));
  });
  it("compare as many days just before, or the same days a year ago", () => {
    const days = { from: "2026-11-16", to: "2026-11-22" };
    expect(comparedPeriod(days, "before")).toEqual({ from: "2026-11-09", to: "2026-11-15" });
    expect(comparedPeriod(days, "year")).toEqual({ from: "2025-11-16", to: "2025-11-22" });
    expect(comparedPeriod(days, "")).toBeNull();
  });
  it("say nothing of what cannot be reckoned", () => {
    const counts = { presses: 60, scans: 40, others: 7, consults: 25, returning: 5 };
    expect(conversionOf(counts)).toBe(0.25);
    expect(conversionOf({ ...counts, presses: 0, scans: 0 })).toBeNull();
    expect([changeOf(3, 2), changeOf(3, 0)]).toEqual([0.5, null]);
  });
  it("sort alike each time", () => {
    const row = (key: string, presses: number, consults: number) => ({
      ...{ key, name: key, code: "", channel: "", medium: "", presses, scans: 0, others: 0, consults, returning: 0 },
    });
    const rows = [row("b", 5, 1), row("a", 5, 5), row("c", 9, 0), row("d", 0, 3)];
    expect(sortGroups(rows, "people").map(({ key }) => key)).toEqual(["c", "a", "b", "d"]);
    expect(sortGroups(rows, "conversion").map(({ key }) => key)).toEqual(["a", "b", "c", "d"]);
  });
});
