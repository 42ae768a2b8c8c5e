-- The company's block list is found by exact name and never by a name in clear; a switch remembers the sender key that it leaves.
ALTER TABLE "blocked_users" ADD COLUMN "label_handle" BYTEA NOT NULL;
ALTER TABLE "dealer_switches" ADD COLUMN "sender_key" TEXT;

CREATE INDEX "blocked_users_channel_id_label_handle_idx" ON "blocked_users"("channel_id", "label_handle");

CREATE TABLE "block_imports" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sealed" BYTEA NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "block_imports_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "block_imports_organization_id_at_idx" ON "block_imports"("organization_id", "at");
CREATE INDEX "block_imports_organization_id_channel_id_idx" ON "block_imports"("organization_id", "channel_id");

ALTER TABLE "block_imports" ADD CONSTRAINT "block_imports_organization_id_channel_id_fkey" FOREIGN KEY ("organization_id", "channel_id") REFERENCES "channels"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "block_imports" ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON "block_imports" USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()));
GRANT SELECT, INSERT, DELETE ON "block_imports" TO damso_app;
