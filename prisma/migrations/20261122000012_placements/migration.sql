-- Placements keep their code for ever; presses are counted by functions, once, from spool files.

ALTER TABLE placements
  ADD CONSTRAINT placements_code_shape CHECK (code ~ '^[A-Za-z0-9_]{1,50}$'),
  ADD CONSTRAINT placements_medium_known CHECK (medium IN ('web', 'mobile_web', 'app', 'offline')),
  ADD CONSTRAINT placements_mode_known CHECK (mode IN ('redirect', 'direct')),
  ADD CONSTRAINT placements_print_can_be_switched_off CHECK (medium <> 'offline' OR mode = 'redirect'),
  ADD CONSTRAINT placements_bot_known CHECK (bot IN ('false', 'true', 'auto'));

-- A code is never used again: its row stays, and neither the code nor the channel of a row changes.
REVOKE UPDATE, DELETE ON placements FROM damso_app;
GRANT UPDATE (name, medium, location, mode, bot, event, owner_id, version) ON placements TO damso_app;
REVOKE UPDATE, DELETE ON placement_retirements FROM damso_app;

-- A roll-up is found by placement and day.
CREATE INDEX press_days_placement_id_day_idx ON press_days (placement_id, day);

-- What the redirect needs of every placement, or of those of one placement or channel.
CREATE FUNCTION damso_press_targets(subject uuid DEFAULT NULL)
  RETURNS TABLE (placement_id uuid, organization_id uuid, code text, mode text, bot text, event text, search_id text, live boolean,
    ends_at timestamptz, retired boolean, company text, channel text, contact text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id, p.organization_id, p.code, p.mode, p.bot, p.event, c.search_id, g.channel_id IS NOT NULL,
    (e.ends_on + 1)::timestamp AT TIME ZONE 'Asia/Seoul', r.placement_id IS NOT NULL, o.name, c.name, c.contact
  FROM placements p
  JOIN channels c ON c.id = p.channel_id
  JOIN organizations o ON o.id = p.organization_id
  LEFT JOIN channel_go_lives g ON g.channel_id = c.id
  LEFT JOIN channel_ends e ON e.channel_id = c.id
  LEFT JOIN placement_retirements r ON r.placement_id = p.id
  WHERE subject IS NULL OR p.id = subject OR p.channel_id = subject
$$;

-- Every instance hears within a moment what changed: the id of a placement or of a channel.
CREATE FUNCTION damso_notify_presses() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE changed jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
BEGIN
  PERFORM pg_notify('damso_presses', coalesce(changed ->> TG_ARGV[0], ''));
  RETURN NULL;
END $$;
CREATE TRIGGER notify_presses AFTER INSERT OR UPDATE OR DELETE ON placements FOR EACH ROW EXECUTE FUNCTION damso_notify_presses('id');
CREATE TRIGGER notify_presses AFTER INSERT OR UPDATE OR DELETE ON placement_retirements FOR EACH ROW EXECUTE FUNCTION damso_notify_presses('placement_id');
CREATE TRIGGER notify_presses AFTER UPDATE ON channels FOR EACH ROW EXECUTE FUNCTION damso_notify_presses('id');
CREATE TRIGGER notify_presses AFTER INSERT OR UPDATE OR DELETE ON channel_go_lives FOR EACH ROW EXECUTE FUNCTION damso_notify_presses('channel_id');
CREATE TRIGGER notify_presses AFTER INSERT OR UPDATE OR DELETE ON channel_ends FOR EACH ROW EXECUTE FUNCTION damso_notify_presses('channel_id');

-- One batch of a spool file, in one transaction with how far the file is counted. Answers that position: another one than to_position
-- means that somebody else counted meanwhile and nothing was done. Instants in milliseconds since the epoch.
CREATE FUNCTION damso_record_presses(spool text, from_position bigint, to_position bigint, organizations uuid[], placements uuid[],
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
    SELECT organization_id, placement_id, to_timestamp(instant / 1000.0) AS at, kind, visitor, hash
    FROM unnest(organizations, placements, instants, kinds, visitors, hashes) AS b(organization_id, placement_id, instant, kind, visitor, hash)
  ), kept AS (
    INSERT INTO presses (organization_id, placement_id, at, kind, visitor, visitor_hash)
    SELECT organization_id, placement_id, at, kind, visitor, hash FROM batch
  )
  INSERT INTO press_days AS d (organization_id, placement_id, day, presses, scans, others)
  SELECT organization_id, placement_id, (at AT TIME ZONE 'Asia/Seoul')::date,
    count(*) FILTER (WHERE visitor = 'person' AND kind = 'press'), count(*) FILTER (WHERE visitor = 'person' AND kind = 'scan'),
    count(*) FILTER (WHERE visitor <> 'person')
  FROM batch GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  ON CONFLICT (organization_id, placement_id, day) DO UPDATE
    SET presses = d.presses + excluded.presses, scans = d.scans + excluded.scans, others = d.others + excluded.others;
  UPDATE press_spools SET position = to_position, updated_at = clock_timestamp() WHERE file = spool;
  RETURN to_position;
END $$;

-- How far files are counted; files never heard of are left out.
CREATE FUNCTION damso_spool_positions(files text[]) RETURNS TABLE (file text, counted bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT s.file, s.position FROM press_spools s WHERE s.file = ANY(files) $$;
-- Called long after the file itself is gone, so that nobody can count it from the beginning again.
CREATE FUNCTION damso_forget_spools(files text[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ DELETE FROM press_spools s WHERE s.file = ANY(files) $$;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['damso_press_targets(uuid)', 'damso_spool_positions(text[])', 'damso_forget_spools(text[])',
    'damso_record_presses(text, bigint, bigint, uuid[], uuid[], bigint[], text[], text[], bytea[])'] LOOP
    EXECUTE 'REVOKE ALL ON FUNCTION ' || name || ' FROM PUBLIC';
    EXECUTE 'GRANT EXECUTE ON FUNCTION ' || name || ' TO damso_app';
  END LOOP;
END $$;
