-- CreateTable
CREATE TABLE "take_downs" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "channel_id" UUID,
    "occasion" INTEGER,
    "cause" TEXT NOT NULL,
    "effective_on" DATE NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "person_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "take_downs_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "take_downs_cause_known" CHECK ("cause" IN ('contract_end', 'channel_stop', 'hand')),
    -- By hand: a person, a reason and no channel; of a channel's end: which one.
    CONSTRAINT "take_downs_cause_fits" CHECK (CASE WHEN "cause" = 'hand'
      THEN "channel_id" IS NULL AND "occasion" IS NULL AND "person_id" IS NOT NULL AND "note" <> ''
      ELSE "channel_id" IS NOT NULL AND "occasion" IS NOT NULL END)
);

-- CreateTable
CREATE TABLE "take_down_tasks" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "take_down_id" UUID NOT NULL,
    "placement_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "owner_id" UUID NOT NULL,
    "due_on" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "take_down_tasks_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "take_down_tasks_kind_known" CHECK ("kind" IN ('web', 'print', 'app', 'message'))
);

-- CreateTable
CREATE TABLE "take_down_closings" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "how" TEXT NOT NULL,
    "check_id" UUID,
    "file_id" TEXT,
    "reason" TEXT NOT NULL DEFAULT '',
    "person_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "take_down_closings_pkey" PRIMARY KEY ("id"),
    -- A machine closes by a check alone; a person by a file, or by hand with a reason.
    CONSTRAINT "take_down_closings_proved" CHECK (CASE "how"
      WHEN 'check' THEN "check_id" IS NOT NULL AND "file_id" IS NULL
      WHEN 'photo' THEN "file_id" IS NOT NULL AND "person_id" IS NOT NULL
      WHEN 'proof' THEN "file_id" IS NOT NULL AND "person_id" IS NOT NULL
      WHEN 'hand' THEN "reason" <> '' AND "person_id" IS NOT NULL
      ELSE false END)
);

-- CreateTable
CREATE TABLE "take_down_steps" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "take_down_id" UUID NOT NULL,
    "task_id" UUID,
    "kind" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "effective_on" DATE,
    "file_id" TEXT,
    "person_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "take_down_steps_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "take_down_steps_fit" CHECK (CASE "kind"
      WHEN 'moved' THEN "effective_on" IS NOT NULL AND "task_id" IS NULL
      WHEN 'withdrawn' THEN "task_id" IS NULL
      WHEN 'reinstated' THEN "note" <> '' AND "person_id" IS NOT NULL
      WHEN 'handed' THEN "task_id" IS NOT NULL AND "person_id" IS NOT NULL
      WHEN 'completed' THEN "task_id" IS NULL AND "file_id" IS NOT NULL AND "person_id" IS NOT NULL
      ELSE false END)
);

-- CreateTable
CREATE TABLE "take_down_reminders" (
    "organization_id" UUID NOT NULL,
    "take_down_id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "take_down_reminders_pkey" PRIMARY KEY ("organization_id","take_down_id","owner_id","day")
);

