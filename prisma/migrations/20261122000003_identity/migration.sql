-- What must look across organizations. Nothing else can; lib/db/crossings.ts is the only caller.

-- Every organization's id, for the sealer and the jobs.
CREATE FUNCTION damso_organizations() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT id FROM organizations ORDER BY created_at, id $$;

-- Sign-in: what is needed to check a password, and where the person may work.
CREATE FUNCTION damso_person_by_email(address text)
  RETURNS TABLE (person_id uuid, name text, password_hash text, totp_sealed bytea, totp_confirmed_at timestamptz, memberships jsonb)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id, p.name, p.password_hash, p.totp_sealed, p.totp_confirmed_at,
    coalesce((SELECT jsonb_agg(jsonb_build_object('organizationId', o.id, 'name', o.name, 'role', m.role, 'secondFactorNeeded', o.second_factor_needed) ORDER BY o.created_at, o.id)
      FROM memberships m JOIN organizations o ON o.id = m.organization_id
      WHERE m.person_id = p.id AND m.disabled_at IS NULL AND (m.expires_at IS NULL OR m.expires_at > clock_timestamp())), '[]')
  FROM persons p WHERE p.email = address
$$;

-- Every request: the session, if it is still good for anything (30 min idle, 12 h in all, membership in force).
CREATE FUNCTION damso_sign_in(sign_in uuid)
  RETURNS TABLE (sign_in_id uuid, person_id uuid, name text, email text, organization_id uuid, organization_name text, role role,
    second_factor_needed boolean, totp_confirmed boolean, factor_at timestamptz, created_at timestamptz, ends_at timestamptz)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT s.id, p.id, p.name, p.email, o.id, o.name, m.role, o.second_factor_needed, p.totp_confirmed_at IS NOT NULL, s.factor_at, s.created_at, s.ends_at
    FROM sign_ins s
    JOIN persons p ON p.id = s.person_id
    JOIN memberships m ON m.person_id = s.person_id AND m.organization_id = s.organization_id
    JOIN organizations o ON o.id = s.organization_id
    WHERE s.id = sign_in AND s.ended_at IS NULL AND s.ends_at > clock_timestamp() AND s.last_seen_at > clock_timestamp() - interval '30 minutes'
      AND s.created_at <= clock_timestamp() + interval '1 minute'
      AND m.disabled_at IS NULL AND (m.expires_at IS NULL OR m.expires_at > clock_timestamp());
  IF FOUND THEN
    UPDATE sign_ins SET last_seen_at = clock_timestamp() WHERE id = sign_in AND last_seen_at < clock_timestamp() - interval '30 seconds';
  END IF;
END $$;

-- A mailed link, by the hash of its token.
CREATE FUNCTION damso_ticket(token_hash bytea)
  RETURNS TABLE (id uuid, kind text, organization_id uuid, organization_name text, person_id uuid, email text, name text, role role,
    membership_expires_at timestamptz, expires_at timestamptz, used_at timestamptz, withdrawn_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.id, t.kind, t.organization_id, o.name, t.person_id, t.email, t.name, t.role, t.membership_expires_at, t.expires_at, t.used_at, t.withdrawn_at
  FROM tickets t JOIN organizations o ON o.id = t.organization_id WHERE t.token_hash = damso_ticket.token_hash
$$;

-- One more try under a keyed hash. Answers how many there were within the window, and until when it is shut.
CREATE FUNCTION damso_throttle(subject text, most integer, within interval, shut interval)
  RETURNS TABLE (hits integer, shut_until timestamptz) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY
  INSERT INTO throttles AS t (key, hits, since, until) VALUES (subject, 1, clock_timestamp(), NULL)
  ON CONFLICT (key) DO UPDATE SET
    hits = CASE WHEN t.until > clock_timestamp() THEN t.hits WHEN t.since < clock_timestamp() - within OR t.until IS NOT NULL THEN 1 ELSE t.hits + 1 END,
    since = CASE WHEN t.until > clock_timestamp() THEN t.since WHEN t.since < clock_timestamp() - within OR t.until IS NOT NULL THEN clock_timestamp() ELSE t.since END,
    until = CASE WHEN t.until > clock_timestamp() THEN t.until
      WHEN t.until IS NULL AND t.since >= clock_timestamp() - within AND t.hits + 1 > most THEN clock_timestamp() + shut END
  RETURNING t.hits, t.until;
END $$;
CREATE FUNCTION damso_throttle_clear(subject text) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ DELETE FROM throttles WHERE key = subject $$;

-- A dealer's hook address, by the hash of its token.
CREATE FUNCTION damso_dealer_token(token_hash bytea)
  RETURNS TABLE (connection_id uuid, organization_id uuid, channel_id uuid, sender_key text, format text, allowed_from text[],
    secret_sealed bytea, old_secret_sealed bytea, old_secret_until timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.id, c.organization_id, c.channel_id, ch.sender_key, c.format, c.allowed_from, c.secret_sealed, c.old_secret_sealed, c.old_secret_until
  FROM dealer_tokens t JOIN dealer_connections c ON c.id = t.connection_id JOIN channels ch ON ch.id = c.channel_id
  WHERE t.hash = token_hash AND c.closed_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > clock_timestamp())
$$;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['damso_organizations()', 'damso_person_by_email(text)', 'damso_sign_in(uuid)', 'damso_ticket(bytea)',
    'damso_throttle(text, integer, interval, interval)', 'damso_throttle_clear(text)', 'damso_dealer_token(bytea)'] LOOP
    EXECUTE 'REVOKE ALL ON FUNCTION ' || name || ' FROM PUBLIC';
    EXECUTE 'GRANT EXECUTE ON FUNCTION ' || name || ' TO damso_app';
  END LOOP;
END $$;
