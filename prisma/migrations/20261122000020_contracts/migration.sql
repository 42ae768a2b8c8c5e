-- AlterTable
ALTER TABLE "channels" ADD COLUMN     "category_code" TEXT,
ADD COLUMN     "consignor_name" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "privacy_url" TEXT;

-- AlterTable
ALTER TABLE "channel_go_lives" ADD COLUMN     "requested_by" UUID;

-- AlterTable
ALTER TABLE "onboarding_marks" ADD COLUMN     "renew_on" DATE;

-- AlterTable
ALTER TABLE "evidence_files" ALTER COLUMN "channel_id" DROP NOT NULL;

-- CreateTable
CREATE TABLE "onboarding_plans" (
    "organization_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "item" TEXT NOT NULL,
    "owner_id" UUID,
    "due_on" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "onboarding_plans_pkey" PRIMARY KEY ("channel_id","item")
);

-- CreateTable
CREATE TABLE "channel_checks" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "person_id" UUID,
    "format" TEXT,
    "status" INTEGER,
    "address" TEXT,
    "failure" TEXT,
    "sha256" TEXT,
    "bytes" INTEGER,
    "facts" JSONB NOT NULL,
    "answers" JSONB NOT NULL,

    CONSTRAINT "channel_checks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "go_live_requests" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "digest" TEXT NOT NULL,
    "outcome" TEXT,
    "closed_by" UUID,
    "closed_at" TIMESTAMPTZ(3),
    "note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "go_live_requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "blocked_users" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "label_sealed" BYTEA NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "blocked_on" DATE,
    "user_handle" BYTEA,
    "user_sealed" BYTEA,
    "person_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "blocked_users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "block_marks" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "blocked_user_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "block_marks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dealer_switches" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "from_dealer" TEXT NOT NULL,
    "to_dealer" TEXT NOT NULL,
    "last_on" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "outcome" TEXT,
    "closed_by" UUID,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "dealer_switches_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contracts" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "dealer" TEXT NOT NULL,
    "service" BOOLEAN NOT NULL,
    "consignment" BOOLEAN NOT NULL,
    "consignor" TEXT NOT NULL,
    "consignee" TEXT NOT NULL,
    "sub_consignee" TEXT NOT NULL DEFAULT '',
    "retention" TEXT NOT NULL DEFAULT '',
    "signed_on" DATE,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,
    "renewal" TEXT NOT NULL,
    "renewal_months" INTEGER,
    "notice_count" INTEGER,
    "notice_unit" TEXT,
    "dealer_notice_count" INTEGER,
    "dealer_notice_unit" TEXT,
    "margin_days" INTEGER NOT NULL DEFAULT 5,
    "term_at" TEXT NOT NULL DEFAULT '',
    "notice_at" TEXT NOT NULL DEFAULT '',
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "contracts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contract_versions" (
    "organization_id" UUID NOT NULL,
    "contract_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contract_versions_pkey" PRIMARY KEY ("contract_id","number")
);

-- CreateTable
CREATE TABLE "contract_steps" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "contract_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contract_steps_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contract_channels" (
    "organization_id" UUID NOT NULL,
    "contract_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "from_on" DATE NOT NULL,
    "until_on" DATE,

    CONSTRAINT "contract_channels_pkey" PRIMARY KEY ("contract_id","channel_id")
);

-- CreateTable
CREATE TABLE "contract_clauses" (
    "organization_id" UUID NOT NULL,
    "contract_id" UUID NOT NULL,
    "clause" TEXT NOT NULL,
    "place" TEXT NOT NULL DEFAULT '',
    "page" TEXT NOT NULL DEFAULT '',
    "verdict" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "contract_clauses_pkey" PRIMARY KEY ("contract_id","clause")
);

