-- Every file that must lie in the store as it was recorded: evidence and papers, users' files under their keys, exports that were not given up.
CREATE VIEW kept_files WITH (security_invoker = true) AS
  SELECT id, organization_id, sha256, bytes FROM evidence_files
  UNION ALL SELECT file_id, organization_id, sha256, bytes FROM attachments WHERE state = 'kept'
  UNION ALL SELECT file_id, organization_id, sha256, bytes FROM transcript_exports WHERE gone_at IS NULL AND file_id IS NOT NULL;
GRANT SELECT ON kept_files TO damso_app;

-- What is about to be removed has a row too: it is no stray.
CREATE OR REPLACE FUNCTION damso_known_files(ids text[]) RETURNS SETOF text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT id FROM evidence_files WHERE id = ANY(ids) UNION ALL SELECT file_id FROM attachments WHERE file_id = ANY(ids)
    UNION ALL SELECT file_id FROM transcript_exports WHERE file_id = ANY(ids) AND gone_at IS NULL
    UNION ALL SELECT file_id FROM file_removals WHERE file_id = ANY(ids) $$;
