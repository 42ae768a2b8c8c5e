import type { PersonActor } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import { Refused } from "@/lib/errors";
import { assertGoodPassword, hashPassword } from "@/lib/password";
import { provePassword } from "./prove-self";

/** Sets a new password and ends every other session. @throws Refused beside presentPassword or newPassword */
export async function changePassword(
  actor: PersonActor,
  { presentPassword, newPassword }: { presentPassword: string; newPassword: string },
  now: Date,
): Promise<void> {
  await provePassword(actor, presentPassword);
  if (presentPassword === newPassword) throw new Refused("people.password.same", "newPassword");
  const words = await read(actor, "account:own", async (tx) => {
    const { personId, organizationId } = actor;
    const person = await tx.person.findUniqueOrThrow({ where: { id: personId }, select: { name: true, email: true } });
    const organization = await tx.organization.findUniqueOrThrow({
      where: { id: organizationId },
      select: { name: true },
    });
    return [person.name, person.email, organization.name];
  });
  await assertGoodPassword(newPassword, words);
  const passwordHash = await hashPassword(newPassword);
  await change(actor, "account:own", async (tx, record) => {
    await tx.person.update({ where: { id: actor.personId }, data: { passwordHash, passwordSetAt: now } });
    const ended = await tx.signIn.updateMany({
      where: { personId: actor.personId, endedAt: null, id: { not: actor.signInId } },
      data: { endedAt: now, endedBecause: "password_changed" },
    });
    await record({
      action: "password.changed",
      target: { kind: "person", id: actor.personId },
      body: { ended: ended.count },
    });
  });
}
