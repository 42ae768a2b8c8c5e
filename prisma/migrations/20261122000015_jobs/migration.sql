-- Jobs: one row per organization, job and period; planning looks across organizations.

ALTER TABLE job_runs ADD CONSTRAINT job_runs_result CHECK (result IN ('ok', 'failed') AND ended_at IS NOT NULL OR result IS NULL AND ended_at IS NULL);

-- Organizations in which a job's period has no finished run and nobody at it.
CREATE FUNCTION damso_jobs_due(job text, period text) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.id FROM organizations o
  WHERE NOT EXISTS (SELECT 1 FROM job_runs r WHERE r.organization_id = o.id AND r.job = damso_jobs_due.job AND r.period = damso_jobs_due.period
    AND (r.result = 'ok' OR r.lease_until > clock_timestamp()))
  ORDER BY o.created_at, o.id
$$;
REVOKE ALL ON FUNCTION damso_jobs_due(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION damso_jobs_due(text, text) TO damso_app;

-- A finished run stays as it is; nobody deletes one.
CREATE FUNCTION damso_finished_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the run of % for % has ended', OLD.job, OLD.period USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER finished BEFORE UPDATE OR DELETE ON job_runs FOR EACH ROW WHEN (OLD.result = 'ok') EXECUTE FUNCTION damso_finished_run();
REVOKE DELETE ON job_runs FROM damso_app;
