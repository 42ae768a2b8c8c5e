// A company with two hundred places and as many presses as are asked for.
import type pg from "pg";

export const organization = "00000000-0000-4000-8000-00000000beac";
const places = 200;

export async function makeGround(owner: pg.Client): Promise<void> {
  await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, 'bench', 'bench')", [organization]);
  await owner.query("INSERT INTO channels (organization_id, search_id, name) VALUES ($1, 'bench', 'bench')", [
    organization,
  ]);
  await owner.query(
    `INSERT INTO placements (organization_id, channel_id, code, name, medium, owner_id)
     SELECT organization_id, id, 'pl_bench_' || n, 'bench ' || n, 'web', gen_random_uuid() FROM channels, generate_series(1, $1::int) n`,
    [places],
  );
}

/** Presses from one number up to another, spread over the days up to today; few places have many of them. */
export async function press(owner: pg.Client, from: number, to: number, days: number): Promise<void> {
  await owner.query(
    `INSERT INTO presses (organization_id, placement_id, at, kind, visitor, visitor_hash)
     SELECT p.organization_id, p.id, date_trunc('day', now()) - interval '9 hours' - make_interval(secs => (g % 9973) / 9973.0 * 86400 * $3::int),
       CASE WHEN g % 4 = 0 THEN 'scan' ELSE 'press' END, CASE WHEN g % 17 = 0 THEN 'bot' ELSE 'person' END, decode(lpad(to_hex(g), 16, '0'), 'hex')
     FROM generate_series($1::int, $2::int - 1) g
     JOIN (SELECT *, row_number() OVER (ORDER BY code) - 1 AS n FROM placements) p
       ON p.n = floor(${places} * power((hashint8(g) & 1048575) / 1048576.0, 2))::int`,
    [from, to, days],
  );
}

/** Roll-ups from the presses, as a migration would fill them. */
export async function rebuild(owner: pg.Client): Promise<void> {
  const counts = `count(*) FILTER (WHERE visitor = 'person' AND kind = 'press'), count(*) FILTER (WHERE visitor = 'person' AND kind = 'scan'),
    count(*) FILTER (WHERE visitor <> 'person')`;
  await owner.query("TRUNCATE press_days, press_company_days, press_hours");
  await owner.query(`INSERT INTO press_days (organization_id, placement_id, day, presses, scans, others)
    SELECT organization_id, placement_id, (at AT TIME ZONE 'Asia/Seoul')::date, ${counts} FROM presses GROUP BY 1, 2, 3`);
  await owner.query(`INSERT INTO press_company_days (organization_id, day, presses, scans, others)
    SELECT organization_id, day, sum(presses), sum(scans), sum(others) FROM press_days GROUP BY 1, 2`);
  await owner.query(`INSERT INTO press_hours (organization_id, hour, presses, scans, others)
    SELECT organization_id, date_trunc('hour', at, 'UTC'), ${counts} FROM presses GROUP BY 1, 2`);
  await owner.query("VACUUM ANALYZE presses, press_days, press_company_days, press_hours");
}
