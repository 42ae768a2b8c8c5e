-- CreateTable
CREATE TABLE "take_down_run_proofs" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "file_id" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "take_down_run_proofs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "take_down_run_proofs_organization_id_run_id_idx" ON "take_down_run_proofs"("organization_id", "run_id");

-- CreateIndex
CREATE INDEX "take_down_run_proofs_organization_id_file_id_idx" ON "take_down_run_proofs"("organization_id", "file_id");

-- CreateIndex
CREATE UNIQUE INDEX "take_down_run_proofs_organization_id_task_id_run_id_key" ON "take_down_run_proofs"("organization_id", "task_id", "run_id");

-- AddForeignKey
ALTER TABLE "take_down_run_proofs" ADD CONSTRAINT "take_down_run_proofs_organization_id_task_id_fkey" FOREIGN KEY ("organization_id", "task_id") REFERENCES "take_down_tasks"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take_down_run_proofs" ADD CONSTRAINT "take_down_run_proofs_organization_id_run_id_fkey" FOREIGN KEY ("organization_id", "run_id") REFERENCES "print_runs"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take_down_run_proofs" ADD CONSTRAINT "take_down_run_proofs_organization_id_file_id_fkey" FOREIGN KEY ("organization_id", "file_id") REFERENCES "evidence_files"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE take_down_run_proofs ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON take_down_run_proofs USING (organization_id = (SELECT damso_organization())) WITH CHECK (organization_id = (SELECT damso_organization()));
-- Added to, never changed.
GRANT SELECT, INSERT ON take_down_run_proofs TO damso_app;
