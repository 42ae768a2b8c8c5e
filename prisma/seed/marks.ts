// What the officer said of the demonstration's consultations: disputes, contracts and payments, with the days from which the law counts.
import type { AuditEntry } from "@/lib/audit/record";
import type { PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { addDays, daysBetween, kstDay, kstDayStart } from "@/lib/clock";
import { recordPastEvent } from "./past-event";
import { randomOf } from "./random";

type Row = { id: string; externalId: string; endedAt: Date };
type Mark = { sessionId: string; kind: string; category: string | null; on: string | null; at: Date };

/** Marks one in twelve of what ended more than two weeks ago; of what falls due now a few more, so that laws keep some of it. */
export async function seedMarks({ now, officer }: { now: Date; officer: PersonActor }): Promise<void> {
  const { organizationId, personId } = officer;
  const today = kstDay(now);
  await ingest(officer, "transcript:classify", async (tx) => {
    if ((await tx.sessionMark.count({ where: { organizationId } })) > 0) return;
    const rows = await tx.$queryRaw<Row[]>`
      SELECT id, external_id AS "externalId", ended_at AS "endedAt" FROM consult_sessions
      WHERE organization_id = ${organizationId}::uuid AND ended_at < ${kstDayStart(addDays(today, -14))} ORDER BY opened_at, external_id`;
    const marks = rows.flatMap((row) => marksOf(row, today));
    for (const { sessionId, kind, category, on, at } of marks) {
      const target = { kind: "transcript", id: sessionId };
      const said: AuditEntry = {
        ...{ action: "transcript.classified", target },
        body: category ? { category, count: 1, ids: [sessionId] } : { kind, on: on ?? "" },
      };
      await recordPastEvent(tx, officer, at, said);
    }
    await tx.sessionMark.createMany({
      data: marks.map(({ on, ...mark }) => ({
        ...mark,
        organizationId,
        personId,
        on: on === null ? null : new Date(`${on}T00:00:00Z`),
      })),
    });
    await tx.$executeRaw`
      UPDATE consult_sessions s SET reckoned = 0, category = coalesce((SELECT m.category FROM session_marks m WHERE m.session_id = s.id AND m.kind = 'category'), s.category),
        case_closed_on = (SELECT m.on FROM session_marks m WHERE m.session_id = s.id AND m.kind = 'case-closed'),
        transaction_on = (SELECT m.on FROM session_marks m WHERE m.session_id = s.id AND m.kind = 'transaction-ended')
      WHERE s.id = ANY(${marks.map(({ sessionId }) => sessionId)}::uuid[])`;
  });
}

function marksOf({ id, externalId, endedAt }: Row, today: string): Mark[] {
  const random = randomOf(`mark of ${externalId}`);
  const ended = kstDay(endedAt);
  const old = daysBetween(ended, today) > 300;
  const chance = random();
  const category =
    chance < (old ? 0.12 : 0.045) ? "dispute" : chance < 0.07 ? "contract" : chance < 0.085 ? "payment" : null;
  if (category === null || (old && category !== "dispute")) return [];
  const at = (day: string) => new Date(kstDayStart(day).getTime() + (9.5 + 7 * random()) * 3_600_000);
  const marked: Mark = { sessionId: id, kind: "category", category, on: null, at: at(addDays(ended, 1)) };
  const on = addDays(ended, 3 + Math.floor(random() * 9));
  // Some cases are still open: they have no last day yet.
  if (!old && random() < 0.3) return [marked];
  const kind = category === "dispute" ? "case-closed" : "transaction-ended";
  return [marked, { sessionId: id, kind, category: null, on, at: at(on) }];
}
