// Who must be blocked again: going live forgets every block (guide 3-3), and a user_key is known only once somebody comes back. Pure.
import { Refused } from "@/lib/errors";
import type { BlockMarkKind, BlockState } from "../schema/blocks";

/** Guide 3-3, letter by letter (spec/consult-talk-guide.ko.txt). */
export const blocksReset = {
  section: "3-3",
  quote: "상담원에 의해 차단된 이용자 정보 또한 초기화되어 상담톡API를 통해 재차 차단 조치가 필요할 수 있습니다.",
} as const;

/** What an entry's state follows from. */
export type BlockFacts = {
  /** Its user_key is known. */
  known: boolean;
  /** Its newest mark. */
  mark: { kind: BlockMarkKind; at: Date } | null;
  /** When that user's newest consultation began; null without one, or while the user_key is not known. */
  consultAt: Date | null;
};

/**
 * waiting (not come back) → due (known, to be blocked) → blocked → due again when a consultation begins after the block; dropped: not
 * to be blocked any more. queries/block-states says the same to the database.
 */
export function blockState({ known, mark, consultAt }: BlockFacts): BlockState {
  if (mark?.kind === "dropped") return "dropped";
  if (mark?.kind === "blocked" && (consultAt === null || consultAt <= mark.at)) return "blocked";
  return known ? "due" : "waiting";
}

/** The consultation that asks for the block, or null where nobody came. */
export function returnedAt(facts: BlockFacts): Date | null {
  return blockState(facts) === "due" ? facts.consultAt : null;
}

export type BlockCounts = Record<BlockState, number>;

/** Entries that are settled, of those that are to be blocked at all. */
export function blockProgress(counts: BlockCounts): { done: number; of: number; all: number } {
  const of = counts.due + counts.waiting + counts.blocked;
  return { done: counts.blocked, of, all: of + counts.dropped };
}

/** @throws Refused when the mark says nothing new, or the entry must be reopened first */
export function assertMayMarkBlock(state: BlockState, kind: BlockMarkKind): void {
  if (kind === "reopened") {
    if (state !== "dropped" && state !== "blocked") throw new Refused("channels.blocks.refused.open");
    return;
  }
  if (state === "dropped") throw new Refused("channels.blocks.refused.dropped");
  if (kind === "blocked" && state === "blocked") throw new Refused("channels.blocks.refused.blocked");
}
