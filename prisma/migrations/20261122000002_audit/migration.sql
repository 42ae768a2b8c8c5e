-- The audit log: append-only by grant and by trigger, sealed into one hash chain per organization.

ALTER TABLE audit_events ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON audit_events USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()));
GRANT SELECT ON audit_events TO damso_app;
-- Not xact: an entry that named an older transaction would slip past the sealer.
GRANT INSERT (id, organization_id, at, actor_kind, actor_id, address, subject, action, target_kind, target_id, result, reason, body, mac) ON audit_events TO damso_app;
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
CREATE TRIGGER append_only BEFORE DELETE ON audit_heads FOR EACH ROW EXECUTE FUNCTION damso_append_only();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON audit_heads FOR EACH STATEMENT EXECUTE FUNCTION damso_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON right_changes FOR EACH ROW EXECUTE FUNCTION damso_append_only();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON right_changes FOR EACH STATEMENT EXECUTE FUNCTION damso_append_only();

-- The text an entry's MAC and hash cover: a JSON array of its stored columns, the instant in microseconds since the epoch.
-- lib/audit/record.ts writes the same text, byte for byte.
CREATE FUNCTION damso_audit_text(e audit_events) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT json_build_array(e.id, e.organization_id, CASE WHEN isfinite(e.at) THEN (extract(epoch FROM e.at) * 1000000)::bigint END,
    e.actor_kind, e.actor_id, e.address, e.subject, e.action, e.target_kind, e.target_id, e.result, e.reason, e.body)::text
$$;

-- What a link adds to its chain: hash = sha256(previous hash || digest of the entry).
CREATE FUNCTION damso_audit_digest(e audit_events) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT sha256(convert_to(damso_audit_text(e), 'UTF8') || e.mac)
$$;

-- What an organization's first link builds on.
CREATE FUNCTION damso_audit_root(org uuid) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT sha256(convert_to('damso:' || org::text, 'UTF8'))
$$;

