import { notFound } from "next/navigation";
import { cache } from "react";
import type { PersonActor } from "@/lib/auth/actor";
import { currentActor } from "@/lib/auth/session";
import { getPolicy } from "@/lib/retention/queries/get-policy";
import type { PolicyView } from "@/lib/retention/rules/policy-view";

/** The policy of this address, asked once per request; the not-found page for anything that is not ours. */
export const loadPolicy = cache(async (id: string): Promise<{ actor: PersonActor; policy: PolicyView; now: Date }> => {
  const actor = await currentActor();
  const policy = await getPolicy(actor, id);
  return policy ? { actor, policy, now: new Date() } : notFound();
});
