import { addDays, kstDay, kstDayStart } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import type { Waiting } from "../rules";

export async function waitingPeople(tx: Tx, now: Date): Promise<Waiting[]> {
  const [expiring, tickets] = [
    await tx.membership.findMany({
      where: { disabledAt: null, expiresAt: { gt: now, lt: kstDayStart(addDays(kstDay(now), 15)) } },
      select: { personId: true, expiresAt: true, person: { select: { name: true } } },
    }),
    await tx.ticket.findMany({
      where: { kind: "invite", usedAt: null, withdrawnAt: null, expiresAt: { gt: now } },
      select: { id: true, name: true, email: true, expiresAt: true },
      take: 20,
    }),
  ];
  return [
    ...expiring.flatMap((membership): Waiting[] =>
      membership.expiresAt === null
        ? []
        : [
            {
              id: `expiry:${membership.personId}`,
              group: "rights",
              entry: "people",
              roles: ["CLIENT_ADMIN"],
              kind: "expiry",
              values: { name: membership.person.name },
              subject: membership.person.name,
              dueOn: kstDay(membership.expiresAt),
              href: `/people/${membership.personId}`,
            },
          ],
    ),
    ...tickets.map(
      (ticket): Waiting => ({
        id: `invite:${ticket.id}`,
        group: "rights",
        entry: "people",
        roles: ["CLIENT_ADMIN"],
        kind: "invite",
        values: { name: ticket.name || ticket.email },
        subject: ticket.name || ticket.email,
        dueOn: kstDay(ticket.expiresAt),
        href: "/people",
      }),
    ),
  ];
}
