import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";

/** People who may look after an onboarding item: everybody who works here now, by name. */
export async function listColleagues(actor: Actor, now: Date): Promise<{ id: string; name: string }[]> {
  return read(actor, "onboarding:plan", async (tx) => {
    const members = await tx.membership.findMany({
      where: { disabledAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
      select: { person: { select: { id: true, name: true } } },
    });
    return members.map(({ person }) => person).sort((a, b) => a.name.localeCompare(b.name, "ko"));
  });
}
