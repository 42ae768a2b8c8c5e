import { addDays, kstDay, kstDayStart } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import type { Waiting } from "../rules";

/** Days for which events that could not be taken ask for attention. */
const setAsideDays = 7;

export async function waitingSetAsides(tx: Tx, now: Date): Promise<Waiting[]> {
  const since = kstDayStart(addDays(kstDay(now), -setAsideDays));
  const counts = await tx.setAside.groupBy({
    by: ["connectionId"],
    where: { at: { gte: since }, reason: { notIn: ["out_of_scope", "identity_result"] } },
    _count: { _all: true },
  });
  if (counts.length === 0) return [];
  const connections = await tx.dealerConnection.findMany({
    where: { id: { in: counts.map((count) => count.connectionId) } },
    select: { id: true, channel: { select: { name: true, searchId: true } } },
  });
  return connections.map((connection) => ({
    id: `hooks:${connection.id}`,
    group: "hooks",
    entry: "dealers",
    roles: ["CLIENT_ADMIN"],
    kind: "setAsides",
    values: {
      name: connection.channel.name,
      days: setAsideDays,
      count: counts.find((count) => count.connectionId === connection.id)?._count._all ?? 0,
    },
    subject: `@${connection.channel.searchId}`,
    dueOn: null,
    href: `/dealers/${connection.id}`,
  }));
}
