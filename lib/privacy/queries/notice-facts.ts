import { loadTerms } from "@/lib/archive/reckoning";
import { kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { exceptionText, noticePeriods, type Processor, processorNames } from "../rules/notice-facts";
import type { NoticeFacts } from "../rules/notice-lint";
import { periodText } from "../rules/period-words";

type ChannelWords = { id: string; name: string; contact: string; privacyUrl: string | null; company: string };

/** What the notices of these channels must agree with now, by channel: three queries, however many channels there are. */
export async function noticeFactsOf(
  tx: Tx,
  channelIds: readonly string[],
  now: Date,
): Promise<Map<string, NoticeFacts>> {
  const ids = [...channelIds];
  const channels = await tx.$queryRaw<ChannelWords[]>`
    SELECT c.id, c.name, c.contact, c.privacy_url AS "privacyUrl", coalesce(nullif(c.consignor_name, ''), o.name) AS company
    FROM channels c JOIN organizations o ON o.id = c.organization_id WHERE c.id = ANY(${ids}::uuid[])`;
  const terms = await loadTerms(tx);
  const processors = await processorsOf(tx, ids, now);
  return new Map(
    channels.map((channel) => {
      const periods = noticePeriods(terms, channel.id, now);
      const own = processors.filter(({ channelId }) => channelId === channel.id);
      const values = {
        ...{ company: channel.company, channel: channel.name, hours: null },
        ...{ period: periods.main && periodText(periods.main.period), exceptions: exceptionText(periods) },
        consignee: processorNames(own, "consignee"),
        subConsignee: processorNames(own, "subConsignee"),
        ...{ contact: channel.contact || null, policyPage: channel.privacyUrl?.replace(/^https:\/\//, "") ?? null },
      };
      return [channel.id, { values, periods, processors: own }];
    }),
  );
}

/** The facts with the hours that the text itself says. */
export function withHours(facts: NoticeFacts, hours: string): NoticeFacts {
  return { ...facts, values: { ...facts.values, hours: hours || null } };
}

/** Consignment contracts in force today that cover a channel: approved, and not over. */
function processorsOf(tx: Tx, channelIds: string[], now: Date): Promise<(Processor & { channelId: string })[]> {
  const today = kstDay(now);
  return tx.$queryRaw<(Processor & { channelId: string })[]>`
    SELECT x.channel_id AS "channelId", n.id AS "contractId", n.number AS "contractNumber", n.consignee, n.sub_consignee AS "subConsignee"
    FROM contracts n JOIN contract_channels x ON x.contract_id = n.id
    WHERE x.channel_id = ANY(${channelIds}::uuid[]) AND n.consignment AND n.starts_on <= ${today}::date
      AND (n.ends_on IS NULL OR n.renewal <> 'none' OR n.ends_on >= ${today}::date)
      AND x.from_on <= ${today}::date AND (x.until_on IS NULL OR x.until_on >= ${today}::date)
      AND EXISTS (SELECT FROM contract_steps s WHERE s.contract_id = n.id AND s.kind = 'approved')
      AND NOT EXISTS (SELECT FROM contract_ends e WHERE e.contract_id = n.id AND e.kind = 'end' AND e.ends_on < ${today}::date)
    ORDER BY n.starts_on, n.number`;
}
