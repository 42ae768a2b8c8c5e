// The demonstration's destruction ledger (파기 관리대장) of two years: paper and other copies that people destroyed, among what ran here.
import type { PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { addDays, type Day, kstDay, kstDayStart, weekday } from "@/lib/clock";
import { nextLedgerNumber } from "@/lib/retention/commands/finish-destruction";
import type { RecordLedger } from "@/lib/retention/schema/ledger";
import { seededId } from "./channels";
import { recordPastEvent } from "./past-event";

export type LedgerContext = {
  now: Date;
  officer: PersonActor;
  /** Agrees to what people destroy. */
  admin: PersonActor;
};

type Line = Pick<RecordLedger, "fileName" | "material" | "count" | "reason" | "method"> & {
  destroyedDaysAgo: number;
  /** First and last day of what was destroyed, in days before its destruction. */
  made: readonly [from: number, to: number];
  note?: string;
  backup?: string;
  approved?: boolean;
};

/** The company came here 460 days ago; what it destroyed before was copied from its paper ledger. */
const copiedDaysAgo = 430;
const copied = "종이 대장에서 옮겨 적었습니다.";
const shredded = { material: "paper", method: "shredded" } as const;

const lines: readonly Line[] = [
  {
    ...{ fileName: "매장 상담 신청서", ...shredded, count: 412, reason: "period-over" },
    ...{ destroyedDaysAgo: 716, made: [548, 366] },
  },
  {
    ...{ fileName: "사은 행사 응모권", material: "paper", method: "burned", count: 1_180, reason: "purpose-met" },
    ...{ destroyedDaysAgo: 653, made: [121, 62] },
  },
  {
    ...{ fileName: "이전 상담 시스템 백업 테이프", material: "medium", method: "degaussed", count: 6 },
    ...{
      reason: "purpose-met",
      destroyedDaysAgo: 588,
      made: [1_430, 240],
      note: "상담 시스템을 바꾸며 남은 사본입니다.",
    },
  },
  {
    ...{ fileName: "교환·반품 접수증 사본", ...shredded, count: 730, reason: "period-over" },
    ...{ destroyedDaysAgo: 531, made: [549, 366] },
  },
  {
    ...{ fileName: "매장 상담 신청서", ...shredded, count: 386, reason: "period-over" },
    ...{ destroyedDaysAgo: 473, made: [550, 367] },
  },
  {
    ...{ fileName: "이전 위탁사 상담 기록 사본", material: "electronic", method: "overwritten", count: 8_214 },
    ...{ reason: "contract-ended", destroyedDaysAgo: 402, made: [980, 41] },
    ...{ note: "위탁 계약이 끝나 돌려받은 사본입니다.", backup: "위탁사 백업은 2주 뒤에 지워졌다고 확인했습니다." },
  },
  {
    ...{ fileName: "교체한 상담 단말 디스크", material: "medium", method: "overwritten", count: 4, reason: "other" },
    ...{ destroyedDaysAgo: 347, made: [1_120, 12], note: "상담 단말을 바꾸며 나온 디스크입니다." },
  },
  {
    ...{ fileName: "교환·반품 접수증 사본", ...shredded, count: 801, reason: "period-over" },
    ...{ destroyedDaysAgo: 290, made: [551, 367] },
  },
  {
    ...{ fileName: "택배 송장 사본", ...shredded, count: 2_460, reason: "purpose-met" },
    ...{ destroyedDaysAgo: 223, made: [96, 33], approved: false },
  },
  {
    ...{ fileName: "매장 상담 신청서", ...shredded, count: 355, reason: "period-over" },
    ...{ destroyedDaysAgo: 158, made: [552, 368] },
  },
  {
    ...{ fileName: "사은 행사 응모권", ...shredded, count: 964, reason: "purpose-met" },
    ...{ destroyedDaysAgo: 94, made: [77, 20] },
  },
  {
    ...{ fileName: "열람 답변 출력물", ...shredded, count: 3, reason: "request" },
    ...{ destroyedDaysAgo: 31, made: [6, 4], note: "열람을 마치고 정보주체 앞에서 파쇄했습니다." },
  },
  {
    ...{ fileName: "상담 품질 점검 출력물", ...shredded, count: 48, reason: "purpose-met" },
    ...{ destroyedDaysAgo: 24, made: [24, 3], approved: false },
  },
];

/** Enters what people destroyed, the oldest first. Run it before destructions of a later day. */
export async function seedLedger(context: LedgerContext): Promise<void> {
  for (const line of [...lines].sort((a, b) => b.destroyedDaysAgo - a.destroyedDaysAgo)) await enter(context, line);
}

async function enter({ now, officer, admin }: LedgerContext, line: Line): Promise<void> {
  const { organizationId, personId } = officer;
  const { destroyedDaysAgo, made, note = "", backup: backupNote = "", approved = true, ...said } = line;
  const destroyedOn = workingDay(addDays(kstDay(now), -destroyedDaysAgo));
  const old = destroyedDaysAgo > copiedDaysAgo;
  const writtenOn = old ? workingDay(addDays(kstDay(now), -copiedDaysAgo)) : destroyedOn;
  const at = new Date(kstDayStart(writtenOn).getTime() + (16 * 60 + (destroyedDaysAgo % 50)) * 60_000);
  const id = seededId(organizationId, "ledger", said.fileName, String(destroyedDaysAgo));
  await ingest(officer, "ledger:record", async (tx) => {
    const number = await nextLedgerNumber(tx, organizationId, destroyedOn);
    await tx.ledgerEntry.create({
      data: {
        ...{ id, organizationId, number, ...said, destroyedOn: new Date(destroyedOn), at },
        ...{ madeFrom: new Date(addDays(destroyedOn, -made[0])), madeTo: new Date(addDays(destroyedOn, -made[1])) },
        ...{ reasonNote: [note, old ? copied : ""].filter(Boolean).join(" "), backupNote },
        ...{ handledBy: personId, approvedBy: approved ? admin.personId : null },
      },
    });
    const { material, count, reason, method } = said;
    await recordPastEvent(tx, officer, at, {
      action: "ledger.recorded",
      target: { kind: "ledger-entry", id },
      body: { number, material, count, reason, method, destroyedOn },
    });
  });
}

/** A Saturday or Sunday becomes the Friday before. */
export function workingDay(day: Day): Day {
  const back = { 6: 1, 0: 2 }[weekday(day)] ?? 0;
  return addDays(day, -back);
}
