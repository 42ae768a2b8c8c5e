import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import { toDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import { dealerBySlug } from "@/lib/dealers/directory";
import { fieldsOf } from "../day-column";
import { approvalState, contractState } from "../rules/contract";
import { termEndOf } from "../rules/contract-term";
import type { ContractStepView, ContractView, DocumentView, FileView } from "../rules/contract-view";
import type { DocumentKind, Verdict } from "../schema/contract";

/** One contract with everything recorded of it, or null: also for another organization's. @throws Forbidden */
export async function getContract(actor: Actor, id: string, now: Date): Promise<ContractView | null> {
  if (!z.uuid().safeParse(id).success) return null;
  return read(actor, "contract:read", (tx) => contractView(tx, id, now));
}

const newest = { orderBy: [{ at: "desc" as const }, { id: "desc" as const }], take: 200 };
const withFile = { include: { file: true } } as const;

/** The same inside a transaction that is open already. */
export async function contractView(tx: Tx, id: string, now: Date): Promise<ContractView | null> {
  const found = await tx.contract.findUnique({
    where: { id },
    include: {
      versions: { orderBy: { number: "desc" }, take: 1, omit: { text: true } },
      steps: newest,
      channels: { include: { channel: { include: { goLive: true } } }, orderBy: { channel: { name: "asc" } } },
      clauses: true,
      documents: { ...withFile, orderBy: [{ at: "asc" }, { id: "asc" }], take: 500 },
      endings: newest,
      exitMarks: { ...newest, ...withFile },
      choices: newest,
      reconsignments: { ...newest, include: { file: true, channel: { select: { name: true } } } },
      supervisions: { orderBy: [{ heldOn: "desc" }, { at: "desc" }], take: 200, ...withFile },
      snoozes: newest,
    },
  });
  const last = found?.versions[0];
  if (!found || !last) return null;
  const approvedStep = found.steps.find((step) => step.kind === "approved") ?? null;
  const authors = await tx.contractVersion.findMany({
    where: { contractId: id, number: { gt: approvedStep?.number ?? 0 } },
    select: { personId: true },
    distinct: ["personId"],
  });
  const name = await namesIn(tx, found);
  const fields = fieldsOf(found);
  const end = await tx.$queryRaw<{ kind: string; endsOn: string | null }[]>`
    SELECT kind, ends_on::text AS "endsOn" FROM contract_ends WHERE contract_id = ${id}::uuid`;
  const endedOn = end[0]?.kind === "end" ? end[0].endsOn : null;
  const today = kstDay(now);
  const approval = approvalState(found.version, found.steps);
  const termEndsOn = termEndOf(fields, today);
  const dealer = dealerBySlug(found.dealer);
  return {
    ...fields,
    id,
    dealerName: dealer?.name ?? found.dealer,
    dealerPhone: dealer?.phone ?? "",
    version: found.version,
    hash: last.hash,
    savedAt: last.at,
    savedBy: name(last.personId),
    createdAt: found.createdAt,
    createdBy: name(found.createdBy),
    approval,
    state: contractState(approval, { startsOn: fields.startsOn, termEndsOn, endsOn: endedOn }, today),
    termEndsOn,
    endedOn,
    approved: approvedStep
      ? { number: approvedStep.number, hash: approvedStep.hash, by: name(approvedStep.personId), at: approvedStep.at }
      : null,
    authorIds: authors.map((one) => one.personId),
    steps: found.steps.map(({ id: stepId, kind, number, hash, note, personId, at }) => ({
      ...{ id: stepId, kind: kind as ContractStepView["kind"], number, hash, note, personId, at },
      by: name(personId),
    })),
    channels: found.channels.map(({ channel, fromOn, untilOn }) => ({
      ...{ id: channel.id, name: channel.name, searchId: channel.searchId, dealer: channel.dealer },
      ...{ live: channel.goLive !== null, fromOn: toDay(fromOn), untilOn: toDay(untilOn) },
    })),
    clauses: found.clauses.map(({ clause, place, page, verdict, note }) => ({
      ...{ clause, place, page, verdict: verdict as Verdict, note },
    })),
    documents: documentsOf(found.documents, name),
    endings: found.endings.map(({ organizationId: _o, contractId: _c, ...one }) => ({
      ...one,
      kind: one.kind as "end" | "reinstate",
      outcome: one.outcome as "approved" | "declined" | "withdrawn" | null,
      endsOn: toDay(one.endsOn),
      by: name(one.personId),
      closedBy: one.closedBy && name(one.closedBy),
    })),
    exitMarks: found.exitMarks.map(({ id: markId, endingId, item, kind, note, file, personId, at }) => ({
      ...{ id: markId, endingId, item, kind: kind as "done" | "reopened" | "not-applicable", note, at },
      file: fileView(file),
      by: name(personId),
    })),
    choices: found.choices.map(({ organizationId: _o, contractId: _c, ...one }) => ({
      ...one,
      termEndsOn: toDay(one.termEndsOn),
      noticeSentOn: toDay(one.noticeSentOn),
      noticeHadOn: toDay(one.noticeHadOn),
      by: name(one.personId),
    })),
    reconsignments: found.reconsignments.map(({ organizationId: _o, contractId: _c, fileId: _f, channel, ...one }) => ({
      ...one,
      channelName: channel.name,
      approvedOn: toDay(one.approvedOn),
      validFrom: toDay(one.validFrom),
      validUntil: toDay(one.validUntil),
      file: fileView(one.file),
      by: name(one.personId),
      withdrawnOn: toDay(one.withdrawnOn),
      withdrawnBy: one.withdrawnBy && name(one.withdrawnBy),
    })),
    supervisions: found.supervisions.map((one) => ({
      ...{ id: one.id, kind: one.kind as "training" | "inspection", subject: one.subject, result: one.result },
      ...{ heldOn: toDay(one.heldOn), nextOn: toDay(one.nextOn), file: fileView(one.file) },
      ...{ by: name(one.personId), at: one.at },
    })),
    snoozes: found.snoozes.map(({ id: snoozeId, kind, deadlineOn, untilOn, note, personId, at }) => ({
      ...{ id: snoozeId, kind, deadlineOn: toDay(deadlineOn), untilOn: toDay(untilOn), note, at },
      by: name(personId),
    })),
  };
}

type File = { id: string; name: string; mime: string; bytes: bigint; sha256: string };

function fileView(file: File): FileView;
function fileView(file: File | null): FileView | null;
function fileView(file: File | null): FileView | null {
  if (!file) return null;
  const { id, name, mime, bytes, sha256 } = file;
  return { id, name, mime, bytes: Number(bytes), sha256 };
}

type Paper = {
  id: string;
  kind: string;
  signedOn: Date | null;
  replacesId: string | null;
  personId: string;
  at: Date;
  file: File;
};

function documentsOf(rows: readonly Paper[], name: (id: string) => string): DocumentView[] {
  const known = new Map(rows.map((row) => [row.id, row]));
  const successor = new Map(rows.flatMap((row) => (row.replacesId ? [[row.replacesId, row.id] as const] : [])));
  return rows.map((row) => {
    let edition = 1;
    for (let older = row.replacesId; older && edition <= rows.length; older = known.get(older)?.replacesId ?? null)
      edition += 1;
    return {
      ...{ id: row.id, kind: row.kind as DocumentKind, signedOn: toDay(row.signedOn), replacesId: row.replacesId },
      ...{ replacedById: successor.get(row.id) ?? null, edition, by: name(row.personId), at: row.at },
      file: fileView(row.file),
    };
  });
}

type Spoken = { personId: string; closedBy?: string | null; withdrawnBy?: string | null };

/** Names of everybody who did anything, in one query; "" for nobody we know. */
async function namesIn(
  tx: Tx,
  found: { createdBy: string } & Record<
    | "versions"
    | "steps"
    | "documents"
    | "endings"
    | "exitMarks"
    | "choices"
    | "reconsignments"
    | "supervisions"
    | "snoozes",
    readonly Spoken[]
  >,
): Promise<(id: string) => string> {
  const spoken = [
    ...[found.versions, found.steps, found.documents, found.endings, found.exitMarks].flat(),
    ...[found.choices, found.reconsignments, found.supervisions, found.snoozes].flat(),
  ];
  const ids = [
    found.createdBy,
    ...spoken.flatMap((one) => [one.personId, one.closedBy, one.withdrawnBy]).filter((one) => typeof one === "string"),
  ];
  const persons = await tx.person.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  const names = new Map(persons.map((person) => [person.id, person.name]));
  return (id) => names.get(id) ?? "";
}
