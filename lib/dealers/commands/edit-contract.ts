import { randomUUID } from "node:crypto";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { fromDay, toDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import { Refused } from "@/lib/errors";
import { type ContractFields, contractFieldNames, contractHash, contractText } from "../rules/contract-content";
import { assertFieldsFit } from "../rules/contract-fit";
import type { CreateContract, EditContract } from "../schema/contract";
import { assertVersion, lockContract, saveVersion } from "./contract-lock";
import { assertOneDealer, lockCoveredChannels } from "./cover-channel";

/** Registers a contract as a draft. @returns its id. @throws Refused beside `number` when it is taken, or beside a field that does not fit */
export async function createContract(actor: Actor, input: CreateContract): Promise<string> {
  const id = randomUUID();
  await change(actor, "contract:edit", async (tx, record) => {
    const { organizationId, personId } = personOf(actor);
    assertFieldsFit(input);
    await holdNumbers(tx, organizationId);
    await assertNumberFree(tx, input.number, null);
    await tx.contract.create({ data: { id, organizationId, createdBy: personId, ...columnsOf(input) } });
    const text = contractText({ fields: input, channels: [], clauses: [], documents: [] });
    const hash = contractHash(text);
    await tx.contractVersion.create({ data: { organizationId, contractId: id, number: 1, text, hash, personId } });
    await record({ action: "contract.created", target: { kind: "contract", id }, body: { version: 1, hash } });
  });
  return id;
}

/**
 * Changes what a contract says: its next version, a draft until somebody else approves it.
 * @throws NotFound, Conflict when `version` is stale, Refused beside a field that does not fit, or when nothing changed
 */
export async function editContract(actor: Actor, { contractId, version, ...fields }: EditContract): Promise<void> {
  await change(actor, "contract:edit", async (tx, record) => {
    await holdNumbers(tx, actor.organizationId);
    await lockCoveredChannels(tx, contractId);
    const contract = await lockContract(tx, contractId);
    assertVersion(contract, version);
    assertFieldsFit(fields);
    await assertNumberFree(tx, fields.number, contractId);
    await assertCoversHold(tx, contractId, contract.fields, fields);
    await tx.contract.update({ where: { id: contractId }, data: columnsOf(fields) });
    await assertOneDealer(tx, contractId);
    const saved = await saveVersion(tx, personOf(actor), contract);
    const changed = contractFieldNames.filter((name) => contract.fields[name] !== fields[name]);
    await record({
      action: "contract.edited",
      target: { kind: "contract", id: contractId },
      body: { ...saved, fields: changed },
    });
  });
}

/** One at a time in an organization, so that a taken number is answered beside its field and never by a failed constraint. */
async function holdNumbers(tx: Tx, organizationId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`contracts:${organizationId}`}, 0))`;
}

async function assertNumberFree(tx: Tx, number: string, own: string | null): Promise<void> {
  const holder = await tx.contract.findFirst({ where: { number }, select: { id: true } });
  if (holder && holder.id !== own) throw new Refused("dealers.contracts.refused.numberTaken", "number", { number });
}

/** A contract keeps its dealer while it covers a channel, and begins no later than the first of them. */
async function assertCoversHold(tx: Tx, id: string, before: ContractFields, after: ContractFields): Promise<void> {
  const first = await tx.contractChannel.findFirst({
    where: { contractId: id },
    orderBy: { fromOn: "asc" },
    include: { channel: { select: { name: true } } },
  });
  if (!first) return;
  const channel = first.channel.name;
  if (before.dealer !== after.dealer)
    throw new Refused("dealers.contracts.refused.dealerCovered", "dealer", { channel });
  const fromOn = toDay(first.fromOn);
  if (fromOn < after.startsOn) {
    throw new Refused("dealers.contracts.refused.startsAfterCover", "startsOn", { channel, fromOn });
  }
}

function columnsOf(fields: ContractFields) {
  const { signedOn, startsOn, endsOn } = fields;
  return { ...fields, signedOn: fromDay(signedOn), startsOn: fromDay(startsOn), endsOn: fromDay(endsOn) };
}
