-- The nightly comparison goes through an organization's files by id, page by page.
CREATE INDEX attachments_kept_idx ON attachments (organization_id, file_id) WHERE state = 'kept';
CREATE INDEX transcript_exports_kept_idx ON transcript_exports (organization_id, file_id) WHERE gone_at IS NULL AND file_id IS NOT NULL;
