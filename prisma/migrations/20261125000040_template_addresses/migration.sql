-- What answered at the addresses of a template when somebody asked. Facts: never changed, never taken back.

CREATE TABLE template_address_checks (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  template_id uuid NOT NULL,
  address text NOT NULL,
  at timestamptz(3) NOT NULL,
  status integer,
  failure text,
  took_ms integer NOT NULL,
  person_id uuid NOT NULL,
  CONSTRAINT template_address_checks_organization_id_template_id_fkey
    FOREIGN KEY (organization_id, template_id) REFERENCES templates (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT template_address_checks_one_outcome CHECK ((status IS NULL) <> (failure IS NULL)),
  CONSTRAINT template_address_checks_address_said CHECK (address <> '' AND length(address) <= 5000)
);
CREATE UNIQUE INDEX template_address_checks_organization_id_id_key ON template_address_checks (organization_id, id);
CREATE INDEX template_address_checks_template_idx ON template_address_checks (organization_id, template_id, at DESC);

ALTER TABLE template_address_checks ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON template_address_checks USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()));
GRANT SELECT, INSERT ON template_address_checks TO damso_app;
