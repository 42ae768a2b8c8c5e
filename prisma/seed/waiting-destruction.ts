// The demonstration's destruction that waits for a second person: what is due now.
import type { PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { addDays, kstDay } from "@/lib/clock";
import { freeze } from "@/lib/retention/commands/prepare-destruction";
import { Prisma } from "@/prisma/generated/client";
import { recordPastEvent } from "./past-event";

/** What is due until yesterday, looked at and asked for half an hour ago: it waits for a second person until its preview is too old. */
export async function seedWaitingDestruction({ now, officer }: { now: Date; officer: PersonActor }): Promise<void> {
  const { organizationId, personId } = officer;
  const today = kstDay(now);
  const at = new Date(now.getTime() - 31 * 60_000);
  const asked = new Date(now.getTime() - 28 * 60_000);
  await ingest(officer, "destruction:request", async (tx) => {
    const run = await freeze(tx, (entry) => recordPastEvent(tx, officer, at, entry), officer, {
      ...{ kind: "routine", reason: "", dueThrough: addDays(today, -1), today, now: at, preparedBy: personId },
      ...{ dataRequestId: null, where: [Prisma.sql`true`], files: true },
    });
    const { id, digest, number, sessions, files, guard } = run;
    const note = "기한이 지난 것이 있습니다. 오늘 안에 보아 주십시오.";
    await tx.destructionStep.create({
      data: { organizationId, destructionId: id, kind: "requested", digest, note, personId, at: asked },
    });
    await recordPastEvent(tx, officer, asked, {
      action: "destruction.requested",
      target: { kind: "destruction", id },
      body: { number, digest, sessions, files, guard },
    });
  });
}
