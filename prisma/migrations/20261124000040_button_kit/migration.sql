-- The consult button's artwork, as the company got it from Kakao; and the presses that could not be written down.

CREATE TABLE consult_symbols (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  kind text NOT NULL,
  number integer NOT NULL,
  file_id text NOT NULL,
  sha256 text NOT NULL,
  bytes integer NOT NULL,
  width integer NOT NULL,
  height integer NOT NULL,
  person_id uuid NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT consult_symbols_kind_known CHECK (kind IN ('symbol', 'button')),
  CONSTRAINT consult_symbols_number_counts CHECK (number > 0),
  CONSTRAINT consult_symbols_sha256_shape CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  -- Served to everybody's pages from memory: 256 KB, 2,048 pixels a side at most.
  CONSTRAINT consult_symbols_small CHECK (bytes BETWEEN 1 AND 262144 AND width BETWEEN 1 AND 2048 AND height BETWEEN 1 AND 2048)
);
CREATE UNIQUE INDEX consult_symbols_organization_id_id_key ON consult_symbols (organization_id, id);
CREATE UNIQUE INDEX consult_symbols_organization_id_kind_number_key ON consult_symbols (organization_id, kind, number);
CREATE INDEX consult_symbols_organization_id_file_id_idx ON consult_symbols (organization_id, file_id);
ALTER TABLE consult_symbols ADD CONSTRAINT consult_symbols_organization_id_file_id_fkey
  FOREIGN KEY (organization_id, file_id) REFERENCES evidence_files (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE consult_symbol_withdrawals (
  symbol_id uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  reason text NOT NULL,
  person_id uuid NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX consult_symbol_withdrawals_organization_id_symbol_id_key ON consult_symbol_withdrawals (organization_id, symbol_id);
ALTER TABLE consult_symbol_withdrawals ADD CONSTRAINT consult_symbol_withdrawals_organization_id_symbol_id_fkey
  FOREIGN KEY (organization_id, symbol_id) REFERENCES consult_symbols (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE;

-- Presses that were sent on and could not be written down, by instance and KST day: totals, so that telling them twice counts once.
CREATE TABLE press_failures (
  organization_id uuid NOT NULL,
  instance uuid NOT NULL,
  day date NOT NULL,
  presses integer NOT NULL,
  last_at timestamptz(3) NOT NULL,
  PRIMARY KEY (organization_id, instance, day),
  CONSTRAINT press_failures_some CHECK (presses > 0)
);
CREATE INDEX press_failures_organization_id_day_idx ON press_failures (organization_id, day);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['consult_symbols', 'consult_symbol_withdrawals'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_organization ON %I USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()))', name);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO damso_app', name);
  END LOOP;
END $$;
ALTER TABLE press_failures ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON press_failures USING (organization_id = (SELECT damso_organization()));
GRANT SELECT ON press_failures TO damso_app;

-- Every artwork that was not withdrawn, for the public address; `current` is the one that the embed draws.
CREATE FUNCTION damso_consult_symbols()
  RETURNS TABLE (organization_id uuid, kind text, sha256 text, file_id text, bytes integer, width integer, height integer, current boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.organization_id, s.kind, s.sha256, s.file_id, s.bytes, s.width, s.height,
    s.number = (SELECT max(n.number) FROM consult_symbols n WHERE n.organization_id = s.organization_id AND n.kind = s.kind)
  FROM consult_symbols s
  WHERE NOT EXISTS (SELECT 1 FROM consult_symbol_withdrawals w WHERE w.symbol_id = s.id)
  ORDER BY s.organization_id, s.kind, s.number
$$;

CREATE FUNCTION damso_record_press_failures(instance uuid, organizations uuid[], days date[], counts int[], instants bigint[]) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO press_failures AS f (organization_id, instance, day, presses, last_at)
  SELECT o, $1, d, n, to_timestamp(i / 1000.0) FROM unnest(organizations, days, counts, instants) AS b(o, d, n, i)
  ON CONFLICT (organization_id, instance, day) DO UPDATE
    SET presses = greatest(f.presses, excluded.presses), last_at = greatest(f.last_at, excluded.last_at)
$$;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['damso_consult_symbols()', 'damso_record_press_failures(uuid, uuid[], date[], int[], bigint[])'] LOOP
    EXECUTE 'REVOKE ALL ON FUNCTION ' || name || ' FROM PUBLIC';
    EXECUTE 'GRANT EXECUTE ON FUNCTION ' || name || ' TO damso_app';
  END LOOP;
END $$;

-- An empty subject: everything is read anew, artwork too.
CREATE TRIGGER notify_presses AFTER INSERT ON consult_symbols FOR EACH ROW EXECUTE FUNCTION damso_notify_presses('none');
CREATE TRIGGER notify_presses AFTER INSERT ON consult_symbol_withdrawals FOR EACH ROW EXECUTE FUNCTION damso_notify_presses('none');
