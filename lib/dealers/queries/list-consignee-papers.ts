import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { toDay } from "@/lib/day-column";
import { cursorOf, cutPage, pageLength, readCursor } from "@/lib/keyset";
import type { ContractView } from "../rules/contract-view";

export type ReconsignmentRow = ContractView["reconsignments"][number];
export type SupervisionRow = ContractView["supervisions"][number];
export type ConsigneePage<T> = { items: T[]; next: string | null };

const uuid = z.uuid();

/** Approvals of a contract, newest first. @param after `next` of the page before */
export async function listReconsignments(
  actor: Actor,
  contractId: string,
  after: string | null,
): Promise<ConsigneePage<ReconsignmentRow>> {
  if (!uuid.safeParse(contractId).success) return { items: [], next: null };
  return read(actor, "contract:read", async (tx) => {
    const from = readCursor(after);
    const rows = await tx.reconsignment.findMany({
      where: {
        contractId,
        ...(from ? { OR: [{ at: { lt: from.at } }, { at: from.at, id: { lt: from.id } }] } : {}),
      },
      include: { file: true, channel: { select: { name: true } } },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: pageLength + 1,
    });
    const { items: page, next } = cutPage(rows, { back: false, cursor: from }, (row) => cursorOf(row.at, row.id));
    const persons = await tx.person.findMany({
      where: { id: { in: page.flatMap((row) => [row.personId, ...(row.withdrawnBy ? [row.withdrawnBy] : [])]) } },
      select: { id: true, name: true },
    });
    const names = new Map(persons.map((person) => [person.id, person.name]));
    const items = page.map(({ organizationId: _o, contractId: _c, fileId: _f, channel, file, ...row }) => ({
      ...row,
      channelName: channel.name,
      approvedOn: toDay(row.approvedOn),
      validFrom: toDay(row.validFrom),
      validUntil: toDay(row.validUntil),
      withdrawnOn: toDay(row.withdrawnOn),
      file: file && { id: file.id, name: file.name, mime: file.mime, bytes: Number(file.bytes), sha256: file.sha256 },
      by: names.get(row.personId) ?? "",
      withdrawnBy: row.withdrawnBy && (names.get(row.withdrawnBy) ?? ""),
    }));
    return { items, next };
  });
}

/** Training and inspections of a contract's consignee, newest day first. @param after `next` of the page before */
export async function listSupervisions(
  actor: Actor,
  contractId: string,
  after: string | null,
): Promise<ConsigneePage<SupervisionRow>> {
  if (!uuid.safeParse(contractId).success) return { items: [], next: null };
  return read(actor, "contract:read", async (tx) => {
    const from = readCursor(after);
    const rows = await tx.supervision.findMany({
      where: {
        contractId,
        ...(from ? { OR: [{ heldOn: { lt: from.at } }, { heldOn: from.at, id: { lt: from.id } }] } : {}),
      },
      include: { file: true },
      orderBy: [{ heldOn: "desc" }, { id: "desc" }],
      take: pageLength + 1,
    });
    const { items: page, next } = cutPage(rows, { back: false, cursor: from }, (row) => cursorOf(row.heldOn, row.id));
    const persons = await tx.person.findMany({
      where: { id: { in: page.map((row) => row.personId) } },
      select: { id: true, name: true },
    });
    const names = new Map(persons.map((person) => [person.id, person.name]));
    const items = page.map((row) => ({
      ...{ id: row.id, kind: row.kind as "training" | "inspection", subject: row.subject, result: row.result },
      ...{ heldOn: toDay(row.heldOn), nextOn: toDay(row.nextOn), at: row.at, by: names.get(row.personId) ?? "" },
      file: row.file && {
        ...{ id: row.file.id, name: row.file.name, mime: row.file.mime },
        ...{ bytes: Number(row.file.bytes), sha256: row.file.sha256 },
      },
    }));
    return { items, next };
  });
}

/** The newest training and the newest inspection of a contract, for where the next ones stand. */
export async function newestSupervisions(
  actor: Actor,
  contractId: string,
): Promise<{ kind: "training" | "inspection"; heldOn: string; nextOn: string | null; at: Date }[]> {
  if (!uuid.safeParse(contractId).success) return [];
  return read(actor, "contract:read", async (tx) => {
    const rows = await tx.supervision.findMany({
      where: { contractId },
      orderBy: [{ heldOn: "desc" }, { at: "desc" }],
      distinct: ["kind"],
      select: { kind: true, heldOn: true, nextOn: true, at: true },
    });
    return rows.map((row) => ({
      kind: row.kind as "training" | "inspection",
      ...{ heldOn: toDay(row.heldOn), nextOn: toDay(row.nextOn), at: row.at },
    }));
  });
}
