import type { VisitorActor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { personByEmail } from "@/lib/db/crossings";
import { Refused } from "@/lib/errors";
import { evenOut } from "@/lib/even-out";
import type { Locale } from "@/lib/locale";
import { log } from "@/lib/log";
import { sentence } from "@/lib/messages";
import { queueMail } from "@/lib/outbox";
import { assertGoodPassword, hashPassword } from "@/lib/password";
import { lifetimes } from "../rules";
import type { Visitor } from "../schema";
import { newTicketToken, openTicket, ticketLink, useTicket } from "./open-ticket";
import { assertMayTry, forgetTries, mayTry } from "./throttle-tries";

/** Mails a link that sets a new password, where the address has an account. Answers alike in any case. @throws Refused people.locked */
export async function requestReset(
  visitor: Visitor,
  { email }: { email: string },
  locale: Locale,
  now: Date,
): Promise<void> {
  const started = performance.now();
  await assertMayTry("address", visitor.address, visitor.address);
  const person = await personByEmail(email);
  const mayMail = await mayTry("reset", email);
  const organizationId = person?.homeOrganizationId;
  if (!person || !organizationId || !mayMail) {
    log("warn", "reset.not_mailed", { address: visitor.address, known: person !== null });
    return evenOut(started);
  }
  const { personId } = person;
  const actor: VisitorActor = { kind: "visitor", organizationId, personId, address: visitor.address };
  await change(actor, "account:enter", async (tx, record) => {
    const { token, tokenHash } = newTicketToken();
    await tx.ticket.updateMany({
      where: { organizationId, personId, kind: "reset", usedAt: null, withdrawnAt: null },
      data: { withdrawnAt: now },
    });
    const { id } = await tx.ticket.create({
      data: {
        kind: "reset",
        organizationId,
        personId,
        email,
        tokenHash,
        createdBy: personId,
        createdAt: now,
        expiresAt: new Date(now.getTime() + lifetimes.resetMs),
      },
    });
    await queueMail(tx, organizationId, {
      to: email,
      subject: sentence("people.mail.reset.subject", locale),
      text: sentence("people.mail.reset.body", locale, { name: person.name, link: ticketLink("reset", token) }),
    });
    await record({ action: "reset.requested", target: { kind: "ticket", id } });
  });
  await evenOut(started);
}

/**
 * Sets a new password by a mailed link. Every session ends, nobody is signed in, and a second factor is asked for as before.
 * @throws Refused people.ticket.*, beside newPassword
 */
export async function resetPassword(
  visitor: Visitor,
  { token, newPassword }: { token: string; newPassword: string },
  now: Date,
): Promise<void> {
  const ticket = await openTicket("reset", token, now);
  const { personId, organizationId, email } = ticket;
  if (!personId) throw new Refused("people.ticket.unknown");
  const person = await personByEmail(email);
  await assertGoodPassword(newPassword, [email, ticket.organizationName, person?.name ?? ""]);
  const passwordHash = await hashPassword(newPassword);
  const actor: VisitorActor = { kind: "visitor", organizationId, personId, address: visitor.address };
  await change(actor, "account:enter", async (tx, record) => {
    await useTicket(tx, ticket, now);
    await tx.person.update({ where: { id: personId }, data: { passwordHash, passwordSetAt: now } });
    const ended = await tx.signIn.updateMany({
      where: { personId, endedAt: null },
      data: { endedAt: now, endedBecause: "password_changed" },
    });
    await record({ action: "password.reset", target: { kind: "person", id: personId }, body: { ended: ended.count } });
  });
  // Whoever has the mailbox is not kept out by those who guessed.
  await forgetTries("account", email);
}
