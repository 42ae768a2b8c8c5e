-- Transcripts and retention: categories, policies, holds, destruction, access records, exports, data subjects' requests.

-- AlterTable
ALTER TABLE "consult_sessions" ADD COLUMN     "case_closed_on" DATE,
ADD COLUMN     "category" TEXT NOT NULL DEFAULT 'general',
ADD COLUMN     "due_on" DATE,
ADD COLUMN     "held_at" TIMESTAMPTZ(3),
ADD COLUMN     "ordinary_due_on" DATE,
ADD COLUMN     "policy_version_id" UUID,
ADD COLUMN     "promised_on" DATE,
ADD COLUMN     "reckoned" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "transaction_on" DATE;

-- CreateTable
CREATE TABLE "access_records" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL DEFAULT '',
    "session_id" UUID,
    "purpose" TEXT NOT NULL DEFAULT '',
    "reason" TEXT NOT NULL DEFAULT '',
    "count" INTEGER NOT NULL DEFAULT 1,
    "detail" TEXT NOT NULL DEFAULT '{}',

    CONSTRAINT "access_records_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access_plans" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "interval_months" INTEGER NOT NULL,
    "clause" TEXT NOT NULL,
    "conditions" TEXT[],
    "keep_years" INTEGER NOT NULL,
    "night_from" INTEGER NOT NULL DEFAULT 22,
    "night_to" INTEGER NOT NULL DEFAULT 7,
    "bulk" INTEGER NOT NULL DEFAULT 30,
    "same_subject" INTEGER NOT NULL DEFAULT 5,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "access_plans_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access_reviews" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "period_from" DATE NOT NULL,
    "period_to" DATE NOT NULL,
    "records" INTEGER NOT NULL,
    "started_by" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "conclusion" TEXT NOT NULL DEFAULT '',
    "closed_by" UUID,
    "closed_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "access_reviews_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access_samples" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "review_id" UUID NOT NULL,
    "record_id" UUID NOT NULL,
    "rule" TEXT NOT NULL,
    "verdict" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "person_id" UUID,
    "at" TIMESTAMPTZ(3),

    CONSTRAINT "access_samples_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access_findings" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "review_id" UUID NOT NULL,
    "sample_id" UUID,
    "text" TEXT NOT NULL,
    "owner_id" UUID NOT NULL,
    "due_on" DATE NOT NULL,
    "recorded_by" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "follow_up" TEXT NOT NULL DEFAULT '',
    "closed_by" UUID,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "access_findings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "data_requests" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "received_on" DATE NOT NULL,
    "received_via" TEXT NOT NULL,
    "channel_id" UUID,
    "user_handle" BYTEA,
    "user_sealed" BYTEA,
    "proxy" BOOLEAN NOT NULL DEFAULT false,
    "identity_sealed" BYTEA NOT NULL,
    "detail_sealed" BYTEA NOT NULL,
    "registered_by" UUID NOT NULL,
    "registered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "data_requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "data_request_steps" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "data_request_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "note_sealed" BYTEA,
    "until_on" DATE,
    "destruction_id" UUID,
    "letter_hash" TEXT NOT NULL DEFAULT '',
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "data_request_steps_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "retention_settings" (
    "organization_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL DEFAULT 1,
    "backup_days" INTEGER,
    "backup_note" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "retention_settings_pkey" PRIMARY KEY ("organization_id")
);

-- CreateTable
CREATE TABLE "retention_policies" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "channel_id" UUID,
    "category" TEXT,
    "scope" TEXT NOT NULL DEFAULT 'text',
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "retention_policies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy_versions" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "policy_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    "unit" TEXT NOT NULL,
    "anchor" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "basis_note" TEXT NOT NULL DEFAULT '',
    "why_not_shorter" TEXT NOT NULL DEFAULT '',
    "text" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy_steps" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "policy_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_steps_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "standing_approvals" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "policy_version_id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "requested_by" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "outcome" TEXT,
    "closed_by" UUID,
    "closed_at" TIMESTAMPTZ(3),
    "ended_by" UUID,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "standing_approvals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "holds" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "scope" TEXT NOT NULL,
    "session_id" UUID,
    "channel_id" UUID,
    "user_handle" BYTEA,
    "opened_from" DATE,
    "opened_to" DATE,
    "title" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "owner_id" UUID NOT NULL,
    "review_on" DATE NOT NULL,
    "placed_by" UUID NOT NULL,
    "placed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "covered" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "holds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hold_releases" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "hold_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "requested_by" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "outcome" TEXT,
    "closed_by" UUID,
    "closed_at" TIMESTAMPTZ(3),
    "note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "hold_releases_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "due_days" (
    "organization_id" UUID NOT NULL,
    "due_on" DATE NOT NULL,
    "channel_id" UUID NOT NULL,
    "category" TEXT NOT NULL,
    "sessions" INTEGER NOT NULL DEFAULT 0,
    "held" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "due_days_pkey" PRIMARY KEY ("organization_id","due_on","channel_id","category")
);

