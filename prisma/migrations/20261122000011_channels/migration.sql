-- What is said of a channel stays said: marks, evidence and going live are added to, never changed; a channel is never deleted.
REVOKE UPDATE, DELETE ON onboarding_marks, channel_go_lives, evidence_files FROM damso_app;
REVOKE DELETE ON channels FROM damso_app;

-- Which of these ids have a row: the sweep of the file store looks across organizations.
CREATE FUNCTION damso_known_files(ids text[]) RETURNS SETOF text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT id FROM evidence_files WHERE id = ANY(ids) $$;
REVOKE ALL ON FUNCTION damso_known_files(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION damso_known_files(text[]) TO damso_app;
