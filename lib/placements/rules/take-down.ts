// A take-down campaign (guide 3-4: remove the buttons when 상담톡 ends): what closes a place, who is told when, where it stands. Pure; KST days.
import { addDays, type Day, daysBetween, kstDay, kstDayStart } from "@/lib/clock";
import { Refused } from "@/lib/errors";
import type { Medium } from "../schema";
import type { ClosingWay, TakeDownCause, TakeDownState, TaskKind, TaskState } from "../schema/take-down";

const kinds: Record<Medium, TaskKind> = {
  web: "web",
  mobile_web: "web",
  app: "app",
  offline: "print",
  message: "message",
};

export function taskKindOf(medium: Medium): TaskKind {
  return kinds[medium];
}

/** First instant at which the buttons no longer work: 24:00 KST of the last day (trust.md P-43). */
export function takesEffectAt(effectiveOn: Day): Date {
  return kstDayStart(addDays(effectiveOn, 1));
}

export type TakeDownFacts = {
  effectiveOn: Day;
  total: number;
  closed: number;
  completedAt: Date | null;
  over: "withdrawn" | "reinstated" | null;
};

/** Where a campaign stands. closing: everything is down and the certificate can be made. */
export function takeDownStatus({ effectiveOn, total, closed, completedAt, over }: TakeDownFacts, now: Date) {
  if (over !== null) return over satisfies TakeDownState;
  if (completedAt !== null) return "completed" satisfies TakeDownState;
  if (now < takesEffectAt(effectiveOn)) return "ahead" satisfies TakeDownState;
  return (closed < total ? "running" : "closing") satisfies TakeDownState;
}

/** Where a place stands. late: its day is over and it may still hang. */
export function taskStatus(
  task: { dueOn: Day; closedAt: Date | null; reinstatedAt: Date | null },
  over: TakeDownFacts["over"],
  now: Date,
): TaskState {
  if (over !== null || task.reinstatedAt !== null) return "reinstated";
  if (task.closedAt !== null) return "closed";
  return kstDay(now) > task.dueOn ? "late" : "open";
}

/** Only a look after the effect that wanted the button gone and found it gone proves a page clean. Not knowing proves nothing. */
export function provesClean(check: { wanted: string; verdict: string; at: Date }, effectiveOn: Day): boolean {
  return check.wanted === "absent" && check.verdict === "no" && check.at >= takesEffectAt(effectiveOn);
}

/**
 * How a person closes a place: print by a photo, an app screen or a template by its proof, anything by hand with a reason; a web page by hand
 * with a file besides, since a machine could have looked.
 * @throws Refused with what is missing
 */
export function closingWay(kind: TaskKind, given: { file: boolean; reason: string }): Exclude<ClosingWay, "check"> {
  if (given.file && kind === "print") return "photo";
  if (given.file && kind !== "web") return "proof";
  if (given.reason === "") throw new Refused("placements.takeDown.refused.reason", "reason");
  if (kind === "web" && !given.file) throw new Refused("placements.takeDown.refused.webFile", "reason");
  return "hand";
}

/** @throws Refused for a day that is over or lies more than a year ahead */
export function assertMayTakeEffect(effectiveOn: Day, today: Day): void {
  if (effectiveOn < today) throw new Refused("placements.takeDown.refused.past", "effectiveOn");
  if (daysBetween(today, effectiveOn) > 366) throw new Refused("placements.takeDown.refused.far", "effectiveOn");
}

/** Whether anything can still be done in a campaign. @throws Refused */
export function assertUnderWay(state: TakeDownState): void {
  if (state === "completed") throw new Refused("placements.takeDown.refused.completed");
  if (state === "withdrawn" || state === "reinstated") throw new Refused("placements.takeDown.refused.over");
}

/** The certificate is made once nothing hangs any more. @throws Refused */
export function assertMayComplete(state: TakeDownState): void {
  assertUnderWay(state);
  if (state === "ahead") throw new Refused("placements.takeDown.refused.ahead");
  if (state === "running") throw new Refused("placements.takeDown.refused.open");
}

/** What a channel's end took down comes back with the channel alone. @throws Refused */
export function assertMayReinstate(cause: TakeDownCause, over: TakeDownFacts["over"]): void {
  if (over !== null) throw new Refused("placements.takeDown.refused.over");
  if (cause !== "hand") throw new Refused("placements.takeDown.refused.channelEnds");
}

/** Whether an owner is told today: seven days before, the day before, on the day, and every third day after. */
export function isReminderDay(dueOn: Day, today: Day): boolean {
  const left = daysBetween(today, dueOn);
  return left === 7 || left === 1 || left === 0 || (left < 0 && left % 3 === 0);
}

export type ChannelEndFacts = {
  channelId: string;
  /** Null: no last day. */
  endsOn: Day | null;
  contract: boolean;
  /** Places that are not retired. */
  places: number;
  /** The channel's newest campaign. */
  campaign: {
    id: string;
    occasion: number;
    effectiveOn: Day;
    over: boolean;
    completed: boolean;
  } | null;
};

export type ChannelEndAct =
  | { act: "open"; channelId: string; occasion: number; cause: TakeDownCause; effectiveOn: Day }
  | { act: "move"; id: string; before: Day; effectiveOn: Day }
  | { act: "withdraw"; id: string };

/** What a channel's end asks of its campaigns: one opens, moves with the day, and is withdrawn with the end. */
export function actForChannel({
  channelId,
  endsOn,
  contract,
  places,
  campaign,
}: ChannelEndFacts): ChannelEndAct | null {
  const standing = campaign !== null && !campaign.over ? campaign : null;
  if (endsOn === null) return standing ? { act: "withdraw", id: standing.id } : null;
  if (!standing) {
    const cause = contract ? "contract_end" : "channel_stop";
    const occasion = (campaign?.occasion ?? 0) + 1;
    return places > 0 ? { act: "open", channelId, occasion, cause, effectiveOn: endsOn } : null;
  }
  if (standing.completed || standing.effectiveOn === endsOn) return null;
  return { act: "move", id: standing.id, before: standing.effectiveOn, effectiveOn: endsOn };
}