-- CreateTable
CREATE TABLE "destruction_forecasts" (
    "organization_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "sessions" INTEGER NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "destruction_forecasts_pkey" PRIMARY KEY ("organization_id","day")
);

-- CreateTable
CREATE TABLE "destructions" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "due_through" DATE NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "data_request_id" UUID,
    "policy_digest" TEXT NOT NULL,
    "hold_digest" TEXT NOT NULL,
    "target_digest" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "sessions" INTEGER NOT NULL,
    "files" INTEGER NOT NULL,
    "messages" BIGINT NOT NULL,
    "held" INTEGER NOT NULL,
    "kept_by_law" INTEGER NOT NULL,
    "stored" BIGINT NOT NULL,
    "forecast" INTEGER,
    "guard" TEXT NOT NULL DEFAULT 'none',
    "prepared_by" UUID,
    "prepared_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "valid_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "destructions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "destruction_steps" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "destruction_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "digest" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    "person_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "destruction_steps_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "destruction_items" (
    "organization_id" UUID NOT NULL,
    "destruction_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "category" TEXT NOT NULL,
    "policy_version_id" UUID,
    "opened_on" DATE NOT NULL,
    "due_on" DATE,
    "messages" INTEGER NOT NULL DEFAULT 0,
    "files" INTEGER NOT NULL DEFAULT 0,
    "ring" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL DEFAULT 'pending',
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "destruction_items_pkey" PRIMARY KEY ("destruction_id","kind","subject_id")
);

-- CreateTable
CREATE TABLE "tombstones" (
    "channel_id" UUID NOT NULL,
    "external_hash" BYTEA NOT NULL,
    "organization_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "destruction_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tombstones_pkey" PRIMARY KEY ("channel_id","external_hash")
);

-- CreateTable
CREATE TABLE "destroyed_days" (
    "organization_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "category" TEXT NOT NULL,
    "extra" TEXT NOT NULL,
    "sessions" INTEGER NOT NULL DEFAULT 0,
    "returning" INTEGER NOT NULL DEFAULT 0,
    "messages" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "destroyed_days_pkey" PRIMARY KEY ("organization_id","channel_id","day","category","extra")
);

-- CreateTable
CREATE TABLE "ledger_entries" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "material" TEXT NOT NULL,
    "made_from" DATE NOT NULL,
    "made_to" DATE NOT NULL,
    "count" INTEGER NOT NULL,
    "destroyed_on" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "reason_note" TEXT NOT NULL DEFAULT '',
    "method" TEXT NOT NULL,
    "handled_by" UUID,
    "approved_by" UUID,
    "backup_note" TEXT NOT NULL DEFAULT '',
    "destruction_id" UUID,
    "digest" TEXT NOT NULL DEFAULT '',
    "file_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ledger_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ring_keys" (
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ring_keys_pkey" PRIMARY KEY ("organization_id","name")
);

-- CreateTable
CREATE TABLE "ring_destructions" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "file_gone_at" TIMESTAMPTZ(3),

    CONSTRAINT "ring_destructions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attachments" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "message_id" BIGINT NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "kind" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "reason" TEXT NOT NULL DEFAULT '',
    "tries" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3),
    "file_id" TEXT,
    "bytes" BIGINT,
    "sha256" TEXT,
    "mime" TEXT NOT NULL DEFAULT '',
    "due_on" DATE,

    CONSTRAINT "attachments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "file_keys" (
    "attachment_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "ring" TEXT NOT NULL,
    "wrapped" BYTEA NOT NULL,

    CONSTRAINT "file_keys_pkey" PRIMARY KEY ("attachment_id")
);

-- CreateTable
CREATE TABLE "attachment_hosts" (
    "organization_id" UUID NOT NULL,
    "host" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "attachment_hosts_pkey" PRIMARY KEY ("organization_id","host")
);

-- CreateTable
CREATE TABLE "file_removals" (
    "file_id" TEXT NOT NULL,
    "organization_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "file_removals_pkey" PRIMARY KEY ("file_id")
);

