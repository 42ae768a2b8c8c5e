import { addDays, kstDay } from "@/lib/clock";
import { fromDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import type { Waiting } from "../rules";

/** Days for which presses that could not be written down ask for attention. */
const failureDays = 7;

/** Presses that were sent on and are in no statistics, while they are news. */
export async function waitingPresses(tx: Tx, now: Date): Promise<Waiting[]> {
  const { _sum } = await tx.pressFailure.aggregate({
    where: { day: { gt: fromDay(addDays(kstDay(now), -failureDays)) } },
    _sum: { presses: true },
  });
  if (!_sum.presses) return [];
  return [
    {
      id: "presses",
      group: "presses",
      entry: "placements",
      roles: ["CLIENT_ADMIN", "MARKETER"],
      kind: "pressesLost",
      values: { count: _sum.presses, days: failureDays },
      subject: "DAMSO_SPOOL",
      dueOn: null,
      href: "/placements",
    },
  ];
}
