-- CreateTable
CREATE TABLE "notices" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "notices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_versions" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "notice_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "save" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "notice_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_saves" (
    "organization_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "hours" TEXT NOT NULL DEFAULT '',
    "summary" TEXT NOT NULL DEFAULT '',
    "weight" TEXT NOT NULL DEFAULT 'major',
    "hash" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notice_saves_pkey" PRIMARY KEY ("version_id","number")
);

-- CreateTable
CREATE TABLE "notice_steps" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "notice_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "text" TEXT,
    "text_hash" TEXT NOT NULL DEFAULT '',
    "facts" JSONB,
    "note" TEXT NOT NULL DEFAULT '',
    "ticket" TEXT NOT NULL DEFAULT '',
    "done_on" DATE,
    "evidence" TEXT NOT NULL DEFAULT '',
    "file_id" TEXT,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notice_steps_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consignee_lists" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "effective_on" DATE NOT NULL,
    "text" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "consignee_lists_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consent_forms" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "channel_id" UUID,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),
    "retired_by" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "consent_forms_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consent_versions" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "form_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "purpose" TEXT NOT NULL,
    "items" TEXT[],
    "refusal" TEXT NOT NULL,
    "period_of" TEXT NOT NULL,
    "count" INTEGER,
    "unit" TEXT,
    "recipient" TEXT NOT NULL DEFAULT '',
    "optional" BOOLEAN NOT NULL DEFAULT false,
    "minors" TEXT NOT NULL DEFAULT 'refuse',
    "text" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "consent_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consent_steps" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "form_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "sent" TEXT,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "consent_steps_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consents" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "form_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "user_handle" BYTEA NOT NULL,
    "session_id" UUID,
    "given" BOOLEAN NOT NULL,
    "how" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "guardian" BOOLEAN NOT NULL DEFAULT false,
    "person_id" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "consents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consent_withdrawals" (
    "consent_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "how" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ(3) NOT NULL,
    "person_id" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "consent_withdrawals_pkey" PRIMARY KEY ("consent_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "notices_organization_id_id_key" ON "notices"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "notices_organization_id_channel_id_key" ON "notices"("organization_id", "channel_id");

-- CreateIndex
CREATE INDEX "notice_versions_organization_id_notice_id_idx" ON "notice_versions"("organization_id", "notice_id");

-- CreateIndex
CREATE UNIQUE INDEX "notice_versions_organization_id_id_key" ON "notice_versions"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "notice_versions_notice_id_number_key" ON "notice_versions"("notice_id", "number");

-- CreateIndex
CREATE INDEX "notice_saves_organization_id_version_id_idx" ON "notice_saves"("organization_id", "version_id");

-- CreateIndex
CREATE INDEX "notice_steps_organization_id_notice_id_at_idx" ON "notice_steps"("organization_id", "notice_id", "at" DESC);

-- CreateIndex
CREATE INDEX "notice_steps_organization_id_version_id_at_idx" ON "notice_steps"("organization_id", "version_id", "at" DESC);

-- CreateIndex
CREATE INDEX "notice_steps_organization_id_file_id_idx" ON "notice_steps"("organization_id", "file_id");

-- CreateIndex
CREATE INDEX "consignee_lists_organization_id_effective_on_number_idx" ON "consignee_lists"("organization_id", "effective_on" DESC, "number" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "consignee_lists_organization_id_number_key" ON "consignee_lists"("organization_id", "number");

-- CreateIndex
CREATE INDEX "consent_forms_organization_id_channel_id_idx" ON "consent_forms"("organization_id", "channel_id");

-- CreateIndex
CREATE UNIQUE INDEX "consent_forms_organization_id_id_key" ON "consent_forms"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "consent_forms_organization_id_number_key" ON "consent_forms"("organization_id", "number");

-- CreateIndex
CREATE INDEX "consent_versions_organization_id_form_id_idx" ON "consent_versions"("organization_id", "form_id");

-- CreateIndex
CREATE UNIQUE INDEX "consent_versions_organization_id_id_key" ON "consent_versions"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "consent_versions_form_id_number_key" ON "consent_versions"("form_id", "number");

-- CreateIndex
CREATE INDEX "consent_steps_organization_id_form_id_at_idx" ON "consent_steps"("organization_id", "form_id", "at" DESC);

-- CreateIndex
CREATE INDEX "consents_organization_id_at_id_idx" ON "consents"("organization_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "consents_organization_id_form_id_at_id_idx" ON "consents"("organization_id", "form_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "consents_organization_id_version_id_idx" ON "consents"("organization_id", "version_id");

-- CreateIndex
CREATE INDEX "consents_organization_id_channel_id_user_handle_at_idx" ON "consents"("organization_id", "channel_id", "user_handle", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "consents_organization_id_id_key" ON "consents"("organization_id", "id");

-- CreateIndex
CREATE INDEX "consent_withdrawals_organization_id_at_idx" ON "consent_withdrawals"("organization_id", "at" DESC);

-- CreateIndex
CREATE INDEX "consent_withdrawals_organization_id_consent_id_idx" ON "consent_withdrawals"("organization_id", "consent_id");

-- AddForeignKey
ALTER TABLE "notices" ADD CONSTRAINT "notices_organization_id_channel_id_fkey" FOREIGN KEY ("organization_id", "channel_id") REFERENCES "channels"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_versions" ADD CONSTRAINT "notice_versions_organization_id_notice_id_fkey" FOREIGN KEY ("organization_id", "notice_id") REFERENCES "notices"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_saves" ADD CONSTRAINT "notice_saves_organization_id_version_id_fkey" FOREIGN KEY ("organization_id", "version_id") REFERENCES "notice_versions"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_steps" ADD CONSTRAINT "notice_steps_organization_id_notice_id_fkey" FOREIGN KEY ("organization_id", "notice_id") REFERENCES "notices"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_steps" ADD CONSTRAINT "notice_steps_organization_id_version_id_fkey" FOREIGN KEY ("organization_id", "version_id") REFERENCES "notice_versions"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_steps" ADD CONSTRAINT "notice_steps_organization_id_file_id_fkey" FOREIGN KEY ("organization_id", "file_id") REFERENCES "evidence_files"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent_forms" ADD CONSTRAINT "consent_forms_organization_id_channel_id_fkey" FOREIGN KEY ("organization_id", "channel_id") REFERENCES "channels"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent_versions" ADD CONSTRAINT "consent_versions_organization_id_form_id_fkey" FOREIGN KEY ("organization_id", "form_id") REFERENCES "consent_forms"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent_steps" ADD CONSTRAINT "consent_steps_organization_id_form_id_fkey" FOREIGN KEY ("organization_id", "form_id") REFERENCES "consent_forms"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consents" ADD CONSTRAINT "consents_organization_id_form_id_fkey" FOREIGN KEY ("organization_id", "form_id") REFERENCES "consent_forms"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consents" ADD CONSTRAINT "consents_organization_id_version_id_fkey" FOREIGN KEY ("organization_id", "version_id") REFERENCES "consent_versions"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consents" ADD CONSTRAINT "consents_organization_id_channel_id_fkey" FOREIGN KEY ("organization_id", "channel_id") REFERENCES "channels"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent_withdrawals" ADD CONSTRAINT "consent_withdrawals_organization_id_consent_id_fkey" FOREIGN KEY ("organization_id", "consent_id") REFERENCES "consents"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;



DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['notices', 'notice_versions', 'consent_forms'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_organization ON %I USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()))', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO damso_app', name);
  END LOOP;
  -- Added to, never changed.
  FOREACH name IN ARRAY ARRAY['notice_saves', 'notice_steps', 'consignee_lists', 'consent_versions', 'consent_steps', 'consents', 'consent_withdrawals'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_organization ON %I USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()))', name);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO damso_app', name);
  END LOOP;
END $$;

-- When which version was known to stand in the chat rooms of a channel (lib/privacy/rules/notice-life seenSpans): from each time that somebody
-- saw it, until another was seen or it was withdrawn or found to differ.
CREATE VIEW notice_spans WITH (security_invoker = true) AS
  SELECT n.organization_id, n.channel_id, n.id AS notice_id, v.id AS version_id, v.number, s.at AS from_at, (
    SELECT min(e.at) FROM notice_steps e WHERE e.organization_id = s.organization_id AND e.notice_id = s.notice_id AND e.at > s.at
      AND (e.kind = 'verified' AND e.version_id <> s.version_id OR e.kind IN ('withdrawn', 'differs') AND e.version_id = s.version_id)) AS until_at
  FROM notice_steps s JOIN notices n ON n.organization_id = s.organization_id AND n.id = s.notice_id
    JOIN notice_versions v ON v.organization_id = s.organization_id AND v.id = s.version_id WHERE s.kind = 'verified';
GRANT SELECT ON notice_spans TO damso_app;

-- The open address knows no session: the list of an organization that counts on a day, by its short name.
CREATE FUNCTION damso_published_consignees(organization text, on_day date)
  RETURNS TABLE (organization_name text, number integer, effective_on date, "text" text, hash text, at timestamptz, newest boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.name, l.number, l.effective_on, l.text, l.hash, l.at, NOT EXISTS (SELECT FROM consignee_lists n WHERE n.organization_id = o.id AND n.number > l.number)
  FROM organizations o JOIN consignee_lists l ON l.organization_id = o.id
  WHERE o.slug = damso_published_consignees.organization AND l.effective_on <= on_day ORDER BY l.effective_on DESC, l.number DESC LIMIT 1 $$;
REVOKE EXECUTE ON FUNCTION damso_published_consignees(text, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION damso_published_consignees(text, date) TO damso_app;

-- For auditors: never a user's key, only handles and hashes.
CREATE VIEW check_notices AS
  SELECT s.id, n.channel_id AS channel, v.number AS version, s.kind, s.hash, s.text_hash AS sent, s.ticket, s.done_on AS done, s.evidence, s.person_id AS person, s.at,
    n.organization_id FROM notice_steps s JOIN notices n ON n.id = s.notice_id JOIN notice_versions v ON v.id = s.version_id;
CREATE VIEW check_consents AS
  SELECT c.id, f.number AS form, v.number AS version, v.hash, c.channel_id AS channel, encode(c.user_handle, 'hex') AS subject, c.given, c.how, c.at,
    w.at AS withdrawn, c.organization_id
  FROM consents c JOIN consent_forms f ON f.id = c.form_id JOIN consent_versions v ON v.id = c.version_id LEFT JOIN consent_withdrawals w ON w.consent_id = c.id;
CREATE VIEW check_consignees AS
  SELECT id, number, effective_on AS effective, hash, "text", person_id AS person, at, organization_id FROM consignee_lists;
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['check_notices', 'check_consents', 'check_consignees'] LOOP
    EXECUTE format('GRANT SELECT ON %I TO damso_auditor', name);
  END LOOP;
END $$;
