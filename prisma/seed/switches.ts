// The demonstration's change of dealers: one that was thought about and given up.
import type { PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { addDays, kstDay, kstDayStart } from "@/lib/clock";
import { seededId } from "./channels";
import { recordPastEvent } from "./past-event";

export type SwitchSeed = {
  now: Date;
  /** Begins and gives up. */
  admin: PersonActor;
  /** Id of a channel by its search id without "@". */
  channelId: (searchId: string) => string;
};

/** 한결생활 stays with 인포뱅크 after all. */
export async function seedSwitches({ now, admin, channelId: idOf }: SwitchSeed): Promise<void> {
  const channelId = idOf("한결생활");
  const { organizationId, personId } = admin;
  const id = seededId(channelId, "switch");
  const today = kstDay(now);
  const [at, closedAt] = [moment(addDays(today, -64), 10 * 60 + 22), moment(addDays(today, -51), 16 * 60 + 5)];
  const lastOn = addDays(today, -11);
  const dealers = { from: "infobank", to: "dktechin" } as const;
  await ingest(admin, "channel:switch-dealer", async (tx) => {
    if ((await tx.dealerSwitch.count({ where: { id } })) > 0) return;
    const { senderKey } = await tx.channel.findUniqueOrThrow({ where: { id: channelId }, select: { senderKey: true } });
    await tx.dealerSwitch.create({
      data: {
        ...{ id, organizationId, channelId, personId, at, senderKey },
        ...{ fromDealer: dealers.from, toDealer: dealers.to, lastOn: new Date(`${lastOn}T00:00:00Z`) },
        reason: "상담 화면을 사내 메신저와 함께 쓰려고 견적을 받았습니다.",
        ...{ outcome: "withdrawn", closedBy: personId, closedAt },
      },
    });
    const target = { kind: "channel", id: channelId };
    const body = { switch: id, ...dealers };
    await recordPastEvent(tx, admin, at, {
      action: "channel.dealer-switch-begun",
      target,
      body: { ...body, lastOn },
    });
    await recordPastEvent(tx, admin, closedAt, {
      action: "channel.dealer-switch-withdrawn",
      target,
      reason: "인포뱅크와 이용료를 다시 정해 그대로 씁니다.",
      body,
    });
  });
}

function moment(day: string, minute: number): Date {
  return new Date(kstDayStart(day).getTime() + minute * 60_000);
}
