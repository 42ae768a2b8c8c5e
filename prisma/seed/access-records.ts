// The demonstration's access records: half a year of looking at consultations on purpose, a review plan, and two reviews of it.
import { canonicalJson } from "@/lib/audit/record";
import type { PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { addDays, addMonths, type Day, kstDay, kstDayStart } from "@/lib/clock";
import { recordPastEvent } from "./past-event";
import { randomOf } from "./random";

type People = { now: Date; officer: PersonActor; second: PersonActor; auditor: PersonActor };

const purposes = [
  ["분쟁 처리", "소비자원 조정 사건의 답변 자료를 준비합니다."],
  ["열람·삭제 요구 처리", "정보주체의 열람 요구에 답하려고 확인합니다."],
  ["정기 감사", "내부 감사 계획에 따라 표본을 확인합니다."],
  ["상담 품질 점검", "반품 안내가 규정대로 되었는지 확인합니다."],
] as const;

/** Some four looks a working day; a few at night, a few unmasked, one export a month. Needs consultations. */
export async function seedAccessRecords({ now, officer, second, auditor }: People): Promise<void> {
  const { organizationId } = officer;
  const today = kstDay(now);
  const begun = addMonths(`${today.slice(0, 7)}-01`, -4);
  await ingest(officer, "access-review:record", async (tx) => {
    if ((await tx.accessRecord.count({ where: { organizationId } })) > 0) return;
    const sessions = await tx.$queryRaw<{ id: string; subject: string }[]>`
      SELECT id, encode(user_handle, 'hex') AS subject FROM consult_sessions WHERE organization_id = ${organizationId}::uuid
      ORDER BY opened_at DESC, external_id LIMIT 400`;
    if (sessions.length === 0) return;
    const random = randomOf("access records");
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    const data = [];
    for (let day = begun; day <= today; day = addDays(day, 1)) {
      for (let count = Math.floor(random() * 6); count > 0; count -= 1) {
        const { id: sessionId, subject } = pick(sessions);
        const who = pick([officer, officer, second, auditor]);
        const [purpose, reason] = pick(purposes);
        const hour = random() < 0.04 ? 22 + random() * 1.5 : 9 + random() * 9;
        const at = new Date(kstDayStart(day).getTime() + Math.floor(hour * 3_600_000));
        const common = {
          organizationId,
          actorKind: "person",
          actorId: who.personId,
          address: who.address,
          purpose,
          reason,
        };
        if (at >= now) continue;
        data.push({ ...common, at, action: "read", subject, sessionId, count: 1, detail: "{}" });
        const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000);
        if (random() < 0.08 && later(2) < now)
          data.push({ ...common, at: later(2), action: "unmask", subject, sessionId, count: 1, detail: "{}" });
        if (day.endsWith("-15") && who.role === "COMPLIANCE_OFFICER" && later(5) < now)
          data.push({
            ...{ ...common, at: later(5), action: "export", subject, sessionId, count: 1 },
            detail: canonicalJson({ format: "pdf" }),
          });
      }
    }
    await tx.accessRecord.createMany({ data });
    const planAt = kstDayStart(begun);
    const plan = await tx.accessPlan.create({
      data: {
        ...{ organizationId, personId: officer.personId, at: planAt, intervalMonths: 1, keepYears: 2 },
        ...{ clause: "개인정보 내부 관리계획 제18조 제2항", conditions: ["unique-id"] },
      },
    });
    await recordPastEvent(tx, officer, planAt, {
      action: "access-plan.saved",
      target: { kind: "access-plan", id: plan.id },
      body: { intervalMonths: 1, keepYears: 2 },
    });
    for (const back of [4, 3, 2]) {
      const from = addMonths(`${today.slice(0, 7)}-01`, -back);
      await seedReview({ tx, plan: plan.id, from, to: addDays(addMonths(from, 1), -1), officer, second });
    }
  });
}

type Review = {
  tx: Parameters<typeof recordPastEvent>[0];
  plan: string;
  from: Day;
  to: Day;
  officer: PersonActor;
  second: PersonActor;
};

async function seedReview({ tx, plan: planId, from, to, officer, second }: Review): Promise<void> {
  const { organizationId, personId } = officer;
  const startedAt = new Date(kstDayStart(addDays(to, 4)).getTime() + 10 * 3_600_000);
  const closedAt = new Date(startedAt.getTime() + 3 * 3_600_000);
  const [found] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM access_records WHERE organization_id = ${organizationId}::uuid
      AND at >= ${kstDayStart(from)} AND at < ${kstDayStart(addDays(to, 1))}`;
  const review = await tx.accessReview.create({
    data: {
      ...{ organizationId, planId, startedBy: personId, startedAt, records: found?.count ?? 0 },
      ...{ periodFrom: new Date(`${from}T00:00:00Z`), periodTo: new Date(`${to}T00:00:00Z`) },
      ...{ closedBy: personId, closedAt, version: 2, conclusion: "표본을 모두 확인했고 목적 밖의 조회는 없었습니다." },
    },
  });
  const samples = await tx.$executeRaw`
    INSERT INTO access_samples (organization_id, review_id, record_id, rule, verdict, note, person_id, at)
    SELECT ${organizationId}::uuid, ${review.id}::uuid, id, CASE WHEN action = 'read' THEN 'random' WHEN action = 'unmask' THEN 'unmask' ELSE 'download' END,
      'fine', '', ${personId}::uuid, ${closedAt} FROM access_records
    WHERE organization_id = ${organizationId}::uuid AND at >= ${kstDayStart(from)} AND at < ${kstDayStart(addDays(to, 1))}
    ORDER BY (action = 'read'), md5(id::text) LIMIT 12`;
  await tx.accessFinding.create({
    data: {
      ...{ organizationId, reviewId: review.id, ownerId: second.personId, recordedBy: personId, recordedAt: closedAt },
      ...{ text: "사유를 짧게 적은 조회가 있었습니다. 사건 번호까지 적도록 안내합니다." },
      ...{
        dueOn: new Date(`${addDays(kstDay(closedAt), 14)}T00:00:00Z`),
        followUp: "조회 사유 작성 요령을 공유했습니다.",
      },
      ...{ closedBy: second.personId, closedAt: new Date(closedAt.getTime() + 5 * 86_400_000) },
    },
  });
  const target = { kind: "access-review", id: review.id };
  await recordPastEvent(tx, officer, startedAt, {
    action: "access-review.started",
    target,
    body: { from, to, samples },
  });
  await recordPastEvent(tx, officer, closedAt, { action: "access-review.closed", target, body: { samples } });
}
