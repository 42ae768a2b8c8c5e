import type { PersonActor } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import { NotFound } from "@/lib/errors";
import { membershipStatus } from "../rules";
import { switchOrganizationSchema } from "../schema";

/** Works on in another organization of the same person. Its own rule about the second factor holds at the next request. @throws NotFound */
export async function switchOrganization(actor: PersonActor, input: { organizationId: string }): Promise<void> {
  const parsed = switchOrganizationSchema.safeParse(input);
  if (!parsed.success) throw new NotFound();
  const { organizationId } = parsed.data;
  if (organizationId === actor.organizationId) return;
  const membership = await read(actor, "account:own", (tx) =>
    tx.membership.findUnique({ where: { organizationId_personId: { organizationId, personId: actor.personId } } }),
  );
  if (!membership || membershipStatus(membership, new Date()) !== "active") throw new NotFound();
  const there: PersonActor = { ...actor, organizationId, role: membership.role };
  await change(there, "account:own", async (tx, record) => {
    const { count } = await tx.signIn.updateMany({
      where: { id: actor.signInId, personId: actor.personId, endedAt: null },
      data: { organizationId },
    });
    if (count === 0) throw new NotFound();
    await record({
      action: "session.switched",
      target: { kind: "session", id: actor.signInId },
      body: { from: actor.organizationId },
    });
  });
}
