import type { Actor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { Conflict } from "@/lib/errors";

/** Name of the organization and whether administrators and compliance officers need a second factor. @throws Conflict */
export async function changeOrganization(
  actor: Actor,
  input: { name: string; secondFactorNeeded: boolean; version: number },
): Promise<void> {
  await change(actor, "organization:settings", async (tx, record) => {
    const before = await tx.organization.findUniqueOrThrow({ where: { id: actor.organizationId } });
    const { count } = await tx.organization.updateMany({
      where: { id: actor.organizationId, version: input.version },
      data: { name: input.name, secondFactorNeeded: input.secondFactorNeeded, version: { increment: 1 } },
    });
    if (count === 0) throw new Conflict();
    const changed = [
      ...(before.name === input.name ? [] : ["name"]),
      ...(before.secondFactorNeeded === input.secondFactorNeeded ? [] : ["secondFactorNeeded"]),
    ];
    await record({
      action: "organization.changed",
      target: { kind: "organization", id: actor.organizationId },
      body: { changed, secondFactorNeeded: input.secondFactorNeeded },
    });
  });
}

/** The own name as colleagues see it. */
export async function renamePerson(actor: Actor & { kind: "person" }, { name }: { name: string }): Promise<void> {
  await change(actor, "account:own", async (tx, record) => {
    await tx.person.update({ where: { id: actor.personId }, data: { name } });
    await record({ action: "person.renamed", target: { kind: "person", id: actor.personId } });
  });
}
