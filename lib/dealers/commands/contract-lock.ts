import { z } from "zod";
import type { PersonActor } from "@/lib/auth/actor";
import { toDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import { Conflict, NotFound, Refused } from "@/lib/errors";
import { fieldsOf } from "../day-column";
import { type ApprovalState, approvalState, type ContractStepFact } from "../rules/contract";
import { type ContractContent, type ContractFields, contractHash, contractText } from "../rules/contract-content";
import { contentKinds } from "../schema/contract";

export type LockedContract = {
  id: string;
  fields: ContractFields;
  /** Number and hash of the newest version. */
  version: number;
  hash: string;
  approval: ApprovalState;
  /** Newest first. */
  steps: ContractStepFact[];
};

/** The contract with its approval, held until the change is committed. @throws NotFound */
export async function lockContract(tx: Tx, id: string): Promise<LockedContract> {
  if (!z.uuid().safeParse(id).success) throw new NotFound();
  const held = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM contracts WHERE id = ${id}::uuid FOR UPDATE`;
  if (held.length === 0) throw new NotFound();
  const row = await tx.contract.findUniqueOrThrow({
    where: { id },
    include: {
      versions: { orderBy: { number: "desc" }, take: 1, select: { hash: true } },
      steps: { orderBy: [{ at: "desc" }, { id: "desc" }], take: 200 },
    },
  });
  return {
    id,
    fields: fieldsOf(row),
    version: row.version,
    hash: row.versions[0]?.hash ?? "",
    approval: approvalState(row.version, row.steps),
    steps: row.steps,
  };
}

/** @throws Conflict when somebody saved another version meanwhile */
export function assertVersion(contract: LockedContract, seen: number): void {
  if (contract.version !== seen) throw new Conflict("dealers.contracts.stale");
}

/** What the contract says now: fields, channels, clauses and the newest file of each content paper. */
export async function contentOf(tx: Tx, id: string): Promise<ContractContent> {
  const row = await tx.contract.findUniqueOrThrow({
    where: { id },
    include: { channels: true, clauses: true, documents: { include: { file: { select: { sha256: true } } } } },
  });
  const replaced = new Set(row.documents.map((document) => document.replacesId));
  return {
    fields: fieldsOf(row),
    channels: row.channels.map((one) => ({ ...one, fromOn: toDay(one.fromOn), untilOn: toDay(one.untilOn) })),
    clauses: row.clauses,
    documents: row.documents
      .filter((one) => contentKinds.some((kind) => kind === one.kind) && !replaced.has(one.id))
      .map((one) => ({ kind: one.kind, sha256: one.file.sha256, signedOn: toDay(one.signedOn) })),
  };
}

/**
 * Keeps what the contract says now as its next version: a draft until somebody else approves its hash.
 * @throws Refused when it says nothing new, or an agreed end stands: an edit would bring ended channels back without a second person
 */
export async function saveVersion(
  tx: Tx,
  actor: PersonActor,
  contract: Pick<LockedContract, "id" | "version" | "hash">,
): Promise<{ version: number; hash: string }> {
  await assertNotEnded(tx, contract.id);
  const text = contractText(await contentOf(tx, contract.id));
  const hash = contractHash(text);
  if (hash === contract.hash) throw new Refused("dealers.contracts.refused.unchanged");
  const version = contract.version + 1;
  const { organizationId, personId } = actor;
  await tx.contract.update({ where: { id: contract.id }, data: { version } });
  await tx.contractVersion.create({
    data: { organizationId, contractId: contract.id, number: version, text, hash, personId },
  });
  return { version, hash };
}

async function assertNotEnded(tx: Tx, contractId: string): Promise<void> {
  const ended = await tx.$queryRaw<{ endsOn: string }[]>`
    SELECT ends_on::text AS "endsOn" FROM contract_ends WHERE contract_id = ${contractId}::uuid AND kind = 'end'`;
  if (ended[0]) throw new Refused("dealers.contracts.refused.ended", undefined, ended[0]);
}
