import { type Actor, actorReference } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { fullTime } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { NotFound, Refused } from "@/lib/errors";
import type { Locale } from "@/lib/locale";
import { sentence } from "@/lib/messages";
import { queueMail } from "@/lib/outbox";
import { lifetimes, membershipEnd, ticketStatus } from "../rules";
import type { InvitePerson } from "../schema";
import { newTicketToken, ticketLink } from "./open-ticket";

/**
 * Invites somebody by mail. The answer is the same whether or not the address has an account in another organization.
 * @throws Refused beside `email` for a colleague or an open invitation, beside `expiresOn` for an impossible day
 */
export async function invitePerson(
  actor: Actor,
  input: InvitePerson,
  locale: Locale,
  now: Date,
): Promise<{ inviteId: string }> {
  const membershipExpiresAt = membershipEnd(input.role, input.expiresOn, now);
  return change(actor, "person:invite", async (tx, record) => {
    const { organizationId } = actor;
    const colleague = await tx.membership.count({ where: { organizationId, person: { email: input.email } } });
    if (colleague > 0) throw new Refused("people.refused.colleague", "email");
    const open = await tx.ticket.count({
      where: {
        organizationId,
        kind: "invite",
        email: input.email,
        usedAt: null,
        withdrawnAt: null,
        expiresAt: { gt: now },
      },
    });
    if (open > 0) throw new Refused("people.refused.invited", "email");
    const { token, tokenHash } = newTicketToken();
    const expiresAt = new Date(now.getTime() + lifetimes.inviteMs);
    const { id } = await tx.ticket.create({
      data: {
        kind: "invite",
        organizationId,
        email: input.email,
        name: input.name,
        role: input.role,
        membershipExpiresAt,
        tokenHash,
        createdBy: actorReference(actor).id,
        createdAt: now,
        expiresAt,
      },
    });
    await mailInvite(tx, organizationId, { to: input.email, name: input.name, token, expiresAt }, locale);
    await record({ action: "person.invited", target: { kind: "invite", id }, body: { role: input.role } });
    return { inviteId: id };
  });
}

/** Sends an invitation anew with a new link; the old one is worth nothing from then on. @throws NotFound, Refused people.ticket.used */
export async function resendInvite(
  actor: Actor,
  { inviteId }: { inviteId: string },
  locale: Locale,
  now: Date,
): Promise<void> {
  await change(actor, "person:invite", async (tx, record) => {
    const ticket = await inviteOf(tx, actor, inviteId);
    const status = ticketStatus(ticket, now);
    if (status === "used" || status === "withdrawn") throw new Refused(`people.ticket.${status}`);
    const { token, tokenHash } = newTicketToken();
    const expiresAt = new Date(now.getTime() + lifetimes.inviteMs);
    await tx.ticket.update({ where: { id: ticket.id }, data: { tokenHash, expiresAt } });
    await mailInvite(tx, actor.organizationId, { to: ticket.email, name: ticket.name, token, expiresAt }, locale);
    await record({ action: "invite.resent", target: { kind: "invite", id: ticket.id } });
  });
}

/** Takes an invitation back. @throws NotFound, Refused people.ticket.used */
export async function withdrawInvite(actor: Actor, { inviteId }: { inviteId: string }, now: Date): Promise<void> {
  await change(actor, "person:invite", async (tx, record) => {
    const ticket = await inviteOf(tx, actor, inviteId);
    if (ticket.usedAt) throw new Refused("people.ticket.used");
    if (ticket.withdrawnAt) throw new Refused("people.ticket.withdrawn");
    await tx.ticket.update({ where: { id: ticket.id }, data: { withdrawnAt: now } });
    await record({ action: "invite.withdrawn", target: { kind: "invite", id: ticket.id } });
  });
}

async function inviteOf(tx: Tx, actor: Actor, id: string) {
  const ticket = await tx.ticket.findFirst({ where: { id, kind: "invite", organizationId: actor.organizationId } });
  if (!ticket) throw new NotFound();
  return ticket;
}

async function mailInvite(
  tx: Tx,
  organizationId: string,
  invite: { to: string; name: string; token: string; expiresAt: Date },
  locale: Locale,
): Promise<void> {
  const { name: organization } = await tx.organization.findUniqueOrThrow({ where: { id: organizationId } });
  await queueMail(tx, organizationId, {
    to: invite.to,
    subject: sentence("people.mail.invite.subject", locale, { organization }),
    text: sentence("people.mail.invite.body", locale, {
      organization,
      name: invite.name,
      link: ticketLink("invite", invite.token),
      until: fullTime(invite.expiresAt, locale),
    }),
  });
}
