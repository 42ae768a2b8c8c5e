import { checkKinds } from "@/lib/channels/rules/profile-check";
import { kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import type { Waiting } from "../rules";

/** Channels that are shown at most: the rest comes up as these are settled. */
const most = 200;

/** Channels that still run and where something that a check had confirmed is contradicted now. */
export async function waitingChecks(tx: Tx, now: Date): Promise<Waiting[]> {
  const turned = await tx.$queryRaw<{ id: string; name: string; searchId: string; count: number }[]>`
    WITH suspect AS (
      SELECT DISTINCT channel_id FROM channel_checks WHERE jsonb_path_exists(answers, '$[*].turnedAt ? (@ != null)')
    )
    SELECT c.id, c.name, c.search_id AS "searchId", count(*)::int AS count
    FROM suspect JOIN channels c ON c.id = suspect.channel_id CROSS JOIN unnest(${[...checkKinds]}::text[]) AS kinds(kind)
    CROSS JOIN LATERAL (
      SELECT answers FROM channel_checks WHERE channel_id = c.id AND kind = kinds.kind ORDER BY at DESC, id DESC LIMIT 1
    ) newest
    CROSS JOIN LATERAL jsonb_path_query(newest.answers, '$[*].turnedAt ? (@ != null)') turned
    LEFT JOIN channel_last_days d ON d.channel_id = c.id
    WHERE (d.ends_on IS NULL OR d.ends_on >= ${kstDay(now)}::date)
    GROUP BY c.id, c.name, c.search_id ORDER BY c.name, c.id LIMIT ${most}`;
  return turned.map(({ id, name, searchId, count }) => ({
    id: `check:${id}`,
    group: "checks",
    entry: "channels",
    roles: ["CLIENT_ADMIN", "COMPLIANCE_OFFICER"],
    kind: "checkFailed",
    values: { name, count },
    subject: `@${searchId}`,
    dueOn: null,
    href: `/channels/${id}/checks`,
  }));
}
