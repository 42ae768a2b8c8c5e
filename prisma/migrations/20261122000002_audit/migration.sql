-- The audit log: append-only by grant and by trigger, sealed into one hash chain per organization.

ALTER TABLE audit_events ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON audit_events USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()));
GRANT SELECT, INSERT ON audit_events TO damso_app;
ALTER TABLE audit_links ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON audit_links USING (organization_id = (SELECT damso_organization()));
GRANT SELECT ON audit_links TO damso_app;
ALTER TABLE audit_heads ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON audit_heads USING (organization_id = (SELECT damso_organization()));
GRANT SELECT ON audit_heads TO damso_app;

CREATE FUNCTION damso_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_events FOR EACH ROW EXECUTE FUNCTION damso_append_only();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON audit_events FOR EACH STATEMENT EXECUTE FUNCTION damso_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_links FOR EACH ROW EXECUTE FUNCTION damso_append_only();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON audit_links FOR EACH STATEMENT EXECUTE FUNCTION damso_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON right_changes FOR EACH ROW EXECUTE FUNCTION damso_append_only();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON right_changes FOR EACH STATEMENT EXECUTE FUNCTION damso_append_only();

-- The text an entry's hash covers: a JSON array of its stored columns, instants in microseconds since the epoch.
CREATE FUNCTION damso_audit_text(e audit_events) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT json_build_array(e.id, e.organization_id, (extract(epoch FROM e.at) * 1000000)::bigint, e.actor_kind, e.actor_id, e.address,
    e.subject, e.action, e.target_kind, e.target_id, e.result, e.reason, e.body, encode(e.mac, 'hex'))::text
$$;

-- Links every entry that all running transactions can already see, in the order of their transactions.
-- One sealer per organization at a time (advisory lock): answers the number linked, or -1 when another is at it.
CREATE FUNCTION damso_audit_seal(org uuid) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  head audit_heads;
  below xid8;
  entry record;
  hash bytea;
  seqs bigint[] := '{}'; ids uuid[] := '{}'; hashes bytea[] := '{}'; olds bytea[] := '{}';
  linked integer := 0;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('damso.audit.seal:' || org::text, 0)) THEN RETURN -1; END IF;
  -- The snapshot comes after the lock, so that a second sealer starts where the first one ended.
  below := pg_snapshot_xmin(pg_current_snapshot());
  SELECT * INTO head FROM audit_heads WHERE organization_id = org;
  IF NOT FOUND THEN
    INSERT INTO audit_heads (organization_id, seq, hash, sealed_below)
      VALUES (org, 0, sha256(convert_to('damso:' || org::text, 'UTF8')), '0'::xid8) RETURNING * INTO head;
  END IF;
  hash := head.hash;
  FOR entry IN
    SELECT e.id, sha256(convert_to(damso_audit_text(e), 'UTF8')) AS digest
    FROM audit_events e
    WHERE e.organization_id = org
      AND CASE WHEN head.sealed_below <= below
        THEN e.xact >= head.sealed_below AND e.xact < below
        -- A database restored into another cluster: transaction numbers began anew, so ask the links themselves.
        ELSE (e.xact < below OR e.xact >= pg_snapshot_xmax(pg_current_snapshot())) AND NOT EXISTS (SELECT 1 FROM audit_links l WHERE l.event_id = e.id)
      END
    ORDER BY e.xact, e.at, e.id
  LOOP
    linked := linked + 1;
    seqs := seqs || (head.seq + linked);
    ids := ids || entry.id;
    olds := olds || hash;
    hash := sha256(hash || entry.digest);
    hashes := hashes || hash;
    IF linked % 256 = 0 THEN
      INSERT INTO audit_links (organization_id, seq, event_id, hash, previous) SELECT org, * FROM unnest(seqs, ids, hashes, olds);
      seqs := '{}'; ids := '{}'; hashes := '{}'; olds := '{}';
    END IF;
  END LOOP;
  INSERT INTO audit_links (organization_id, seq, event_id, hash, previous) SELECT org, * FROM unnest(seqs, ids, hashes, olds);
  IF linked > 0 OR head.sealed_below > below THEN
    UPDATE audit_heads SET seq = head.seq + linked, hash = damso_audit_seal.hash, sealed_below = below, sealed_at = clock_timestamp() WHERE organization_id = org;
  END IF;
  RETURN linked;
END $$;
REVOKE ALL ON FUNCTION damso_audit_seal(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION damso_audit_seal(uuid) TO damso_app;
