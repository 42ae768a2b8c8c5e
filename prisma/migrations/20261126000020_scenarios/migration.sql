-- Auto-reply scenarios (guide 2, STEP 3): drafts of which none is ever lost, versions that were submitted, and what was done about each.

CREATE TABLE scenarios (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  channel_id uuid NOT NULL,
  name text NOT NULL,
  hash text NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  created_by uuid NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  changed_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT scenarios_name_said CHECK (name <> '' AND length(name) <= 80),
  CONSTRAINT scenarios_hash_shape CHECK (hash ~ '^[0-9a-f]{64}$'),
  CONSTRAINT scenarios_revision_counts CHECK (revision > 0),
  CONSTRAINT scenarios_organization_id_channel_id_fkey FOREIGN KEY (organization_id, channel_id)
    REFERENCES channels (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX scenarios_organization_id_id_key ON scenarios (organization_id, id);
CREATE INDEX scenarios_organization_id_changed_at_id_idx ON scenarios (organization_id, changed_at DESC, id DESC);
CREATE INDEX scenarios_organization_id_channel_id_idx ON scenarios (organization_id, channel_id);

CREATE TABLE scenario_drafts (
  organization_id uuid NOT NULL,
  scenario_id uuid NOT NULL,
  number integer NOT NULL,
  name text NOT NULL,
  content jsonb NOT NULL,
  hash text NOT NULL,
  person_id uuid NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (organization_id, scenario_id, number),
  CONSTRAINT scenario_drafts_number_counts CHECK (number > 0),
  CONSTRAINT scenario_drafts_hash_shape CHECK (hash ~ '^[0-9a-f]{64}$'),
  CONSTRAINT scenario_drafts_organization_id_scenario_id_fkey FOREIGN KEY (organization_id, scenario_id)
    REFERENCES scenarios (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE scenario_versions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  scenario_id uuid NOT NULL,
  number integer NOT NULL,
  revision integer NOT NULL,
  name text NOT NULL,
  content jsonb NOT NULL,
  hash text NOT NULL,
  person_id uuid NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT scenario_versions_number_counts CHECK (number > 0),
  CONSTRAINT scenario_versions_hash_shape CHECK (hash ~ '^[0-9a-f]{64}$'),
  CONSTRAINT scenario_versions_organization_id_scenario_id_fkey FOREIGN KEY (organization_id, scenario_id)
    REFERENCES scenarios (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT scenario_versions_organization_id_scenario_id_revision_fkey FOREIGN KEY (organization_id, scenario_id, revision)
    REFERENCES scenario_drafts (organization_id, scenario_id, number) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX scenario_versions_organization_id_id_key ON scenario_versions (organization_id, id);
CREATE UNIQUE INDEX scenario_versions_organization_id_scenario_id_number_key ON scenario_versions (organization_id, scenario_id, number);
CREATE INDEX scenario_versions_organization_id_scenario_id_revision_idx ON scenario_versions (organization_id, scenario_id, revision);

CREATE TABLE scenario_steps (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  scenario_id uuid NOT NULL,
  version_id uuid NOT NULL,
  kind text NOT NULL,
  hash text NOT NULL,
  note text NOT NULL DEFAULT '',
  person_id uuid NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT scenario_steps_kind_known CHECK (kind IN ('submitted', 'withdrawn', 'approved', 'returned', 'used', 'retired')),
  CONSTRAINT scenario_steps_return_says_why CHECK (kind <> 'returned' OR note <> ''),
  CONSTRAINT scenario_steps_hash_shape CHECK (hash ~ '^[0-9a-f]{64}$'),
  CONSTRAINT scenario_steps_organization_id_scenario_id_fkey FOREIGN KEY (organization_id, scenario_id)
    REFERENCES scenarios (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT scenario_steps_organization_id_version_id_fkey FOREIGN KEY (organization_id, version_id)
    REFERENCES scenario_versions (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX scenario_steps_organization_id_scenario_id_at_idx ON scenario_steps (organization_id, scenario_id, at DESC);
CREATE INDEX scenario_steps_organization_id_version_id_at_idx ON scenario_steps (organization_id, version_id, at DESC);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['scenarios', 'scenario_drafts', 'scenario_versions', 'scenario_steps'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_organization ON %I USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()))', name);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO damso_app', name);
  END LOOP;
END $$;
GRANT UPDATE (name, hash, revision, changed_at) ON scenarios TO damso_app;

-- Four eyes (product.md), as for templates: an approval names the hash of the newest version, which waits for it, and is given by nobody who wrote
-- any draft since the last approved version or asked for it.
CREATE FUNCTION damso_scenario_approval() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE v scenario_versions;
BEGIN
  SELECT * INTO v FROM scenario_versions WHERE organization_id = NEW.organization_id AND scenario_id = NEW.scenario_id ORDER BY number DESC LIMIT 1;
  IF v.id IS DISTINCT FROM NEW.version_id OR v.hash <> NEW.hash THEN
    RAISE EXCEPTION 'An approval names the hash of the newest version' USING ERRCODE = 'check_violation';
  END IF;
  IF (SELECT s.kind FROM scenario_steps s WHERE s.organization_id = v.organization_id AND s.version_id = v.id ORDER BY s.at DESC LIMIT 1) IS DISTINCT FROM 'submitted' THEN
    RAISE EXCEPTION 'Only what was submitted is approved' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM scenario_steps s WHERE s.organization_id = v.organization_id AND s.version_id = v.id AND s.kind = 'submitted' AND s.person_id = NEW.person_id)
    OR EXISTS (SELECT FROM scenario_drafts d WHERE d.organization_id = v.organization_id AND d.scenario_id = v.scenario_id AND d.number <= v.revision
      AND d.person_id = NEW.person_id AND d.number > coalesce((SELECT max(o.revision) FROM scenario_versions o
        JOIN scenario_steps s ON s.organization_id = o.organization_id AND s.version_id = o.id AND s.kind = 'approved'
        WHERE o.organization_id = v.organization_id AND o.scenario_id = v.scenario_id), 0)) THEN
    RAISE EXCEPTION 'Nobody approves what they wrote or submitted' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER four_eyes BEFORE INSERT ON scenario_steps FOR EACH ROW WHEN (NEW.kind = 'approved') EXECUTE FUNCTION damso_scenario_approval();

-- How a scenario stands (lib/templates/rules/status templateStatus, which scenarios share).
CREATE VIEW scenario_states WITH (security_invoker = true) AS
  SELECT t.organization_id, t.id AS scenario_id, v.number AS version, u.number AS in_use,
    CASE WHEN v.id IS NULL OR v.hash <> t.hash OR s.kind = 'withdrawn' THEN 'draft' ELSE s.kind END AS state
  FROM scenarios t
    LEFT JOIN LATERAL (SELECT n.id, n.number, n.hash FROM scenario_versions n WHERE n.organization_id = t.organization_id AND n.scenario_id = t.id
      ORDER BY n.number DESC LIMIT 1) v ON true
    LEFT JOIN LATERAL (SELECT e.kind FROM scenario_steps e WHERE e.organization_id = t.organization_id AND e.version_id = v.id ORDER BY e.at DESC LIMIT 1) s ON true
    LEFT JOIN LATERAL (SELECT e.kind, o.number FROM scenario_steps e JOIN scenario_versions o ON o.organization_id = e.organization_id AND o.id = e.version_id
      WHERE e.organization_id = t.organization_id AND e.scenario_id = t.id AND e.kind IN ('used', 'retired') ORDER BY e.at DESC LIMIT 1) l ON true
    LEFT JOIN LATERAL (SELECT l.number WHERE l.kind = 'used') u ON true;
GRANT SELECT ON scenario_states TO damso_app;

-- For auditors.
CREATE VIEW check_scenarios AS
  SELECT s.id, t.id AS scenario, t.name, v.number AS version, s.kind, s.hash, s.note, s.person_id AS person, s.at, s.organization_id
  FROM scenario_steps s JOIN scenarios t ON t.organization_id = s.organization_id AND t.id = s.scenario_id
    JOIN scenario_versions v ON v.organization_id = s.organization_id AND v.id = s.version_id;
GRANT SELECT ON check_scenarios TO damso_auditor;
