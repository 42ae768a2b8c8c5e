import type { Day } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import type { ExitChannel } from "../rules/exit";

type Found = Omit<ExitChannel, "staysBy"> & {
  contractId: string;
  otherId: string | null;
  otherNumber: string | null;
  until: Day | null;
};

/**
 * The channels that a contract covers on a day, by name, each with the other service contract that keeps it in use beyond that day:
 * the same judgement as the view channel_last_days, said before anything is agreed to. lib/dealers/exits.test.ts holds the two together.
 */
export async function exitChannels(tx: Tx, contractId: string, endsOn: Day): Promise<ExitChannel[]> {
  return (await exitChannelsOf(tx, [{ contractId, endsOn }])).get(contractId) ?? [];
}

/** The same for many contracts in one query, by contract. */
export async function exitChannelsOf(
  tx: Tx,
  asked: readonly { contractId: string; endsOn: Day }[],
): Promise<Map<string, ExitChannel[]>> {
  const found = await tx.$queryRaw<Found[]>`
    SELECT a.contract_id AS "contractId", c.id, c.name, c.search_id AS "searchId", c.dealer, l.ends_on::text AS "lastOn",
      o.id AS "otherId", o.number AS "otherNumber", o.until::text AS until,
      (SELECT count(*)::int FROM placements p WHERE p.channel_id = c.id
        AND NOT EXISTS (SELECT FROM placement_retirements r WHERE r.placement_id = p.id)) AS placements,
      (SELECT count(*)::int FROM dealer_connections d WHERE d.channel_id = c.id AND d.closed_at IS NULL
        AND (o.id IS NULL OR (c.dealer IS DISTINCT FROM n.dealer AND d.created_at <
          coalesce((SELECT max(w.at) FROM dealer_switches w WHERE w.channel_id = c.id AND w.from_dealer = n.dealer), 'infinity')))) AS connections
    FROM unnest(${asked.map((one) => one.contractId)}::uuid[], ${asked.map((one) => one.endsOn)}::date[]) AS a (contract_id, ends_on)
    JOIN contract_channels x ON x.contract_id = a.contract_id AND x.from_on <= a.ends_on AND (x.until_on IS NULL OR x.until_on >= a.ends_on)
    JOIN contracts n ON n.id = x.contract_id
    JOIN channels c ON c.id = x.channel_id
    LEFT JOIN channel_last_days l ON l.channel_id = c.id
    LEFT JOIN LATERAL (
      SELECT m.id, m.number, f.ends_on AS until
      FROM contract_channels y
      JOIN contracts m ON m.id = y.contract_id AND m.service
      LEFT JOIN contract_ends f ON f.contract_id = m.id AND f.kind = 'end' AND (y.until_on IS NULL OR y.until_on >= f.ends_on)
      WHERE y.channel_id = x.channel_id AND y.contract_id <> x.contract_id
        AND y.from_on <= greatest(a.ends_on + 1, (now() AT TIME ZONE 'Asia/Seoul')::date)
        AND (y.until_on IS NULL OR y.until_on > a.ends_on)
        AND (m.renewal <> 'none' OR m.ends_on IS NULL OR m.ends_on > a.ends_on)
        AND (f.ends_on IS NULL OR f.ends_on > a.ends_on)
        AND EXISTS (SELECT FROM contract_steps s WHERE s.contract_id = m.id AND s.kind = 'approved')
      ORDER BY f.ends_on DESC NULLS FIRST, m.created_at, m.id LIMIT 1
    ) o ON true
    ORDER BY c.name, c.id`;
  const byContract = new Map<string, ExitChannel[]>();
  for (const { contractId, otherId, otherNumber, until, ...channel } of found) {
    const staysBy = otherId === null ? null : { id: otherId, number: otherNumber ?? "", until };
    byContract.set(contractId, [...(byContract.get(contractId) ?? []), { ...channel, staysBy }]);
  }
  return byContract;
}
