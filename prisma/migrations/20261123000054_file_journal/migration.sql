-- Files destroyed before their session, in the order in which the journal outside the database tells them.
CREATE INDEX destruction_items_files_idx ON destruction_items (organization_id, done_at, subject_id) WHERE kind = 'file' AND state = 'destroyed';
