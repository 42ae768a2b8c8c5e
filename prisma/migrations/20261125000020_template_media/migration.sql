-- Files that messages show (guide 1-2): kept as they may be sent, once each, taken out of the library but never from the versions that show them.

CREATE TABLE media_files (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  kind text NOT NULL,
  file_id text NOT NULL,
  name text NOT NULL,
  mime text NOT NULL,
  bytes integer NOT NULL,
  sha256 text NOT NULL,
  came_as text NOT NULL,
  cleaned integer NOT NULL DEFAULT 0,
  width integer,
  height integer,
  seconds double precision,
  alt text NOT NULL DEFAULT '',
  person_id uuid NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT media_files_kind_known CHECK (kind IN ('image', 'video', 'audio', 'file')),
  CONSTRAINT media_files_sizes CHECK (bytes BETWEEN 1 AND 314572800 AND cleaned >= 0),
  CONSTRAINT media_files_image_has_sides CHECK (kind <> 'image' OR (width > 0 AND height > 0)),
  CONSTRAINT media_files_sha256_shape CHECK (sha256 ~ '^[0-9a-f]{64}$' AND came_as ~ '^[0-9a-f]{64}$'),
  CONSTRAINT media_files_alt_short CHECK (length(alt) <= 300)
);
CREATE UNIQUE INDEX media_files_organization_id_id_key ON media_files (organization_id, id);
CREATE INDEX media_files_organization_id_at_id_idx ON media_files (organization_id, at DESC, id DESC);
CREATE INDEX media_files_organization_id_sha256_idx ON media_files (organization_id, sha256);
CREATE INDEX media_files_organization_id_file_id_idx ON media_files (organization_id, file_id);
ALTER TABLE media_files ADD CONSTRAINT media_files_organization_id_file_id_fkey
  FOREIGN KEY (organization_id, file_id) REFERENCES evidence_files (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE media_withdrawals (
  media_id uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  person_id uuid NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX media_withdrawals_organization_id_media_id_key ON media_withdrawals (organization_id, media_id);
ALTER TABLE media_withdrawals ADD CONSTRAINT media_withdrawals_organization_id_media_id_fkey
  FOREIGN KEY (organization_id, media_id) REFERENCES media_files (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['media_files', 'media_withdrawals'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_organization ON %I USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()))', name);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO damso_app', name);
  END LOOP;
END $$;
GRANT UPDATE (alt) ON media_files TO damso_app;
GRANT DELETE ON media_withdrawals TO damso_app;
