-- How each place's QR looks, version by version, so that a reprint is the same; sheets of many; and the runs that were printed.

CREATE TABLE placement_qrs (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  placement_id uuid NOT NULL,
  number integer NOT NULL,
  level text NOT NULL,
  quiet integer NOT NULL,
  dark text NOT NULL,
  light text NOT NULL,
  side_mm integer NOT NULL,
  distance_cm integer NOT NULL,
  caption_ko text NOT NULL,
  caption_en text NOT NULL,
  logo_id uuid,
  sha256 text NOT NULL,
  person_id uuid NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT placement_qrs_number_counts CHECK (number > 0),
  CONSTRAINT placement_qrs_level_known CHECK (level IN ('L', 'M', 'Q', 'H')),
  CONSTRAINT placement_qrs_quiet_enough CHECK (quiet BETWEEN 4 AND 10),
  CONSTRAINT placement_qrs_color_shape CHECK (dark ~ '^#[0-9a-f]{6}$' AND light ~ '^#[0-9a-f]{6}$'),
  CONSTRAINT placement_qrs_measures CHECK (side_mm BETWEEN 10 AND 1000 AND distance_cm BETWEEN 5 AND 2000),
  CONSTRAINT placement_qrs_sha256_shape CHECK (sha256 ~ '^[0-9a-f]{64}$')
);
CREATE UNIQUE INDEX placement_qrs_organization_id_id_key ON placement_qrs (organization_id, id);
CREATE UNIQUE INDEX placement_qrs_organization_id_placement_id_number_key ON placement_qrs (organization_id, placement_id, number);
CREATE INDEX placement_qrs_organization_id_logo_id_idx ON placement_qrs (organization_id, logo_id);
ALTER TABLE placement_qrs ADD CONSTRAINT placement_qrs_organization_id_placement_id_fkey
  FOREIGN KEY (organization_id, placement_id) REFERENCES placements (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE placement_qrs ADD CONSTRAINT placement_qrs_organization_id_logo_id_fkey
  FOREIGN KEY (organization_id, logo_id) REFERENCES consult_symbols (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE print_batches (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  total integer NOT NULL,
  done integer NOT NULL DEFAULT 0,
  person_id uuid NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  lease_until timestamptz(3),
  finished_at timestamptz(3),
  canceled_at timestamptz(3),
  failure text NOT NULL DEFAULT '',
  file_id text,
  CONSTRAINT print_batches_kind_known CHECK (kind IN ('labels8', 'labels12', 'labels24', 'labels40', 'tent', 'poster_a4', 'poster_a3', 'files')),
  CONSTRAINT print_batches_total_some CHECK (total BETWEEN 1 AND 1000 AND done BETWEEN 0 AND total),
  CONSTRAINT print_batches_one_end CHECK (num_nonnulls(finished_at, canceled_at) <= 1),
  CONSTRAINT print_batches_finished_whole CHECK ((finished_at IS NULL) = (file_id IS NULL))
);
CREATE UNIQUE INDEX print_batches_organization_id_id_key ON print_batches (organization_id, id);
CREATE INDEX print_batches_organization_id_at_id_idx ON print_batches (organization_id, at, id);
CREATE INDEX print_batches_organization_id_file_id_idx ON print_batches (organization_id, file_id);
ALTER TABLE print_batches ADD CONSTRAINT print_batches_organization_id_file_id_fkey
  FOREIGN KEY (organization_id, file_id) REFERENCES evidence_files (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE;

-- The run number stands on the print itself, so it is given before anything is printed.
CREATE TABLE print_batch_items (
  batch_id uuid NOT NULL,
  organization_id uuid NOT NULL,
  place integer NOT NULL,
  placement_id uuid NOT NULL,
  qr_number integer,
  run_number integer NOT NULL,
  PRIMARY KEY (batch_id, place),
  CONSTRAINT print_batch_items_counts CHECK (place > 0 AND run_number > 0)
);
CREATE INDEX print_batch_items_organization_id_batch_id_idx ON print_batch_items (organization_id, batch_id);
CREATE UNIQUE INDEX print_batch_items_organization_id_placement_id_run_number_key ON print_batch_items (organization_id, placement_id, run_number);
ALTER TABLE print_batch_items ADD CONSTRAINT print_batch_items_organization_id_batch_id_fkey
  FOREIGN KEY (organization_id, batch_id) REFERENCES print_batches (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE print_batch_items ADD CONSTRAINT print_batch_items_organization_id_placement_id_fkey
  FOREIGN KEY (organization_id, placement_id) REFERENCES placements (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE;

-- What really was printed and hangs somewhere: a take-down closes each of them with a photo.
CREATE TABLE print_runs (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  placement_id uuid NOT NULL,
  batch_id uuid,
  number integer NOT NULL,
  copies integer NOT NULL,
  printed_on date NOT NULL,
  note text NOT NULL DEFAULT '',
  person_id uuid NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT print_runs_counts CHECK (number > 0 AND copies BETWEEN 1 AND 1000000)
);
CREATE UNIQUE INDEX print_runs_organization_id_id_key ON print_runs (organization_id, id);
CREATE UNIQUE INDEX print_runs_organization_id_placement_id_number_key ON print_runs (organization_id, placement_id, number);
CREATE INDEX print_runs_organization_id_batch_id_idx ON print_runs (organization_id, batch_id);
ALTER TABLE print_runs ADD CONSTRAINT print_runs_organization_id_placement_id_fkey
  FOREIGN KEY (organization_id, placement_id) REFERENCES placements (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE print_runs ADD CONSTRAINT print_runs_organization_id_batch_id_fkey
  FOREIGN KEY (organization_id, batch_id) REFERENCES print_batches (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE consult_symbols DROP CONSTRAINT consult_symbols_kind_known,
  ADD CONSTRAINT consult_symbols_kind_known CHECK (kind IN ('symbol', 'button', 'logo'));

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['placement_qrs', 'print_batches', 'print_batch_items', 'print_runs'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_organization ON %I USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()))', name);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO damso_app', name);
  END LOOP;
END $$;
GRANT UPDATE (done, lease_until, finished_at, canceled_at, failure, file_id) ON print_batches TO damso_app;

-- Organizations with a sheet to be drawn.
CREATE FUNCTION damso_prints_waiting() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT organization_id FROM print_batches
  WHERE finished_at IS NULL AND canceled_at IS NULL AND failure = '' AND (lease_until IS NULL OR lease_until <= clock_timestamp())
$$;
REVOKE ALL ON FUNCTION damso_prints_waiting() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION damso_prints_waiting() TO damso_app;
CREATE INDEX print_batches_waiting_idx ON print_batches (organization_id) WHERE finished_at IS NULL AND canceled_at IS NULL AND failure = '';
