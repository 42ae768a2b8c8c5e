import { randomUUID } from "node:crypto";
import type { VisitorActor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { type PersonForSignIn, personByEmail, type TicketState } from "@/lib/db/crossings";
import { Refused } from "@/lib/errors";
import { assertGoodPassword, hashPassword, verifyPassword } from "@/lib/password";
import { membershipEnd, membershipStatus } from "../rules";
import type { Join, RoleName, Visitor } from "../schema";
import { type Opened, openSession, pendingAt } from "./open-session";
import { openTicket, useTicket } from "./open-ticket";
import { assertMayTry, forgetTries } from "./throttle-tries";

/**
 * Accepts an invitation: whoever has an account gives its password, everybody else sets one. Opens a session in that organization;
 * a second factor is asked for as at any sign-in.
 * @throws Refused people.ticket.*, beside name, password or newPassword
 */
export async function joinOrganization(visitor: Visitor, input: Join, now: Date): Promise<Opened> {
  const ticket = await openTicket("invite", input.token, now);
  const role = ticket.role;
  if (!role) throw new Refused("people.ticket.unknown");
  const known = await personByEmail(ticket.email);
  const personId = known?.personId ?? randomUUID();
  const newcomer = known?.passwordHash ? null : await newcomerOf(ticket, known, input);
  if (known?.passwordHash) await assertOwnPassword(visitor, ticket.email, known.passwordHash, input.password);

  const { organizationId } = ticket;
  const actor: VisitorActor = { kind: "visitor", organizationId, personId, address: visitor.address };
  return change(actor, "account:enter", async (tx, record) => {
    await useTicket(tx, ticket, now);
    if (newcomer) await writePerson(tx, personId, ticket.email, known !== null, newcomer, now);
    await admit(tx, ticket, role, personId, now);
    const organization = await tx.organization.findUniqueOrThrow({ where: { id: organizationId } });
    const { secondFactorNeeded } = organization;
    const pending = pendingAt({ organizationId, role, secondFactorNeeded }, Boolean(known?.totpConfirmedAt));
    const signInId = await openSession(tx, visitor, { personId, organizationId, factorAt: null }, now);
    await record({
      action: "person.joined",
      target: { kind: "person", id: personId },
      body: { invite: ticket.id, role, session: signInId, pending: pending ?? "none" },
    });
    return { signInId, pending };
  });
}

type Newcomer = { name: string; passwordHash: string };

async function newcomerOf(ticket: TicketState, known: PersonForSignIn | null, input: Join): Promise<Newcomer> {
  const name = input.name ?? known?.name;
  if (!name) throw new Refused("errors.required", "name");
  if (!input.newPassword) throw new Refused("errors.required", "newPassword");
  await assertGoodPassword(input.newPassword, [name, ticket.email, ticket.organizationName]);
  return { name, passwordHash: await hashPassword(input.newPassword) };
}

async function assertOwnPassword(
  visitor: Visitor,
  email: string,
  hash: string,
  given: string | undefined,
): Promise<void> {
  if (!given) throw new Refused("errors.required", "password");
  await assertMayTry("account", email, visitor.address, "password");
  if (!(await verifyPassword(hash, given))) throw new Refused("people.refused.presentPassword", "password");
  await forgetTries("account", email);
}

async function writePerson(
  tx: Tx,
  id: string,
  email: string,
  exists: boolean,
  { name, passwordHash }: Newcomer,
  now: Date,
): Promise<void> {
  const data = { name, passwordHash, passwordSetAt: now };
  if (exists) await tx.person.update({ where: { id }, data });
  // Two invitations accepted at one moment: the address is unique, the second one finds a person and is asked again.
  else if (
    (await tx.person.createMany({ data: [{ id, email, createdAt: now, ...data }], skipDuplicates: true })).count === 0
  )
    throw new Refused("people.ticket.again");
}

async function admit(tx: Tx, ticket: TicketState, role: RoleName, personId: string, now: Date): Promise<void> {
  const { organizationId } = ticket;
  const before = await tx.membership.findUnique({ where: { organizationId_personId: { organizationId, personId } } });
  if (before && membershipStatus(before, now) === "active") throw new Refused("people.refused.alreadyHere");
  // An end that passed while the invitation lay unanswered begins anew.
  const over = ticket.membershipExpiresAt !== null && ticket.membershipExpiresAt <= now;
  const expiresAt = over ? membershipEnd(role, undefined, now) : ticket.membershipExpiresAt;
  if (before) {
    await tx.membership.update({
      where: { id: before.id },
      data: { role, expiresAt, disabledAt: null, version: { increment: 1 } },
    });
  } else {
    await tx.membership.create({ data: { organizationId, personId, role, expiresAt, createdAt: now } });
  }
  const { createdBy } = await tx.ticket.findUniqueOrThrow({ where: { id: ticket.id }, select: { createdBy: true } });
  await tx.rightChange.create({
    data: {
      organizationId,
      personId,
      kind: before ? "restored" : "granted",
      fromRole: before?.role ?? null,
      toRole: role,
      changedBy: createdBy,
      at: now,
    },
  });
}
