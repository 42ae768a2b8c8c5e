import type { PersonActor } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import { Refused } from "@/lib/errors";
import { assertGoodPassword, hashPassword } from "@/lib/password";
import { renewSession } from "./open-session";
import { provePassword } from "./prove-self";

/** Sets a new password and ends every session. @returns the id of the one that takes this one's place @throws Refused beside presentPassword or newPassword */
export async function changePassword(
  actor: PersonActor,
  { presentPassword, newPassword }: { presentPassword: string; newPassword: string },
  now: Date,
): Promise<string> {
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
  return change(actor, "account:own", async (tx, record) => {
    await tx.person.update({ where: { id: actor.personId }, data: { passwordHash, passwordSetAt: now } });
    const { signInId, ended } = await renewSession(tx, actor, "password_changed", now);
    await record({ action: "password.changed", target: { kind: "person", id: actor.personId }, body: { ended } });
    return signInId;
  });
}
