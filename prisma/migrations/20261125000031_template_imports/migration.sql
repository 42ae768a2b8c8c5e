-- What an uploaded pack of templates says, kept for an hour until it is taken or thrown away. The file itself is not kept.

CREATE TABLE template_imports (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  person_id uuid NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  list jsonb NOT NULL,
  sha256 text NOT NULL,
  CONSTRAINT template_imports_sha256_shape CHECK (sha256 ~ '^[0-9a-f]{64}$')
);
CREATE UNIQUE INDEX template_imports_organization_id_id_key ON template_imports (organization_id, id);
CREATE INDEX template_imports_organization_id_person_id_idx ON template_imports (organization_id, person_id);

ALTER TABLE template_imports ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON template_imports USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()));
GRANT SELECT, INSERT, DELETE ON template_imports TO damso_app;
