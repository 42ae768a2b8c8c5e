import { kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import type { Waiting } from "../rules";

/** Pages on which a button still stands after its end, and pages from which one is gone that should stand (guide 3-4). */
export async function waitingPresence(tx: Tx, now: Date): Promise<Waiting[]> {
  const rows = await tx.$queryRaw<{ care: number; count: number }[]>`
    SELECT l.care::int AS care, count(*)::int AS count FROM presence_latest l JOIN placements p ON p.id = l.placement_id AND p.page_url IS NOT NULL
    WHERE l.organization_id = damso_organization() AND l.care <= 1 GROUP BY l.care ORDER BY l.care`;
  return rows.map(
    ({ care, count }): Waiting => ({
      ...{ id: `presence:${care}`, group: "presses", entry: "placements", subject: "" },
      roles: ["CLIENT_ADMIN", "COMPLIANCE_OFFICER", "MARKETER"],
      kind: care === 0 ? "buttonLeft" : "buttonMissing",
      values: { count },
      // What still hangs after its end is late already.
      dueOn: care === 0 ? kstDay(now) : null,
      href: `/placements/presence?verdict=${care === 0 ? "left" : "missing"}`,
    }),
  );
}
