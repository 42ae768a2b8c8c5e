-- Organizations are kept apart by row-level security. The application's role owns nothing.

DO $$ BEGIN
  IF to_regrole('damso_app') IS NULL THEN CREATE ROLE damso_app NOLOGIN; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;

-- Set by the door at the start of every transaction; empty means: see nothing.
CREATE FUNCTION damso_organization() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('damso.organization', true), '')::uuid $$;
CREATE FUNCTION damso_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('damso.person', true), '')::uuid $$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO damso_app;

-- Tables whose rows belong to one organization and that its people change.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY[
    'tickets', 'mails', 'job_runs', 'channels', 'channel_go_lives', 'channel_ends', 'onboarding_marks', 'evidence_files',
    'dealer_connections', 'dealer_tokens', 'event_receipts', 'set_asides', 'consult_sessions', 'session_keys', 'messages',
    'consult_days', 'placements', 'placement_retirements'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_organization ON %I USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()))', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO damso_app', name);
  END LOOP;
END $$;

-- Records that are never changed, only added to.
ALTER TABLE right_changes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON right_changes USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()));
GRANT SELECT, INSERT ON right_changes TO damso_app;

-- Presses and their roll-ups are written by functions alone.
ALTER TABLE presses ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON presses USING (organization_id = (SELECT damso_organization()));
GRANT SELECT ON presses TO damso_app;
ALTER TABLE press_days ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON press_days USING (organization_id = (SELECT damso_organization()));
GRANT SELECT ON press_days TO damso_app;

-- An organization sees itself; a person sees the organizations he or she belongs to.
ALTER TABLE memberships ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON memberships USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()));
CREATE POLICY own_memberships ON memberships FOR SELECT USING (person_id = (SELECT damso_person()));
GRANT SELECT, INSERT, UPDATE ON memberships TO damso_app;

ALTER TABLE organizations ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON organizations USING (id = (SELECT damso_organization())) WITH CHECK (id = (SELECT damso_organization()));
CREATE POLICY belongs_to ON organizations FOR SELECT
  USING (EXISTS (SELECT 1 FROM memberships m WHERE m.organization_id = organizations.id AND m.person_id = (SELECT damso_person())));
GRANT SELECT, INSERT, UPDATE ON organizations TO damso_app;

-- Colleagues see one another's name and address; only the person changes the person, but for what an administrator may reset.
ALTER TABLE persons ENABLE ROW LEVEL SECURITY;
CREATE POLICY self ON persons USING (id = (SELECT damso_person())) WITH CHECK (id = (SELECT damso_person()));
CREATE POLICY colleagues ON persons FOR SELECT
  USING (EXISTS (SELECT 1 FROM memberships m WHERE m.person_id = persons.id AND m.organization_id = (SELECT damso_organization())));
CREATE POLICY reset_by_administrator ON persons FOR UPDATE
  USING (EXISTS (SELECT 1 FROM memberships m WHERE m.person_id = persons.id AND m.organization_id = (SELECT damso_organization())));
GRANT SELECT, INSERT, UPDATE ON persons TO damso_app;

ALTER TABLE recovery_codes ENABLE ROW LEVEL SECURITY;
CREATE POLICY self ON recovery_codes USING (person_id = (SELECT damso_person())) WITH CHECK (person_id = (SELECT damso_person()));
CREATE POLICY reset_by_administrator ON recovery_codes FOR DELETE
  USING (EXISTS (SELECT 1 FROM memberships m WHERE m.person_id = recovery_codes.person_id AND m.organization_id = (SELECT damso_organization())));
GRANT SELECT, INSERT, UPDATE, DELETE ON recovery_codes TO damso_app;

ALTER TABLE sign_ins ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON sign_ins USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()));
CREATE POLICY self ON sign_ins USING (person_id = (SELECT damso_person())) WITH CHECK (person_id = (SELECT damso_person()));
GRANT SELECT, INSERT, UPDATE ON sign_ins TO damso_app;

-- Reached by functions alone.
ALTER TABLE throttles ENABLE ROW LEVEL SECURITY;
ALTER TABLE press_spools ENABLE ROW LEVEL SECURITY;

GRANT USAGE ON SEQUENCE messages_id_seq TO damso_app;

-- Readiness asks whether every migration is there.
DO $$ BEGIN
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    GRANT SELECT ON _prisma_migrations TO damso_app;
  END IF;
END $$;
