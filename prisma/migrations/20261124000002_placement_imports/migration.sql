-- A list of places between its reading and its taking, for an hour.
CREATE TABLE "placement_imports" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "list" JSONB NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "placement_imports_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "placement_imports_organization_id_at_idx" ON "placement_imports"("organization_id", "at");
CREATE INDEX "placement_imports_organization_id_person_id_idx" ON "placement_imports"("organization_id", "person_id");
ALTER TABLE "placement_imports" ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON "placement_imports" USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()));
GRANT SELECT, INSERT, DELETE ON "placement_imports" TO damso_app;
