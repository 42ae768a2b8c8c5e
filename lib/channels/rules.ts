import { addDays, type Day, kstDay, kstDayStart } from "@/lib/clock";
import { Refused } from "@/lib/errors";
import type { FileFamily } from "@/lib/file-kind";
import type { ChannelState, OnboardingKey } from "./schema";

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

export type OnboardingItem = {
  key: OnboardingKey;
  group: "opening" | "contract" | "no-return";
  /** Section of Kakao's guide and its sentence, letter by letter (spec/consult-talk-guide.ko.txt). */
  section: string;
  quote: string;
  /** Needed for going live; otherwise advice. */
  needed: boolean;
  /** Which kinds of file prove it. */
  evidence: readonly FileFamily[];
  /** True where the channel's own data say it: nobody marks it. */
  derived?: true;
};

const screens: readonly FileFamily[] = ["image", "pdf"];
const papers: readonly FileFamily[] = ["pdf", "image", "document"];
const lists: readonly FileFamily[] = ["sheet", "pdf", "image", "document", "text"];

export const onboardingItems: readonly OnboardingItem[] = [
  {
    key: "opened",
    group: "opening",
    section: "1-1 ➊",
    quote: "카카오톡 채널은 채널 관리자센터에서 직접 개설 신청이 가능합니다.",
    needed: true,
    evidence: screens,
  },
  {
    key: "business",
    group: "opening",
    section: "1-1 ➊",
    quote: "※ 카카오톡 채널은 개설 후 비즈니스 채널로 전환하여하며, 홈공개 ON 상태여야 합니다.",
    needed: true,
    evidence: screens,
  },
  {
    key: "home-public",
    group: "opening",
    section: "1-1 ➊",
    quote: "※ 카카오톡 채널은 개설 후 비즈니스 채널로 전환하여하며, 홈공개 ON 상태여야 합니다.",
    needed: true,
    evidence: screens,
  },
  {
    key: "search-allowed",
    group: "opening",
    section: "1",
    quote:
      "상담톡은 '카카오톡 상담하기' 버튼은 물론 카카오톡에서 카카오톡 채널 검색이나 메시지 수신 화면상에서 상담요청을 하면 시작되는 상담 메시지입니다.",
    needed: false,
    evidence: screens,
  },
  {
    key: "dealer",
    group: "contract",
    section: "1-1 ➋",
    quote: "상담톡은 아래 카카오톡 상담톡 공식 딜러사를 통해 공급됩니다.",
    needed: true,
    evidence: [],
    derived: true,
  },
  {
    key: "contract",
    group: "contract",
    section: "1-1 ➋",
    quote: "상담톡 도입 상담 및 관련 계약 체결하기",
    needed: true,
    evidence: papers,
  },
  {
    key: "history-saved",
    group: "no-return",
    section: "3-3",
    quote:
      "상담톡을 정식 사용하는 시점부터 기존 카카오톡 채널 관리자 웹/앱에서 지원하는 채팅 메뉴는 비활성화되며 기존 채팅 이력과 이용자별 메모는 더 이상 조회할 수 없게 됩니다.",
    needed: false,
    evidence: lists,
  },
  {
    key: "blocks-saved",
    group: "no-return",
    section: "3-3",
    quote: "상담원에 의해 차단된 이용자 정보 또한 초기화되어 상담톡API를 통해 재차 차단 조치가 필요할 수 있습니다.",
    needed: false,
    evidence: lists,
  },
];

/** Guide 3-3, shown before going live. */
export const pointOfNoReturn = onboardingItems
  .filter((item) => item.group === "no-return")
  .map((item) => ({ section: item.section, quote: item.quote }));

/** Guide 3-4, shown where an end is set. */
export const endOfButtons = {
  section: "3-4",
  quote:
    "‘카카오톡 상담하기’ 버튼은 상담톡 사용시에만 정상 작동하므로 계약 종료 등 상담톡 사용을 중단할 필요가 있을 경우 자사 홈페이지 등에 노출된 버튼을 제거하는 조치가 필요합니다.",
} as const;

export type ItemMark = { item: string; kind: string; at: Date };

/** Newest first: what counts of an item is its newest mark. */
export function newestMark<M extends ItemMark>(marks: readonly M[], key: OnboardingKey): M | null {
  return marks.reduce<M | null>(
    (newest, mark) => (mark.item === key && (newest === null || mark.at > newest.at) ? mark : newest),
    null,
  );
}

/** Which items hold. `dealer` holds once an official dealer is chosen. */
export function itemHolds(item: OnboardingItem, dealer: string | null, marks: readonly ItemMark[]): boolean {
  if (item.key === "dealer") return dealer !== null;
  return newestMark(marks, item.key)?.kind === "done";
}

/** How many of the items needed for going live hold. */
export function onboardingProgress(dealer: string | null, marks: readonly ItemMark[]): { done: number; of: number } {
  const needed = onboardingItems.filter((item) => item.needed);
  return { done: needed.filter((item) => itemHolds(item, dealer, marks)).length, of: needed.length };
}

/** The needed items that do not hold yet, in the guide's order: each is a reason why going live is closed. */
export function goLiveGaps(dealer: string | null, marks: readonly ItemMark[]): OnboardingItem[] {
  return onboardingItems.filter((item) => item.needed && !itemHolds(item, dealer, marks));
}

/** @throws Refused when the channel went live before, has ended, or an item is open. */
export function assertMayGoLive(
  channel: ChannelLife & { dealer: string | null },
  marks: readonly ItemMark[],
  now: Date,
): void {
  const state = channelStatus(channel, now);
  if (state === "ended") throw new Refused("channels.refused.ended");
  if (state !== "preparing") throw new Refused("channels.refused.alreadyLive");
  const gaps = goLiveGaps(channel.dealer, marks);
  if (gaps.length > 0) throw new Refused("channels.refused.gate", undefined, { count: gaps.length });
}

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

/** @throws Refused when the item follows from data, or stands as asked already. */
export function assertMayMark(item: OnboardingKey, kind: "done" | "reopened", marks: readonly ItemMark[]): void {
  const rule = onboardingItems.find((one) => one.key === item);
  if (!rule || rule.derived) throw new Refused("channels.refused.derived", "note");
  const done = newestMark(marks, item)?.kind === "done";
  if (kind === "reopened" && !done) throw new Refused("channels.refused.notDone", "note");
}

/** @throws Refused when the item follows from data: no file proves it. */
export function assertTakesEvidence(item: OnboardingKey): void {
  if (onboardingItems.find((one) => one.key === item)?.derived) throw new Refused("channels.refused.derived");
}

/** @throws Refused when the item takes no such file. */
export function assertEvidenceFits(item: OnboardingKey, family: FileFamily): void {
  assertTakesEvidence(item);
  const taken = onboardingItems.find((one) => one.key === item)?.evidence;
  if (!taken?.includes(family)) throw new Refused("channels.refused.family");
}
