-- Organizations with a destruction that has begun and is not over: for the chore, which looks every few seconds.
CREATE INDEX destruction_steps_started_idx ON destruction_steps (destruction_id) WHERE kind = 'started';
CREATE INDEX destruction_steps_over_idx ON destruction_steps (destruction_id) WHERE kind IN ('finished', 'stopped');
CREATE UNIQUE INDEX destruction_steps_once_key ON destruction_steps (destruction_id, kind) WHERE kind IN ('requested', 'started', 'finished', 'stopped');
CREATE UNIQUE INDEX ledger_entries_destruction_key ON ledger_entries (destruction_id) WHERE destruction_id IS NOT NULL;
CREATE INDEX destructions_data_request_idx ON destructions (organization_id, data_request_id) WHERE data_request_id IS NOT NULL;
CREATE FUNCTION damso_destructions_running() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT DISTINCT organization_id FROM destruction_steps s WHERE kind = 'started'
      AND NOT EXISTS (SELECT 1 FROM destruction_steps o WHERE o.destruction_id = s.destruction_id AND o.kind IN ('finished', 'stopped')) $$;
REVOKE ALL ON FUNCTION damso_destructions_running() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION damso_destructions_running() TO damso_app;