-- CreateTable
CREATE TABLE "contract_documents" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "contract_id" UUID NOT NULL,
    "file_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "signed_on" DATE,
    "replaces_id" UUID,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contract_documents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contract_choices" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "contract_id" UUID NOT NULL,
    "term_ends_on" DATE NOT NULL,
    "choice" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "notice_sent_on" DATE,
    "notice_had_on" DATE,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contract_choices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contract_endings" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "contract_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "ends_on" DATE,
    "reason" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "outcome" TEXT,
    "closed_by" UUID,
    "closed_at" TIMESTAMPTZ(3),
    "note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "contract_endings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "exit_marks" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "contract_id" UUID NOT NULL,
    "ending_id" UUID NOT NULL,
    "item" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "file_id" TEXT,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "exit_marks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reconsignments" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "contract_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "consignor" TEXT NOT NULL,
    "consignee" TEXT NOT NULL,
    "sub_consignee" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "items" TEXT NOT NULL,
    "approver_name" TEXT NOT NULL,
    "approver_title" TEXT NOT NULL DEFAULT '',
    "approved_on" DATE NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_until" DATE,
    "file_id" TEXT,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "withdrawn_on" DATE,
    "withdrawn_by" UUID,
    "withdrawn_note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "reconsignments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "supervisions" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "contract_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "held_on" DATE NOT NULL,
    "subject" TEXT NOT NULL,
    "result" TEXT NOT NULL DEFAULT '',
    "next_on" DATE,
    "file_id" TEXT,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "supervisions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deadline_snoozes" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "contract_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "deadline_on" DATE NOT NULL,
    "until_on" DATE NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "deadline_snoozes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reminders" (
    "organization_id" UUID NOT NULL,
    "contract_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "deadline_on" DATE NOT NULL,
    "days_before" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reminders_pkey" PRIMARY KEY ("organization_id","contract_id","kind","deadline_on","days_before")
);

-- CreateTable
CREATE TABLE "calendar_feeds" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "calendar_feeds_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "onboarding_plans_organization_id_channel_id_idx" ON "onboarding_plans"("organization_id", "channel_id");

-- CreateIndex
CREATE INDEX "onboarding_plans_organization_id_due_on_idx" ON "onboarding_plans"("organization_id", "due_on");

