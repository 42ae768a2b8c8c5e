-- Words that a company asks for or keeps out of its messages, by day. A rule is ended, never changed: what held on a day stays known.

CREATE TABLE word_rules (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  kind text NOT NULL,
  words text NOT NULL,
  first boolean NOT NULL DEFAULT false,
  tag text NOT NULL DEFAULT '',
  severity text NOT NULL DEFAULT 'warning',
  reason text NOT NULL DEFAULT '',
  example boolean NOT NULL DEFAULT false,
  from_on date NOT NULL,
  until_on date,
  person_id uuid NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT word_rules_kind_known CHECK (kind IN ('required', 'forbidden')),
  CONSTRAINT word_rules_severity_known CHECK (severity IN ('error', 'warning')),
  CONSTRAINT word_rules_words_said CHECK (words <> '' AND length(words) <= 100),
  CONSTRAINT word_rules_first_required CHECK (NOT first OR kind = 'required')
);
CREATE UNIQUE INDEX word_rules_organization_id_id_key ON word_rules (organization_id, id);
CREATE INDEX word_rules_organization_id_kind_words_id_idx ON word_rules (organization_id, kind, words, id);

ALTER TABLE word_rules ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON word_rules USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()));
GRANT SELECT, INSERT ON word_rules TO damso_app;
GRANT UPDATE (until_on) ON word_rules TO damso_app;
