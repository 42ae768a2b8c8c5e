// The demonstration's holds: three that stand, one released; one covers a user, one is to be reviewed in a week.
import type { PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { addDays, type Day, kstDay, kstDayStart } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { releaseHash, textHash } from "@/lib/retention/rules/hold";
import { seededId } from "./channels";
import { recordPastEvent } from "./past-event";

export type HoldContext = {
  now: Date;
  officer: PersonActor;
  /** Agrees to releases, and owns one. */
  admin: PersonActor;
  channelId: (searchId: string) => string;
};

type Plan = {
  title: string;
  reason: string;
  scope: "session" | "user" | "channel" | "period";
  daysAgo: number;
  reviewInDays: number;
  owner: "officer" | "admin";
  releasedDaysAgo?: number;
};

const plans: readonly Plan[] = [
  {
    ...{ title: "배송 지연 집단 민원", reason: "공정위 자료 제출 요구에 답할 때까지 둡니다.", scope: "session" },
    ...{ daysAgo: 54, reviewInDays: -10, owner: "officer", releasedDaysAgo: 12 },
  },
  {
    ...{ title: "의자 결함 손해배상 소송", reason: "1심 판결이 확정될 때까지 둡니다.", scope: "period" },
    ...{ daysAgo: 33, reviewInDays: 130, owner: "admin" },
  },
  {
    ...{ title: "소비자원 분쟁조정", reason: "조정 절차가 끝날 때까지 이 이용자의 상담을 모두 둡니다.", scope: "user" },
    ...{ daysAgo: 3, reviewInDays: 21, owner: "officer" },
  },
  {
    ...{ title: "열람 요구 처리 중", reason: "열람을 마칠 때까지 요구한 상담을 둡니다.", scope: "session" },
    ...{ daysAgo: 2, reviewInDays: 7, owner: "officer" },
  },
];

/** Places them in the past. Run it after the consultations are there. */
export async function seedHolds({ now, officer, admin, channelId }: HoldContext): Promise<void> {
  const channel = channelId("한결생활");
  const today = kstDay(now);
  for (const [index, plan] of plans.entries()) {
    const at = moment(today, plan.daysAgo, 10 * 60 + 12 + index * 17);
    const owner = plan.owner === "admin" ? admin : officer;
    const id = seededId(officer.organizationId, "hold", plan.title);
    await ingest(officer, "hold:place", async (tx) => {
      const scope = await scopeOf(tx, plan, channel, today, index);
      const [counted] = await tx.$queryRaw<{ covered: number }[]>`
        SELECT count(*)::int AS covered FROM consult_sessions s WHERE s.channel_id = ${channel}::uuid AND s.opened_at <= ${at}
          AND (${scope.sessionId}::uuid IS NULL OR s.id = ${scope.sessionId}::uuid)
          AND (${scope.userHandle}::bytea IS NULL OR s.user_handle = ${scope.userHandle}::bytea)
          AND (${scope.openedFrom}::date IS NULL OR (s.opened_at AT TIME ZONE 'Asia/Seoul')::date BETWEEN ${scope.openedFrom}::date AND ${scope.openedTo}::date)`;
      const reviewOn = addDays(today, plan.reviewInDays);
      const { title, reason } = plan;
      const { organizationId, personId } = officer;
      const covered = counted?.covered ?? 0;
      await tx.hold.create({
        data: {
          ...{
            id,
            organizationId,
            number: index + 1,
            scope: plan.scope,
            title,
            reason,
            ownerId: owner.personId,
            covered,
          },
          ...{ sessionId: scope.sessionId, channelId: plan.scope === "session" ? null : channel },
          ...{ userHandle: scope.userHandle, openedFrom: date(scope.openedFrom), openedTo: date(scope.openedTo) },
          ...{ reviewOn: new Date(reviewOn), placedBy: personId, placedAt: at },
        },
      });
      await recordPastEvent(tx, officer, at, {
        action: "hold.placed",
        target: { kind: "hold", id },
        ...(scope.userHandle ? { subject: Buffer.from(scope.userHandle).toString("hex") } : {}),
        body: {
          ...{
            number: index + 1,
            scope: plan.scope,
            session: scope.sessionId,
            covered,
            owner: owner.personId,
            reviewOn,
          },
          ...{ title: textHash(title), reason: textHash(reason) },
        },
      });
      if (plan.releasedDaysAgo !== undefined)
        await release(tx, { officer, admin }, { id, number: index + 1 }, moment(today, plan.releasedDaysAgo, 11 * 60));
    });
  }
}

type Scope = {
  sessionId: string | null;
  userHandle: Uint8Array<ArrayBuffer> | null;
  openedFrom: Day | null;
  openedTo: Day | null;
};

async function scopeOf(tx: Tx, plan: Plan, channel: string, today: Day, index: number): Promise<Scope> {
  const none: Scope = { sessionId: null, userHandle: null, openedFrom: null, openedTo: null };
  if (plan.scope === "period") return { ...none, openedFrom: addDays(today, -52), openedTo: addDays(today, -22) };
  const before = moment(today, plan.daysAgo + 1, 0);
  if (plan.scope === "session") {
    const [found] = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM consult_sessions WHERE channel_id = ${channel}::uuid AND ended_at < ${before}
      ORDER BY opened_at DESC, id OFFSET ${index} LIMIT 1`;
    return { ...none, sessionId: found?.id ?? seededId(channel, "hold", String(index)) };
  }
  const [found] = await tx.$queryRaw<{ handle: Uint8Array }[]>`
    SELECT user_handle AS handle FROM consult_sessions WHERE channel_id = ${channel}::uuid AND opened_at < ${before}
    GROUP BY user_handle ORDER BY count(*) DESC, user_handle LIMIT 1`;
  return { ...none, userHandle: Uint8Array.from(found?.handle ?? Buffer.alloc(16)) };
}

async function release(
  tx: Tx,
  { officer, admin }: Pick<HoldContext, "officer" | "admin">,
  hold: { id: string; number: number },
  at: Date,
): Promise<void> {
  const id = seededId(hold.id, "release");
  const reason = "자료 제출을 마쳤습니다.";
  const hash = releaseHash({ id: hold.id, version: 1 }, reason);
  const closedAt = new Date(at.getTime() + 5 * 3_600_000);
  const target = { kind: "hold", id: hold.id };
  await tx.holdRelease.create({
    data: {
      ...{ id, organizationId: officer.organizationId, holdId: hold.id, reason, hash },
      ...{ requestedBy: officer.personId, requestedAt: at, outcome: "approved", closedBy: admin.personId, closedAt },
    },
  });
  const body = { number: hold.number, release: id, version: 1, hash };
  await recordPastEvent(tx, officer, at, { action: "hold.release-requested", target, body });
  await recordPastEvent(tx, admin, closedAt, { action: "hold.release-approved", target, body });
}

const date = (day: Day | null) => day && new Date(day);

function moment(today: Day, daysAgo: number, minute: number): Date {
  return new Date(kstDayStart(addDays(today, -daysAgo)).getTime() + minute * 60_000);
}