-- CreateIndex
CREATE INDEX "channel_checks_channel_id_kind_at_id_idx" ON "channel_checks"("channel_id", "kind", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "channel_checks_organization_id_at_id_idx" ON "channel_checks"("organization_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "go_live_requests_organization_id_channel_id_at_idx" ON "go_live_requests"("organization_id", "channel_id", "at" DESC);

-- CreateIndex
CREATE INDEX "blocked_users_organization_id_channel_id_created_at_id_idx" ON "blocked_users"("organization_id", "channel_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "blocked_users_channel_id_user_handle_idx" ON "blocked_users"("channel_id", "user_handle");

-- CreateIndex
CREATE UNIQUE INDEX "blocked_users_organization_id_id_key" ON "blocked_users"("organization_id", "id");

-- CreateIndex
CREATE INDEX "block_marks_organization_id_blocked_user_id_at_idx" ON "block_marks"("organization_id", "blocked_user_id", "at" DESC);

-- CreateIndex
CREATE INDEX "dealer_switches_organization_id_channel_id_at_idx" ON "dealer_switches"("organization_id", "channel_id", "at" DESC);

-- CreateIndex
CREATE INDEX "contracts_organization_id_created_at_id_idx" ON "contracts"("organization_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "contracts_organization_id_ends_on_id_idx" ON "contracts"("organization_id", "ends_on", "id");

-- CreateIndex
CREATE INDEX "contracts_organization_id_dealer_idx" ON "contracts"("organization_id", "dealer");

-- CreateIndex
CREATE UNIQUE INDEX "contracts_organization_id_id_key" ON "contracts"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "contracts_organization_id_number_key" ON "contracts"("organization_id", "number");

-- CreateIndex
CREATE INDEX "contract_versions_organization_id_contract_id_idx" ON "contract_versions"("organization_id", "contract_id");

-- CreateIndex
CREATE INDEX "contract_steps_organization_id_contract_id_at_idx" ON "contract_steps"("organization_id", "contract_id", "at" DESC);

-- CreateIndex
CREATE INDEX "contract_channels_organization_id_contract_id_idx" ON "contract_channels"("organization_id", "contract_id");

-- CreateIndex
CREATE INDEX "contract_channels_organization_id_channel_id_idx" ON "contract_channels"("organization_id", "channel_id");

-- CreateIndex
CREATE INDEX "contract_channels_channel_id_idx" ON "contract_channels"("channel_id");

-- CreateIndex
CREATE INDEX "contract_clauses_organization_id_contract_id_idx" ON "contract_clauses"("organization_id", "contract_id");

-- CreateIndex
CREATE UNIQUE INDEX "contract_documents_replaces_id_key" ON "contract_documents"("replaces_id");

-- CreateIndex
CREATE INDEX "contract_documents_organization_id_contract_id_at_idx" ON "contract_documents"("organization_id", "contract_id", "at" DESC);

-- CreateIndex
CREATE INDEX "contract_documents_organization_id_file_id_idx" ON "contract_documents"("organization_id", "file_id");

-- CreateIndex
CREATE UNIQUE INDEX "contract_documents_organization_id_id_key" ON "contract_documents"("organization_id", "id");

-- CreateIndex
CREATE INDEX "contract_choices_organization_id_contract_id_at_idx" ON "contract_choices"("organization_id", "contract_id", "at" DESC);

-- CreateIndex
CREATE INDEX "contract_endings_organization_id_contract_id_at_idx" ON "contract_endings"("organization_id", "contract_id", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "contract_endings_organization_id_id_key" ON "contract_endings"("organization_id", "id");

-- CreateIndex
CREATE INDEX "exit_marks_organization_id_contract_id_idx" ON "exit_marks"("organization_id", "contract_id");

-- CreateIndex
CREATE INDEX "exit_marks_organization_id_ending_id_item_at_idx" ON "exit_marks"("organization_id", "ending_id", "item", "at" DESC);

-- CreateIndex
CREATE INDEX "exit_marks_organization_id_file_id_idx" ON "exit_marks"("organization_id", "file_id");

-- CreateIndex
CREATE INDEX "reconsignments_organization_id_contract_id_at_idx" ON "reconsignments"("organization_id", "contract_id", "at" DESC);

-- CreateIndex
CREATE INDEX "reconsignments_organization_id_channel_id_idx" ON "reconsignments"("organization_id", "channel_id");

-- CreateIndex
CREATE INDEX "reconsignments_organization_id_file_id_idx" ON "reconsignments"("organization_id", "file_id");

-- CreateIndex
CREATE UNIQUE INDEX "reconsignments_organization_id_id_key" ON "reconsignments"("organization_id", "id");

-- CreateIndex
CREATE INDEX "supervisions_organization_id_contract_id_held_on_idx" ON "supervisions"("organization_id", "contract_id", "held_on" DESC);

-- CreateIndex
CREATE INDEX "supervisions_organization_id_file_id_idx" ON "supervisions"("organization_id", "file_id");

-- CreateIndex
CREATE INDEX "deadline_snoozes_organization_id_contract_id_at_idx" ON "deadline_snoozes"("organization_id", "contract_id", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "calendar_feeds_token_hash_key" ON "calendar_feeds"("token_hash");

-- CreateIndex
CREATE INDEX "calendar_feeds_organization_id_person_id_idx" ON "calendar_feeds"("organization_id", "person_id");

-- AddForeignKey
ALTER TABLE "onboarding_plans" ADD CONSTRAINT "onboarding_plans_organization_id_channel_id_fkey" FOREIGN KEY ("organization_id", "channel_id") REFERENCES "channels"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel_checks" ADD CONSTRAINT "channel_checks_organization_id_channel_id_fkey" FOREIGN KEY ("organization_id", "channel_id") REFERENCES "channels"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "go_live_requests" ADD CONSTRAINT "go_live_requests_organization_id_channel_id_fkey" FOREIGN KEY ("organization_id", "channel_id") REFERENCES "channels"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "blocked_users" ADD CONSTRAINT "blocked_users_organization_id_channel_id_fkey" FOREIGN KEY ("organization_id", "channel_id") REFERENCES "channels"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "block_marks" ADD CONSTRAINT "block_marks_organization_id_blocked_user_id_fkey" FOREIGN KEY ("organization_id", "blocked_user_id") REFERENCES "blocked_users"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dealer_switches" ADD CONSTRAINT "dealer_switches_organization_id_channel_id_fkey" FOREIGN KEY ("organization_id", "channel_id") REFERENCES "channels"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contract_versions" ADD CONSTRAINT "contract_versions_organization_id_contract_id_fkey" FOREIGN KEY ("organization_id", "contract_id") REFERENCES "contracts"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contract_steps" ADD CONSTRAINT "contract_steps_organization_id_contract_id_fkey" FOREIGN KEY ("organization_id", "contract_id") REFERENCES "contracts"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contract_channels" ADD CONSTRAINT "contract_channels_organization_id_contract_id_fkey" FOREIGN KEY ("organization_id", "contract_id") REFERENCES "contracts"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contract_channels" ADD CONSTRAINT "contract_channels_organization_id_channel_id_fkey" FOREIGN KEY ("organization_id", "channel_id") REFERENCES "channels"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contract_clauses" ADD CONSTRAINT "contract_clauses_organization_id_contract_id_fkey" FOREIGN KEY ("organization_id", "contract_id") REFERENCES "contracts"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contract_documents" ADD CONSTRAINT "contract_documents_organization_id_contract_id_fkey" FOREIGN KEY ("organization_id", "contract_id") REFERENCES "contracts"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contract_documents" ADD CONSTRAINT "contract_documents_organization_id_file_id_fkey" FOREIGN KEY ("organization_id", "file_id") REFERENCES "evidence_files"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contract_choices" ADD CONSTRAINT "contract_choices_organization_id_contract_id_fkey" FOREIGN KEY ("organization_id", "contract_id") REFERENCES "contracts"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contract_endings" ADD CONSTRAINT "contract_endings_organization_id_contract_id_fkey" FOREIGN KEY ("organization_id", "contract_id") REFERENCES "contracts"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exit_marks" ADD CONSTRAINT "exit_marks_organization_id_contract_id_fkey" FOREIGN KEY ("organization_id", "contract_id") REFERENCES "contracts"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exit_marks" ADD CONSTRAINT "exit_marks_organization_id_ending_id_fkey" FOREIGN KEY ("organization_id", "ending_id") REFERENCES "contract_endings"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exit_marks" ADD CONSTRAINT "exit_marks_organization_id_file_id_fkey" FOREIGN KEY ("organization_id", "file_id") REFERENCES "evidence_files"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reconsignments" ADD CONSTRAINT "reconsignments_organization_id_contract_id_fkey" FOREIGN KEY ("organization_id", "contract_id") REFERENCES "contracts"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reconsignments" ADD CONSTRAINT "reconsignments_organization_id_channel_id_fkey" FOREIGN KEY ("organization_id", "channel_id") REFERENCES "channels"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reconsignments" ADD CONSTRAINT "reconsignments_organization_id_file_id_fkey" FOREIGN KEY ("organization_id", "file_id") REFERENCES "evidence_files"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "supervisions" ADD CONSTRAINT "supervisions_organization_id_contract_id_fkey" FOREIGN KEY ("organization_id", "contract_id") REFERENCES "contracts"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "supervisions" ADD CONSTRAINT "supervisions_organization_id_file_id_fkey" FOREIGN KEY ("organization_id", "file_id") REFERENCES "evidence_files"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deadline_snoozes" ADD CONSTRAINT "deadline_snoozes_organization_id_contract_id_fkey" FOREIGN KEY ("organization_id", "contract_id") REFERENCES "contracts"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- Organizations are kept apart. What is said stays said: records are added to; a save, a step, a mark is never changed.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['onboarding_plans', 'channel_checks', 'go_live_requests', 'blocked_users', 'block_marks', 'dealer_switches',
    'contracts', 'contract_versions', 'contract_steps', 'contract_channels', 'contract_clauses', 'contract_documents', 'contract_choices',
    'contract_endings', 'exit_marks', 'reconsignments', 'supervisions', 'deadline_snoozes', 'reminders', 'calendar_feeds'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_organization ON %I USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()))', name);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO damso_app', name);
  END LOOP;
END $$;
GRANT UPDATE ON onboarding_plans, contracts, contract_channels, contract_clauses TO damso_app;
GRANT DELETE ON contract_channels TO damso_app;
GRANT UPDATE (outcome, closed_by, closed_at, note) ON go_live_requests, contract_endings TO damso_app;
GRANT UPDATE (outcome, closed_by, closed_at) ON dealer_switches TO damso_app;
GRANT UPDATE (label_sealed, reason, blocked_on, user_handle, user_sealed, version) ON blocked_users TO damso_app;
GRANT UPDATE (file_id, withdrawn_on, withdrawn_by, withdrawn_note) ON reconsignments TO damso_app;
GRANT UPDATE (closed_at) ON calendar_feeds TO damso_app;

-- One thing at a time is asked of a channel or a contract.
CREATE UNIQUE INDEX go_live_requests_open_key ON go_live_requests (channel_id) WHERE outcome IS NULL;
CREATE UNIQUE INDEX dealer_switches_open_key ON dealer_switches (channel_id) WHERE outcome IS NULL;
CREATE UNIQUE INDEX contract_endings_open_key ON contract_endings (contract_id) WHERE outcome IS NULL;

-- The end that stands for a contract: its newest agreed turn, where that is an end.
CREATE VIEW contract_ends WITH (security_invoker = true) AS
  SELECT DISTINCT ON (t.contract_id) t.organization_id, t.contract_id, t.kind, t.ends_on, t.reason, t.id AS ending_id
  FROM contract_endings t WHERE t.outcome = 'approved' ORDER BY t.contract_id, t.closed_at DESC, t.id DESC;

-- A channel's last day of use: its own end, or the day on which the last of the service contracts that cover it has ended.
CREATE VIEW channel_last_days WITH (security_invoker = true) AS
  SELECT c.organization_id, c.id AS channel_id,
    least(e.ends_on, k.ends_on) AS ends_on,
    CASE WHEN k.ends_on < coalesce(e.ends_on, 'infinity') THEN k.contract_id END AS contract_id,
    CASE WHEN k.ends_on < coalesce(e.ends_on, 'infinity') THEN k.reason ELSE e.reason END AS reason
  FROM channels c
  LEFT JOIN channel_ends e ON e.channel_id = c.id
  LEFT JOIN LATERAL (
    SELECT CASE WHEN bool_and(last_on IS NOT NULL) THEN max(last_on) END AS ends_on,
      (array_agg(contract_id ORDER BY last_on DESC NULLS FIRST))[1] AS contract_id,
      (array_agg(why ORDER BY last_on DESC NULLS FIRST))[1] AS reason
    FROM (
      SELECT x.contract_id, CASE WHEN d.kind = 'end' THEN d.ends_on END AS last_on, d.reason AS why
      FROM contract_channels x JOIN contracts n ON n.id = x.contract_id AND n.service
      LEFT JOIN contract_ends d ON d.contract_id = x.contract_id
      WHERE x.channel_id = c.id
    ) covers
  ) k ON true
  WHERE e.ends_on IS NOT NULL OR k.ends_on IS NOT NULL;
GRANT SELECT ON contract_ends, channel_last_days TO damso_app;

-- The redirect ends with the channel's last day, whatever decides it.
CREATE OR REPLACE FUNCTION damso_press_targets(subject uuid DEFAULT NULL)
  RETURNS TABLE (placement_id uuid, organization_id uuid, code text, mode text, bot text, event text, search_id text, live boolean,
    ends_at timestamptz, retired boolean, company text, channel text, contact text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id, p.organization_id, p.code, p.mode, p.bot, p.event, c.search_id, g.channel_id IS NOT NULL,
    (e.ends_on + 1)::timestamp AT TIME ZONE 'Asia/Seoul', r.placement_id IS NOT NULL, o.name, c.name, c.contact
  FROM placements p
  JOIN channels c ON c.id = p.channel_id
  JOIN organizations o ON o.id = p.organization_id
  LEFT JOIN channel_go_lives g ON g.channel_id = c.id
  LEFT JOIN channel_last_days e ON e.channel_id = c.id
  LEFT JOIN placement_retirements r ON r.placement_id = p.id
  WHERE subject IS NULL OR p.id = subject OR p.channel_id = subject
$$;

CREATE FUNCTION damso_notify_contract_presses() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  changed jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
  covered uuid;
BEGIN
  IF changed ? 'channel_id' THEN
    PERFORM pg_notify('damso_presses', changed ->> 'channel_id');
  ELSE
    FOR covered IN SELECT channel_id FROM contract_channels WHERE contract_id = coalesce(changed ->> 'contract_id', changed ->> 'id')::uuid LOOP
      PERFORM pg_notify('damso_presses', covered::text);
    END LOOP;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER notify_presses AFTER INSERT OR UPDATE OR DELETE ON contract_channels FOR EACH ROW EXECUTE FUNCTION damso_notify_contract_presses();
CREATE TRIGGER notify_presses AFTER UPDATE ON contract_endings FOR EACH ROW EXECUTE FUNCTION damso_notify_contract_presses();
CREATE TRIGGER notify_presses AFTER UPDATE OF service ON contracts FOR EACH ROW EXECUTE FUNCTION damso_notify_contract_presses();

-- Behind the SHA-256 of a calendar's private address: whose it is, while it is open.
CREATE FUNCTION damso_calendar_feed(hash bytea) RETURNS TABLE (feed_id uuid, person_id uuid, organization_id uuid, role "role")
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT f.id, f.person_id, f.organization_id, m.role FROM calendar_feeds f
  JOIN memberships m ON m.person_id = f.person_id AND m.organization_id = f.organization_id
  WHERE f.token_hash = hash AND f.closed_at IS NULL AND m.disabled_at IS NULL AND (m.expires_at IS NULL OR m.expires_at > now())
$$;
REVOKE ALL ON FUNCTION damso_calendar_feed(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION damso_calendar_feed(bytea) TO damso_app;
