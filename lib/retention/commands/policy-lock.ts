import { z } from "zod";
import type { PersonActor } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { Conflict, NotFound, Refused } from "@/lib/errors";
import type { Category, PolicyScope } from "../rules/categories";
import { type PolicyState, type PolicyStepFact, policyState } from "../rules/policy-approval";
import {
  type PolicyTarget,
  type PolicyWords,
  policyContent,
  policyHash,
  policyText,
  readPolicyText,
} from "../rules/policy-content";

export type LockedPolicy = {
  id: string;
  target: PolicyTarget;
  /** Number and hash of the newest version. */
  version: number;
  hash: string;
  words: PolicyWords;
  state: PolicyState;
  /** Newest first. */
  steps: PolicyStepFact[];
};

/** The policy with its approval, held until the change is committed. @throws NotFound */
export async function lockPolicy(tx: Tx, id: string): Promise<LockedPolicy> {
  if (!z.uuid().safeParse(id).success) throw new NotFound();
  const held = await tx.$queryRaw<
    { id: string }[]
  >`SELECT id FROM retention_policies WHERE id = ${id}::uuid FOR UPDATE`;
  if (held.length === 0) throw new NotFound();
  const row = await tx.retentionPolicy.findUniqueOrThrow({
    where: { id },
    include: {
      versions: { orderBy: { number: "desc" }, take: 1 },
      steps: { orderBy: [{ at: "desc" }, { id: "desc" }], take: 200 },
    },
  });
  const [newest] = row.versions;
  if (!newest) throw new Error(`Policy ${id} has no version`);
  const { count, unit, anchor, basis, basisNote, whyNotShorter } = readPolicyText(newest.text);
  return {
    id,
    target: {
      ...{ number: row.number, name: row.name, channelId: row.channelId },
      ...{ category: row.category as Category | null, scope: row.scope as PolicyScope },
    },
    ...{ version: row.version, hash: newest.hash, words: { count, unit, anchor, basis, basisNote, whyNotShorter } },
    ...{ state: policyState(row.version, row.steps), steps: row.steps },
  };
}

/** @throws Conflict when somebody saved another version meanwhile */
export function assertHash(policy: LockedPolicy, seen: string): void {
  if (policy.hash !== seen) throw new Conflict("retention.policies.refused.changed", { number: policy.version });
}

/** Adds a version of a policy. @returns its id and hash */
export async function addVersion(
  tx: Tx,
  { organizationId, personId }: PersonActor,
  policyId: string,
  { target, words, number }: { target: PolicyTarget; words: PolicyWords; number: number },
): Promise<{ text: string; hash: string }> {
  const text = policyText(policyContent(target, words));
  const hash = policyHash(text);
  const { count, unit, anchor, basis, basisNote, whyNotShorter } = words;
  await tx.policyVersion.create({
    data: {
      ...{ organizationId, policyId, number, count, unit, anchor, basis, basisNote, whyNotShorter },
      ...{ text, hash, personId },
    },
  });
  return { text, hash };
}

/** A save that says the same as the newest version is none. @throws Refused */
export function assertSaysMore(policy: LockedPolicy, words: PolicyWords): void {
  if (policyHash(policyText(policyContent(policy.target, words))) === policy.hash) {
    throw new Refused("retention.policies.refused.unchanged");
  }
}
