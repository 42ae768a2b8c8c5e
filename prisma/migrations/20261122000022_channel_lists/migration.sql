-- The list of channels by name and by dealer, and pages of both without sorting what is not shown.
CREATE INDEX channels_name_idx ON channels (organization_id, name, id);
CREATE INDEX channels_dealer_idx ON channels (organization_id, dealer, created_at DESC, id DESC);

-- Open requests to go live are looked for beside every page.
CREATE INDEX go_live_requests_waiting_idx ON go_live_requests (organization_id) WHERE outcome IS NULL;
