// The demonstration's purposes of looking (조회 목적), as in the picture of the purpose dialog.
import type { PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { addDays, kstDay, kstDayStart } from "@/lib/clock";
import { recordPastEvent } from "./past-event";

export const seedPurposeNames = {
  dispute: "분쟁 처리",
  request: "열람·삭제 요구 처리",
  audit: "정기 감사",
  quality: "상담 품질 점검",
} as const;

const masked = "상담 내용 (연락처와 결제 정보는 가림)";
const plans = [
  { name: seedPurposeNames.dispute, scope: "상담 내용, 첨부, 처리 결과", unmask: true, separated: true },
  { name: seedPurposeNames.request, scope: "상담 내용, 첨부", unmask: true, separated: true },
  { name: seedPurposeNames.audit, scope: masked, unmask: false, separated: true },
  { name: seedPurposeNames.quality, scope: masked, unmask: false, separated: false },
] as const;

/** Four purposes, set ninety days ago by the officer. */
export async function seedPurposes({ now, officer }: { now: Date; officer: PersonActor }): Promise<void> {
  const start = kstDayStart(addDays(kstDay(now), -90)).getTime() + 10 * 3_600_000;
  await ingest(officer, "purpose:edit", async (tx) => {
    for (const [at, plan] of plans.entries()) {
      const createdAt = new Date(start + at * 120_000);
      const { organizationId } = officer;
      const { unmask, separated } = plan;
      const { id } = await tx.viewPurpose.create({
        data: { ...plan, organizationId, position: (at + 1) * 10, createdAt },
        select: { id: true },
      });
      await recordPastEvent(tx, officer, createdAt, {
        action: "purpose.added",
        target: { kind: "purpose", id },
        body: { unmask, separated },
      });
    }
  });
}
