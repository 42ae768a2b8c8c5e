-- 오늘 asks on every page which channels have an answer that turned from yes to no: few, so only those are in the index.
CREATE INDEX channel_checks_turned_idx ON channel_checks (organization_id, channel_id)
  WHERE jsonb_path_exists(answers, '$[*].turnedAt ? (@ != null)');
