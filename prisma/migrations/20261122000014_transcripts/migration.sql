-- Consult sessions as the monitor reads them, and what arrived through a connection day by day.

DROP INDEX consult_sessions_organization_id_opened_at_id_idx;
DROP INDEX consult_sessions_organization_id_channel_id_idx;
DROP INDEX consult_sessions_organization_id_placement_id_idx;
DROP INDEX consult_sessions_channel_id_user_handle_idx;
CREATE INDEX consult_sessions_organization_id_opened_at_id_idx ON consult_sessions (organization_id, opened_at DESC, id DESC);
CREATE INDEX consult_sessions_organization_id_channel_id_opened_at_id_idx ON consult_sessions (organization_id, channel_id, opened_at DESC, id DESC);
CREATE INDEX consult_sessions_organization_id_placement_id_extra_idx ON consult_sessions (organization_id, placement_id, extra);
CREATE INDEX consult_sessions_channel_id_user_handle_opened_at_idx ON consult_sessions (channel_id, user_handle, opened_at);

CREATE TABLE connection_days (
    "organization_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "events" INTEGER NOT NULL DEFAULT 0,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "connection_days_pkey" PRIMARY KEY ("organization_id","connection_id","day")
);
ALTER TABLE connection_days ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON connection_days USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()));
GRANT SELECT, INSERT, UPDATE, DELETE ON connection_days TO damso_app;
