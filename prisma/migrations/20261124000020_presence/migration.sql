-- CreateTable
CREATE TABLE "presence_checks" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "placement_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "trigger" TEXT NOT NULL,
    "wanted" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "page_url" TEXT NOT NULL,
    "final_url" TEXT NOT NULL,
    "status" INTEGER,
    "snippet" TEXT NOT NULL DEFAULT '',
    "body_sha256" TEXT,
    "bytes" INTEGER,
    "duration_ms" INTEGER NOT NULL,
    "old_links" JSONB NOT NULL DEFAULT '[]',
    "person_id" UUID,

    CONSTRAINT "presence_checks_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "presence_checks_words" CHECK (
      "trigger" IN ('schedule', 'hand', 'takedown') AND "wanted" IN ('present', 'absent') AND "verdict" IN ('yes', 'no', 'unknown')),
    CONSTRAINT "presence_checks_bounds" CHECK (
      length("snippet") <= 300 AND "duration_ms" >= 0 AND ("bytes" IS NULL) = ("body_sha256" IS NULL)
      AND "body_sha256" ~ '^[0-9a-f]{64}$' IS NOT FALSE AND jsonb_typeof("old_links") = 'array')
);

-- CreateTable
CREATE TABLE "presence_latest" (
    "placement_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "page_url" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "wanted" TEXT NOT NULL,
    "check_id" UUID,
    "verdict" TEXT,
    "at" TIMESTAMPTZ(3),
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "care" SMALLINT NOT NULL DEFAULT 4,
    "old_links" SMALLINT NOT NULL DEFAULT 0,
    "fleeting" SMALLINT NOT NULL DEFAULT 0,
    "next_due_at" TIMESTAMPTZ(3),
    "lease_until" TIMESTAMPTZ(3),

    CONSTRAINT "presence_latest_pkey" PRIMARY KEY ("placement_id"),
    CONSTRAINT "presence_latest_words" CHECK (
      "wanted" IN ('present', 'absent') AND "verdict" IN ('yes', 'no', 'unknown') IS NOT FALSE AND "care" BETWEEN 0 AND 5),
    CONSTRAINT "presence_latest_seen" CHECK (("check_id" IS NULL) = ("verdict" IS NULL) AND ("at" IS NULL) = ("verdict" IS NULL))
);

-- CreateTable
CREATE TABLE "presence_requests" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "placement_id" UUID NOT NULL,
    "wanted" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "requested_by" UUID,
    "done_check_id" UUID,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "presence_requests_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "presence_requests_words" CHECK ("wanted" IN ('present', 'absent') AND "reason" IN ('hand', 'takedown')),
    CONSTRAINT "presence_requests_done" CHECK (("done_check_id" IS NULL) = ("done_at" IS NULL))
);

-- CreateIndex
CREATE INDEX "presence_checks_organization_id_placement_id_at_id_idx" ON "presence_checks"("organization_id", "placement_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "presence_checks_organization_id_id_key" ON "presence_checks"("organization_id", "id");

-- CreateIndex
CREATE INDEX "presence_latest_organization_id_care_since_placement_id_idx" ON "presence_latest"("organization_id", "care", "since", "placement_id");

-- CreateIndex
CREATE INDEX "presence_latest_organization_id_check_id_idx" ON "presence_latest"("organization_id", "check_id");

-- CreateIndex
CREATE INDEX "presence_latest_organization_id_host_idx" ON "presence_latest"("organization_id", "host");

-- CreateIndex
CREATE UNIQUE INDEX "presence_latest_organization_id_placement_id_key" ON "presence_latest"("organization_id", "placement_id");

-- CreateIndex
CREATE INDEX "presence_requests_organization_id_placement_id_requested_at_idx" ON "presence_requests"("organization_id", "placement_id", "requested_at" DESC);

-- CreateIndex
CREATE INDEX "presence_requests_organization_id_done_check_id_idx" ON "presence_requests"("organization_id", "done_check_id");

-- AddForeignKey
ALTER TABLE "presence_checks" ADD CONSTRAINT "presence_checks_organization_id_placement_id_fkey" FOREIGN KEY ("organization_id", "placement_id") REFERENCES "placements"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "presence_latest" ADD CONSTRAINT "presence_latest_organization_id_placement_id_fkey" FOREIGN KEY ("organization_id", "placement_id") REFERENCES "placements"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "presence_latest" ADD CONSTRAINT "presence_latest_organization_id_check_id_fkey" FOREIGN KEY ("organization_id", "check_id") REFERENCES "presence_checks"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "presence_requests" ADD CONSTRAINT "presence_requests_organization_id_placement_id_fkey" FOREIGN KEY ("organization_id", "placement_id") REFERENCES "placements"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "presence_requests" ADD CONSTRAINT "presence_requests_organization_id_done_check_id_fkey" FOREIGN KEY ("organization_id", "done_check_id") REFERENCES "presence_checks"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['presence_checks', 'presence_latest', 'presence_requests'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_organization ON %I USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()))', name);
    -- Checks are added to, never changed.
    EXECUTE format('GRANT SELECT, INSERT ON %I TO damso_app', name);
  END LOOP;
END $$;
GRANT UPDATE ON presence_latest TO damso_app;
GRANT UPDATE (done_check_id, done_at) ON presence_requests TO damso_app;

-- One open request per place and wish: asking twice asks once (ON CONFLICT DO NOTHING).
CREATE UNIQUE INDEX presence_requests_open_idx ON presence_requests (organization_id, placement_id, wanted) WHERE done_at IS NULL;
-- The job looks every few seconds for what is due.
CREATE INDEX presence_requests_waiting_idx ON presence_requests (organization_id, requested_at) WHERE done_at IS NULL;
CREATE INDEX presence_latest_due_idx ON presence_latest (organization_id, next_due_at) WHERE next_due_at IS NOT NULL;
CREATE INDEX presence_latest_leased_idx ON presence_latest (organization_id, host, lease_until) WHERE lease_until IS NOT NULL;

-- Organizations in which a page is to be looked at now: for the chore, which asks every few seconds.
CREATE FUNCTION damso_presence_due() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT organization_id FROM presence_requests WHERE done_at IS NULL
    UNION SELECT organization_id FROM presence_latest WHERE next_due_at <= clock_timestamp() $$;
REVOKE ALL ON FUNCTION damso_presence_due() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION damso_presence_due() TO damso_app;

-- For auditors: what a machine saw of each page.
CREATE VIEW check_presence AS
  SELECT c.id, p.code, c.at, c.trigger, c.wanted, c.verdict, c.reason, c.page_url AS page, c.final_url AS final, c.status, c.body_sha256 AS sha256, c.bytes,
    c.organization_id FROM presence_checks c JOIN placements p ON p.id = c.placement_id;
GRANT SELECT ON check_presence TO damso_auditor;
