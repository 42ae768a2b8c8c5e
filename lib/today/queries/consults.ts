import { addDays, kstDay, kstDayStart } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import type { Waiting } from "../rules";

/** Days for which an unknown code asks for attention. */
const unknownCodeDays = 28;

export async function waitingCodes(tx: Tx, now: Date): Promise<Waiting[]> {
  const since = kstDayStart(addDays(kstDay(now), -unknownCodeDays));
  const codes = await tx.consultSession.groupBy({
    by: ["extra"],
    where: { openedAt: { gte: since }, extra: { not: null }, placementId: null },
    _count: { _all: true },
  });
  if (codes.length === 0) return [];
  return [
    {
      id: "codes",
      group: "codes",
      entry: "monitor",
      roles: ["MARKETER", "CLIENT_ADMIN"],
      kind: "codes",
      values: {
        count: codes.length,
        sessions: codes.reduce((sum, code) => sum + code._count._all, 0),
        days: unknownCodeDays,
      },
      subject: codes[0]?.extra ?? "",
      dueOn: null,
      href: "/monitor?place=unknown",
    },
  ];
}