-- CreateIndex
CREATE INDEX "take_downs_organization_id_at_id_idx" ON "take_downs"("organization_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "take_downs_organization_id_id_key" ON "take_downs"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "take_downs_organization_id_channel_id_occasion_key" ON "take_downs"("organization_id", "channel_id", "occasion");

-- CreateIndex
CREATE INDEX "take_down_tasks_organization_id_take_down_id_id_idx" ON "take_down_tasks"("organization_id", "take_down_id", "id");

-- CreateIndex
CREATE INDEX "take_down_tasks_organization_id_placement_id_idx" ON "take_down_tasks"("organization_id", "placement_id");

-- CreateIndex
CREATE INDEX "take_down_tasks_organization_id_owner_id_idx" ON "take_down_tasks"("organization_id", "owner_id");

-- CreateIndex
CREATE UNIQUE INDEX "take_down_tasks_organization_id_id_key" ON "take_down_tasks"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "take_down_tasks_take_down_id_placement_id_key" ON "take_down_tasks"("take_down_id", "placement_id");

-- CreateIndex
CREATE INDEX "take_down_closings_organization_id_check_id_idx" ON "take_down_closings"("organization_id", "check_id");

-- CreateIndex
CREATE INDEX "take_down_closings_organization_id_file_id_idx" ON "take_down_closings"("organization_id", "file_id");

-- CreateIndex
CREATE UNIQUE INDEX "take_down_closings_organization_id_task_id_key" ON "take_down_closings"("organization_id", "task_id");

-- CreateIndex
CREATE INDEX "take_down_steps_organization_id_take_down_id_at_idx" ON "take_down_steps"("organization_id", "take_down_id", "at");

-- CreateIndex
CREATE INDEX "take_down_steps_organization_id_task_id_idx" ON "take_down_steps"("organization_id", "task_id");

-- CreateIndex
CREATE INDEX "take_down_steps_organization_id_file_id_idx" ON "take_down_steps"("organization_id", "file_id");

-- AddForeignKey
ALTER TABLE "take_downs" ADD CONSTRAINT "take_downs_organization_id_channel_id_fkey" FOREIGN KEY ("organization_id", "channel_id") REFERENCES "channels"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take_down_tasks" ADD CONSTRAINT "take_down_tasks_organization_id_take_down_id_fkey" FOREIGN KEY ("organization_id", "take_down_id") REFERENCES "take_downs"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take_down_tasks" ADD CONSTRAINT "take_down_tasks_organization_id_placement_id_fkey" FOREIGN KEY ("organization_id", "placement_id") REFERENCES "placements"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take_down_closings" ADD CONSTRAINT "take_down_closings_organization_id_task_id_fkey" FOREIGN KEY ("organization_id", "task_id") REFERENCES "take_down_tasks"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take_down_closings" ADD CONSTRAINT "take_down_closings_organization_id_check_id_fkey" FOREIGN KEY ("organization_id", "check_id") REFERENCES "presence_checks"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take_down_closings" ADD CONSTRAINT "take_down_closings_organization_id_file_id_fkey" FOREIGN KEY ("organization_id", "file_id") REFERENCES "evidence_files"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take_down_steps" ADD CONSTRAINT "take_down_steps_organization_id_take_down_id_fkey" FOREIGN KEY ("organization_id", "take_down_id") REFERENCES "take_downs"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take_down_steps" ADD CONSTRAINT "take_down_steps_organization_id_task_id_fkey" FOREIGN KEY ("organization_id", "task_id") REFERENCES "take_down_tasks"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take_down_steps" ADD CONSTRAINT "take_down_steps_organization_id_file_id_fkey" FOREIGN KEY ("organization_id", "file_id") REFERENCES "evidence_files"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take_down_reminders" ADD CONSTRAINT "take_down_reminders_organization_id_take_down_id_fkey" FOREIGN KEY ("organization_id", "take_down_id") REFERENCES "take_downs"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A campaign ends once: completed once, taken back once; a task is reinstated once.
CREATE UNIQUE INDEX take_down_steps_completed_idx ON take_down_steps (take_down_id) WHERE kind = 'completed';
CREATE UNIQUE INDEX take_down_steps_over_idx ON take_down_steps (take_down_id) WHERE kind IN ('withdrawn', 'reinstated') AND task_id IS NULL;
CREATE UNIQUE INDEX take_down_steps_task_over_idx ON take_down_steps (task_id) WHERE kind = 'reinstated' AND task_id IS NOT NULL;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['take_downs', 'take_down_tasks', 'take_down_closings', 'take_down_steps', 'take_down_reminders'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_organization ON %I USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()))', name);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO damso_app', name);
  END LOOP;
END $$;
-- A channel's last day moves its campaign, with a step that says so; a task is handed over likewise.
GRANT UPDATE (effective_on) ON take_downs TO damso_app;
GRANT UPDATE (due_on, owner_id) ON take_down_tasks TO damso_app;

