// Re-consignment approvals and supervision as a company has them. Dated back from `now`, the same each time.
import { createHash } from "node:crypto";
import type { PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { addDays, type Day, kstDay, kstDayStart } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { fromDay } from "@/lib/dealers/day-column";
import { reconsignmentTemplate } from "@/lib/dealers/rules/reconsignment";
import type { DocumentKind } from "@/lib/dealers/schema/contract";
import type { SupervisionKind } from "@/lib/dealers/schema/supervision";
import { fileStore } from "@/lib/storage";
import { content, once, seededId } from "./channels";
import { recordPastEvent } from "./past-event";

export type ConsigneeContext = {
  now: Date;
  /** Uploads papers. */
  admin: PersonActor;
  /** Records approvals and supervision; of the same organization. */
  officer: PersonActor;
};

export type ApprovalPlan = {
  contractId: string;
  channelId: string;
  consignor: string;
  consignee: string;
  approvedDaysAgo: number;
  /** When it was entered here; the day of approval where nothing is said. */
  recordedDaysAgo?: number;
  /** Last day, in days from today; null: until it is withdrawn. */
  untilInDays: number | null;
  /** Name of the signed letter; left out: it is still missing. A letter among the contract's papers is taken, else it is made. */
  letter?: string;
};

export type SupervisionPlan = {
  contractId: string;
  kind: SupervisionKind;
  heldDaysAgo: number;
  subject: string;
  result: string;
  /** Days from today; null: none is set. */
  nextInDays: number | null;
  paper?: string;
};

/** At which minute of a working day something was done. */
const instant = (now: Date, daysAgo: number, minute: number) =>
  new Date(kstDayStart(addDays(kstDay(now), -daysAgo)).getTime() + (10 * 60 + minute) * 60_000);

/** Records one approval, with its signed letter, once. @returns its id */
export async function makeApproval(context: ConsigneeContext, plan: ApprovalPlan): Promise<string> {
  const { now, admin, officer } = context;
  const { contractId, channelId, consignor, consignee, approvedDaysAgo, untilInDays } = plan;
  const { organizationId } = officer;
  const today = kstDay(now);
  const id = seededId(contractId, channelId, "approval", String(approvedDaysAgo));
  const approvedOn = addDays(today, -approvedDaysAgo);
  const validUntil = untilInDays === null ? null : addDays(today, untilInDays);
  const at = instant(now, plan.recordedDaysAgo ?? approvedDaysAgo, 20);
  const paper = plan.letter ? await bytesOf(plan.letter, id) : null;
  return ingest(officer, "reconsignment:record", async (tx) => {
    if ((await tx.reconsignment.count({ where: { id } })) > 0) return id;
    const letter = paper
      ? await paperOf(tx, admin, { contractId, kind: "reconsignment", paper, signedOn: approvedOn, at })
      : null;
    await tx.reconsignment.create({
      data: {
        ...{ id, organizationId, contractId, channelId, consignor, consignee, ...reconsignmentTemplate },
        ...{ approverName: "최은영", approverTitle: "CPO", personId: officer.personId, at },
        ...{ approvedOn: fromDay(approvedOn), validFrom: fromDay(approvedOn), validUntil: fromDay(validUntil) },
        fileId: letter?.id ?? null,
      },
    });
    await recordPastEvent(tx, officer, at, {
      action: "reconsignment.recorded",
      target: { kind: "contract", id: contractId },
      body: {
        ...{ reconsignment: id, channel: channelId, approvedOn, validFrom: approvedOn, validUntil },
        ...(letter ? { file: letter.id, sha256: letter.sha256 } : {}),
      },
    });
    return id;
  });
}

/** Records one training or inspection, once. @returns its id */
export async function makeSupervision(context: ConsigneeContext, plan: SupervisionPlan): Promise<string> {
  const { now, admin, officer } = context;
  const { contractId, kind, heldDaysAgo, subject, result, nextInDays } = plan;
  const today = kstDay(now);
  const id = seededId(contractId, "supervision", kind, String(heldDaysAgo));
  const heldOn = addDays(today, -heldDaysAgo);
  const nextOn = nextInDays === null ? null : addDays(today, nextInDays);
  const at = instant(now, heldDaysAgo, 200);
  const paper = plan.paper ? await bytesOf(plan.paper, id) : null;
  return ingest(officer, "supervision:record", async (tx) => {
    if ((await tx.supervision.count({ where: { id } })) > 0) return id;
    const minutes = paper
      ? await paperOf(tx, admin, { contractId, kind: "supervision", paper, signedOn: heldOn, at })
      : null;
    await tx.supervision.create({
      data: {
        ...{ id, organizationId: officer.organizationId, contractId, kind, subject, result },
        ...{ heldOn: fromDay(heldOn), nextOn: fromDay(nextOn), personId: officer.personId, at },
        fileId: minutes?.id ?? null,
      },
    });
    await recordPastEvent(tx, officer, at, {
      action: "supervision.recorded",
      target: { kind: "contract", id: contractId },
      body: {
        ...{ supervision: id, kind, heldOn, nextOn },
        ...(minutes ? { file: minutes.id, sha256: minutes.sha256 } : {}),
      },
    });
    return id;
  });
}

/** 한결생활: approved for two channels, not yet for the third; two trainings, one inspection. */
export async function seedConsignees(
  context: ConsigneeContext,
  contracts: { infobank: string; lunasoft: string },
  channels: { life: string; membership: string },
): Promise<void> {
  const consignor = "주식회사 한결생활";
  const { infobank, lunasoft } = contracts;
  await makeApproval(context, {
    ...{ contractId: infobank, channelId: channels.life, consignor, consignee: "인포뱅크 주식회사" },
    ...{ approvedDaysAgo: 672, recordedDaysAgo: 232, untilInDays: null, letter: "재위탁 승인서_한결생활.pdf" },
  });
  await makeApproval(context, {
    ...{ contractId: lunasoft, channelId: channels.membership, consignor, consignee: "루나소프트 주식회사" },
    ...{ approvedDaysAgo: 420, untilInDays: 19, letter: "재위탁 승인서_한결멤버십.pdf" },
  });
  await makeSupervision(context, {
    ...{ contractId: infobank, kind: "training", heldDaysAgo: 200, nextInDays: 165 },
    ...{
      subject: "상담 데이터 취급 교육",
      result: "담당자 6명이 60분 교육을 마쳤습니다.",
      paper: "교육 결과 보고.pdf",
    },
  });
  await makeSupervision(context, {
    ...{ contractId: infobank, kind: "inspection", heldDaysAgo: 88, nextInDays: 12 },
    ...{ subject: "접근 권한과 보관 현황 점검", paper: "수탁자 점검표.pdf" },
    result: "권한 12건을 확인했고, 쓰지 않는 계정 1건을 거두기로 했습니다.",
  });
  await makeSupervision(context, {
    ...{ contractId: lunasoft, kind: "training", heldDaysAgo: 370, nextInDays: -5 },
    ...{ subject: "상담 데이터 취급 교육", result: "담당자 3명이 60분 교육을 마쳤습니다." },
  });
}

type Bytes = { id: string; name: string; mime: string; bytes: number; sha256: string };

async function bytesOf(name: string, seed: string): Promise<Bytes> {
  const digest = createHash("sha256").update(`consignee:${seed}`).digest();
  const id = digest.toString("base64url").slice(0, 22);
  const { bytes, mime } = content(name, digest.readUInt32BE(0));
  const sum = await fileStore().putStream(id, once(bytes), bytes.length);
  return { id, name, mime, ...sum };
}

type PaperPlan = { contractId: string; kind: DocumentKind; paper: Bytes; signedOn: Day; at: Date };

/** The contract's paper of that name, or a new one. */
async function paperOf(tx: Tx, admin: PersonActor, plan: PaperPlan): Promise<{ id: string; sha256: string }> {
  const { contractId, kind, paper, signedOn, at } = plan;
  const { organizationId, personId } = admin;
  const there = await tx.contractDocument.findFirst({
    where: { contractId, kind, file: { name: paper.name } },
    select: { file: { select: { id: true, sha256: true } } },
  });
  if (there) return there.file;
  await tx.evidenceFile.create({ data: { ...paper, organizationId, channelId: null, personId, createdAt: at } });
  await tx.contractDocument.create({
    data: { organizationId, contractId, fileId: paper.id, kind, signedOn: fromDay(signedOn), personId, at },
  });
  await recordPastEvent(tx, admin, at, {
    action: "contract.document-uploaded",
    target: { kind: "contract", id: contractId },
    body: { kind, file: paper.id, sha256: paper.sha256, bytes: paper.bytes },
  });
  return paper;
}