-- CreateTable
CREATE TABLE "session_marks" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "category" TEXT,
    "on" DATE,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "session_marks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "view_purposes" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "scope" TEXT NOT NULL DEFAULT '',
    "unmask" BOOLEAN NOT NULL DEFAULT false,
    "separated" BOOLEAN NOT NULL DEFAULT false,
    "position" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "retired_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "view_purposes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "looks" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "sign_in_id" UUID NOT NULL,
    "purpose_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "unmasked_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "looks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "transcript_exports" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "format" TEXT NOT NULL,
    "filter" TEXT NOT NULL,
    "masked" BOOLEAN NOT NULL DEFAULT true,
    "purpose_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "password_sealed" BYTEA,
    "planned" INTEGER NOT NULL DEFAULT 0,
    "written" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "failure" TEXT NOT NULL DEFAULT '',
    "file_id" TEXT,
    "bytes" BIGINT,
    "sha256" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "gone_at" TIMESTAMPTZ(3),
    "gone_why" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "transcript_exports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "export_sessions" (
    "export_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,

    CONSTRAINT "export_sessions_pkey" PRIMARY KEY ("export_id","session_id")
);

-- CreateTable
CREATE TABLE "transcript_imports" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "sha256" TEXT NOT NULL,
    "offset" BIGINT NOT NULL DEFAULT 0,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "stored" INTEGER NOT NULL DEFAULT 0,
    "bad" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "transcript_imports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_faults" (
    "import_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "detail" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "import_faults_pkey" PRIMARY KEY ("import_id","row")
);

