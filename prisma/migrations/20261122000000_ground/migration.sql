-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "role" AS ENUM ('CLIENT_ADMIN', 'COMPLIANCE_OFFICER', 'MARKETER', 'AUDITOR');

-- CreateTable
CREATE TABLE "audit_events" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "subject" TEXT NOT NULL DEFAULT '',
    "action" TEXT NOT NULL,
    "target_kind" TEXT NOT NULL,
    "target_id" TEXT NOT NULL,
    "result" TEXT NOT NULL DEFAULT 'ok',
    "reason" TEXT NOT NULL DEFAULT '',
    "body" TEXT NOT NULL DEFAULT '{}',
    "mac" BYTEA NOT NULL,
    "xact" xid8 NOT NULL DEFAULT pg_current_xact_id(),

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_links" (
    "organization_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "event_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "previous" BYTEA NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "audit_links_pkey" PRIMARY KEY ("organization_id","seq")
);

-- CreateTable
CREATE TABLE "audit_heads" (
    "organization_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,
    "sealed_through" pg_snapshot NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "audit_heads_pkey" PRIMARY KEY ("organization_id")
);

-- CreateTable
CREATE TABLE "job_runs" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "job" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "lease" INTEGER NOT NULL DEFAULT 1,
    "lease_until" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "result" TEXT,
    "detail" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "job_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channels" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "search_id" TEXT NOT NULL,
    "public_id" TEXT,
    "sender_key" TEXT,
    "name" TEXT NOT NULL,
    "dealer" TEXT,
    "contact" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channels_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channel_go_lives" (
    "channel_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channel_go_lives_pkey" PRIMARY KEY ("channel_id")
);

-- CreateTable
CREATE TABLE "channel_ends" (
    "channel_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "ends_on" DATE NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channel_ends_pkey" PRIMARY KEY ("channel_id")
);

-- CreateTable
CREATE TABLE "onboarding_marks" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "item" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "file_id" TEXT,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "onboarding_marks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "evidence_files" (
    "id" TEXT NOT NULL,
    "organization_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "sha256" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "evidence_files_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dealer_connections" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "format" TEXT NOT NULL,
    "allowed_from" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "secret_sealed" BYTEA,
    "old_secret_sealed" BYTEA,
    "old_secret_until" TIMESTAMPTZ(3),
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "dealer_connections_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dealer_tokens" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "dealer_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event_receipts" (
    "connection_id" UUID NOT NULL,
    "key" BYTEA NOT NULL,
    "organization_id" UUID NOT NULL,
    "digest" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_receipts_pkey" PRIMARY KEY ("connection_id","key")
);

-- CreateTable
CREATE TABLE "set_asides" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "shape" JSONB NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "set_asides_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organizations" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "second_factor_needed" BOOLEAN NOT NULL DEFAULT true,
    "demonstration" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organizations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "persons" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "password_set_at" TIMESTAMPTZ(3),
    "totp_sealed" BYTEA,
    "totp_confirmed_at" TIMESTAMPTZ(3),
    "totp_last_step" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "persons_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "memberships" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "role" "role" NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "right_changes" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "from_role" "role",
    "to_role" "role",
    "note" TEXT NOT NULL DEFAULT '',
    "changed_by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "right_changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_ins" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "person_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "factor_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "ended_because" TEXT,
    "address" TEXT NOT NULL,
    "agent" TEXT NOT NULL,

    CONSTRAINT "sign_ins_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recovery_codes" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "person_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "recovery_codes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tickets" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" TEXT NOT NULL,
    "organization_id" UUID NOT NULL,
    "person_id" UUID,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "role" "role",
    "membership_expires_at" TIMESTAMPTZ(3),
    "token_hash" BYTEA NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "tickets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "throttles" (
    "key" TEXT NOT NULL,
    "hits" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "throttles_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "mails" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "recipient" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "sent_at" TIMESTAMPTZ(3),
    "failure" TEXT,

    CONSTRAINT "mails_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "placements" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "medium" TEXT NOT NULL,
    "location" TEXT NOT NULL DEFAULT '',
    "mode" TEXT NOT NULL DEFAULT 'redirect',
    "bot" TEXT,
    "event" TEXT,
    "owner_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "placements_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "placement_retirements" (
    "placement_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "placement_retirements_pkey" PRIMARY KEY ("placement_id")
);

-- CreateTable
CREATE TABLE "presses" (
    "id" BIGSERIAL NOT NULL,
    "organization_id" UUID NOT NULL,
    "placement_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "visitor" TEXT NOT NULL,
    "visitor_hash" BYTEA,

    CONSTRAINT "presses_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "press_spools" (
    "file" TEXT NOT NULL,
    "position" BIGINT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "press_spools_pkey" PRIMARY KEY ("file")
);

-- CreateTable
CREATE TABLE "press_days" (
    "organization_id" UUID NOT NULL,
    "placement_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "presses" INTEGER NOT NULL DEFAULT 0,
    "scans" INTEGER NOT NULL DEFAULT 0,
    "others" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "press_days_pkey" PRIMARY KEY ("organization_id","placement_id","day")
);

