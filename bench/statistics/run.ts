// Press statistics: roll-ups against the presses themselves, and what keeping them costs the insert (performance.md F).
import { cpus, loadavg } from "node:os";
import pg from "pg";
import { clearTestServer, createTestDatabase, prepareTestServer } from "@/lib/db/testing";
import { type Figure, type Figures, median, type Settings } from "../harness";
import { makeGround, organization, press, rebuild } from "./company";

const days = 90;
const inDays = `day >= current_date - ${days} AND day < current_date`;
const begins = (day: string) => `(${day})::timestamp AT TIME ZONE 'Asia/Seoul'`;
const between = `at >= ${begins(`current_date - ${days}`)} AND at < ${begins("current_date")}`;
const seoul = "(at AT TIME ZONE 'Asia/Seoul')::date";
const people = "count(*) FILTER (WHERE visitor = 'person')";

/** Two ways to the same rows: from the presses, with an index for it, and from the roll-up. */
const questions = {
  line: [
    `SELECT ${seoul} AS day, ${people}::int AS people FROM presses WHERE organization_id = '${organization}' AND ${between} GROUP BY 1 ORDER BY 1`,
    `SELECT day, presses + scans AS people FROM press_company_days WHERE organization_id = '${organization}' AND ${inDays} ORDER BY 1`,
  ],
  matrix: [
    `SELECT placement_id, ${people}::int AS people FROM presses WHERE organization_id = '${organization}' AND ${between} GROUP BY 1 ORDER BY 1`,
    `SELECT placement_id, sum(presses + scans)::int AS people FROM press_days WHERE organization_id = '${organization}' AND ${inDays} GROUP BY 1 ORDER BY 1`,
  ],
} as const;

/** @param adminUrl owner of a PostgreSQL where a database may be made and dropped again */
export async function benchStatistics(adminUrl: string, settings: Settings): Promise<Figures[]> {
  const size = settings.quick ? 5_000 : (settings.size ?? 1_000_000);
  const loadAverage = loadavg()[0] ?? 0;
  const server = await prepareTestServer(adminUrl, { keepTemplate: false });
  try {
    const database = await createTestDatabase(server, `${server.prefix}statistics`);
    const owner = new pg.Client({ connectionString: database.DATABASE_URL, options: "-c timezone=UTC" });
    await owner.connect();
    try {
      const { faults, figures } = await measure(owner, size, settings);
      const noisy = loadAverage > cpus().length + 2;
      return [{ name: `statistics, ${size} presses in ${days} days`, noisy, loadAverage, faults, figures }];
    } finally {
      await owner.end();
    }
  } finally {
    await clearTestServer(server);
  }
}

async function measure(
  owner: pg.Client,
  size: number,
  { rounds, quick, say }: Settings,
): Promise<{ faults: string[]; figures: Figure[] }> {
  const faults: string[] = [];
  await makeGround(owner);
  await owner.query("CREATE INDEX raw_way ON presses (organization_id, at)");
  await press(owner, 0, size / 5, days);
  await rebuild(owner);
  const small = await asked(owner, rounds, faults);
  await press(owner, size / 5, size, days);
  await rebuild(owner);
  say?.(`${size} presses`);
  const big = await asked(owner, rounds, faults);
  const insert = await inserted(owner, rounds, quick ? 20 : 200, faults);
  const against = (what: string, [raw, rolled]: readonly number[], least: number): Figure => ({
    ...{ what, value: (raw ?? 0) / (rolled ?? 0), least },
    said: `${raw?.toFixed(2)} ÷ ${rolled?.toFixed(2)} ms`,
  });
  const growth = (what: string, from = 0, to = 0): Figure => ({
    ...{ what, value: to / from, most: 1.5, said: `${from.toFixed(2)} → ${to.toFixed(2)} ms` },
  });
  return {
    faults,
    figures: [
      against("daily line, presses ÷ roll-up", big.line, 20),
      against("matrix by place, presses ÷ roll-up", big.matrix, 10),
      growth("daily line, size ÷ a fifth", small.line[1], big.line[1]),
      growth("matrix, size ÷ a fifth", small.matrix[1], big.matrix[1]),
      {
        ...{ what: "insert, with roll-ups ÷ raw", value: insert.raw / insert.rolled, least: 0.6 },
        said: `${Math.round(insert.rate)} presses/s with roll-ups`,
      },
    ],
  };
}

