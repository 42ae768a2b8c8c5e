-- Message templates (guide 1-2): drafts of which none is ever lost, versions that were submitted, and what was done about each.

CREATE TABLE templates (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  name text NOT NULL,
  channel_id uuid,
  tags text[] NOT NULL DEFAULT '{}',
  owner_id uuid NOT NULL,
  type text NOT NULL,
  hash text NOT NULL,
  search text NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  created_by uuid NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  changed_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT templates_name_said CHECK (name <> '' AND length(name) <= 80),
  CONSTRAINT templates_type_known CHECK (type IN ('PLAIN_TEXT', 'PLAIN_IMAGE', 'PLAIN_FILE', 'PLAIN_VIDEO', 'PLAIN_AUDIO', 'RICH_TEXT', 'RICH_IMAGE', 'WIDE_IMAGE', 'WIDE_ITEM_LIST', 'CAROUSEL_FEED', 'ITEM_LIST')),
  CONSTRAINT templates_hash_shape CHECK (hash ~ '^[0-9a-f]{64}$'),
  CONSTRAINT templates_tags_few CHECK (cardinality(tags) <= 10),
  CONSTRAINT templates_revision_counts CHECK (revision > 0)
);
CREATE UNIQUE INDEX templates_organization_id_id_key ON templates (organization_id, id);
CREATE INDEX templates_organization_id_changed_at_id_idx ON templates (organization_id, changed_at DESC, id DESC);
CREATE INDEX templates_organization_id_name_id_idx ON templates (organization_id, name, id);
CREATE INDEX templates_organization_id_type_idx ON templates (organization_id, type);
CREATE INDEX templates_tags_idx ON templates USING gin (tags);
CREATE INDEX templates_organization_id_channel_id_idx ON templates (organization_id, channel_id);
ALTER TABLE templates ADD CONSTRAINT templates_organization_id_channel_id_fkey
  FOREIGN KEY (organization_id, channel_id) REFERENCES channels (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE template_drafts (
  organization_id uuid NOT NULL,
  template_id uuid NOT NULL,
  number integer NOT NULL,
  name text NOT NULL,
  channel_id uuid,
  tags text[] NOT NULL DEFAULT '{}',
  owner_id uuid NOT NULL,
  type text NOT NULL,
  content jsonb NOT NULL,
  hash text NOT NULL,
  media uuid[] NOT NULL DEFAULT '{}',
  person_id uuid NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (organization_id, template_id, number),
  CONSTRAINT template_drafts_number_counts CHECK (number > 0),
  CONSTRAINT template_drafts_type_known CHECK (type = content ->> 'type'),
  CONSTRAINT template_drafts_hash_shape CHECK (hash ~ '^[0-9a-f]{64}$')
);
CREATE INDEX template_drafts_media_idx ON template_drafts USING gin (media);
ALTER TABLE template_drafts ADD CONSTRAINT template_drafts_organization_id_template_id_fkey
  FOREIGN KEY (organization_id, template_id) REFERENCES templates (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE template_versions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  template_id uuid NOT NULL,
  number integer NOT NULL,
  revision integer NOT NULL,
  name text NOT NULL,
  type text NOT NULL,
  content jsonb NOT NULL,
  hash text NOT NULL,
  person_id uuid NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT template_versions_number_counts CHECK (number > 0),
  CONSTRAINT template_versions_type_known CHECK (type = content ->> 'type'),
  CONSTRAINT template_versions_hash_shape CHECK (hash ~ '^[0-9a-f]{64}$')
);
CREATE UNIQUE INDEX template_versions_organization_id_id_key ON template_versions (organization_id, id);
CREATE UNIQUE INDEX template_versions_organization_id_template_id_number_key ON template_versions (organization_id, template_id, number);
CREATE INDEX template_versions_organization_id_template_id_revision_idx ON template_versions (organization_id, template_id, revision);
ALTER TABLE template_versions ADD CONSTRAINT template_versions_organization_id_template_id_fkey
  FOREIGN KEY (organization_id, template_id) REFERENCES templates (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE template_versions ADD CONSTRAINT template_versions_organization_id_template_id_revision_fkey
  FOREIGN KEY (organization_id, template_id, revision) REFERENCES template_drafts (organization_id, template_id, number) ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE template_steps (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  template_id uuid NOT NULL,
  version_id uuid,
  kind text NOT NULL,
  hash text NOT NULL,
  note text NOT NULL DEFAULT '',
  person_id uuid NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT template_steps_kind_known CHECK (kind IN ('submitted', 'withdrawn', 'approved', 'returned', 'used', 'retired', 'archived', 'restored')),
  CONSTRAINT template_steps_of_version CHECK ((version_id IS NULL) = (kind IN ('archived', 'restored'))),
  CONSTRAINT template_steps_return_says_why CHECK (kind <> 'returned' OR note <> ''),
  CONSTRAINT template_steps_hash_shape CHECK (hash ~ '^[0-9a-f]{64}$')
);
CREATE INDEX template_steps_organization_id_template_id_at_idx ON template_steps (organization_id, template_id, at DESC);
CREATE INDEX template_steps_organization_id_version_id_at_idx ON template_steps (organization_id, version_id, at DESC);
ALTER TABLE template_steps ADD CONSTRAINT template_steps_organization_id_template_id_fkey
  FOREIGN KEY (organization_id, template_id) REFERENCES templates (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE template_steps ADD CONSTRAINT template_steps_organization_id_version_id_fkey
  FOREIGN KEY (organization_id, version_id) REFERENCES template_versions (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE template_comments (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  template_id uuid NOT NULL,
  revision integer NOT NULL,
  text text NOT NULL,
  person_id uuid NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT template_comments_text_said CHECK (text <> '' AND revision > 0)
);
CREATE INDEX template_comments_organization_id_template_id_at_idx ON template_comments (organization_id, template_id, at DESC);
ALTER TABLE template_comments ADD CONSTRAINT template_comments_organization_id_template_id_fkey
  FOREIGN KEY (organization_id, template_id) REFERENCES templates (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE template_uses (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  template_id uuid NOT NULL,
  version_id uuid NOT NULL,
  channel_id uuid,
  way text NOT NULL,
  place text NOT NULL DEFAULT '',
  person_id uuid NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT template_uses_way_known CHECK (way IN ('agents', 'dealer', 'bot', 'other'))
);
CREATE INDEX template_uses_organization_id_template_id_at_idx ON template_uses (organization_id, template_id, at DESC);
CREATE INDEX template_uses_organization_id_version_id_idx ON template_uses (organization_id, version_id);
CREATE INDEX template_uses_organization_id_channel_id_idx ON template_uses (organization_id, channel_id);
ALTER TABLE template_uses ADD CONSTRAINT template_uses_organization_id_template_id_fkey
  FOREIGN KEY (organization_id, template_id) REFERENCES templates (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE template_uses ADD CONSTRAINT template_uses_organization_id_version_id_fkey
  FOREIGN KEY (organization_id, version_id) REFERENCES template_versions (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE template_uses ADD CONSTRAINT template_uses_organization_id_channel_id_fkey
  FOREIGN KEY (organization_id, channel_id) REFERENCES channels (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['templates', 'template_drafts', 'template_versions', 'template_steps', 'template_comments', 'template_uses'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_organization ON %I USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()))', name);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO damso_app', name);
  END LOOP;
END $$;
GRANT UPDATE (name, channel_id, tags, owner_id, type, hash, search, revision, changed_at) ON templates TO damso_app;

-- Four eyes (product.md): an approval names the hash of the newest version, which waits for it, and is given by nobody who wrote any draft
-- since the last approved version or asked for it.
CREATE FUNCTION damso_template_approval() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE v template_versions;
BEGIN
  SELECT * INTO v FROM template_versions WHERE organization_id = NEW.organization_id AND template_id = NEW.template_id ORDER BY number DESC LIMIT 1;
  IF v.id IS DISTINCT FROM NEW.version_id OR v.hash <> NEW.hash THEN
    RAISE EXCEPTION 'An approval names the hash of the newest version' USING ERRCODE = 'check_violation';
  END IF;
  IF (SELECT s.kind FROM template_steps s WHERE s.organization_id = v.organization_id AND s.version_id = v.id ORDER BY s.at DESC LIMIT 1) IS DISTINCT FROM 'submitted' THEN
    RAISE EXCEPTION 'Only what was submitted is approved' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM template_steps s WHERE s.organization_id = v.organization_id AND s.version_id = v.id AND s.kind = 'submitted' AND s.person_id = NEW.person_id)
    OR EXISTS (SELECT FROM template_drafts d WHERE d.organization_id = v.organization_id AND d.template_id = v.template_id AND d.number <= v.revision
      AND d.person_id = NEW.person_id AND d.number > coalesce((SELECT max(o.revision) FROM template_versions o
        JOIN template_steps s ON s.organization_id = o.organization_id AND s.version_id = o.id AND s.kind = 'approved'
        WHERE o.organization_id = v.organization_id AND o.template_id = v.template_id), 0)) THEN
    RAISE EXCEPTION 'Nobody approves what they wrote or submitted' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER four_eyes BEFORE INSERT ON template_steps FOR EACH ROW WHEN (NEW.kind = 'approved') EXECUTE FUNCTION damso_template_approval();

-- How a template stands (lib/templates/rules/status templateStatus; queries.test.ts holds the two together).
CREATE VIEW template_states WITH (security_invoker = true) AS
  SELECT t.organization_id, t.id AS template_id, v.number AS version, u.number AS in_use,
    CASE WHEN a.kind = 'archived' THEN 'archived'
      WHEN v.id IS NULL OR v.hash <> t.hash OR s.kind = 'withdrawn' THEN 'draft'
      ELSE s.kind END AS state
  FROM templates t
    LEFT JOIN LATERAL (SELECT n.id, n.number, n.hash FROM template_versions n WHERE n.organization_id = t.organization_id AND n.template_id = t.id
      ORDER BY n.number DESC LIMIT 1) v ON true
    LEFT JOIN LATERAL (SELECT e.kind FROM template_steps e WHERE e.organization_id = t.organization_id AND e.version_id = v.id ORDER BY e.at DESC LIMIT 1) s ON true
    LEFT JOIN LATERAL (SELECT e.kind FROM template_steps e WHERE e.organization_id = t.organization_id AND e.template_id = t.id AND e.version_id IS NULL
      ORDER BY e.at DESC LIMIT 1) a ON true
    LEFT JOIN LATERAL (SELECT e.kind, o.number FROM template_steps e JOIN template_versions o ON o.organization_id = e.organization_id AND o.id = e.version_id
      WHERE e.organization_id = t.organization_id AND e.template_id = t.id AND e.kind IN ('used', 'retired') ORDER BY e.at DESC LIMIT 1) l ON true
    LEFT JOIN LATERAL (SELECT l.number WHERE l.kind = 'used') u ON true;
GRANT SELECT ON template_states TO damso_app;

-- For auditors.
CREATE VIEW check_templates AS
  SELECT s.id, t.id AS template, t.name, v.number AS version, s.kind, s.hash, s.note, s.person_id AS person, s.at, s.organization_id
  FROM template_steps s JOIN templates t ON t.organization_id = s.organization_id AND t.id = s.template_id
    LEFT JOIN template_versions v ON v.organization_id = s.organization_id AND v.id = s.version_id;
GRANT SELECT ON check_templates TO damso_auditor;
