import { createHash, randomBytes } from "node:crypto";
import type { Tx } from "@/lib/db/client";
import { type TicketState, ticketByHash } from "@/lib/db/crossings";
import { env } from "@/lib/env";
import { Refused } from "@/lib/errors";
import { ticketStatus } from "../rules";

/** A new secret for a link: 256 bits; only its SHA-256 is kept. */
export function newTicketToken(): { token: string; tokenHash: Uint8Array<ArrayBuffer> } {
  const token = randomBytes(32).toString("base64url");
  return { token, tokenHash: ticketHash(token) };
}

/** The address in the mail: its host comes from DAMSO_URL alone. */
export function ticketLink(kind: "invite" | "reset", token: string): string {
  return `${env().DAMSO_URL}/${kind}/${token}`;
}

/** What a link leads to, while it does. @throws Refused people.ticket.used, .withdrawn, .expired, .unknown */
export async function openTicket(kind: "invite" | "reset", token: string, now: Date): Promise<TicketState> {
  const ticket = /^[A-Za-z0-9_-]{43}$/.test(token) ? await ticketByHash(ticketHash(token)) : null;
  if (!ticket || ticket.kind !== kind) throw new Refused("people.ticket.unknown");
  const status = ticketStatus(ticket, now);
  if (status !== "open") throw new Refused(`people.ticket.${status}`);
  return ticket;
}

/** Uses a link up, once. @throws Refused when another request was first */
export async function useTicket(tx: Tx, ticket: TicketState, now: Date): Promise<void> {
  const { count } = await tx.ticket.updateMany({
    where: { id: ticket.id, usedAt: null, withdrawnAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  if (count === 0) throw new Refused("people.ticket.used");
}

function ticketHash(token: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHash("sha256").update(token).digest());
}
