import type { Actor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { selectPlacementStatistics } from "../queries/placement-statistics";
import type { PlacementStatistics, PlacementStatisticsFilter, StatisticsFormat } from "../schema/statistics";

/** The same numbers as the page's, for a file; that they were handed out is recorded. @throws Forbidden */
export function exportPlacementStatistics(
  actor: Actor,
  filter: PlacementStatisticsFilter,
  format: StatisticsFormat,
  now: Date,
): Promise<PlacementStatistics> {
  return change(actor, "placement:read", async (tx, record) => {
    const statistics = await selectPlacementStatistics(tx, filter, now);
    await record({
      action: "press.exported",
      target: { kind: "organization", id: actor.organizationId },
      body: { format, from: statistics.from, to: statistics.to, by: filter.by, count: statistics.groups.length },
    });
    return statistics;
  });
}
