import { z } from "zod";
import { toDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import { NotFound } from "@/lib/errors";
import type { EndingFact, EndingKind, EndingOutcome } from "../rules/ending";

export type EndingContract = {
  id: string;
  dealer: string;
  service: boolean;
  /** A version of it has been approved, also while a newer draft stands. */
  approvedOnce: boolean;
  endings: EndingFact[];
};

/** The contract with its turns, held until the change is committed. @throws NotFound */
export async function lockEndings(tx: Tx, contractId: string): Promise<EndingContract> {
  if (!z.uuid().safeParse(contractId).success) throw new NotFound();
  const held = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM contracts WHERE id = ${contractId}::uuid FOR UPDATE`;
  if (held.length === 0) throw new NotFound();
  const contract = await tx.contract.findUniqueOrThrow({
    where: { id: contractId },
    select: { id: true, dealer: true, service: true, endings: true },
  });
  const approved = await tx.contractStep.count({ where: { contractId, kind: "approved" } });
  return {
    ...contract,
    approvedOnce: approved > 0,
    endings: contract.endings.map((one) => ({
      ...{ id: one.id, kind: one.kind as EndingKind, endsOn: toDay(one.endsOn), reason: one.reason },
      ...{ personId: one.personId, outcome: one.outcome as EndingOutcome | null, closedAt: one.closedAt },
    })),
  };
}

/** The turn of that id and its contract, held. @throws NotFound */
export async function lockEnding(tx: Tx, id: string): Promise<{ contract: EndingContract; ending: EndingFact }> {
  const found = await tx.contractEnding.findUnique({ where: { id }, select: { contractId: true } });
  if (!found) throw new NotFound();
  const contract = await lockEndings(tx, found.contractId);
  const ending = contract.endings.find((one) => one.id === id);
  if (!ending) throw new NotFound();
  return { contract, ending };
}
