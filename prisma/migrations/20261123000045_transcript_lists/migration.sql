-- The list of transcripts, newest first: an index for each of its conditions that picks out few of many.
-- Channel, category, policy, last day, hold, user and session id have theirs already; "ended", "known place", "first" and "not held" are most rows.

CREATE INDEX consult_sessions_code_idx ON consult_sessions (organization_id, extra, opened_at DESC, id DESC) WHERE extra IS NOT NULL;
CREATE INDEX consult_sessions_no_code_idx ON consult_sessions (organization_id, opened_at DESC, id DESC) WHERE extra IS NULL;
CREATE INDEX consult_sessions_unknown_idx ON consult_sessions (organization_id, opened_at DESC, id DESC) WHERE placement_id IS NULL AND extra IS NOT NULL;
CREATE INDEX consult_sessions_open_idx ON consult_sessions (organization_id, opened_at DESC, id DESC) WHERE ended_at IS NULL;
CREATE INDEX consult_sessions_apart_idx ON consult_sessions (organization_id, opened_at DESC, id DESC) WHERE shelf LIKE 'law-%';
CREATE INDEX consult_sessions_returning_idx ON consult_sessions (organization_id, opened_at DESC, id DESC) WHERE "returning";
