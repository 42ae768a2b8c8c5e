import { addDays, type Day, kstDay, kstDayStart } from "@/lib/clock";
import { Refused } from "@/lib/errors";
import type { ChannelState } from "../schema";

/** What a channel's state follows from. */
export type ChannelLife = { wentLiveAt: Date | null; endsOn: Day | null };

/**
 * preparing → live → ending (an end is set) → ended. 상담톡 ends at 24:00 KST of the last day (guide 3-4);
 * a channel that never went live may end too.
 */
export function channelStatus(channel: ChannelLife, now: Date): ChannelState {
  if (channel.endsOn !== null && now >= endOfUse(channel.endsOn)) return "ended";
  if (channel.wentLiveAt === null) return "preparing";
  return channel.endsOn === null ? "live" : "ending";
}

/** The instant at which a last day of use is over: 24:00 KST. */
export function endOfUse(endsOn: Day): Date {
  return kstDayStart(addDays(endsOn, 1));
}

/** Whether consult buttons of the channel work, since when, and until when. */
export function liveState(channel: ChannelLife, now: Date): { live: boolean; since: Date | null; until: Date | null } {
  const state = channelStatus(channel, now);
  return {
    live: state === "live" || state === "ending",
    since: channel.wentLiveAt,
    until: channel.endsOn === null ? null : endOfUse(channel.endsOn),
  };
}

/** Guide 3-4, shown where an end is set. */
export const endOfButtons = {
  section: "3-4",
  quote:
    "‘카카오톡 상담하기’ 버튼은 상담톡 사용시에만 정상 작동하므로 계약 종료 등 상담톡 사용을 중단할 필요가 있을 경우 자사 홈페이지 등에 노출된 버튼을 제거하는 조치가 필요합니다.",
} as const;

/** Ten years: what lies beyond is a slip of the keyboard. */
const farthestEnd = 3_653;

/** @throws Refused when use ended already, or the last day lies before today or beyond ten years (KST). */
export function assertMayEnd(channel: ChannelLife, endsOn: Day, now: Date): void {
  assertNotEnded(channel, now);
  const today = kstDay(now);
  if (endsOn < today) throw new Refused("channels.refused.endPast", "endsOn", { today });
  const last = addDays(today, farthestEnd);
  if (endsOn > last) throw new Refused("channels.refused.endFar", "endsOn", { last });
}

/** @throws Refused when use has ended, or no end is set. */
export function assertMayWithdrawEnd(channel: ChannelLife, now: Date): void {
  assertNotEnded(channel, now);
  if (channel.endsOn === null) throw new Refused("channels.refused.noEnd");
}

function assertNotEnded(channel: ChannelLife, now: Date): void {
  if (channelStatus(channel, now) === "ended") throw new Refused("channels.refused.ended");
}
