-- Leave to call a dealer: its address and key, for as long as an administrator wants it. A row is ended, never changed; its key goes with the end.

CREATE TABLE dealer_accesses (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  address text NOT NULL DEFAULT '',
  sealed bytea,
  person_id uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  ended_by uuid,
  ended_at timestamptz(3),
  CONSTRAINT dealer_accesses_organization_id_connection_id_fkey
    FOREIGN KEY (organization_id, connection_id) REFERENCES dealer_connections (organization_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT dealer_accesses_key_while_open CHECK ((sealed IS NOT NULL) = (ended_at IS NULL)),
  CONSTRAINT dealer_accesses_address_shape CHECK (address = '' OR address ~ '^https?://[^/]+[^/]$')
);
CREATE UNIQUE INDEX dealer_accesses_organization_id_id_key ON dealer_accesses (organization_id, id);
CREATE UNIQUE INDEX dealer_accesses_one_open ON dealer_accesses (connection_id) WHERE ended_at IS NULL;
CREATE INDEX dealer_accesses_organization_id_connection_id_at_idx ON dealer_accesses (organization_id, connection_id, at DESC);

ALTER TABLE dealer_accesses ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON dealer_accesses USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()));
GRANT SELECT, INSERT ON dealer_accesses TO damso_app;
GRANT UPDATE (sealed, ended_by, ended_at) ON dealer_accesses TO damso_app;
