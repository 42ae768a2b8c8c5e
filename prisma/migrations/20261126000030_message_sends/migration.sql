-- Messages that people sent into open consultations: written down before the dealer is asked, told once what came of it. Never what was said:
-- that stands in the transcript, under its key, and goes with it.

CREATE TABLE message_sends (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  session_id uuid NOT NULL,
  version_id uuid NOT NULL,
  serial text NOT NULL,
  person_id uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  outcome text,
  reason text NOT NULL DEFAULT '',
  message_key text NOT NULL DEFAULT '',
  told_at timestamptz(3),
  CONSTRAINT message_sends_organization_id_version_id_fkey
    FOREIGN KEY (organization_id, version_id) REFERENCES template_versions (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT message_sends_outcome CHECK (outcome IN ('accepted', 'refused', 'unsent', 'unknown')),
  CONSTRAINT message_sends_told_once CHECK ((outcome IS NULL) = (told_at IS NULL)),
  -- At most 30 characters, never twice at one dealer (field-facts 1.1).
  CONSTRAINT message_sends_serial_shape CHECK (serial ~ '^[a-z0-9]{1,30}$')
);
CREATE UNIQUE INDEX message_sends_serial_key ON message_sends (serial);
CREATE INDEX message_sends_organization_id_session_id_at_idx ON message_sends (organization_id, session_id, at DESC);
CREATE INDEX message_sends_organization_id_version_id_idx ON message_sends (organization_id, version_id);

ALTER TABLE message_sends ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON message_sends USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()));
GRANT SELECT, INSERT ON message_sends TO damso_app;
GRANT UPDATE (outcome, reason, message_key, told_at) ON message_sends TO damso_app;

CREATE FUNCTION damso_send_told() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'What came of a send is told once' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER told_once BEFORE UPDATE ON message_sends FOR EACH ROW WHEN (OLD.outcome IS NOT NULL) EXECUTE FUNCTION damso_send_told();

-- For auditors.
CREATE VIEW check_message_sends AS
  SELECT m.id, m.session_id AS session, v.template_id AS template, v.number AS version, v.hash, m.outcome, m.reason, m.person_id AS person, m.at, m.told_at, m.organization_id
  FROM message_sends m JOIN template_versions v ON v.organization_id = m.organization_id AND v.id = m.version_id;
GRANT SELECT ON check_message_sends TO damso_auditor;
