-- Presses of a whole company by KST day and by hour, counted with the fact (performance.md F): the daily line and the hours of a day read these.

CREATE TABLE "press_company_days" (
    "organization_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "presses" INTEGER NOT NULL DEFAULT 0,
    "scans" INTEGER NOT NULL DEFAULT 0,
    "others" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "press_company_days_pkey" PRIMARY KEY ("organization_id","day")
);
CREATE TABLE "press_hours" (
    "organization_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "presses" INTEGER NOT NULL DEFAULT 0,
    "scans" INTEGER NOT NULL DEFAULT 0,
    "others" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "press_hours_pkey" PRIMARY KEY ("organization_id","hour")
);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['press_company_days', 'press_hours'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_organization ON %I USING (organization_id = (SELECT damso_organization()))', name);
    EXECUTE format('GRANT SELECT ON %I TO damso_app', name);
  END LOOP;
END $$;

-- A period's days of all places together, without the days of every place before it.
CREATE INDEX press_days_organization_id_day_idx ON press_days (organization_id, day);
-- Presses come in the order of time: a month of them is found for the recount at next to no cost for the insert.
CREATE INDEX presses_at_idx ON presses USING brin (at) WITH (pages_per_range = 32);

INSERT INTO press_company_days (organization_id, day, presses, scans, others)
  SELECT organization_id, day, sum(presses), sum(scans), sum(others) FROM press_days GROUP BY 1, 2;
INSERT INTO press_hours (organization_id, hour, presses, scans, others)
  SELECT organization_id, date_trunc('hour', at, 'UTC'), count(*) FILTER (WHERE visitor = 'person' AND kind = 'press'),
    count(*) FILTER (WHERE visitor = 'person' AND kind = 'scan'), count(*) FILTER (WHERE visitor <> 'person')
  FROM presses GROUP BY 1, 2;

-- As before, with the two new roll-ups in the same statement. Korea is whole hours from UTC: a day there is 24 of them.
CREATE OR REPLACE FUNCTION damso_record_presses(spool text, from_position bigint, to_position bigint, organizations uuid[], placements uuid[],
    instants bigint[], kinds text[], visitors text[], hashes bytea[]) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE counted bigint;
BEGIN
  INSERT INTO press_spools (file, position) VALUES (spool, 0) ON CONFLICT (file) DO NOTHING;
  SELECT s.position INTO counted FROM press_spools s WHERE s.file = spool FOR UPDATE;
  IF counted <> from_position THEN
    RETURN counted;
  END IF;
  WITH batch AS (
    SELECT organization_id, placement_id, instant, kind, visitor, hash
    FROM unnest(organizations, placements, instants, kinds, visitors, hashes) AS b(organization_id, placement_id, instant, kind, visitor, hash)
  ), kept AS (
    INSERT INTO presses (organization_id, placement_id, at, kind, visitor, visitor_hash)
    SELECT organization_id, placement_id, to_timestamp(instant / 1000.0), kind, visitor, hash FROM batch
  ), counts AS MATERIALIZED (
    SELECT organization_id, placement_id, instant / 3600000 AS hour, date '1970-01-01' + ((instant / 3600000 + 9) / 24)::int AS day,
      count(*) FILTER (WHERE visitor = 'person' AND kind = 'press') AS presses, count(*) FILTER (WHERE visitor = 'person' AND kind = 'scan') AS scans,
      count(*) FILTER (WHERE visitor <> 'person') AS others
    FROM batch GROUP BY 1, 2, 3
  ), by_day AS (
    INSERT INTO press_company_days AS d (organization_id, day, presses, scans, others)
    SELECT organization_id, day, sum(presses), sum(scans), sum(others) FROM counts GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (organization_id, day) DO UPDATE
      SET presses = d.presses + excluded.presses, scans = d.scans + excluded.scans, others = d.others + excluded.others
  ), by_hour AS (
    INSERT INTO press_hours AS d (organization_id, hour, presses, scans, others)
    SELECT organization_id, to_timestamp(hour * 3600), sum(presses), sum(scans), sum(others) FROM counts GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (organization_id, hour) DO UPDATE
      SET presses = d.presses + excluded.presses, scans = d.scans + excluded.scans, others = d.others + excluded.others
  )
  INSERT INTO press_days AS d (organization_id, placement_id, day, presses, scans, others)
  SELECT organization_id, placement_id, day, sum(presses), sum(scans), sum(others) FROM counts GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  ON CONFLICT (organization_id, placement_id, day) DO UPDATE
    SET presses = d.presses + excluded.presses, scans = d.scans + excluded.scans, others = d.others + excluded.others;
  UPDATE press_spools SET position = to_position, updated_at = clock_timestamp() WHERE file = spool;
  RETURN to_position;
END $$;

-- First and last KST day of which presses or roll-ups of the caller's organization speak; nulls where there are none.
CREATE FUNCTION damso_press_span() RETURNS TABLE (first_day date, last_day date)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH spoken AS (
    SELECT min(day) AS low, max(day) AS high FROM press_days WHERE organization_id = damso_organization()
    UNION ALL SELECT min(day), max(day) FROM press_company_days WHERE organization_id = damso_organization()
    UNION ALL SELECT min((hour AT TIME ZONE 'Asia/Seoul')::date), max((hour AT TIME ZONE 'Asia/Seoul')::date) FROM press_hours
      WHERE organization_id = damso_organization()
    UNION ALL SELECT min((f.at AT TIME ZONE 'Asia/Seoul')::date), max((l.at AT TIME ZONE 'Asia/Seoul')::date) FROM placements p
      CROSS JOIN LATERAL (SELECT at FROM presses WHERE organization_id = p.organization_id AND placement_id = p.id ORDER BY at LIMIT 1) f
      CROSS JOIN LATERAL (SELECT at FROM presses WHERE organization_id = p.organization_id AND placement_id = p.id ORDER BY at DESC LIMIT 1) l
      WHERE p.organization_id = damso_organization())
  SELECT min(low), max(high) FROM spoken
$$;

-- Recounts the days of the caller's organization from one KST day through another. One statement, so one snapshot: a press and its roll-ups are in
-- it together or not at all. What differs is added or taken away, never set, so that a batch of the same moment keeps its part.
-- Answers how many rows of each roll-up differed; with repair = false nothing is written.
CREATE FUNCTION damso_recount_presses(from_day date, to_day date, repair boolean)
  RETURNS TABLE (presses bigint, placement_days bigint, company_days bigint, hours bigint)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH counts AS MATERIALIZED (
    SELECT p.placement_id, (p.at AT TIME ZONE 'Asia/Seoul')::date AS day, date_trunc('hour', p.at, 'UTC') AS hour,
      grouping(p.placement_id) = 0 AS of_placement,
      count(*) FILTER (WHERE visitor = 'person' AND kind = 'press')::int AS presses,
      count(*) FILTER (WHERE visitor = 'person' AND kind = 'scan')::int AS scans,
      count(*) FILTER (WHERE visitor <> 'person')::int AS others, count(*) AS all_of_them
    FROM presses p
    WHERE p.organization_id = damso_organization() AND p.at >= from_day::timestamp AT TIME ZONE 'Asia/Seoul'
      AND p.at < (to_day + 1)::timestamp AT TIME ZONE 'Asia/Seoul'
    GROUP BY GROUPING SETS ((p.placement_id, (p.at AT TIME ZONE 'Asia/Seoul')::date), (date_trunc('hour', p.at, 'UTC')))
  ), placement_wrong AS MATERIALIZED (
    SELECT placement_id, day, coalesce(c.presses, 0) - coalesce(d.presses, 0) AS presses, coalesce(c.scans, 0) - coalesce(d.scans, 0) AS scans,
      coalesce(c.others, 0) - coalesce(d.others, 0) AS others
    FROM (SELECT * FROM counts WHERE of_placement) c
    FULL JOIN (SELECT * FROM press_days WHERE organization_id = damso_organization() AND day BETWEEN from_day AND to_day) d USING (placement_id, day)
    WHERE (coalesce(c.presses, 0), coalesce(c.scans, 0), coalesce(c.others, 0)) <> (coalesce(d.presses, 0), coalesce(d.scans, 0), coalesce(d.others, 0))
  ), hour_wrong AS MATERIALIZED (
    SELECT hour, coalesce(c.presses, 0) - coalesce(d.presses, 0) AS presses, coalesce(c.scans, 0) - coalesce(d.scans, 0) AS scans,
      coalesce(c.others, 0) - coalesce(d.others, 0) AS others
    FROM (SELECT * FROM counts WHERE NOT of_placement) c
    FULL JOIN (SELECT * FROM press_hours WHERE organization_id = damso_organization() AND hour >= from_day::timestamp AT TIME ZONE 'Asia/Seoul'
      AND hour < (to_day + 1)::timestamp AT TIME ZONE 'Asia/Seoul') d USING (hour)
    WHERE (coalesce(c.presses, 0), coalesce(c.scans, 0), coalesce(c.others, 0)) <> (coalesce(d.presses, 0), coalesce(d.scans, 0), coalesce(d.others, 0))
  ), company_wrong AS MATERIALIZED (
    SELECT day, coalesce(c.presses, 0) - coalesce(d.presses, 0) AS presses, coalesce(c.scans, 0) - coalesce(d.scans, 0) AS scans,
      coalesce(c.others, 0) - coalesce(d.others, 0) AS others
    FROM (SELECT day, sum(presses)::int AS presses, sum(scans)::int AS scans, sum(others)::int AS others FROM counts WHERE of_placement GROUP BY 1) c
    FULL JOIN (SELECT * FROM press_company_days WHERE organization_id = damso_organization() AND day BETWEEN from_day AND to_day) d USING (day)
    WHERE (coalesce(c.presses, 0), coalesce(c.scans, 0), coalesce(c.others, 0)) <> (coalesce(d.presses, 0), coalesce(d.scans, 0), coalesce(d.others, 0))
  ), by_day AS (
    INSERT INTO press_company_days AS d (organization_id, day, presses, scans, others)
    SELECT damso_organization(), day, presses, scans, others FROM company_wrong WHERE repair ORDER BY day
    ON CONFLICT (organization_id, day) DO UPDATE
      SET presses = d.presses + excluded.presses, scans = d.scans + excluded.scans, others = d.others + excluded.others
  ), by_hour AS (
    INSERT INTO press_hours AS d (organization_id, hour, presses, scans, others)
    SELECT damso_organization(), hour, presses, scans, others FROM hour_wrong WHERE repair ORDER BY hour
    ON CONFLICT (organization_id, hour) DO UPDATE
      SET presses = d.presses + excluded.presses, scans = d.scans + excluded.scans, others = d.others + excluded.others
  ), by_placement AS (
    INSERT INTO press_days AS d (organization_id, placement_id, day, presses, scans, others)
    SELECT damso_organization(), placement_id, day, presses, scans, others FROM placement_wrong WHERE repair ORDER BY placement_id, day
    ON CONFLICT (organization_id, placement_id, day) DO UPDATE
      SET presses = d.presses + excluded.presses, scans = d.scans + excluded.scans, others = d.others + excluded.others
  )
  SELECT (SELECT coalesce(sum(all_of_them), 0)::bigint FROM counts WHERE NOT of_placement), (SELECT count(*) FROM placement_wrong),
    (SELECT count(*) FROM company_wrong), (SELECT count(*) FROM hour_wrong)
$$;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['damso_press_span()', 'damso_recount_presses(date, date, boolean)'] LOOP
    EXECUTE 'REVOKE ALL ON FUNCTION ' || name || ' FROM PUBLIC';
    EXECUTE 'GRANT EXECUTE ON FUNCTION ' || name || ' TO damso_app';
  END LOOP;
END $$;
