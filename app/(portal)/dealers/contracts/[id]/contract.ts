import { notFound } from "next/navigation";
import { cache } from "react";
import type { PersonActor } from "@/lib/auth/actor";
import { currentActor } from "@/lib/auth/session";
import { getContract } from "@/lib/dealers/queries/get-contract";
import type { ContractView } from "@/lib/dealers/rules/contract-view";

/** The contract of this address, asked once per request; the not-found page for anything that is not ours. */
export const loadContract = cache(
  async (id: string): Promise<{ actor: PersonActor; contract: ContractView; now: Date }> => {
    const actor = await currentActor();
    const now = new Date();
    const contract = await getContract(actor, id, now);
    return contract ? { actor, contract, now } : notFound();
  },
);
