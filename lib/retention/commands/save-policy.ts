import { randomUUID } from "node:crypto";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { Conflict, Refused } from "@/lib/errors";
import { assertPolicyFits } from "../rules/policy-fit";
import type { DraftPolicy, SavePolicyVersion } from "../schema/policy";
import { addVersion, assertSaysMore, lockPolicy } from "./policy-lock";

/**
 * Makes a policy (보유 정책) with its first version: a draft until somebody else approves it. Nothing deletes a policy (trust.md P-72).
 * @returns its id. @throws Refused beside a field that does not fit
 */
export async function draftPolicy(actor: Actor, input: DraftPolicy): Promise<string> {
  const id = randomUUID();
  await change(actor, "policy:edit", async (tx, record) => {
    const person = personOf(actor);
    const { organizationId } = person;
    const { name, channelId, category, scope, ...words } = input;
    assertPolicyFits(input);
    await assertChannel(tx, channelId);
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`policies:${organizationId}`}, 0))`;
    const number = await nextNumber(tx);
    await tx.retentionPolicy.create({
      data: { id, organizationId, number, name, channelId, category, scope, createdBy: person.personId },
    });
    const target = { number, name, channelId, category, scope };
    const { hash } = await addVersion(tx, person, id, { target, words, number: 1 });
    await record({ action: "policy.drafted", target: { kind: "policy", id }, body: { number, version: 1, hash } });
  });
  return id;
}

/**
 * Saves the next version of a policy: a draft; what is approved stays in force until this one is.
 * @throws NotFound, Conflict when `version` is stale, Refused beside a field that does not fit, or when it says nothing new
 */
export async function savePolicyVersion(
  actor: Actor,
  { policyId, version, ...words }: SavePolicyVersion,
): Promise<void> {
  await change(actor, "policy:edit", async (tx, record) => {
    const policy = await lockPolicy(tx, policyId);
    if (policy.version !== version) throw new Conflict("retention.policies.stale", { number: policy.version });
    assertPolicyFits({ ...policy.target, ...words });
    assertSaysMore(policy, words);
    const number = policy.version + 1;
    await tx.retentionPolicy.update({ where: { id: policyId }, data: { version: number } });
    const { hash } = await addVersion(tx, personOf(actor), policyId, { target: policy.target, words, number });
    await record({
      action: "policy.version-saved",
      target: { kind: "policy", id: policyId },
      body: { version: number, hash },
    });
  });
}

async function assertChannel(tx: Tx, channelId: string | null): Promise<void> {
  if (channelId === null) return;
  const known = await tx.channel.count({ where: { id: channelId } });
  if (known === 0) throw new Refused("retention.policies.refused.noChannel", "channelId");
}

async function nextNumber(tx: Tx): Promise<number> {
  const { _max } = await tx.retentionPolicy.aggregate({ _max: { number: true } });
  return (_max.number ?? 0) + 1;
}
