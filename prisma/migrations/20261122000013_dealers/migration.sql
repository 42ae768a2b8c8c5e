-- Dealer connections: stale forms are noticed; what was set aside is one row per body and reason.

ALTER TABLE dealer_connections ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

ALTER TABLE set_asides ADD COLUMN last_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE set_asides ADD COLUMN times INTEGER NOT NULL DEFAULT 1;
DROP INDEX set_asides_organization_id_at_id_idx;
DROP INDEX set_asides_connection_id_at_idx;
CREATE UNIQUE INDEX set_asides_connection_id_reason_event_sha256_key ON set_asides (connection_id, reason, event, sha256);
CREATE INDEX set_asides_organization_id_last_at_id_idx ON set_asides (organization_id, last_at DESC, id DESC);
CREATE INDEX set_asides_connection_id_last_at_id_idx ON set_asides (connection_id, last_at DESC, id DESC);

-- Hook addresses by the hashes of their tokens: one question for all posts that arrive together.
CREATE FUNCTION damso_dealer_tokens(token_hashes bytea[])
  RETURNS TABLE (token_hash bytea, connection_id uuid, organization_id uuid, channel_id uuid, sender_key text, format text, allowed_from text[],
    secret_sealed bytea, old_secret_sealed bytea, old_secret_until timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.hash, c.id, c.organization_id, c.channel_id, ch.sender_key, c.format, c.allowed_from, c.secret_sealed, c.old_secret_sealed, c.old_secret_until
  FROM dealer_tokens t JOIN dealer_connections c ON c.id = t.connection_id JOIN channels ch ON ch.id = c.channel_id
  WHERE t.hash = ANY(token_hashes) AND c.closed_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > clock_timestamp())
$$;
REVOKE ALL ON FUNCTION damso_dealer_tokens(bytea[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION damso_dealer_tokens(bytea[]) TO damso_app;