-- Tasks that stand: neither they nor their campaign were taken back.
CREATE VIEW standing_take_down_tasks WITH (security_invoker = true) AS
  SELECT t.organization_id, t.id AS task_id, t.take_down_id, t.placement_id, d.cause, d.effective_on
  FROM take_down_tasks t JOIN take_downs d ON d.id = t.take_down_id
  WHERE NOT EXISTS (SELECT FROM take_down_steps s WHERE s.organization_id = t.organization_id AND s.take_down_id = t.take_down_id
    AND s.kind IN ('withdrawn', 'reinstated') AND (s.task_id IS NULL OR s.task_id = t.id));
-- A place's last day: its channel's, or that of a campaign by hand, whichever comes first. What a channel's campaign says is the channel's own day.
CREATE VIEW placement_last_days WITH (security_invoker = true) AS
  SELECT p.organization_id, p.id AS placement_id, least(e.ends_on, k.ends_on) AS ends_on
  FROM placements p
  LEFT JOIN channel_last_days e ON e.channel_id = p.channel_id
  LEFT JOIN (SELECT placement_id, min(effective_on) AS ends_on FROM standing_take_down_tasks WHERE cause = 'hand' GROUP BY placement_id) k
    ON k.placement_id = p.id
  WHERE e.ends_on IS NOT NULL OR k.ends_on IS NOT NULL;
GRANT SELECT ON standing_take_down_tasks, placement_last_days TO damso_app;

-- The redirect, the embed and the QR pictures end with the place's last day, whatever decides it.
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
  LEFT JOIN placement_last_days e ON e.placement_id = p.id
  LEFT JOIN placement_retirements r ON r.placement_id = p.id
  WHERE subject IS NULL OR p.id = subject OR p.channel_id = subject
$$;

CREATE TRIGGER notify_presses AFTER INSERT ON take_down_tasks FOR EACH ROW EXECUTE FUNCTION damso_notify_presses('placement_id');
CREATE FUNCTION damso_notify_take_down_presses() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE place uuid;
BEGIN
  FOR place IN SELECT placement_id FROM take_down_tasks t WHERE t.take_down_id = NEW.take_down_id AND (NEW.task_id IS NULL OR t.id = NEW.task_id) LOOP
    PERFORM pg_notify('damso_presses', place::text);
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER notify_presses AFTER INSERT ON take_down_steps FOR EACH ROW WHEN (NEW.kind IN ('withdrawn', 'reinstated'))
  EXECUTE FUNCTION damso_notify_take_down_presses();

-- Organizations in which a channel has a last day or a campaign is under way: for the chore, which asks every few seconds.
CREATE FUNCTION damso_take_downs_due() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT organization_id FROM channel_ends
    UNION SELECT organization_id FROM contract_endings WHERE outcome = 'approved'
    UNION SELECT d.organization_id FROM take_downs d WHERE NOT EXISTS (SELECT FROM take_down_steps s WHERE s.take_down_id = d.id
      AND s.task_id IS NULL AND s.kind IN ('withdrawn', 'reinstated', 'completed')) $$;
REVOKE ALL ON FUNCTION damso_take_downs_due() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION damso_take_downs_due() TO damso_app;

-- For auditors: every place of a campaign, and how it was closed.
CREATE VIEW check_take_downs AS
  SELECT d.id AS campaign, d.cause, d.effective_on AS effective, p.code, t.kind, t.due_on AS due, c.how, c.check_id AS "check", f.sha256, c.reason,
    c.person_id AS person, c.at, d.organization_id
  FROM take_downs d JOIN take_down_tasks t ON t.take_down_id = d.id JOIN placements p ON p.id = t.placement_id
  LEFT JOIN take_down_closings c ON c.task_id = t.id LEFT JOIN evidence_files f ON f.id = c.file_id;
GRANT SELECT ON check_take_downs TO damso_auditor;
