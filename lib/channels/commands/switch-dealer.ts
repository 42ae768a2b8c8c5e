// One dealer per channel at a time (dealer error 4060, field-facts 1.7): from the former to the new one, step by step.
import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { addDays, kstDay } from "@/lib/clock";
import { fromDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import { NotFound, Refused } from "@/lib/errors";
import type { DealerSwitch } from "@/prisma/generated/client";
import { switchFacts } from "../queries/switch-facts";
import { endOfUse } from "../rules/life";
import { assertMayBegin, assertMayComplete, switchSteps } from "../rules/switch";
import type { BeginSwitch, CompleteSwitch, WithdrawSwitch } from "../schema/switch";
import { type LockedChannel, lockChannel } from "./channel-lock";

/**
 * Says that a channel goes to another dealer, and which day is the last with the former one. From now on contracts of both may cover it.
 * @returns the switch's id
 * @throws NotFound, Refused beside its field, or when a switch is open already
 */
export async function beginSwitch(actor: Actor, { channelId, toDealer, lastOn, reason }: BeginSwitch): Promise<string> {
  return change(actor, "channel:switch-dealer", async (tx, record) => {
    const held = await lockChannel(tx, channelId);
    const now = new Date();
    const channel = { dealer: held.dealer, ended: isOver(held, now) };
    const open = (await tx.dealerSwitch.count({ where: { channelId, outcome: null } })) > 0;
    assertMayBegin(channel, { toDealer, lastOn }, open, kstDay(now));
    const { senderKey } = await tx.channel.findUniqueOrThrow({ where: { id: channelId }, select: { senderKey: true } });
    const { id } = await tx.dealerSwitch.create({
      data: {
        ...{ organizationId: actor.organizationId, channelId, fromDealer: channel.dealer, toDealer, reason, senderKey },
        lastOn: fromDay(lastOn),
        personId: personOf(actor).personId,
        at: now,
      },
      select: { id: true },
    });
    await record({
      action: "channel.dealer-switch-begun",
      target: { kind: "channel", id: channelId },
      body: { switch: id, from: channel.dealer, to: toDealer, lastOn },
    });
    return id;
  });
}

/** The channel is the new dealer's from now on. @throws NotFound when no such switch is open, Refused while a step does not hold */
export async function completeSwitch(actor: Actor, { channelId, switchId }: CompleteSwitch): Promise<void> {
  await change(actor, "channel:switch-dealer", async (tx, record) => {
    const held = await lockChannel(tx, channelId);
    const row = await openSwitch(tx, channelId, switchId);
    const now = new Date();
    if (isOver(held, now)) throw new Refused("channels.refused.ended");
    const steps = switchSteps(await switchFacts(tx, row), kstDay(now));
    assertMayComplete(held.dealer, row.fromDealer, steps);
    await tx.channel.update({
      where: { id: channelId },
      data: { dealer: row.toDealer, version: { increment: 1 } },
    });
    await close(tx, actor, switchId, "completed", now);
    await record({
      action: "channel.dealer-switch-completed",
      target: { kind: "channel", id: channelId },
      body: {
        ...{ switch: switchId, from: row.fromDealer, to: row.toDealer, lastOn: kstDay(row.lastOn) },
        unknown: steps.filter(({ answer }) => answer === "unknown").map(({ key }) => key),
      },
    });
  });
}

/**
 * The channel stays with its dealer. @throws NotFound when no such switch is open, Refused while a contract of the other dealer
 * covers the channel: then two dealers would have it
 */
export async function withdrawSwitch(actor: Actor, { channelId, switchId, reason }: WithdrawSwitch): Promise<void> {
  await change(actor, "channel:switch-dealer", async (tx, record) => {
    await lockChannel(tx, channelId);
    const row = await openSwitch(tx, channelId, switchId);
    const now = new Date();
    const { contracts } = await switchFacts(tx, row);
    const first = addDays(kstDay(row.lastOn), 1);
    const covering = contracts.find(({ dealer, untilOn }) => dealer === row.toDealer && (untilOn ?? first) >= first);
    if (covering) throw new Refused("channels.switch.refused.covered", undefined, { number: covering.number });
    await close(tx, actor, switchId, "withdrawn", now);
    await record({
      action: "channel.dealer-switch-withdrawn",
      target: { kind: "channel", id: channelId },
      reason,
      body: { switch: switchId, from: row.fromDealer, to: row.toDealer },
    });
  });
}

/** Whether the channel's own end has passed. One that the former contract's end brings about is what a switch is for. */
function isOver({ ownEndsOn }: LockedChannel, now: Date): boolean {
  return ownEndsOn !== null && now >= endOfUse(ownEndsOn);
}

async function openSwitch(tx: Tx, channelId: string, id: string): Promise<DealerSwitch> {
  const row = await tx.dealerSwitch.findFirst({ where: { id, channelId, outcome: null } });
  if (!row) throw new NotFound();
  return row;
}

async function close(tx: Tx, actor: Actor, id: string, outcome: "completed" | "withdrawn", at: Date): Promise<void> {
  await tx.dealerSwitch.update({
    where: { id },
    data: { outcome, closedBy: personOf(actor).personId, closedAt: at },
  });
}
