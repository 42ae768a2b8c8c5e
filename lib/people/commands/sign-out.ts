import type { VisitorActor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { SignInState } from "@/lib/db/crossings";

/** Ends one session for good, also one whose second factor never came; a copied cookie is worth nothing from then on. */
export async function endSession(
  { signInId, personId, organizationId }: Pick<SignInState, "signInId" | "personId" | "organizationId">,
  address: string,
): Promise<void> {
  const actor: VisitorActor = { kind: "visitor", organizationId, personId, address };
  await change(actor, "account:enter", async (tx, record) => {
    await tx.signIn.updateMany({
      where: { id: signInId, personId, endedAt: null },
      data: { endedAt: new Date(), endedBecause: "signed_out" },
    });
    await record({
      action: "session.ended",
      target: { kind: "session", id: signInId },
      body: { because: "signed_out" },
    });
  });
}
