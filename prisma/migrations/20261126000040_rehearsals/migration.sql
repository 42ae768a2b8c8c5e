-- Rehearsals (guide 2): a channel's five steps walked with a stand-in for its dealer. What comes of it lies where consultations lie, sealed and
-- destroyed as they are, and is marked: nobody sees or counts it who does not say that he rehearses.

CREATE TABLE rehearsals (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  channel_id uuid NOT NULL,
  format text NOT NULL,
  bound jsonb NOT NULL,
  scenario_version_id uuid,
  offset_ms bigint NOT NULL DEFAULT 0,
  walk jsonb NOT NULL DEFAULT '{"session": null, "state": null}',
  person_id uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  ended_at timestamptz(3),
  outcome text,
  destroyed_at timestamptz(3),
  CONSTRAINT rehearsals_organization_id_channel_id_fkey FOREIGN KEY (organization_id, channel_id)
    REFERENCES channels (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT rehearsals_organization_id_scenario_version_id_fkey FOREIGN KEY (organization_id, scenario_version_id)
    REFERENCES scenario_versions (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT rehearsals_format_known CHECK (format IN ('infobank', 'happytalk')),
  CONSTRAINT rehearsals_time_forward CHECK (offset_ms >= 0),
  CONSTRAINT rehearsals_outcome_known CHECK (outcome IN ('finished', 'given-up')),
  CONSTRAINT rehearsals_ended_so CHECK ((ended_at IS NULL) = (outcome IS NULL))
);
CREATE UNIQUE INDEX rehearsals_organization_id_id_key ON rehearsals (organization_id, id);
CREATE INDEX rehearsals_organization_id_at_id_idx ON rehearsals (organization_id, at DESC, id DESC);
CREATE INDEX rehearsals_organization_id_channel_id_ended_at_idx ON rehearsals (organization_id, channel_id, ended_at DESC);
CREATE INDEX rehearsals_organization_id_scenario_version_id_idx ON rehearsals (organization_id, scenario_version_id);

CREATE TABLE rehearsal_events (
  organization_id uuid NOT NULL,
  rehearsal_id uuid NOT NULL,
  number integer NOT NULL,
  kind text NOT NULL,
  at timestamptz(3) NOT NULL,
  detail jsonb NOT NULL DEFAULT '{}',
  picture jsonb,
  person_id uuid,
  noted_at timestamptz(3) NOT NULL,
  PRIMARY KEY (organization_id, rehearsal_id, number),
  CONSTRAINT rehearsal_events_number_counts CHECK (number > 0),
  CONSTRAINT rehearsal_events_organization_id_rehearsal_id_fkey FOREIGN KEY (organization_id, rehearsal_id)
    REFERENCES rehearsals (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['rehearsals', 'rehearsal_events'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_organization ON %I USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()))', name);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO damso_app', name);
  END LOOP;
END $$;
GRANT UPDATE (offset_ms, walk, ended_at, outcome, destroyed_at) ON rehearsals TO damso_app;

-- What has ended stays as it ended.
CREATE FUNCTION damso_rehearsal_over() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'A rehearsal that has ended is not changed' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER over BEFORE UPDATE ON rehearsals FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL) EXECUTE FUNCTION damso_rehearsal_over();

-- What a rehearsal of a channel would be walked with now (lib/rehearsal/rules/bound): the notice that was verified, else the newest that was approved; the
-- policies in force; the places and where they lead; the scenario in use. "" where there is none.
CREATE VIEW rehearsal_bounds WITH (security_invoker = true) AS
  SELECT c.organization_id, c.id AS channel_id, coalesce(n.text_hash, '') AS notice, coalesce(p.digest, '') AS policies, coalesce(l.digest, '') AS placements,
    coalesce(s.hash, '') AS scenario, n.version_id AS notice_version_id, s.version_id AS scenario_version_id, coalesce(n.verified, false) AS notice_verified
  FROM channels c
    LEFT JOIN LATERAL (SELECT a.text_hash, v.id AS version_id, (x.version_id IS NOT NULL) AS verified
      FROM notices o JOIN notice_versions v ON v.organization_id = o.organization_id AND v.notice_id = o.id
        JOIN notice_steps a ON a.organization_id = v.organization_id AND a.version_id = v.id AND a.kind = 'approved'
        LEFT JOIN notice_spans x ON x.organization_id = v.organization_id AND x.version_id = v.id AND x.until_at IS NULL
      WHERE o.organization_id = c.organization_id AND o.channel_id = c.id ORDER BY verified DESC, v.number DESC LIMIT 1) n ON true
    LEFT JOIN LATERAL (SELECT encode(sha256(convert_to(string_agg(t.version_id || ' ' || t.hash, E'\n' ORDER BY t.version_id), 'UTF8')), 'hex') AS digest
      FROM policy_terms t WHERE t.organization_id = c.organization_id AND t.until_at IS NULL AND (t.channel_id IS NULL OR t.channel_id = c.id)) p ON true
    LEFT JOIN LATERAL (SELECT encode(sha256(convert_to(string_agg(concat_ws(' ', q.code, q.mode, q.bot, q.event), E'\n' ORDER BY q.code), 'UTF8')), 'hex') AS digest
      FROM placements q WHERE q.organization_id = c.organization_id AND q.channel_id = c.id
        AND NOT EXISTS (SELECT 1 FROM placement_retirements r WHERE r.placement_id = q.id)) l ON true
    LEFT JOIN LATERAL (SELECT v.hash, v.id AS version_id FROM scenarios d JOIN scenario_states e ON e.scenario_id = d.id
        JOIN scenario_versions v ON v.organization_id = d.organization_id AND v.scenario_id = d.id AND v.number = e.in_use
      WHERE d.organization_id = c.organization_id AND d.channel_id = c.id ORDER BY d.changed_at DESC, d.id LIMIT 1) s ON true;
GRANT SELECT ON rehearsal_bounds TO damso_app;

-- The mark. Restrictive: it comes on top of the organization's own policy, for everybody who reads or writes through the application.
CREATE FUNCTION damso_rehearsing() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(current_setting('damso.rehearsal', true), '') = 'on' $$;
ALTER TABLE consult_sessions ADD COLUMN rehearsal_id uuid,
  ADD CONSTRAINT consult_sessions_organization_id_rehearsal_id_fkey FOREIGN KEY (organization_id, rehearsal_id)
    REFERENCES rehearsals (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX consult_sessions_rehearsal_idx ON consult_sessions (organization_id, rehearsal_id) WHERE rehearsal_id IS NOT NULL;
CREATE POLICY rehearsals_apart ON consult_sessions AS RESTRICTIVE USING (rehearsal_id IS NULL OR (SELECT damso_rehearsing()));
ALTER TABLE dealer_connections ADD COLUMN rehearsal_id uuid,
  ADD CONSTRAINT dealer_connections_organization_id_rehearsal_id_fkey FOREIGN KEY (organization_id, rehearsal_id)
    REFERENCES rehearsals (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE UNIQUE INDEX dealer_connections_organization_id_rehearsal_id_key ON dealer_connections (organization_id, rehearsal_id);
CREATE POLICY rehearsals_apart ON dealer_connections AS RESTRICTIVE USING (rehearsal_id IS NULL OR (SELECT damso_rehearsing()));

-- The one that took a single token has had no caller since.
DROP FUNCTION damso_dealer_token(bytea);
DROP FUNCTION damso_dealer_tokens(bytea[]);
CREATE FUNCTION damso_dealer_tokens(token_hashes bytea[])
  RETURNS TABLE (token_hash bytea, connection_id uuid, organization_id uuid, channel_id uuid, sender_key text, format text, allowed_from text[],
    secret_sealed bytea, old_secret_sealed bytea, old_secret_until timestamptz, rehearsal_id uuid, ahead_ms bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.hash, c.id, c.organization_id, c.channel_id, ch.sender_key, c.format, c.allowed_from, c.secret_sealed, c.old_secret_sealed, c.old_secret_until, c.rehearsal_id, coalesce(r.offset_ms, 0)
  FROM dealer_tokens t JOIN dealer_connections c ON c.id = t.connection_id JOIN channels ch ON ch.id = c.channel_id
    LEFT JOIN rehearsals r ON r.organization_id = c.organization_id AND r.id = c.rehearsal_id
  WHERE t.hash = ANY(token_hashes) AND c.closed_at IS NULL AND r.ended_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > clock_timestamp())
$$;
REVOKE ALL ON FUNCTION damso_dealer_tokens(bytea[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION damso_dealer_tokens(bytea[]) TO damso_app;

-- Never counted.
CREATE OR REPLACE FUNCTION damso_count_due() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO due_days AS d (organization_id, due_on, channel_id, category, sessions, held)
    SELECT organization_id, coalesce(due_on, '9999-12-31'::date), channel_id, category, count(*), count(held_at) FROM added WHERE rehearsal_id IS NULL GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (organization_id, due_on, channel_id, category) DO UPDATE SET sessions = d.sessions + excluded.sessions, held = d.held + excluded.held;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO due_days AS d (organization_id, due_on, channel_id, category, sessions, held)
    SELECT organization_id, coalesce(due_on, '9999-12-31'::date), channel_id, category, -count(*), -count(held_at) FROM removed WHERE rehearsal_id IS NULL GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (organization_id, due_on, channel_id, category) DO UPDATE SET sessions = d.sessions + excluded.sessions, held = d.held + excluded.held;
  ELSE
    INSERT INTO due_days AS d (organization_id, due_on, channel_id, category, sessions, held)
    SELECT organization_id, due, channel_id, category, sum(n), sum(h) FROM (
      SELECT organization_id, coalesce(due_on, '9999-12-31'::date) AS due, channel_id, category, 1 AS n, (held_at IS NOT NULL)::int AS h FROM added WHERE rehearsal_id IS NULL
      UNION ALL SELECT organization_id, coalesce(due_on, '9999-12-31'::date), channel_id, category, -1, -(held_at IS NOT NULL)::int FROM removed WHERE rehearsal_id IS NULL
    ) both_sides GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0 OR sum(h) <> 0 ORDER BY 1, 2, 3, 4
    ON CONFLICT (organization_id, due_on, channel_id, category) DO UPDATE SET sessions = d.sessions + excluded.sessions, held = d.held + excluded.held;
  END IF;
  RETURN NULL;
END $$;

-- For auditors: consultations say whether they were rehearsed; rehearsals say what was done in them, never what was said.
CREATE OR REPLACE VIEW check_sessions AS
  SELECT s.id, '@' || c.search_id AS channel, s.external_id AS session, encode(s.user_handle, 'hex') AS subject, s.opened_at AS opened, s.ended_at AS ended,
    s.opened_by, s.entry, s.extra, p.code AS placement, s.returning, s.shelf,
    (SELECT count(*) FROM messages m WHERE m.session_id = s.id AND m.shelf = s.shelf) AS messages, s.message_count AS counted,
    EXISTS (SELECT 1 FROM session_keys k WHERE k.session_id = s.id) AS key, s.received_at AS received, s.organization_id,
    s.category, s.due_on AS due, (s.due_on + 1)::timestamp AT TIME ZONE 'Asia/Seoul' AS expires, s.ordinary_due_on AS ordinary_due, s.policy_version_id AS policy,
    (SELECT count(*) FROM holds h WHERE h.organization_id = s.organization_id
      AND NOT EXISTS (SELECT 1 FROM hold_releases r WHERE r.hold_id = h.id AND r.outcome = 'approved')
      AND CASE h.scope
        WHEN 'session' THEN h.session_id = s.id
        WHEN 'user' THEN h.channel_id = s.channel_id AND h.user_handle = s.user_handle
        WHEN 'channel' THEN h.channel_id = s.channel_id
        ELSE (h.channel_id IS NULL OR h.channel_id = s.channel_id)
          AND s.opened_at >= h.opened_from::timestamp AT TIME ZONE 'Asia/Seoul' AND s.opened_at < (h.opened_to + 1)::timestamp AT TIME ZONE 'Asia/Seoul' END) AS holds, s.rehearsal_id AS rehearsal
  FROM consult_sessions s JOIN channels c ON c.id = s.channel_id LEFT JOIN placements p ON p.id = s.placement_id;
CREATE VIEW check_rehearsals AS
  SELECT e.rehearsal_id AS rehearsal, r.channel_id AS channel, r.format, e.number, e.kind, e.detail, e.person_id AS person, e.at, e.noted_at AS noted, r.outcome,
    r.ended_at AS ended, r.destroyed_at AS destroyed, e.organization_id
  FROM rehearsal_events e JOIN rehearsals r ON r.organization_id = e.organization_id AND r.id = e.rehearsal_id;
GRANT SELECT ON check_rehearsals TO damso_auditor;
