import { countDueBlocks } from "@/lib/channels/queries/block-states";
import type { Tx } from "@/lib/db/client";
import type { Waiting } from "../rules";

/** People who came back, or whose user_key is known, and are not blocked again (guide 3-3). */
export async function waitingBlocks(tx: Tx): Promise<Waiting[]> {
  const due = await countDueBlocks(tx);
  if (due.length === 0) return [];
  const channels = await tx.channel.findMany({
    where: { id: { in: due.map(({ channelId }) => channelId) } },
    select: { id: true, name: true, searchId: true },
  });
  return channels.map((channel) => ({
    id: `blocks:${channel.id}`,
    group: "blocks",
    entry: "channels",
    roles: ["COMPLIANCE_OFFICER", "CLIENT_ADMIN"],
    kind: "blockReturned",
    values: { name: channel.name, count: due.find(({ channelId }) => channelId === channel.id)?.count ?? 0 },
    subject: `@${channel.searchId}`,
    dueOn: null,
    href: `/channels/${channel.id}/blocks?state=due`,
  }));
}
