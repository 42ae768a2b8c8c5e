-- The preview counts by channel what a law alone keeps: few rows, which no index named once they lie on a shelf of their own.
CREATE INDEX consult_sessions_kept_by_law_idx ON consult_sessions (organization_id, ordinary_due_on, due_on, channel_id)
  WHERE ordinary_due_on < due_on AND held_at IS NULL;