-- CreateIndex
CREATE INDEX "access_records_organization_id_at_id_idx" ON "access_records"("organization_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "access_records_actor_idx" ON "access_records"("organization_id", "actor_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "access_records_session_idx" ON "access_records"("organization_id", "session_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "access_records_subject_idx" ON "access_records"("organization_id", "subject", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "access_records_action_idx" ON "access_records"("organization_id", "action", "at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "access_records_organization_id_id_key" ON "access_records"("organization_id", "id");

-- CreateIndex
CREATE INDEX "access_plans_organization_id_at_idx" ON "access_plans"("organization_id", "at" DESC);

-- CreateIndex
CREATE INDEX "access_reviews_organization_id_period_to_id_idx" ON "access_reviews"("organization_id", "period_to" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "access_reviews_organization_id_id_key" ON "access_reviews"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "access_reviews_organization_id_period_from_period_to_key" ON "access_reviews"("organization_id", "period_from", "period_to");

-- CreateIndex
CREATE INDEX "access_samples_organization_id_review_id_rule_id_idx" ON "access_samples"("organization_id", "review_id", "rule", "id");

-- CreateIndex
CREATE UNIQUE INDEX "access_samples_review_id_record_id_rule_key" ON "access_samples"("review_id", "record_id", "rule");

-- CreateIndex
CREATE INDEX "access_findings_organization_id_review_id_idx" ON "access_findings"("organization_id", "review_id");

-- CreateIndex
CREATE INDEX "access_findings_organization_id_due_on_id_idx" ON "access_findings"("organization_id", "due_on", "id");

-- CreateIndex
CREATE UNIQUE INDEX "access_findings_organization_id_id_key" ON "access_findings"("organization_id", "id");

-- CreateIndex
CREATE INDEX "data_requests_organization_id_received_on_id_idx" ON "data_requests"("organization_id", "received_on" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "data_requests_organization_id_id_key" ON "data_requests"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "data_requests_organization_id_number_key" ON "data_requests"("organization_id", "number");

-- CreateIndex
CREATE INDEX "data_request_steps_organization_id_data_request_id_at_idx" ON "data_request_steps"("organization_id", "data_request_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "retention_policies_organization_id_id_key" ON "retention_policies"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "retention_policies_organization_id_number_key" ON "retention_policies"("organization_id", "number");

-- CreateIndex
CREATE INDEX "policy_versions_organization_id_policy_id_idx" ON "policy_versions"("organization_id", "policy_id");

-- CreateIndex
CREATE UNIQUE INDEX "policy_versions_organization_id_id_key" ON "policy_versions"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "policy_versions_policy_id_number_key" ON "policy_versions"("policy_id", "number");

-- CreateIndex
CREATE INDEX "policy_steps_organization_id_policy_id_at_idx" ON "policy_steps"("organization_id", "policy_id", "at" DESC);

-- CreateIndex
CREATE INDEX "standing_approvals_organization_id_policy_version_id_reques_idx" ON "standing_approvals"("organization_id", "policy_version_id", "requested_at" DESC);

-- CreateIndex
CREATE INDEX "holds_organization_id_placed_at_id_idx" ON "holds"("organization_id", "placed_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "holds_organization_id_id_key" ON "holds"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "holds_organization_id_number_key" ON "holds"("organization_id", "number");

-- CreateIndex
CREATE INDEX "hold_releases_organization_id_hold_id_requested_at_idx" ON "hold_releases"("organization_id", "hold_id", "requested_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "hold_releases_organization_id_id_key" ON "hold_releases"("organization_id", "id");

-- CreateIndex
CREATE INDEX "destructions_organization_id_prepared_at_id_idx" ON "destructions"("organization_id", "prepared_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "destructions_organization_id_id_key" ON "destructions"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "destructions_organization_id_number_key" ON "destructions"("organization_id", "number");

-- CreateIndex
CREATE INDEX "destruction_steps_organization_id_destruction_id_at_idx" ON "destruction_steps"("organization_id", "destruction_id", "at");

-- CreateIndex
CREATE INDEX "destruction_items_organization_id_destruction_id_state_idx" ON "destruction_items"("organization_id", "destruction_id", "state");

-- CreateIndex
CREATE INDEX "destruction_items_organization_id_subject_id_idx" ON "destruction_items"("organization_id", "subject_id");

-- CreateIndex
CREATE UNIQUE INDEX "tombstones_session_id_key" ON "tombstones"("session_id");

-- CreateIndex
CREATE INDEX "tombstones_organization_id_at_idx" ON "tombstones"("organization_id", "at");

-- CreateIndex
CREATE INDEX "ledger_entries_organization_id_destroyed_on_id_idx" ON "ledger_entries"("organization_id", "destroyed_on" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "ledger_entries_organization_id_id_key" ON "ledger_entries"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_entries_organization_id_number_key" ON "ledger_entries"("organization_id", "number");

-- CreateIndex
CREATE INDEX "ring_destructions_organization_id_at_id_idx" ON "ring_destructions"("organization_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "attachments_file_id_key" ON "attachments"("file_id");

-- CreateIndex
CREATE INDEX "attachments_organization_id_session_id_idx" ON "attachments"("organization_id", "session_id");

-- CreateIndex
CREATE INDEX "attachments_organization_id_host_state_idx" ON "attachments"("organization_id", "host", "state");

-- CreateIndex
CREATE INDEX "attachments_organization_id_due_on_id_idx" ON "attachments"("organization_id", "due_on", "id");

-- CreateIndex
CREATE UNIQUE INDEX "attachments_organization_id_id_key" ON "attachments"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "attachments_session_id_message_id_position_key" ON "attachments"("session_id", "message_id", "position");

-- CreateIndex
CREATE INDEX "file_keys_organization_id_ring_idx" ON "file_keys"("organization_id", "ring");

-- CreateIndex
CREATE INDEX "file_removals_organization_id_at_idx" ON "file_removals"("organization_id", "at");

-- CreateIndex
CREATE INDEX "session_marks_organization_id_session_id_at_idx" ON "session_marks"("organization_id", "session_id", "at");

-- CreateIndex
CREATE INDEX "view_purposes_organization_id_position_id_idx" ON "view_purposes"("organization_id", "position", "id");

-- CreateIndex
CREATE UNIQUE INDEX "view_purposes_organization_id_id_key" ON "view_purposes"("organization_id", "id");

-- CreateIndex
CREATE INDEX "looks_organization_id_session_id_person_id_at_idx" ON "looks"("organization_id", "session_id", "person_id", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "transcript_exports_file_id_key" ON "transcript_exports"("file_id");

-- CreateIndex
CREATE INDEX "transcript_exports_organization_id_at_id_idx" ON "transcript_exports"("organization_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "transcript_exports_organization_id_id_key" ON "transcript_exports"("organization_id", "id");

-- CreateIndex
CREATE INDEX "export_sessions_organization_id_session_id_idx" ON "export_sessions"("organization_id", "session_id");

-- CreateIndex
CREATE INDEX "transcript_imports_organization_id_started_at_id_idx" ON "transcript_imports"("organization_id", "started_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "transcript_imports_organization_id_id_key" ON "transcript_imports"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "transcript_imports_connection_id_sha256_key" ON "transcript_imports"("connection_id", "sha256");

-- CreateIndex
CREATE INDEX "import_faults_organization_id_import_id_idx" ON "import_faults"("organization_id", "import_id");

-- CreateIndex
CREATE INDEX "consult_sessions_organization_id_due_on_id_idx" ON "consult_sessions"("organization_id", "due_on", "id");

-- CreateIndex
CREATE INDEX "consult_sessions_category_idx" ON "consult_sessions"("organization_id", "category", "opened_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "consult_sessions_policy_idx" ON "consult_sessions"("organization_id", "policy_version_id", "opened_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "consult_sessions_shelf_idx" ON "consult_sessions"("shelf");

-- CreateIndex
CREATE UNIQUE INDEX "consult_sessions_organization_id_id_key" ON "consult_sessions"("organization_id", "id");

-- Ring keys that are in use already.
INSERT INTO ring_keys (organization_id, name) SELECT DISTINCT organization_id, ring FROM session_keys;

-- AddForeignKey
ALTER TABLE "access_samples" ADD CONSTRAINT "access_samples_organization_id_review_id_fkey" FOREIGN KEY ("organization_id", "review_id") REFERENCES "access_reviews"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_findings" ADD CONSTRAINT "access_findings_organization_id_review_id_fkey" FOREIGN KEY ("organization_id", "review_id") REFERENCES "access_reviews"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "data_request_steps" ADD CONSTRAINT "data_request_steps_organization_id_data_request_id_fkey" FOREIGN KEY ("organization_id", "data_request_id") REFERENCES "data_requests"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_versions" ADD CONSTRAINT "policy_versions_organization_id_policy_id_fkey" FOREIGN KEY ("organization_id", "policy_id") REFERENCES "retention_policies"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_steps" ADD CONSTRAINT "policy_steps_organization_id_policy_id_fkey" FOREIGN KEY ("organization_id", "policy_id") REFERENCES "retention_policies"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hold_releases" ADD CONSTRAINT "hold_releases_organization_id_hold_id_fkey" FOREIGN KEY ("organization_id", "hold_id") REFERENCES "holds"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "destruction_steps" ADD CONSTRAINT "destruction_steps_organization_id_destruction_id_fkey" FOREIGN KEY ("organization_id", "destruction_id") REFERENCES "destructions"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "destruction_items" ADD CONSTRAINT "destruction_items_organization_id_destruction_id_fkey" FOREIGN KEY ("organization_id", "destruction_id") REFERENCES "destructions"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session_keys" ADD CONSTRAINT "session_keys_organization_id_ring_fkey" FOREIGN KEY ("organization_id", "ring") REFERENCES "ring_keys"("organization_id", "name") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "file_keys" ADD CONSTRAINT "file_keys_organization_id_ring_fkey" FOREIGN KEY ("organization_id", "ring") REFERENCES "ring_keys"("organization_id", "name") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_faults" ADD CONSTRAINT "import_faults_organization_id_import_id_fkey" FOREIGN KEY ("organization_id", "import_id") REFERENCES "transcript_imports"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- Own organization ----------------------------------------------------------------------------------------------------------

DO $$
DECLARE name text;
BEGIN
  -- May be changed.
  FOREACH name IN ARRAY ARRAY['retention_settings', 'retention_policies', 'standing_approvals', 'holds', 'hold_releases', 'destruction_forecasts',
    'destruction_items', 'destroyed_days', 'ring_keys', 'ring_destructions', 'attachments', 'file_keys', 'attachment_hosts', 'file_removals', 'view_purposes',
    'looks', 'transcript_exports', 'export_sessions', 'transcript_imports', 'import_faults', 'data_requests', 'access_reviews', 'access_samples', 'access_findings'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_organization ON %I USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()))', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO damso_app', name);
  END LOOP;
  -- Added to, never changed.
  FOREACH name IN ARRAY ARRAY['policy_versions', 'policy_steps', 'destructions', 'destruction_steps', 'tombstones', 'ledger_entries', 'session_marks',
    'data_request_steps', 'access_records', 'access_plans'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_organization ON %I USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()))', name);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO damso_app', name);
  END LOOP;
  -- What ends with what it belongs to.
  FOREACH name IN ARRAY ARRAY['ring_keys', 'attachments', 'file_keys', 'attachment_hosts', 'file_removals', 'looks', 'export_sessions', 'session_marks'] LOOP
    EXECUTE format('GRANT DELETE ON %I TO damso_app', name);
  END LOOP;
END $$;

ALTER TABLE due_days ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON due_days USING (organization_id = (SELECT damso_organization()));
GRANT SELECT ON due_days TO damso_app;

CREATE UNIQUE INDEX hold_releases_open_key ON hold_releases (hold_id) WHERE outcome IS NULL;
CREATE UNIQUE INDEX standing_approvals_open_key ON standing_approvals (policy_version_id) WHERE outcome IS NULL;

-- Sessions whose last day is to be reckoned again, those on the held shelf, and those that may have ended by silence.
CREATE INDEX consult_sessions_reckoned_idx ON consult_sessions (organization_id, reckoned, id) WHERE ended_at IS NOT NULL OR promised_on IS NOT NULL;
CREATE INDEX consult_sessions_held_idx ON consult_sessions (organization_id, opened_at DESC, id DESC) WHERE held_at IS NOT NULL;
CREATE INDEX consult_sessions_undated_idx ON consult_sessions (organization_id, opened_at, id) WHERE due_on IS NULL;
CREATE INDEX attachments_waiting_idx ON attachments (organization_id, next_try_at, id) WHERE state = 'waiting';
CREATE INDEX transcript_exports_live_idx ON transcript_exports (organization_id, at) WHERE gone_at IS NULL;

-- A promise is not shortened: a known last day never lies before the latest one that was known.
CREATE FUNCTION damso_keep_promise() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.due_on < OLD.promised_on OR NEW.promised_on IS DISTINCT FROM OLD.promised_on AND NEW.promised_on IS DISTINCT FROM greatest(OLD.promised_on, NEW.due_on) THEN
    RAISE EXCEPTION 'the last day of session % may not move before %', OLD.id, OLD.promised_on USING ERRCODE = 'check_violation';
  END IF;
  NEW.promised_on := greatest(OLD.promised_on, NEW.due_on);
  RETURN NEW;
END $$;
CREATE TRIGGER keep_promise BEFORE UPDATE OF due_on, promised_on ON consult_sessions FOR EACH ROW EXECUTE FUNCTION damso_keep_promise();

-- How many sessions fall due on which day, kept with every statement that changes it.
CREATE FUNCTION damso_count_due() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO due_days AS d (organization_id, due_on, channel_id, category, sessions, held)
    SELECT organization_id, coalesce(due_on, '9999-12-31'::date), channel_id, category, count(*), count(held_at) FROM added GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (organization_id, due_on, channel_id, category) DO UPDATE SET sessions = d.sessions + excluded.sessions, held = d.held + excluded.held;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO due_days AS d (organization_id, due_on, channel_id, category, sessions, held)
    SELECT organization_id, coalesce(due_on, '9999-12-31'::date), channel_id, category, -count(*), -count(held_at) FROM removed GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (organization_id, due_on, channel_id, category) DO UPDATE SET sessions = d.sessions + excluded.sessions, held = d.held + excluded.held;
  ELSE
    INSERT INTO due_days AS d (organization_id, due_on, channel_id, category, sessions, held)
    SELECT organization_id, due, channel_id, category, sum(n), sum(h) FROM (
      SELECT organization_id, coalesce(due_on, '9999-12-31'::date) AS due, channel_id, category, 1 AS n, (held_at IS NOT NULL)::int AS h FROM added
      UNION ALL SELECT organization_id, coalesce(due_on, '9999-12-31'::date), channel_id, category, -1, -(held_at IS NOT NULL)::int FROM removed
    ) both_sides GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0 OR sum(h) <> 0 ORDER BY 1, 2, 3, 4
    ON CONFLICT (organization_id, due_on, channel_id, category) DO UPDATE SET sessions = d.sessions + excluded.sessions, held = d.held + excluded.held;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER count_due_added AFTER INSERT ON consult_sessions REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION damso_count_due();
CREATE TRIGGER count_due_changed AFTER UPDATE ON consult_sessions REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION damso_count_due();
CREATE TRIGGER count_due_removed AFTER DELETE ON consult_sessions REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION damso_count_due();
INSERT INTO due_days (organization_id, due_on, channel_id, category, sessions, held)
  SELECT organization_id, '9999-12-31'::date, channel_id, category, count(*), 0 FROM consult_sessions GROUP BY 1, 2, 3, 4;

INSERT INTO retention_settings (organization_id) SELECT id FROM organizations;
CREATE FUNCTION damso_open_retention() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO retention_settings (organization_id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER open_retention AFTER INSERT ON organizations FOR EACH ROW EXECUTE FUNCTION damso_open_retention();

-- Policy versions with the time in which each was in force: from its approval until the next version's.
CREATE VIEW policy_terms WITH (security_invoker = true) AS
  SELECT v.organization_id, v.id AS version_id, v.policy_id, p.number AS policy_number, p.name, p.channel_id, p.category, p.scope,
    v.number, v.count, v.unit, v.anchor, v.basis, v.hash, s.at AS from_at, lead(s.at) OVER (PARTITION BY v.policy_id ORDER BY s.at) AS until_at
  FROM policy_steps s JOIN policy_versions v ON v.policy_id = s.policy_id AND v.number = s.number JOIN retention_policies p ON p.id = v.policy_id
  WHERE s.kind = 'approved';

-- Holds without an agreed release, and the sessions that each covers, also those that came after it.
CREATE VIEW active_holds WITH (security_invoker = true) AS
  SELECT h.* FROM holds h WHERE NOT EXISTS (SELECT 1 FROM hold_releases r WHERE r.hold_id = h.id AND r.outcome = 'approved');
CREATE VIEW held_sessions WITH (security_invoker = true) AS
  SELECT s.organization_id, s.id AS session_id, h.id AS hold_id FROM consult_sessions s JOIN active_holds h ON h.organization_id = s.organization_id
    AND CASE h.scope
      WHEN 'session' THEN h.session_id = s.id
      WHEN 'user' THEN h.channel_id = s.channel_id AND h.user_handle = s.user_handle
      WHEN 'channel' THEN h.channel_id = s.channel_id
      ELSE (h.channel_id IS NULL OR h.channel_id = s.channel_id)
        AND s.opened_at >= h.opened_from::timestamp AT TIME ZONE 'Asia/Seoul' AND s.opened_at < (h.opened_to + 1)::timestamp AT TIME ZONE 'Asia/Seoul' END;
GRANT SELECT ON policy_terms, active_holds, held_sessions TO damso_app;

-- Shelves: partitions of messages by the month of the last day. Made and dropped by the owner's functions alone.
CREATE FUNCTION damso_make_shelf(shelf text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE part text := 'messages_' || replace(shelf, '-', '_');
BEGIN
  IF shelf !~ '^(law-)?\d{4}-(0[1-9]|1[0-2])$' THEN
    RAISE EXCEPTION 'not a shelf: %', shelf USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF to_regclass(part) IS NOT NULL THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('damso shelf ' || shelf, 0));
  IF to_regclass(part) IS NOT NULL THEN RETURN; END IF;
  -- Made apart and attached: attaching lets reading and writing go on.
  EXECUTE format('CREATE TABLE %I (LIKE messages INCLUDING DEFAULTS, CHECK (shelf = %L))', part, shelf);
  EXECUTE format('ALTER TABLE messages ATTACH PARTITION %I FOR VALUES IN (%L)', part, shelf);
END $$;
-- Gives a shelf's space back once its month is over and no session of any organization lies on it. False: not yet.
CREATE FUNCTION damso_drop_shelf(shelf text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE part text := 'messages_' || replace(shelf, '-', '_');
BEGIN
  IF shelf !~ '^(law-)?\d{4}-(0[1-9]|1[0-2])$' OR to_regclass(part) IS NULL THEN RETURN false; END IF;
  IF right(shelf, 7) >= to_char(clock_timestamp() AT TIME ZONE 'Asia/Seoul', 'YYYY-MM') THEN RETURN false; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('damso shelf ' || shelf, 0));
  IF EXISTS (SELECT 1 FROM consult_sessions s WHERE s.shelf = damso_drop_shelf.shelf) THEN RETURN false; END IF;
  PERFORM set_config('lock_timeout', '3s', true);
  EXECUTE format('ALTER TABLE messages DETACH PARTITION %I', part);
  EXECUTE format('DROP TABLE %I', part);
  RETURN true;
END $$;
CREATE FUNCTION damso_shelves() RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE WHEN c.relname LIKE 'messages_law_%' THEN 'law-' ELSE '' END || replace(right(c.relname, 7), '_', '-')
  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'messages'::regclass AND c.relname ~ '^messages_(law_)?\d{4}_\d{2}$' ORDER BY 1
$$;
REVOKE ALL ON FUNCTION damso_make_shelf(text), damso_drop_shelf(text), damso_shelves() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION damso_make_shelf(text), damso_drop_shelf(text), damso_shelves() TO damso_app;

-- Access records go when they are older than the newest plan's years (one at least): 안전성 확보조치 기준 제8조 제1항.
CREATE FUNCTION damso_drop_access_records(today date, most integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  years integer := greatest(1, coalesce((SELECT keep_years FROM access_plans WHERE organization_id = damso_organization() ORDER BY at DESC LIMIT 1), 2));
  gone integer;
BEGIN
  DELETE FROM access_records WHERE id IN (SELECT id FROM access_records WHERE organization_id = damso_organization()
    AND at < (least(today, (clock_timestamp() AT TIME ZONE 'Asia/Seoul')::date) - make_interval(years => years)) AT TIME ZONE 'Asia/Seoul' ORDER BY at LIMIT most);
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;
REVOKE ALL ON FUNCTION damso_drop_access_records(date, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION damso_drop_access_records(date, integer) TO damso_app;

CREATE OR REPLACE FUNCTION damso_known_files(ids text[]) RETURNS SETOF text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT id FROM evidence_files WHERE id = ANY(ids) UNION ALL SELECT file_id FROM attachments WHERE file_id = ANY(ids)
    UNION ALL SELECT file_id FROM transcript_exports WHERE file_id = ANY(ids) AND gone_at IS NULL $$;

-- For auditors (docs/auditors.md).
CREATE OR REPLACE VIEW check_files AS
  SELECT left(id, 2) || '/' || id AS path, sha256, bytes, mime, created_at AS taken, organization_id FROM evidence_files
  UNION ALL SELECT left(file_id, 2) || '/' || file_id, sha256, bytes, 'application/octet-stream', received_at, organization_id FROM attachments WHERE state = 'kept'
  UNION ALL SELECT left(file_id, 2) || '/' || file_id, sha256, bytes, 'application/zip', finished_at, organization_id FROM transcript_exports WHERE gone_at IS NULL AND file_id IS NOT NULL;
CREATE OR REPLACE VIEW check_sessions AS
  SELECT s.id, '@' || c.search_id AS channel, s.external_id AS session, encode(s.user_handle, 'hex') AS subject, s.opened_at AS opened, s.ended_at AS ended,
    s.opened_by, s.entry, s.extra, p.code AS placement, s.returning, s.shelf,
    (SELECT count(*) FROM messages m WHERE m.session_id = s.id AND m.shelf = s.shelf) AS messages, s.message_count AS counted,
    EXISTS (SELECT 1 FROM session_keys k WHERE k.session_id = s.id) AS key, s.received_at AS received, s.organization_id,
    s.category, s.due_on AS due, (s.due_on + 1)::timestamp AT TIME ZONE 'Asia/Seoul' AS expires, s.ordinary_due_on AS ordinary_due, s.policy_version_id AS policy,
    (SELECT count(*) FROM holds h WHERE h.organization_id = s.organization_id
      AND NOT EXISTS (SELECT 1 FROM hold_releases r WHERE r.hold_id = h.id AND r.outcome = 'approved')
      AND CASE h.scope
        WHEN 'session' THEN h.session_id = s.id
        WHEN 'user' THEN h.channel_id = s.channel_id AND h.user_handle = s.user_handle
        WHEN 'channel' THEN h.channel_id = s.channel_id
        ELSE (h.channel_id IS NULL OR h.channel_id = s.channel_id)
          AND s.opened_at >= h.opened_from::timestamp AT TIME ZONE 'Asia/Seoul' AND s.opened_at < (h.opened_to + 1)::timestamp AT TIME ZONE 'Asia/Seoul' END) AS holds
  FROM consult_sessions s JOIN channels c ON c.id = s.channel_id LEFT JOIN placements p ON p.id = s.placement_id;
CREATE VIEW check_holds AS
  SELECT h.id, h.number, h.scope, h.session_id AS session, h.channel_id AS channel, encode(h.user_handle, 'hex') AS subject, h.opened_from, h.opened_to, h.review_on,
    h.placed_by, h.placed_at AS placed, r.requested_by AS release_requested_by, r.closed_by AS release_approved_by, r.closed_at AS released, h.organization_id
  FROM holds h LEFT JOIN hold_releases r ON r.hold_id = h.id AND r.outcome = 'approved';
CREATE VIEW check_destructions AS
  SELECT d.id AS run, d.number, d.kind, i.kind AS subject_kind, i.subject_id AS subject, i.channel_id AS channel, i.category, i.policy_version_id AS policy,
    i.opened_on, i.due_on AS due, i.messages, i.files, i.state, i.done_at AS done, d.prepared_by,
    (SELECT s.person_id FROM destruction_steps s WHERE s.destruction_id = d.id AND s.kind = 'approved' ORDER BY s.at DESC LIMIT 1) AS approved_by,
    d.digest, d.organization_id
  FROM destructions d JOIN destruction_items i ON i.destruction_id = d.id;
CREATE VIEW check_access AS
  SELECT a.id, a.at, concat_ws(':', a.actor_kind, a.actor_id) AS actor, a.address, a.subject, a.action, a.session_id AS session, a.purpose, a.reason, a.count, a.organization_id
  FROM access_records a;
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['check_holds', 'check_destructions', 'check_access'] LOOP
    EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', name);
    EXECUTE format('GRANT SELECT ON %I TO damso_auditor', name);
  END LOOP;
END $$;
