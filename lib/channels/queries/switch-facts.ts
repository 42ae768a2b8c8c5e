import { toDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import { approvalState } from "@/lib/dealers/rules/contract";
import { lastCovered } from "@/lib/dealers/rules/contract-fit";
import type { DealerSwitch } from "@/prisma/generated/client";
import type { SwitchContract, SwitchFacts } from "../rules/switch";

/** Everything the steps of a switch follow from, in four queries. */
export async function switchFacts(tx: Tx, row: DealerSwitch): Promise<SwitchFacts> {
  const { channelId, fromDealer, toDealer } = row;
  const covers = await tx.contractChannel.findMany({
    where: { channelId, contract: { dealer: { in: [fromDealer, toDealer] } } },
    select: {
      fromOn: true,
      untilOn: true,
      contract: {
        select: {
          ...{ id: true, number: true, dealer: true, service: true, consignment: true, version: true },
          ...{ renewal: true, endsOn: true },
          steps: { select: { kind: true, number: true, hash: true, personId: true, at: true } },
          endings: {
            where: { outcome: "approved" },
            orderBy: [{ closedAt: "desc" }, { id: "desc" }],
            take: 1,
            select: { kind: true, endsOn: true },
          },
        },
      },
    },
    orderBy: [{ fromOn: "asc" }, { contractId: "asc" }],
  });
  const openConnections = await tx.dealerConnection.findMany({
    where: { channelId, closedAt: null, createdAt: { lt: row.at } },
    select: { id: true },
    orderBy: { createdAt: "asc" },
  });
  const reconsignments = await tx.reconsignment.findMany({
    where: { channelId, contract: { dealer: toDealer } },
    select: { contractId: true, validFrom: true, validUntil: true, withdrawnOn: true, fileId: true },
    orderBy: { at: "desc" },
  });
  const channel = await tx.channel.findUniqueOrThrow({ where: { id: channelId }, select: { senderKey: true } });
  return {
    fromDealer,
    toDealer,
    lastOn: toDay(row.lastOn),
    contracts: covers.map(({ fromOn, untilOn, contract }): SwitchContract => {
      const { steps, endings, version, renewal, endsOn, ...rest } = contract;
      const [end] = endings;
      const agreedEndOn = end?.kind === "end" && end.endsOn ? toDay(end.endsOn) : null;
      return {
        ...rest,
        fromOn: toDay(fromOn),
        untilOn: lastCovered({ untilOn: toDay(untilOn) }, { renewal, endsOn: toDay(endsOn), agreedEndOn }),
        approved: approvalState(version, steps) === "approved",
      };
    }),
    openConnections,
    reconsignments: reconsignments.map(({ contractId, validFrom, validUntil, withdrawnOn, fileId }) => ({
      ...{ contractId, dealer: toDealer, signed: fileId !== null },
      validFrom: toDay(validFrom),
      validUntil: toDay(validUntil),
      withdrawnOn: toDay(withdrawnOn),
    })),
    senderKey: channel.senderKey,
    senderKeyBefore: row.senderKey,
  };
}
