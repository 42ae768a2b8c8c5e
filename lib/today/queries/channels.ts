import { channelStatus } from "@/lib/channels/rules/life";
import { goLiveGaps } from "@/lib/channels/rules/onboarding";
import { daysBetween, kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import type { Waiting } from "../rules";

/** Days before a dated thing is shown. */
const ahead = 49;

export async function waitingChannels(tx: Tx, now: Date): Promise<Waiting[]> {
  const lastDays = new Map(
    (await tx.channelLastDay.findMany()).map((row) => [row.channelId, row.endsOn?.toISOString().slice(0, 10) ?? null]),
  );
  const channels = await tx.channel.findMany({
    select: {
      id: true,
      searchId: true,
      name: true,
      dealer: true,
      goLive: { select: { at: true } },
      marks: { select: { item: true, kind: true, at: true } },
      _count: { select: { placements: { where: { retirement: null } } } },
    },
  });
  return channels.flatMap((channel): Waiting[] => {
    const endsOn = lastDays.get(channel.id) ?? null;
    const state = channelStatus({ wentLiveAt: channel.goLive?.at ?? null, endsOn }, now);
    const subject = `@${channel.searchId}`;
    const common = {
      subject,
      entry: "channels",
      href: `/channels/${channel.id}`,
      values: { name: channel.name },
    } as const;
    if (state === "preparing") {
      const gaps = goLiveGaps(channel.dealer, channel.marks).length;
      const ready = gaps === 0;
      return [
        {
          ...common,
          id: `goLive:${channel.id}`,
          group: "goLive",
          roles: ready ? ["CLIENT_ADMIN"] : ["CLIENT_ADMIN", "COMPLIANCE_OFFICER"],
          kind: ready ? "ready" : "gaps",
          values: { name: channel.name, count: gaps },
          dueOn: null,
        },
      ];
    }
    const placements = channel._count.placements;
    const soon = endsOn !== null && daysBetween(kstDay(now), endsOn) <= ahead;
    if (endsOn === null || !soon || placements === 0) return [];
    return [
      {
        ...common,
        id: `end:${channel.id}`,
        group: "end",
        entry: "placements",
        roles: ["CLIENT_ADMIN", "MARKETER", "COMPLIANCE_OFFICER"],
        kind: state === "ended" ? "ended" : "ending",
        values: { name: channel.name, count: placements },
        dueOn: endsOn,
        href: `/placements?channel=${channel.id}&state=live`,
      },
    ];
  });
}