-- CreateTable
CREATE TABLE "consult_sessions" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "user_handle" BYTEA NOT NULL,
    "user_sealed" BYTEA NOT NULL,
    "opened_by" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "extra" TEXT,
    "placement_id" UUID,
    "entry" TEXT,
    "returning" BOOLEAN NOT NULL DEFAULT false,
    "last_user_message_at" TIMESTAMPTZ(3),
    "last_message_at" TIMESTAMPTZ(3),
    "message_count" INTEGER NOT NULL DEFAULT 0,
    "ended_at" TIMESTAMPTZ(3),
    "end_reason" TEXT,
    "shelf" TEXT NOT NULL DEFAULT 'open',
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "consult_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session_keys" (
    "session_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "ring" TEXT NOT NULL,
    "wrapped" BYTEA NOT NULL,

    CONSTRAINT "session_keys_pkey" PRIMARY KEY ("session_id")
);

-- CreateTable
CREATE TABLE "messages" (
    "shelf" TEXT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "organization_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "direction" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("shelf","id")
) PARTITION BY LIST ("shelf");

-- Sessions that are still open, or whose destruction month is not known yet.
CREATE TABLE "messages_open" PARTITION OF "messages" FOR VALUES IN ('open');
CREATE TABLE "messages_held" PARTITION OF "messages" FOR VALUES IN ('held');

-- CreateTable
CREATE TABLE "consult_days" (
    "organization_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "sessions" INTEGER NOT NULL DEFAULT 0,
    "messages" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "consult_days_pkey" PRIMARY KEY ("organization_id","channel_id","day")
);

-- CreateIndex
CREATE INDEX "audit_events_organization_id_xact_idx" ON "audit_events"("organization_id", "xact");

