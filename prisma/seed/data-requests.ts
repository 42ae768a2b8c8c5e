// The demonstration's data subjects' requests, one in each state that asks for something else. Names and numbers are made up.

import { openSessionKeys, openUserKey } from "@/lib/archive/seal";
import type { PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { addDays, type Day, kstDay, kstDayStart } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { type LetterContent, letterHash } from "@/lib/privacy/rules/answer-letter";
import type { StepKind } from "@/lib/privacy/rules/request";
import type { RequestKind, RequestWay } from "@/lib/privacy/schema/request";
import { sealNote, sealPart } from "@/lib/privacy/sealed";
import { seededId } from "./channels";
import { recordPastEvent } from "./past-event";

export type DataRequestContext = {
  now: Date;
  officer: PersonActor;
  company: string;
  channelId: (searchId: string) => string;
};

type Said = { kind: StepKind; daysAgo: number; note: string; reason?: string; viewing?: string };
type Plan = {
  kind: RequestKind;
  via: RequestWay;
  daysAgo: number;
  identity: string;
  detail: string;
  /** Whose consultations: this place among the users of 한결생활 who came most often, from 0. */
  user?: number;
  steps: readonly Said[];
};

const identified = (daysAgo: number): Said => ({
  kind: "identified",
  daysAgo,
  note: "상담 중인 대화방에서 인증 번호로 확인했습니다.",
});

const plans: readonly Plan[] = [
  {
    ...{ kind: "access", via: "kakaotalk", daysAgo: 41, user: 2 },
    ...{ identity: "정하윤 님, 카카오톡 상담방", detail: "무엇을 얼마나 보관하고 있는지 보고 싶습니다." },
    steps: [
      identified(40),
      {
        ...{ kind: "granted", daysAgo: 36, note: "상담 내용과 보유기간, 제3자 제공 여부를 보여 드립니다." },
        viewing: "본사 1층 고객상담실, 평일 10:00–17:00",
      },
      { kind: "done", daysAgo: 33, note: "본사에서 열람을 마쳤습니다." },
    ],
  },
  {
    ...{ kind: "deletion", via: "email", daysAgo: 27, user: 5 },
    ...{ identity: "오세린 님, 전자우편", detail: "제 상담 내역을 모두 지워 주세요." },
    steps: [
      identified(26),
      {
        ...{ kind: "partly", daysAgo: 20, reason: "deletion-law" },
        note: "불만·분쟁처리 기록은 법령이 정한 기간이 끝나면 파기하고, 나머지는 파기했습니다.",
      },
    ],
  },
  {
    ...{ kind: "suspension", via: "phone", daysAgo: 12, user: 7 },
    ...{ identity: "강도현 님, 전화", detail: "광고성 상담 안내를 멈춰 주세요." },
    steps: [identified(11)],
  },
  {
    ...{ kind: "access", via: "kakaotalk", daysAgo: 8, user: 1 },
    ...{ identity: "윤서아 님, 카카오톡 상담방", detail: "11월 상담에서 남긴 주소를 어디에 썼는지 알고 싶습니다." },
    steps: [identified(7)],
  },
  {
    ...{ kind: "deletion", via: "kakaotalk", daysAgo: 2, user: 0 },
    ...{ identity: "임채원 님, 카카오톡 상담방. 본인 확인 전", detail: "상담 때 보낸 사진과 대화를 지워 주세요." },
    steps: [],
  },
];

/** Registers and answers them in the past. Run it after the consultations are there. */
export async function seedDataRequests({ now, officer, company, channelId }: DataRequestContext): Promise<void> {
  const today = kstDay(now);
  const channel = channelId("한결생활");
  for (const [index, plan] of plans.entries()) {
    const id = seededId(officer.organizationId, "data-request", String(index));
    const at = moment(today, plan.daysAgo, 13 * 60 + 7 + index * 13);
    await ingest(officer, "data-request:record", async (tx) => {
      const { organizationId, personId } = officer;
      const known = plan.user === undefined ? null : await userOf(tx, organizationId, channel, plan.user);
      const receivedOn = addDays(today, -plan.daysAgo);
      const subject = known ? { subject: Buffer.from(known.handle).toString("hex") } : {};
      await tx.dataRequest.create({
        data: {
          ...{ id, organizationId, number: index + 1, kind: plan.kind, receivedOn: new Date(receivedOn) },
          ...{ receivedVia: plan.via, channelId: channel, userHandle: known?.handle ?? null },
          userSealed: known === null ? null : sealPart(id, "user", known.key),
          ...{
            identitySealed: sealPart(id, "identity", plan.identity),
            detailSealed: sealPart(id, "detail", plan.detail),
          },
          ...{ registeredBy: personId, registeredAt: at, version: plan.steps.length + 1 },
        },
      });
      const target = { kind: "data-request", id };
      const body = { number: index + 1, kind: plan.kind, receivedOn, receivedVia: plan.via };
      await recordPastEvent(tx, officer, at, { action: "data-request.registered", target, ...subject, body });
      for (const [place, step] of plan.steps.entries())
        await take(
          tx,
          officer,
          { id, number: index + 1, kind: plan.kind, receivedOn, company, today },
          step,
          place,
          subject,
        );
    });
  }
}

/** Somebody who consulted the channel, with the user_key as it lies sealed. */
async function userOf(tx: Tx, organizationId: string, channel: string, place: number) {
  const [found] = await tx.$queryRaw<{ id: string; handle: Uint8Array; sealed: Uint8Array }[]>`
    SELECT (array_agg(id ORDER BY opened_at DESC))[1] AS id, user_handle AS handle, (array_agg(user_sealed ORDER BY opened_at DESC))[1] AS sealed
    FROM consult_sessions WHERE channel_id = ${channel}::uuid GROUP BY user_handle ORDER BY count(*) DESC, user_handle OFFSET ${place} LIMIT 1`;
  const key = found && (await openSessionKeys(tx, organizationId, [found.id])).get(found.id);
  return found && key ? { handle: Uint8Array.from(found.handle), key: openUserKey(key, found.id, found.sealed) } : null;
}

type Request = { id: string; number: number; kind: RequestKind; receivedOn: Day; company: string; today: Day };

async function take(
  tx: Tx,
  officer: PersonActor,
  request: Request,
  step: Said,
  place: number,
  subject: { subject?: string },
): Promise<void> {
  const id = seededId(request.id, "step", String(place));
  const at = moment(request.today, step.daysAgo, 15 * 60 + 21);
  const letter = step.kind === "granted" || step.kind === "partly" ? letterOf(request, step, step.kind) : undefined;
  const hash = letter ? letterHash(letter) : "";
  const { organizationId, personId } = officer;
  await tx.dataRequestStep.create({
    data: {
      ...{ id, organizationId, dataRequestId: request.id, kind: step.kind, reason: step.reason ?? "", personId, at },
      noteSealed: sealNote(request.id, id, { note: step.note, ...(letter ? { letter } : {}) }),
      letterHash: hash,
    },
  });
  const target = { kind: "data-request", id: request.id };
  const { number } = request;
  if (letter) {
    const body = { number, answer: step.kind, reason: step.reason ?? "", letter: hash };
    await recordPastEvent(tx, officer, at, { action: "data-request.answered", target, ...subject, body });
  } else if (step.kind === "done") {
    await recordPastEvent(tx, officer, at, { action: "data-request.finished", target, ...subject, body: { number } });
  } else {
    await recordPastEvent(tx, officer, at, { action: "data-request.identified", target, ...subject, body: { number } });
  }
}

function letterOf(request: Request, step: Said, kind: "granted" | "partly"): LetterContent {
  const { number, receivedOn, company, today } = request;
  return {
    ...{ company, number, requestKind: request.kind, receivedOn, letter: kind, reason: step.reason ?? "" },
    ...{ note: step.note, viewing: step.viewing ?? "", untilOn: null, addressee: "정보주체", signer: "박도현" },
    ...{ objection: kind === "partly" ? "개인정보 보호팀에 전화하거나 카카오톡 상담방에 남겨 주십시오." : "" },
    ...{ signerTitle: "컴플라이언스 담당자", day: addDays(today, -step.daysAgo) },
  };
}

function moment(today: Day, daysAgo: number, minute: number): Date {
  return new Date(kstDayStart(addDays(today, -daysAgo)).getTime() + minute * 60_000);
}
