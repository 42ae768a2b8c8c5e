-- Where a button hangs, told apart: site and page, app and screen, shop and spot, message template. And what it belongs to.

ALTER TABLE placements
  ADD COLUMN site text NOT NULL DEFAULT '',
  ADD COLUMN page_url text,
  ADD COLUMN campaign text NOT NULL DEFAULT '',
  ADD COLUMN tags text[] NOT NULL DEFAULT '{}',
  ADD COLUMN starts_on date,
  ADD COLUMN ends_on date,
  DROP CONSTRAINT placements_medium_known,
  ADD CONSTRAINT placements_medium_known CHECK (medium IN ('web', 'mobile_web', 'app', 'offline', 'message')),
  -- A BC button carries a code and no address (field-facts 1.3, chat_extra): nothing of it passes here.
  ADD CONSTRAINT placements_message_is_direct CHECK (medium <> 'message' OR mode = 'direct'),
  ADD CONSTRAINT placements_page_is_web CHECK (page_url IS NULL OR medium IN ('web', 'mobile_web')),
  ADD CONSTRAINT placements_page_shape CHECK (page_url ~ '^https?://[^[:space:]]+$'),
  ADD CONSTRAINT placements_tags_few CHECK (cardinality(tags) <= 10),
  ADD CONSTRAINT placements_period_in_order CHECK (starts_on <= ends_on);

UPDATE placements SET page_url = location, location = ''
  WHERE medium IN ('web', 'mobile_web') AND location ~ '^https?://[^[:space:]]+$';

GRANT UPDATE (site, page_url, campaign, tags, starts_on, ends_on) ON placements TO damso_app;

DROP INDEX placements_organization_id_created_at_id_idx;
CREATE INDEX placements_organization_id_created_at_id_idx ON placements (organization_id, created_at, id);
CREATE INDEX placements_organization_id_name_id_idx ON placements (organization_id, name, id);
CREATE INDEX placements_organization_id_campaign_idx ON placements (organization_id, campaign);
CREATE INDEX placements_organization_id_owner_id_idx ON placements (organization_id, owner_id);
CREATE INDEX placements_organization_id_page_url_idx ON placements (organization_id, page_url);
CREATE INDEX placements_tags_idx ON placements USING gin (tags);
