-- Read-only views for auditors (docs/auditors.md): every organization, no content, no secrets. Owned by the migrating role,
-- readable by members of damso_auditor alone; the application has no use for them.

DO $$ BEGIN
  CREATE ROLE damso_auditor NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;

-- The chain, entry by entry. `hash = sha256(previous || sha256(text || mac))`, both hashes as bytes, `text` as UTF-8.
CREATE VIEW check_audit AS
  SELECT l.seq, e.at, concat_ws(':', e.actor_kind, e.actor_id) AS actor, e.action, e.subject, l.hash, l.previous,
    e.address, concat_ws(':', e.target_kind, e.target_id) AS target, e.result, e.reason, e.body, damso_audit_text(e) AS text, e.mac, e.id, e.organization_id
  FROM audit_events e LEFT JOIN audit_links l ON l.event_id = e.id AND l.organization_id = e.organization_id;

CREATE VIEW check_jobs AS
  SELECT job, period, started_at AS started, ended_at AS ended, result, detail, lease AS tries, organization_id FROM job_runs;

-- Files that were taken, where they lie below DAMSO_FILES, and what their bytes must hash to.
CREATE VIEW check_files AS
  SELECT left(id, 2) || '/' || id AS path, sha256, bytes, mime, created_at AS taken, organization_id FROM evidence_files;

-- Consultations: how they began and ended, how many messages lie under them, and whether their key still exists. Never what was said.
CREATE VIEW check_sessions AS
  SELECT s.id, '@' || c.search_id AS channel, s.external_id AS session, encode(s.user_handle, 'hex') AS subject, s.opened_at AS opened, s.ended_at AS ended,
    s.opened_by, s.entry, s.extra, p.code AS placement, s.returning, s.shelf,
    (SELECT count(*) FROM messages m WHERE m.session_id = s.id) AS messages, s.message_count AS counted,
    EXISTS (SELECT 1 FROM session_keys k WHERE k.session_id = s.id) AS key, s.received_at AS received, s.organization_id
  FROM consult_sessions s JOIN channels c ON c.id = s.channel_id LEFT JOIN placements p ON p.id = s.placement_id;

-- Each press and scan as it was counted.
CREATE VIEW check_presses AS
  SELECT r.id, p.code, r.at, (r.at AT TIME ZONE 'Asia/Seoul')::date AS day, r.kind, r.visitor, r.organization_id
  FROM presses r LEFT JOIN placements p ON p.id = r.placement_id;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['check_audit', 'check_jobs', 'check_files', 'check_sessions', 'check_presses'] LOOP
    EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', name);
    EXECUTE format('GRANT SELECT ON %I TO damso_auditor', name);
  END LOOP;
  GRANT USAGE ON SCHEMA public TO damso_auditor;
END $$;
