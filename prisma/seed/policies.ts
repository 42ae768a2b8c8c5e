// Retention policies as a company has them: for the demonstration, for tests and for e2e. Approved before the first consultation that is kept under them.
import { createHash } from "node:crypto";
import type { PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { addDays, kstDay, kstDayStart } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import type { Anchor, Category, PolicyScope } from "@/lib/retention/rules/categories";
import type { PeriodUnit } from "@/lib/retention/rules/period";
import { type PolicyTarget, policyContent, policyHash, policyText } from "@/lib/retention/rules/policy-content";
import { seededId } from "./channels";
import { recordPastEvent } from "./past-event";

export type PolicyContext = {
  now: Date;
  /** Writes policies and asks for their approval. */
  officer: PersonActor;
  /** Approves them; of the same organization. */
  admin: PersonActor;
};

export type PolicyVersionPlan = {
  /** Days before today on which it was saved; asked for on that day, approved a day later. */
  savedDaysAgo: number;
  /** "draft": only saved. "submitted": waits. Approved where nothing is said. */
  stage?: "draft" | "submitted" | "approved";
  count: number;
  unit: PeriodUnit;
  anchor: Anchor;
  basis: string;
  basisNote?: string;
  whyNotShorter?: string;
};

export type PolicyPlan = {
  number: number;
  name: string;
  category?: Category;
  scope?: PolicyScope;
  channelId?: string;
  versions: readonly PolicyVersionPlan[];
  /** Days before today on which a standing approval of the newest version was asked for; agreed to an hour later, or waiting. */
  standing?: { askedDaysAgo: number; waits?: boolean };
};

/** Makes one policy with its versions and approvals, once. @returns its id and those of its versions, the first one first */
export async function makePolicy(
  { now, officer, admin }: PolicyContext,
  plan: PolicyPlan,
): Promise<{ id: string; versionIds: string[] }> {
  const { organizationId, personId } = officer;
  const { number, name, category = null, scope = "text", channelId = null } = plan;
  const target: PolicyTarget = { number, name, channelId, category, scope };
  const id = seededId(organizationId, "policy", String(number));
  const versionIds = plan.versions.map((_, at) => seededId(id, "version", String(at + 1)));
  // Each act has a minute of its own, of a working day, in the order in which they follow one another.
  const spread = createHash("sha256").update(id).digest().readUInt16BE(0) % 90;
  const ago = (days: number, step: number) =>
    new Date(kstDayStart(addDays(kstDay(now), -days)).getTime() + (9 * 60 + spread + step * 31) * 60_000);
  const of = { organizationId, policyId: id };
  const about = { kind: "policy", id };
  await ingest(officer, "policy:edit", async (tx) => {
    if ((await tx.retentionPolicy.count({ where: { id } })) > 0) return;
    const createdAt = ago(plan.versions[0]?.savedDaysAgo ?? 0, 0);
    await tx.retentionPolicy.create({
      data: { ...target, id, organizationId, createdBy: personId, createdAt, version: plan.versions.length },
    });
    for (const [index, version] of plan.versions.entries()) {
      const { savedDaysAgo, stage = "approved", basisNote = "", whyNotShorter = "", ...said } = version;
      const words = { ...said, basisNote, whyNotShorter };
      const text = policyText(policyContent(target, words));
      const hash = policyHash(text);
      const body = { version: index + 1, hash };
      const at = ago(savedDaysAgo, 0);
      await tx.policyVersion.create({
        data: { ...of, ...words, id: versionIds[index], number: index + 1, text, hash, personId, at },
      });
      await recordPastEvent(
        tx,
        officer,
        at,
        index === 0
          ? { action: "policy.drafted", target: about, body: { number, ...body } }
          : { action: "policy.version-saved", target: about, body },
      );
      const step = async (actor: PersonActor, kind: "submitted" | "approved", when: Date) => {
        const row = { ...of, kind, number: index + 1, hash, personId: actor.personId, at: when };
        await tx.policyStep.create({ data: row });
        await recordPastEvent(tx, actor, when, { action: `policy.${kind}`, target: about, body });
      };
      if (stage !== "draft") await step(officer, "submitted", ago(savedDaysAgo, 1));
      if (stage === "approved") {
        await step(admin, "approved", ago(savedDaysAgo - 1, 2));
        await tx.retentionSetting.update({ where: { organizationId }, data: { epoch: { increment: 1 } } });
      }
      if (plan.standing && index === plan.versions.length - 1) {
        const asked = ago(plan.standing.askedDaysAgo, 3);
        const agreed = plan.standing.waits ? null : ago(plan.standing.askedDaysAgo, 5);
        await standing(
          { tx, officer, admin },
          { policyId: id, versionId: versionIds[index] ?? "", ...body, asked, agreed },
        );
      }
    }
  });
  return { id, versionIds };
}

type Standing = {
  policyId: string;
  versionId: string;
  version: number;
  hash: string;
  asked: Date;
  agreed: Date | null;
};

async function standing(
  { tx, officer, admin }: { tx: Tx; officer: PersonActor; admin: PersonActor },
  { policyId, versionId, version, hash, asked, agreed }: Standing,
): Promise<void> {
  const id = seededId(versionId, "standing");
  await tx.standingApproval.create({
    data: {
      ...{ id, organizationId: officer.organizationId, policyVersionId: versionId, hash },
      ...{ requestedBy: officer.personId, requestedAt: asked },
      ...(agreed ? { outcome: "approved", closedBy: admin.personId, closedAt: agreed } : {}),
    },
  });
  const entry = { target: { kind: "policy", id: policyId }, body: { standing: id, version, hash } };
  await recordPastEvent(tx, officer, asked, { action: "standing-approval.requested", ...entry });
  if (agreed) await recordPastEvent(tx, admin, agreed, { action: "standing-approval.approved", ...entry });
}

/** Fourteen months ago, before anything that is kept under them. */
const first = 430;
const lawful = "법이 정한 기간입니다. 더 짧게 둘 수 없습니다.";

/** What 한결생활 decided. */
const hangyeolPolicies: readonly PolicyPlan[] = [
  {
    ...{ number: 1, name: "일반 문의", category: "general" },
    versions: [
      { savedDaysAgo: first, count: 6, unit: "months", anchor: "session-end", basis: "pipa-15-1-1" },
      // Lengthened before the first half year was over.
      {
        ...{ savedDaysAgo: 396, count: 1, unit: "years", anchor: "session-end", basis: "pipa-15-1-1" },
        whyNotShorter: "한 해 주기로 다시 사는 고객이 지난 상담을 이어서 묻습니다.",
      },
    ],
    standing: { askedDaysAgo: 380 },
  },
  {
    ...{ number: 2, name: "불만·분쟁 처리", category: "dispute" },
    versions: [
      {
        ...{ savedDaysAgo: first, count: 3, unit: "years", anchor: "case-closed", basis: "ecommerce-dispute" },
        whyNotShorter: lawful,
      },
    ],
  },
  {
    ...{ number: 3, name: "계약·청약철회 관련", category: "contract" },
    versions: [
      {
        ...{ savedDaysAgo: first, count: 5, unit: "years", anchor: "transaction-ended", basis: "ecommerce-contract" },
        whyNotShorter: lawful,
      },
    ],
  },
  {
    ...{ number: 4, name: "대금 결제·공급 관련", category: "payment" },
    versions: [
      {
        ...{ savedDaysAgo: first, count: 5, unit: "years", anchor: "transaction-ended", basis: "ecommerce-payment" },
        whyNotShorter: lawful,
      },
    ],
  },
  {
    ...{ number: 5, name: "첨부 파일(일반)", category: "general", scope: "file" },
    versions: [
      {
        ...{ savedDaysAgo: first, count: 6, unit: "months", anchor: "received", basis: "own" },
        basisNote: "내부 관리계획 14조: 사진과 문서는 문의를 마치면 최소 기간만 둡니다.",
        whyNotShorter: "교환·반품 확인에 사진이 다시 필요한 기간입니다.",
      },
    ],
  },
  {
    ...{ number: 6, name: "표시·광고 문의", category: "advertising" },
    versions: [
      {
        ...{
          savedDaysAgo: 2,
          stage: "submitted",
          count: 6,
          unit: "months",
          anchor: "session-end",
          basis: "ecommerce-ads",
        },
      },
    ],
  },
];

/** What 한결생활 keeps for how long, and how long its backups live. @returns the versions in force, by number of their policy */
export async function seedPolicies(context: PolicyContext): Promise<Map<number, string>> {
  const inForce = new Map<number, string>();
  for (const plan of hangyeolPolicies) {
    const { versionIds } = await makePolicy(context, plan);
    inForce.set(plan.number, versionIds.at(-1) ?? "");
  }
  await saySettings(context, {
    backupDays: 30,
    backupNote: "매일 03시에 백업하고 30일 뒤에 지웁니다. WAL 보관도 30일입니다.",
  });
  return inForce;
}

/** The one policy of the other organization. */
export async function seedOtherPolicies(context: PolicyContext): Promise<void> {
  await makePolicy(context, {
    ...{ number: 1, name: "상담 기록" },
    versions: [{ savedDaysAgo: 108, count: 6, unit: "months", anchor: "session-end", basis: "pipa-15-1-4" }],
  });
}

async function saySettings(
  { now, admin }: PolicyContext,
  said: { backupDays: number; backupNote: string },
): Promise<void> {
  const { organizationId } = admin;
  await ingest(admin, "retention:settings", async (tx) => {
    const known = await tx.retentionSetting.findUniqueOrThrow({ where: { organizationId } });
    if (known.backupDays !== null) return;
    await tx.retentionSetting.update({ where: { organizationId }, data: { ...said, version: 2 } });
    const at = new Date(kstDayStart(addDays(kstDay(now), -first + 2)).getTime() + 11 * 3_600_000);
    await recordPastEvent(tx, admin, at, {
      action: "retention.settings-saved",
      target: { kind: "retention", id: organizationId },
      body: { backupDays: said.backupDays, version: 2 },
    });
  });
}