type Asked = Record<keyof typeof questions, [raw: number, rolled: number]>;

/** Median milliseconds of each way, the order reversed each round; the answers must be the same. */
async function asked(owner: pg.Client, rounds: number, faults: string[]): Promise<Asked> {
  const result: Asked = { line: [0, 0], matrix: [0, 0] };
  for (const name of ["line", "matrix"] as const) {
    const took: [number[], number[]] = [[], []];
    const answers = ["", ""];
    for (let round = 0; round < rounds; round += 1)
      for (const way of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
        const from = performance.now();
        const { rows } = await owner.query(questions[name][way]);
        took[way].push(performance.now() - from);
        answers[way] = JSON.stringify(rows);
      }
    if (answers[0] !== answers[1]) faults.push(`${name}: the roll-up says something else than the presses`);
    result[name] = [median(took[0]), median(took[1])];
  }
  return result;
}

const batchRows = 1_000;

/** Batches through the product's function beside a bare INSERT into a table of the same shape and indexes. */
async function inserted(owner: pg.Client, rounds: number, batches: number, faults: string[]) {
  const { rows: places } = await owner.query<{ id: string }>("SELECT id FROM placements ORDER BY code");
  await owner.query("DROP INDEX raw_way");
  await owner.query("CREATE TABLE raw_presses (LIKE presses INCLUDING ALL)");
  const now = Date.now();
  const columns = Array.from({ length: batchRows }, (_, n) => n);
  const values = [
    columns.map(() => organization),
    columns.map((n) => places[(n * 7) % places.length]?.id),
    columns.map((n) => now + n),
    columns.map((n) => (n % 4 === 0 ? "scan" : "press")),
    columns.map((n) => (n % 17 === 0 ? "bot" : "person")),
    columns.map((n) => Buffer.from(n.toString(16).padStart(16, "0"), "hex")),
  ];
  const took: { raw: number[]; rolled: number[] } = { raw: [], rolled: [] };
  let serial = 0;
  const lap = async (way: "raw" | "rolled") => {
    const from = performance.now();
    for (let batch = 0; batch < batches; batch += 1) {
      serial += 1;
      if (way === "rolled")
        await owner.query(
          "SELECT damso_record_presses($1, 0, 1, $2::uuid[], $3::uuid[], $4::bigint[], $5::text[], $6::text[], $7::bytea[])",
          [`bench-${serial}`, ...values],
        );
      else
        await owner.query(
          `INSERT INTO raw_presses (organization_id, placement_id, at, kind, visitor, visitor_hash)
           SELECT o, p, to_timestamp(i / 1000.0), k, v, h FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::bytea[]) AS b(o, p, i, k, v, h)`,
          values,
        );
    }
    took[way].push(performance.now() - from);
  };
  for (let round = 0; round < rounds; round += 1)
    for (const way of round % 2 === 0 ? (["raw", "rolled"] as const) : (["rolled", "raw"] as const)) await lap(way);
  const { rows } = await owner.query<{ wrong: string }>(
    `SELECT set_config('damso.organization', $1, false), (SELECT placement_days + company_days + hours FROM damso_recount_presses(current_date - 400, current_date + 1, false)) AS wrong`,
    [organization],
  );
  if (Number(rows[0]?.wrong) !== 0) faults.push(`the recount finds ${rows[0]?.wrong} rows that differ`);
  const rolled = median(took.rolled);
  return { raw: median(took.raw), rolled, rate: (batchRows * batches * 1_000) / rolled };
}