-- Links entries that are committed and have no link yet, oldest transaction first, at most `most` in one call.
-- One sealer per organization at a time (advisory lock): answers the number linked, or -1 when another is at it.
-- New is what this snapshot sees and the last one did not, so a transaction that stays open for hours delays its own entries alone.
CREATE FUNCTION damso_audit_seal(org uuid, most integer DEFAULT 20000) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  head audit_heads;
  seen pg_snapshot;
  todo uuid[];
  last xid8;
  entry record;
  link bytea;
  seqs bigint[] := '{}'; ids uuid[] := '{}'; hashes bytea[] := '{}'; olds bytea[] := '{}';
  linked integer := 0;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'sealing needs a fresh snapshot after its lock: read committed, not %', current_setting('transaction_isolation');
  END IF;
  IF NOT pg_try_advisory_xact_lock(hashtextextended('damso.audit.seal:' || org::text, 0)) THEN RETURN -1; END IF;
  -- Each statement below has a snapshot newer than the lock: a second sealer starts where the first one ended.
  SELECT * INTO head FROM audit_heads WHERE organization_id = org;
  IF NOT FOUND THEN
    head.seq := 0;
    head.hash := damso_audit_root(org);
    head.sealed_through := '1:1:';
  END IF;
  seen := pg_current_snapshot();
  IF pg_snapshot_xmax(seen) >= pg_snapshot_xmax(head.sealed_through) THEN
    SELECT array_agg(n.id ORDER BY n.xact, n.at, n.id), max(n.xact) INTO todo, last FROM (
      SELECT f.id, f.xact, f.at FROM (
        -- Two ranges of one index; an OR of both would read the whole log.
        SELECT e.id, e.xact, e.at FROM audit_events e
        WHERE e.organization_id = org AND e.xact >= pg_snapshot_xmax(head.sealed_through) AND e.xact < pg_snapshot_xmax(seen)
        UNION ALL
        SELECT e.id, e.xact, e.at FROM pg_snapshot_xip(head.sealed_through) x JOIN audit_events e ON e.organization_id = org AND e.xact = x
      ) f
      WHERE pg_visible_in_snapshot(f.xact, seen) AND NOT EXISTS (SELECT 1 FROM audit_links l WHERE l.event_id = f.id)
      ORDER BY f.xact, f.at, f.id LIMIT most) n;
  ELSE
    -- A dump brought into a younger cluster: transaction numbers began anew, so ask the links alone, and at once.
    SELECT array_agg(e.id ORDER BY e.xact < pg_snapshot_xmax(seen), e.xact, e.at, e.id) INTO todo FROM audit_events e
    WHERE e.organization_id = org AND (pg_visible_in_snapshot(e.xact, seen) OR e.xact >= pg_snapshot_xmax(seen))
      AND NOT EXISTS (SELECT 1 FROM audit_links l WHERE l.event_id = e.id);
  END IF;

  link := head.hash;
  FOR entry IN
    SELECT e.id, damso_audit_digest(e) AS digest FROM unnest(todo) WITH ORDINALITY t (id, place) JOIN audit_events e ON e.id = t.id ORDER BY t.place
  LOOP
    linked := linked + 1;
    seqs := seqs || (head.seq + linked);
    ids := ids || entry.id;
    olds := olds || link;
    link := sha256(link || entry.digest);
    hashes := hashes || link;
    IF linked % 256 = 0 THEN
      INSERT INTO audit_links (organization_id, seq, event_id, hash, previous) SELECT org, * FROM unnest(seqs, ids, hashes, olds);
      seqs := '{}'; ids := '{}'; hashes := '{}'; olds := '{}';
    END IF;
  END LOOP;
  INSERT INTO audit_links (organization_id, seq, event_id, hash, previous) SELECT org, * FROM unnest(seqs, ids, hashes, olds);

  IF last IS NOT NULL AND linked >= most THEN
    -- Cut short: the next call looks again from the last transaction on.
    seen := concat(least(pg_snapshot_xmin(seen), last), ':', last, ':',
      (SELECT string_agg(x::text, ',' ORDER BY x) FROM pg_snapshot_xip(seen) x WHERE x < last))::pg_snapshot;
  END IF;
  IF linked > 0 OR head.organization_id IS NOT NULL THEN
    INSERT INTO audit_heads AS h (organization_id, seq, hash, sealed_through) VALUES (org, head.seq + linked, link, seen)
    ON CONFLICT (organization_id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, sealed_through = excluded.sealed_through,
      sealed_at = CASE WHEN linked > 0 THEN clock_timestamp() ELSE h.sealed_at END;
  END IF;
  RETURN linked;
END $$;

-- Organizations with entries that wait for the sealer: one look into an index each.
CREATE FUNCTION damso_audit_unsealed() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.id FROM organizations o LEFT JOIN audit_heads h ON h.organization_id = o.id, pg_current_snapshot() seen
  WHERE CASE
    WHEN h.organization_id IS NULL THEN EXISTS (SELECT 1 FROM audit_events e WHERE e.organization_id = o.id)
    WHEN pg_snapshot_xmax(seen) < pg_snapshot_xmax(h.sealed_through) THEN true
    ELSE coalesce((SELECT e.xact FROM audit_events e WHERE e.organization_id = o.id AND e.xact < pg_snapshot_xmax(seen) ORDER BY e.xact DESC LIMIT 1)
        >= pg_snapshot_xmax(h.sealed_through), false)
      OR EXISTS (SELECT 1 FROM pg_snapshot_xip(h.sealed_through) x,
        LATERAL (SELECT e.xact FROM audit_events e WHERE e.organization_id = o.id AND e.xact >= x ORDER BY e.xact LIMIT 1) f WHERE f.xact = x)
  END
$$;

REVOKE ALL ON FUNCTION damso_audit_seal(uuid, integer), damso_audit_unsealed() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION damso_audit_seal(uuid, integer), damso_audit_unsealed() TO damso_app;

-- "What was done with this person's data": few entries name one.
CREATE INDEX audit_events_subject_idx ON audit_events (organization_id, subject, at DESC, id DESC) WHERE subject <> '';
