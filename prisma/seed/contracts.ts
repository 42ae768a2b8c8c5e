// Contracts with dealers as a company has them: for the demonstration, for tests and for e2e. Dated back from `now`, the same each time.
import { createHash } from "node:crypto";
import type { PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { addDays, type Day, kstDay, kstDayStart } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { fromDay } from "@/lib/dealers/day-column";
import { type DealerSlug, dealerBySlug } from "@/lib/dealers/directory";
import { type ClauseKey, clauseKeys } from "@/lib/dealers/rules/clauses";
import { type ContractFields, contractHash, contractText } from "@/lib/dealers/rules/contract-content";
import { contentKinds, type DocumentKind, type Verdict } from "@/lib/dealers/schema/contract";
import { fileStore } from "@/lib/storage";
import { content, once, seededId } from "./channels";
import { recordPastEvent } from "./past-event";

export type ContractContext = {
  now: Date;
  /** Writes contracts and uploads their papers. */
  admin: PersonActor;
  /** Approves them; of the same organization. */
  officer: PersonActor;
};

export type ContractPlan = {
  number: string;
  dealer: DealerSlug;
  /** Days from today to the first day, and to the last day of the first term (null: no term). */
  startsInDays: number;
  endsInDays: number | null;
  /** Channels covered, by id; no end: as long as the contract. */
  channels?: readonly { channelId: string; fromInDays?: number; untilInDays?: number }[];
  /** Both where nothing is said. */
  service?: boolean;
  consignment?: boolean;
  title?: string;
  consignor?: string;
  consignee?: string;
  subConsignee?: string;
  retention?: string;
  renewal?: "none" | "tacit" | "fixed";
  renewalMonths?: number | null;
  notice?: { count: number; unit: "days" | "months" } | null;
  dealerNotice?: { count: number; unit: "days" | "months" } | null;
  marginDays?: number;
  /** Days before today on which it was signed, registered, and approved; approved a day after it was registered where nothing is said. */
  signedDaysAgo?: number;
  madeDaysAgo?: number;
  /** "draft": only saved. "submitted": waits. Approved where nothing is said. */
  stage?: "draft" | "submitted" | "approved";
  /** All seven met with place and page where nothing is said; for a contract without consignment none. */
  clauses?: Partial<Record<ClauseKey, { place: string; page: string; verdict: Verdict; note?: string }>>;
  /** One contract paper where nothing is said. */
  documents?: readonly { name: string; kind: DocumentKind; signedDaysAgo?: number }[];
  /** An end that both sides agreed to: last day, and how many days ago it was asked for and approved. */
  end?: { inDays: number; reason: string; askedDaysAgo: number };
};

/** Where the clauses stand in the demonstration's consignment contract. */
const allMet: Record<ClauseKey, { place: string; page: string; verdict: Verdict; note?: string } | null> = {
  "purpose-ban": { place: "제4조 1항", page: "3", verdict: "met" },
  safeguards: { place: "제7조", page: "5–6", verdict: "met" },
  scope: { place: "제2조, 별지 1", page: "2, 14", verdict: "met" },
  "re-consignment": { place: "제5조 2항", page: "4", verdict: "met" },
  "access-control": { place: "제7조 3항", page: "6", verdict: "met" },
  supervision: { place: "제9조", page: "8", verdict: "weak", note: "점검은 적혀 있으나 주기가 없습니다." },
  liability: { place: "제12조", page: "10", verdict: "met" },
  "check-interval": null,
};

/** Makes one contract with its papers, versions and approval, once. @returns its id */
export async function makeContract({ now, admin, officer }: ContractContext, plan: ContractPlan): Promise<string> {
  const { organizationId } = admin;
  const id = seededId(organizationId, "contract", plan.number);
  const today = kstDay(now);
  const madeDaysAgo = plan.madeDaysAgo ?? Math.max(2, -plan.startsInDays);
  // Each act has its own minute of a working day, in the order in which they follow one another.
  const ago = (days: number, step: number) =>
    new Date(kstDayStart(addDays(today, -days)).getTime() + (9 * 60 + 7 + step * 23) * 60_000);
  const fields = fieldsOf(plan, today);
  const papers = await Promise.all(
    (
      plan.documents ?? [
        { name: "상담톡 이용·위수탁 계약서.pdf", kind: fields.consignment ? "consignment" : "contract" },
      ]
    ).map((paper, index) =>
      kept(
        { ...paper, signedOn: addDays(today, -(paper.signedDaysAgo ?? plan.signedDaysAgo ?? madeDaysAgo)) },
        `${id}:${index}`,
      ),
    ),
  );
  const clauses = fields.consignment
    ? clauseKeys.flatMap((clause) => {
        const said = (plan.clauses ?? allMet)[clause];
        return said ? [{ clause, note: "", ...said }] : [];
      })
    : [];
  const channels = (plan.channels ?? []).map(({ channelId, fromInDays, untilInDays }) => ({
    channelId,
    fromOn: addDays(today, fromInDays ?? plan.startsInDays),
    untilOn: untilInDays === undefined ? null : addDays(today, untilInDays),
  }));
  const text = contractText({
    fields,
    channels,
    clauses,
    documents: papers
      .filter(({ kind }) => contentKinds.includes(kind))
      .map(({ kind, file, signedOn }) => ({ kind, sha256: file.sha256, signedOn })),
  });
  const hash = contractHash(text);
  const first = contractText({ fields, channels: [], clauses: [], documents: [] });
  return ingest(admin, "contract:edit", async (tx) => {
    if ((await tx.contract.count({ where: { id } })) > 0) return id;
    const target = { kind: "contract", id };
    const madeAt = ago(madeDaysAgo, 0);
    const of = { organizationId, contractId: id };
    await tx.contract.create({
      data: {
        ...{ id, organizationId, ...fields, version: 2, createdBy: admin.personId, createdAt: madeAt },
        ...{ signedOn: fromDay(fields.signedOn), startsOn: fromDay(fields.startsOn), endsOn: fromDay(fields.endsOn) },
      },
    });
    await tx.contractVersion.createMany({
      data: [
        { ...of, number: 1, text: first, hash: contractHash(first), personId: admin.personId, at: madeAt },
        { ...of, number: 2, text, hash, personId: admin.personId, at: ago(madeDaysAgo, 8) },
      ],
    });
    await recordPastEvent(tx, admin, madeAt, {
      action: "contract.created",
      target,
      body: { version: 1, hash: contractHash(first) },
    });
    for (const [index, { file, kind, signedOn }] of papers.entries()) {
      const at = ago(madeDaysAgo, 1 + index);
      const { personId } = admin;
      await tx.evidenceFile.create({ data: { ...file, organizationId, channelId: null, personId, createdAt: at } });
      await tx.contractDocument.create({
        data: { ...of, fileId: file.id, kind, signedOn: fromDay(signedOn), personId, at },
      });
      const body = { kind, file: file.id, sha256: file.sha256, bytes: file.bytes };
      await recordPastEvent(tx, admin, at, { action: "contract.document-uploaded", target, body });
    }
    await tx.contractChannel.createMany({
      data: channels.map((one) => ({
        ...of,
        channelId: one.channelId,
        fromOn: fromDay(one.fromOn),
        untilOn: fromDay(one.untilOn),
      })),
    });
    await tx.contractClause.createMany({ data: clauses.map((one) => ({ ...of, ...one })) });
    await recordPastEvent(tx, admin, ago(madeDaysAgo, 8), {
      action: "contract.clauses-set",
      target,
      body: { version: 2, hash },
    });
    const stage = plan.stage ?? "approved";
    if (stage !== "draft") {
      await stepOf(tx, { actor: admin, kind: "submitted", at: ago(madeDaysAgo, 9), id, hash });
      if (stage === "approved")
        await stepOf(tx, { actor: officer, kind: "approved", at: ago(madeDaysAgo - 1, 2), id, hash });
    }
    if (plan.end) {
      const [askedAt, closedAt] = [ago(plan.end.askedDaysAgo, 10), ago(plan.end.askedDaysAgo, 14)];
      const endsOn = addDays(today, plan.end.inDays);
      await tx.contractEnding.create({
        data: {
          ...{ ...of, id: seededId(id, "end"), kind: "end", endsOn: fromDay(endsOn), reason: plan.end.reason },
          ...{ personId: admin.personId, at: askedAt, outcome: "approved", closedBy: officer.personId, closedAt },
        },
      });
      await recordPastEvent(tx, admin, askedAt, { action: "contract.end-requested", target, body: { endsOn } });
      await recordPastEvent(tx, officer, closedAt, { action: "contract.end-agreed", target, body: { endsOn } });
    }
    return id;
  });
}

/** What 한결생활 has agreed with its dealers, by the ids of its channels. @returns ids by name */
export async function seedContracts(
  context: ContractContext,
  channels: { life: string; business: string; membership: string },
): Promise<{ infobank: string; lunasoft: string; draft: string; former: string }> {
  const company = { consignor: "주식회사 한결생활", retention: "상담 종료 후 1년" };
  const infobank = await makeContract(context, {
    ...{ ...company, number: "HG-2025-014", dealer: "infobank", consignee: "인포뱅크 주식회사" },
    // Thirty days' notice and five business days of margin: decided in fifteen days or so.
    ...{ startsInDays: -677, endsInDays: 52, renewal: "tacit", renewalMonths: 12 },
    ...{
      notice: { count: 30, unit: "days" },
      dealerNotice: { count: 60, unit: "days" },
      signedDaysAgo: 682,
      madeDaysAgo: 240,
    },
    channels: [
      { channelId: channels.life, fromInDays: -240 },
      { channelId: channels.business, fromInDays: -14 },
    ],
    documents: [
      { name: "상담톡 이용계약서.pdf", kind: "contract" },
      { name: "위수탁계약서.pdf", kind: "consignment" },
      { name: "부속합의서 3호.pdf", kind: "annex", signedDaysAgo: 14 },
      { name: "재위탁 승인서_한결생활.pdf", kind: "reconsignment", signedDaysAgo: 672 },
    ],
  });
  const lunasoft = await makeContract(context, {
    ...{ ...company, number: "HG-2025-009", dealer: "lunasoft", consignee: "루나소프트 주식회사" },
    ...{ startsInDays: -430, endsInDays: 19, renewal: "tacit", renewalMonths: 12, notice: { count: 30, unit: "days" } },
    ...{ madeDaysAgo: 430, channels: [{ channelId: channels.membership }] },
    documents: [
      { name: "상담톡 이용계약서.pdf", kind: "contract" },
      { name: "위수탁계약서.pdf", kind: "consignment" },
    ],
    end: { inDays: 19, reason: "한결멤버십 상담을 한결생활 채널로 합칩니다.", askedDaysAgo: 40 },
  });
  const former = await makeContract(context, {
    ...{ ...company, number: "HG-2023-002", dealer: "spectra", consignee: "주식회사 스펙트라" },
    ...{
      startsInDays: -1_100,
      endsInDays: -370,
      renewal: "none",
      notice: { count: 1, unit: "months" },
      madeDaysAgo: 445,
    },
    end: { inDays: -370, reason: "기간이 끝나 인포뱅크와 새로 계약했습니다.", askedDaysAgo: 400 },
  });
  const draft = await makeContract(context, {
    ...{ ...company, number: "HG-2026-021", dealer: "dktechin", consignee: "주식회사 디케이테크인", stage: "draft" },
    ...{ title: "상담톡 이용 계약(안)", consignment: false, startsInDays: 40, endsInDays: 404, madeDaysAgo: 4 },
    ...{ renewal: "fixed", renewalMonths: 12, notice: { count: 2, unit: "months" }, documents: [] },
  });
  return { infobank, lunasoft, draft, former };
}

/** The one contract of the other organization. @returns its id */
export async function seedOtherContracts(context: ContractContext, channelId: string): Promise<string> {
  return makeContract(context, {
    ...{ number: "DR-2026-03", dealer: "mbi-solution", consignor: "두레상사", consignee: "엠비아이솔루션" },
    ...{
      startsInDays: -110,
      endsInDays: 255,
      renewal: "tacit",
      renewalMonths: 12,
      notice: { count: 3, unit: "months" },
    },
    channels: [{ channelId }],
  });
}

function fieldsOf(plan: ContractPlan, today: Day): ContractFields {
  const { service = true, consignment = true } = plan;
  const dealer = dealerBySlug(plan.dealer)?.name ?? plan.dealer;
  const both = service && consignment ? "상담톡 이용 및 개인정보 처리업무 위수탁" : null;
  return {
    ...{ number: plan.number, dealer: plan.dealer, service, consignment },
    title: plan.title ?? both ?? (service ? "상담톡 이용 계약" : "개인정보 처리업무 위수탁 계약"),
    ...{ consignor: plan.consignor ?? "주식회사 한결생활", consignee: plan.consignee ?? dealer },
    ...{ subConsignee: plan.subConsignee ?? (consignment ? "주식회사 카카오" : ""), retention: plan.retention ?? "" },
    signedOn: plan.signedDaysAgo === undefined ? null : addDays(today, -plan.signedDaysAgo),
    startsOn: addDays(today, plan.startsInDays),
    endsOn: plan.endsInDays === null ? null : addDays(today, plan.endsInDays),
    ...{ renewal: plan.renewal ?? "none", renewalMonths: plan.renewalMonths ?? null },
    ...{ noticeCount: plan.notice?.count ?? null, noticeUnit: plan.notice?.unit ?? null },
    ...{ dealerNoticeCount: plan.dealerNotice?.count ?? null, dealerNoticeUnit: plan.dealerNotice?.unit ?? null },
    ...{ marginDays: plan.marginDays ?? 5, termAt: "제3조 1항, p.2", noticeAt: plan.notice ? "제3조 2항, p.2" : "" },
  };
}

type Paper = { name: string; kind: DocumentKind; signedOn: Day };
type KeptFile = { id: string; name: string; mime: string; bytes: number; sha256: string };

async function kept(paper: Paper, seed: string): Promise<Paper & { file: KeptFile }> {
  const digest = createHash("sha256").update(`paper:${seed}`).digest();
  const id = digest.toString("base64url").slice(0, 22);
  const { bytes, mime } = content(paper.name, digest.readUInt32BE(0));
  const sum = await fileStore().putStream(id, once(bytes), bytes.length);
  return { ...paper, file: { id, name: paper.name, mime, ...sum } };
}

type Step = { actor: PersonActor; kind: "submitted" | "approved"; at: Date; id: string; hash: string };

async function stepOf(tx: Tx, { actor, kind, at, id, hash }: Step): Promise<void> {
  const { organizationId, personId } = actor;
  await tx.contractStep.create({ data: { organizationId, contractId: id, kind, number: 2, hash, personId, at } });
  const target = { kind: "contract", id };
  await recordPastEvent(tx, actor, at, { action: `contract.${kind}`, target, body: { version: 2, hash } });
}
