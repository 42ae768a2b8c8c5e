import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";

/** The name of the actor's company, as a contract will name the consignor unless somebody types another. */
export function getOwnCompany(actor: Actor): Promise<string> {
  return read(actor, "contract:edit", async (tx) => {
    const own = await tx.organization.findUnique({ where: { id: actor.organizationId }, select: { name: true } });
    return own?.name ?? "";
  });
}
