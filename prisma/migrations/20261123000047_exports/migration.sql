-- Exports are made by whoever has the lease; a maker that died gives it back by its end.
ALTER TABLE transcript_exports ADD COLUMN lease_until TIMESTAMPTZ(3), ADD COLUMN downloads INTEGER NOT NULL DEFAULT 0;
-- What of a file was there before, event by event.
ALTER TABLE transcript_imports ADD COLUMN known INTEGER NOT NULL DEFAULT 0;
CREATE INDEX transcript_exports_waiting_idx ON transcript_exports (organization_id, at) WHERE finished_at IS NULL AND gone_at IS NULL AND failure = '';
CREATE INDEX transcript_exports_expiring_idx ON transcript_exports (expires_at) WHERE gone_at IS NULL AND file_id IS NOT NULL;

-- Organizations in which an export is to be made or its time is over: for the chore, which looks every few seconds.
CREATE FUNCTION damso_exports_waiting() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT organization_id FROM transcript_exports
      WHERE finished_at IS NULL AND gone_at IS NULL AND failure = '' AND (lease_until IS NULL OR lease_until <= clock_timestamp())
    UNION SELECT organization_id FROM transcript_exports WHERE gone_at IS NULL AND file_id IS NOT NULL AND expires_at <= clock_timestamp() $$;
REVOKE ALL ON FUNCTION damso_exports_waiting() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION damso_exports_waiting() TO damso_app;
