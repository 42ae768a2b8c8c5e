-- What a session without a last day waits for, and how far holds have been carried out: so that the reckoning asks each session once.

ALTER TABLE consult_sessions ADD COLUMN waits_for TEXT DEFAULT 'end';
ALTER TABLE holds ADD COLUMN applied_at TIMESTAMPTZ(3), ADD COLUMN lifted_at TIMESTAMPTZ(3);

CREATE INDEX consult_sessions_stale_idx ON consult_sessions (organization_id, reckoned, id) WHERE waits_for IS DISTINCT FROM 'end';
CREATE INDEX consult_sessions_silent_idx ON consult_sessions (organization_id, opened_at, id) WHERE waits_for = 'end' AND due_on IS NULL;
CREATE INDEX consult_sessions_by_law_idx ON consult_sessions (organization_id, ordinary_due_on, id)
  WHERE ordinary_due_on < due_on AND held_at IS NULL AND shelf NOT LIKE 'law-%';

-- Organizations with destroyed files that are still in the store: for the chore.
CREATE FUNCTION damso_files_to_remove() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT DISTINCT organization_id FROM file_removals $$;
REVOKE ALL ON FUNCTION damso_files_to_remove() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION damso_files_to_remove() TO damso_app;
