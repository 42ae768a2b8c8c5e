import { z } from "zod";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { assertDealerFits, overlaps } from "@/lib/channels/rules/switch";
import { fromDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import { dealerBySlug } from "@/lib/dealers/directory";
import { NotFound, Refused } from "@/lib/errors";
import { assertCoverFits, lastCovered } from "../rules/contract-fit";
import type { CoverChannel, UncoverChannel } from "../schema/contract";
import { assertVersion, lockContract, saveVersion } from "./contract-lock";

/** Channels of one contract; more is a mistake of the form. */
export const mostChannels = 500;

/**
 * Sets the days on which the contract covers a channel: the next version of the contract. A channel has one dealer at a time (dealer error 4060).
 * @throws NotFound, Conflict when `version` is stale, Refused beside `channelId`, `fromOn` or `untilOn`
 */
export async function coverChannel(actor: Actor, input: CoverChannel): Promise<void> {
  const { contractId, channelId, fromOn, untilOn } = input;
  await change(actor, "contract:edit", async (tx, record) => {
    const channel = await lockChannelRow(tx, channelId);
    const contract = await lockContract(tx, contractId);
    assertVersion(contract, input.version);
    if (!channel) throw new Refused("dealers.contracts.refused.channel", "channelId");
    assertCoverFits({ fromOn, untilOn }, contract.fields.startsOn);
    const known = await tx.contractChannel.count({ where: { contractId, channelId } });
    if (known === 0) {
      if ((await tx.contractChannel.count({ where: { contractId } })) >= mostChannels) {
        throw new Refused("dealers.contracts.refused.tooManyChannels", "channelId", { most: mostChannels });
      }
      await assertDealerOf(tx, channel, contract.fields.dealer);
    }
    const days = { fromOn: fromDay(fromOn), untilOn: fromDay(untilOn) };
    const { organizationId } = personOf(actor);
    await tx.contractChannel.upsert({
      where: { contractId_channelId: { contractId, channelId } },
      create: { organizationId, contractId, channelId, ...days },
      update: days,
    });
    await assertOneDealer(tx, contractId);
    const saved = await saveVersion(tx, personOf(actor), contract);
    await record({
      action: "contract.channel-covered",
      target: { kind: "contract", id: contractId },
      body: { ...saved, channel: channelId, fromOn, untilOn },
    });
  });
}

/**
 * Takes a channel out of the contract: its next version.
 * @throws NotFound, Conflict when `version` is stale, Refused when it is not covered or a re-consignment approval stands on it
 */
export async function uncoverChannel(actor: Actor, { contractId, version, channelId }: UncoverChannel): Promise<void> {
  await change(actor, "contract:edit", async (tx, record) => {
    await lockChannelRow(tx, channelId);
    const contract = await lockContract(tx, contractId);
    assertVersion(contract, version);
    const { count } = await tx.contractChannel.deleteMany({ where: { contractId, channelId } });
    if (count === 0) throw new Refused("dealers.contracts.refused.covered");
    const approved = await tx.reconsignment.count({ where: { contractId, channelId, withdrawnOn: null } });
    if (approved > 0) throw new Refused("dealers.contracts.refused.reconsigned");
    const saved = await saveVersion(tx, personOf(actor), contract);
    await record({
      action: "contract.channel-uncovered",
      target: { kind: "contract", id: contractId },
      body: { ...saved, channel: channelId },
    });
  });
}

type ChannelRow = { id: string; name: string; dealer: string | null };

async function lockChannelRow(tx: Tx, id: string): Promise<ChannelRow | null> {
  const rows = await tx.$queryRaw<
    ChannelRow[]
  >`SELECT id, name, dealer FROM channels WHERE id = ${id}::uuid FOR UPDATE`;
  return rows[0] ?? null;
}

/** The channels that a contract covers, in the order in which everybody locks them, so that nobody waits in a circle. */
export async function lockCoveredChannels(tx: Tx, contractId: string): Promise<void> {
  if (!z.uuid().safeParse(contractId).success) throw new NotFound();
  await tx.$queryRaw`SELECT c.id FROM channels c WHERE c.id IN (SELECT channel_id FROM contract_channels WHERE contract_id = ${contractId}::uuid)
    ORDER BY c.id FOR UPDATE`;
}

async function assertDealerOf(tx: Tx, channel: ChannelRow, dealer: string): Promise<void> {
  const open = await tx.dealerSwitch.findFirst({
    where: { channelId: channel.id, outcome: null },
    select: { toDealer: true },
  });
  try {
    assertDealerFits(channel.dealer, open?.toDealer ?? null, dealer);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const own = dealerBySlug(channel.dealer)?.name ?? "";
    throw new Refused("dealers.contracts.refused.dealerDiffers", "channelId", { channel: channel.name, dealer: own });
  }
}

type Cover = {
  channelId: string;
  name: string;
  contractId: string;
  number: string;
  dealer: string;
  fromOn: string;
  untilOn: string | null;
  endsOn: string | null;
  renewal: string;
  agreedEndOn: string | null;
};

/** @throws Refused when a contract with another dealer covers one of the contract's channels on the same day (dealer error 4060) */
export async function assertOneDealer(tx: Tx, contractId: string): Promise<void> {
  const rows = await tx.$queryRaw<Cover[]>`
    SELECT x.channel_id AS "channelId", c.name, n.id AS "contractId", n.number, n.dealer, x.from_on::text AS "fromOn", x.until_on::text AS "untilOn",
      n.ends_on::text AS "endsOn", n.renewal, CASE WHEN d.kind = 'end' THEN d.ends_on::text END AS "agreedEndOn"
    FROM contract_channels x JOIN contracts n ON n.id = x.contract_id JOIN channels c ON c.id = x.channel_id
    LEFT JOIN contract_ends d ON d.contract_id = n.id
    WHERE x.channel_id IN (SELECT channel_id FROM contract_channels WHERE contract_id = ${contractId}::uuid) ORDER BY c.name, x.from_on`;
  for (const channelId of new Set(rows.map((row) => row.channelId))) {
    const covers = rows
      .filter((row) => row.channelId === channelId)
      .map((row) => ({ ...row, untilOn: lastCovered(row, row) }));
    const clash = overlaps(covers);
    if (!clash) continue;
    const other = clash[0].contractId === contractId ? clash[1] : clash[0];
    throw new Refused("dealers.contracts.refused.overlaps", "channelId", { number: other.number, channel: other.name });
  }
}