-- CreateIndex
CREATE INDEX "audit_events_organization_id_at_id_idx" ON "audit_events"("organization_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_events_organization_id_action_at_idx" ON "audit_events"("organization_id", "action", "at" DESC);

-- CreateIndex
CREATE INDEX "audit_events_organization_id_actor_id_at_idx" ON "audit_events"("organization_id", "actor_id", "at" DESC);

-- CreateIndex
CREATE INDEX "audit_events_organization_id_target_id_at_idx" ON "audit_events"("organization_id", "target_id", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "audit_links_event_id_key" ON "audit_links"("event_id");

-- CreateIndex
CREATE UNIQUE INDEX "job_runs_organization_id_job_period_key" ON "job_runs"("organization_id", "job", "period");

-- CreateIndex
CREATE INDEX "channels_organization_id_created_at_id_idx" ON "channels"("organization_id", "created_at" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "channels_organization_id_id_key" ON "channels"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "channels_organization_id_search_id_key" ON "channels"("organization_id", "search_id");

-- CreateIndex
CREATE UNIQUE INDEX "channels_organization_id_sender_key_key" ON "channels"("organization_id", "sender_key");

-- CreateIndex
CREATE UNIQUE INDEX "channel_go_lives_organization_id_channel_id_key" ON "channel_go_lives"("organization_id", "channel_id");

-- CreateIndex
CREATE UNIQUE INDEX "channel_ends_organization_id_channel_id_key" ON "channel_ends"("organization_id", "channel_id");

-- CreateIndex
CREATE INDEX "onboarding_marks_channel_id_item_at_idx" ON "onboarding_marks"("channel_id", "item", "at" DESC);

-- CreateIndex
CREATE INDEX "onboarding_marks_organization_id_channel_id_idx" ON "onboarding_marks"("organization_id", "channel_id");

-- CreateIndex
CREATE INDEX "onboarding_marks_organization_id_file_id_idx" ON "onboarding_marks"("organization_id", "file_id");

-- CreateIndex
CREATE INDEX "evidence_files_organization_id_created_at_id_idx" ON "evidence_files"("organization_id", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "evidence_files_channel_id_idx" ON "evidence_files"("channel_id");

-- CreateIndex
CREATE UNIQUE INDEX "evidence_files_organization_id_id_key" ON "evidence_files"("organization_id", "id");

-- CreateIndex
CREATE INDEX "dealer_connections_organization_id_created_at_id_idx" ON "dealer_connections"("organization_id", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "dealer_connections_organization_id_channel_id_idx" ON "dealer_connections"("organization_id", "channel_id");

-- CreateIndex
CREATE UNIQUE INDEX "dealer_connections_organization_id_id_key" ON "dealer_connections"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "dealer_tokens_hash_key" ON "dealer_tokens"("hash");

-- CreateIndex
CREATE INDEX "dealer_tokens_organization_id_connection_id_idx" ON "dealer_tokens"("organization_id", "connection_id");

-- CreateIndex
CREATE INDEX "event_receipts_organization_id_idx" ON "event_receipts"("organization_id");

-- CreateIndex
CREATE INDEX "set_asides_organization_id_at_id_idx" ON "set_asides"("organization_id", "at" DESC, "id");

-- CreateIndex
CREATE INDEX "set_asides_connection_id_at_idx" ON "set_asides"("connection_id", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "organizations_slug_key" ON "organizations"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "persons_email_key" ON "persons"("email");

-- CreateIndex
CREATE INDEX "memberships_person_id_idx" ON "memberships"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "memberships_organization_id_person_id_key" ON "memberships"("organization_id", "person_id");

-- CreateIndex
CREATE INDEX "right_changes_organization_id_at_id_idx" ON "right_changes"("organization_id", "at" DESC, "id");

-- CreateIndex
CREATE INDEX "right_changes_person_id_idx" ON "right_changes"("person_id");

-- CreateIndex
CREATE INDEX "sign_ins_person_id_created_at_idx" ON "sign_ins"("person_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "sign_ins_organization_id_idx" ON "sign_ins"("organization_id");

-- CreateIndex
CREATE INDEX "recovery_codes_person_id_idx" ON "recovery_codes"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "tickets_token_hash_key" ON "tickets"("token_hash");

-- CreateIndex
CREATE INDEX "tickets_organization_id_created_at_id_idx" ON "tickets"("organization_id", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "tickets_person_id_idx" ON "tickets"("person_id");

-- CreateIndex
CREATE INDEX "mails_organization_id_idx" ON "mails"("organization_id");

-- CreateIndex
CREATE INDEX "mails_next_try_at_idx" ON "mails"("next_try_at");

-- CreateIndex
CREATE UNIQUE INDEX "placements_code_key" ON "placements"("code");

-- CreateIndex
CREATE INDEX "placements_organization_id_created_at_id_idx" ON "placements"("organization_id", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "placements_organization_id_channel_id_idx" ON "placements"("organization_id", "channel_id");

-- CreateIndex
CREATE UNIQUE INDEX "placements_organization_id_id_key" ON "placements"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "placement_retirements_organization_id_placement_id_key" ON "placement_retirements"("organization_id", "placement_id");

-- CreateIndex
CREATE INDEX "presses_organization_id_placement_id_at_idx" ON "presses"("organization_id", "placement_id", "at" DESC);

-- CreateIndex
CREATE INDEX "consult_sessions_organization_id_opened_at_id_idx" ON "consult_sessions"("organization_id", "opened_at" DESC, "id");

-- CreateIndex
CREATE INDEX "consult_sessions_channel_id_user_handle_idx" ON "consult_sessions"("channel_id", "user_handle");

-- CreateIndex
CREATE INDEX "consult_sessions_organization_id_channel_id_idx" ON "consult_sessions"("organization_id", "channel_id");

-- CreateIndex
CREATE INDEX "consult_sessions_organization_id_placement_id_idx" ON "consult_sessions"("organization_id", "placement_id");

-- CreateIndex
CREATE UNIQUE INDEX "consult_sessions_channel_id_external_id_key" ON "consult_sessions"("channel_id", "external_id");

-- CreateIndex
CREATE INDEX "session_keys_organization_id_ring_idx" ON "session_keys"("organization_id", "ring");

-- CreateIndex
CREATE INDEX "messages_session_id_at_idx" ON "messages"("session_id", "at");

-- CreateIndex
CREATE INDEX "messages_organization_id_idx" ON "messages"("organization_id");

-- AddForeignKey
ALTER TABLE "channel_go_lives" ADD CONSTRAINT "channel_go_lives_organization_id_channel_id_fkey" FOREIGN KEY ("organization_id", "channel_id") REFERENCES "channels"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel_ends" ADD CONSTRAINT "channel_ends_organization_id_channel_id_fkey" FOREIGN KEY ("organization_id", "channel_id") REFERENCES "channels"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "onboarding_marks" ADD CONSTRAINT "onboarding_marks_organization_id_channel_id_fkey" FOREIGN KEY ("organization_id", "channel_id") REFERENCES "channels"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "onboarding_marks" ADD CONSTRAINT "onboarding_marks_organization_id_file_id_fkey" FOREIGN KEY ("organization_id", "file_id") REFERENCES "evidence_files"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dealer_connections" ADD CONSTRAINT "dealer_connections_organization_id_channel_id_fkey" FOREIGN KEY ("organization_id", "channel_id") REFERENCES "channels"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dealer_tokens" ADD CONSTRAINT "dealer_tokens_organization_id_connection_id_fkey" FOREIGN KEY ("organization_id", "connection_id") REFERENCES "dealer_connections"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sign_ins" ADD CONSTRAINT "sign_ins_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "placements" ADD CONSTRAINT "placements_organization_id_channel_id_fkey" FOREIGN KEY ("organization_id", "channel_id") REFERENCES "channels"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "placement_retirements" ADD CONSTRAINT "placement_retirements_organization_id_placement_id_fkey" FOREIGN KEY ("organization_id", "placement_id") REFERENCES "placements"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consult_sessions" ADD CONSTRAINT "consult_sessions_organization_id_channel_id_fkey" FOREIGN KEY ("organization_id", "channel_id") REFERENCES "channels"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consult_sessions" ADD CONSTRAINT "consult_sessions_organization_id_placement_id_fkey" FOREIGN KEY ("organization_id", "placement_id") REFERENCES "placements"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;


