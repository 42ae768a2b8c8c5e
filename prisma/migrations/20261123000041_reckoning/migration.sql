-- What the clerks of retention look for across organizations.

-- Organizations with sessions whose last day is to be reckoned: something changed, silence ended them, a hold came or went.
CREATE FUNCTION damso_reckon_due() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.organization_id FROM retention_settings o
  WHERE EXISTS (SELECT 1 FROM consult_sessions s WHERE s.organization_id = o.organization_id AND s.reckoned < o.epoch AND (s.ended_at IS NOT NULL OR s.promised_on IS NOT NULL))
    OR EXISTS (SELECT 1 FROM consult_sessions s WHERE s.organization_id = o.organization_id AND s.due_on IS NULL AND s.reckoned < o.epoch
      AND s.opened_at < clock_timestamp() - interval '30 days' AND coalesce(s.last_user_message_at, s.opened_at) < clock_timestamp() - interval '30 days')
    OR EXISTS (SELECT 1 FROM consult_sessions s WHERE s.organization_id = o.organization_id AND s.held_at IS NOT NULL)
    OR EXISTS (SELECT 1 FROM active_holds h WHERE h.organization_id = o.organization_id)
  ORDER BY 1
$$;
CREATE FUNCTION damso_files_to_remove() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT organization_id FROM file_removals
$$;
REVOKE ALL ON FUNCTION damso_reckon_due(), damso_files_to_remove() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION damso_reckon_due(), damso_files_to_remove() TO damso_app;
