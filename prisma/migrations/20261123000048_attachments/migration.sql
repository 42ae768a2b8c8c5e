-- Hosts of users' files: decided for or against, and what waits to be fetched.

ALTER TABLE attachment_hosts ADD COLUMN allowed boolean NOT NULL DEFAULT true;

-- What could not be kept, newest first, for the list of it.
CREATE INDEX attachments_not_kept_idx ON attachments (organization_id, received_at DESC, id DESC) WHERE state = 'not-kept';

-- Organizations in which a file waits to be fetched now: for the chore, which looks every few seconds.
CREATE FUNCTION damso_files_waiting() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT DISTINCT organization_id FROM attachments WHERE state = 'waiting' AND next_try_at <= clock_timestamp() $$;
REVOKE ALL ON FUNCTION damso_files_waiting() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION damso_files_waiting() TO damso_app;
