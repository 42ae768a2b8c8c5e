-- People: what sign-in, an administrator's reset and the mail job need beyond one organization.

-- A stale form of rights is refused.
ALTER TABLE memberships ADD COLUMN version integer NOT NULL DEFAULT 1;

-- A person without a membership can do nothing, so anybody who may invite may write one down; nobody but the person changes it.
CREATE POLICY arrives ON persons FOR INSERT WITH CHECK (true);
DROP POLICY reset_by_administrator ON persons;
DROP POLICY reset_by_administrator ON recovery_codes;

-- Takes a colleague's second factor away and ends every session of that person, in other organizations too. False when no colleague.
CREATE FUNCTION damso_reset_factor(colleague uuid) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM memberships m WHERE m.person_id = colleague AND m.organization_id = damso_organization()) THEN
    RETURN false;
  END IF;
  UPDATE persons SET totp_sealed = NULL, totp_confirmed_at = NULL WHERE id = colleague;
  DELETE FROM recovery_codes WHERE person_id = colleague;
  UPDATE sign_ins SET ended_at = clock_timestamp(), ended_because = 'factor_reset' WHERE person_id = colleague AND ended_at IS NULL;
  RETURN true;
END $$;

-- Sign-in: as before, with the organization that a failed try is recorded in (also of a person whose rights have ended) and the last one worked in.
DROP FUNCTION damso_person_by_email(text);
CREATE FUNCTION damso_person_by_email(address text)
  RETURNS TABLE (person_id uuid, name text, password_hash text, totp_sealed bytea, totp_confirmed_at timestamptz, memberships jsonb,
    home_organization_id uuid, last_organization_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id, p.name, p.password_hash, p.totp_sealed, p.totp_confirmed_at,
    coalesce((SELECT jsonb_agg(jsonb_build_object('organizationId', o.id, 'name', o.name, 'role', m.role, 'secondFactorNeeded', o.second_factor_needed) ORDER BY o.created_at, o.id)
      FROM memberships m JOIN organizations o ON o.id = m.organization_id
      WHERE m.person_id = p.id AND m.disabled_at IS NULL AND (m.expires_at IS NULL OR m.expires_at > clock_timestamp())), '[]'),
    (SELECT m.organization_id FROM memberships m JOIN organizations o ON o.id = m.organization_id
      WHERE m.person_id = p.id ORDER BY o.created_at, o.id LIMIT 1),
    (SELECT s.organization_id FROM sign_ins s WHERE s.person_id = p.id ORDER BY s.created_at DESC LIMIT 1)
  FROM persons p WHERE p.email = address
$$;

-- Organizations with mail that is due: what the mail job goes through.
CREATE FUNCTION damso_mail_due() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT DISTINCT organization_id FROM mails WHERE sent_at IS NULL AND next_try_at <= clock_timestamp() $$;
CREATE INDEX mails_waiting_idx ON mails (next_try_at) WHERE sent_at IS NULL;

-- One more try, as before; a crash may lose the counts of its last moments, so nobody waits for the disk.
CREATE OR REPLACE FUNCTION damso_throttle(subject text, most integer, within interval, shut interval)
  RETURNS TABLE (hits integer, shut_until timestamptz) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM set_config('synchronous_commit', 'off', true);
  RETURN QUERY
  INSERT INTO throttles AS t (key, hits, since, until) VALUES (subject, 1, clock_timestamp(), NULL)
  ON CONFLICT (key) DO UPDATE SET
    hits = CASE WHEN t.until > clock_timestamp() THEN t.hits WHEN t.since < clock_timestamp() - within OR t.until IS NOT NULL THEN 1 ELSE t.hits + 1 END,
    since = CASE WHEN t.until > clock_timestamp() THEN t.since WHEN t.since < clock_timestamp() - within OR t.until IS NOT NULL THEN clock_timestamp() ELSE t.since END,
    until = CASE WHEN t.until > clock_timestamp() THEN t.until
      WHEN t.until IS NULL AND t.since >= clock_timestamp() - within AND t.hits + 1 > most THEN clock_timestamp() + shut END
  RETURNING t.hits, t.until;
END $$;

-- Counters that say nothing any more.
CREATE FUNCTION damso_throttle_sweep() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE swept integer;
BEGIN
  DELETE FROM throttles WHERE since < clock_timestamp() - interval '1 day' AND (until IS NULL OR until < clock_timestamp());
  GET DIAGNOSTICS swept = ROW_COUNT;
  RETURN swept;
END $$;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['damso_reset_factor(uuid)', 'damso_person_by_email(text)', 'damso_mail_due()', 'damso_throttle_sweep()'] LOOP
    EXECUTE 'REVOKE ALL ON FUNCTION ' || name || ' FROM PUBLIC';
    EXECUTE 'GRANT EXECUTE ON FUNCTION ' || name || ' TO damso_app';
  END LOOP;
END $$;
