// What a policy would change, summed up from groups of sessions. Pure.
import type { Day } from "@/lib/clock";

/**
 * later: kept longer. dated: had no last day, gets one. awaited: loses its last day until a case or transaction is over.
 * promised: the new word is shorter, what was promised stands. earlier: files that end before their text. undated, same: nothing changes.
 */
export type EffectKind = "later" | "dated" | "awaited" | "promised" | "earlier" | "undated" | "same";

/** Sessions or files whose last day moves from one month to another; null: not known. */
export type EffectGroup = {
  before: string | null;
  after: string | null;
  /** Is being reckoned at this moment: its row has an older day. */
  stale: boolean;
  kind: EffectKind;
  count: number;
  dueAtOnce: number;
};

export type EffectMonth = { month: string; before: number; after: number };

export type PolicyEffect = {
  total: number;
  kinds: Record<EffectKind, number>;
  /** Would be due on the day of the approval. */
  dueAtOnce: number;
  stale: number;
  /** Months in which anything falls due, in order; months that are over are one, "past". */
  months: EffectMonth[];
  undated: { before: number; after: number };
};

/** Adds the groups up by month. @param today KST */
export function sumEffect(groups: readonly EffectGroup[], today: Day): PolicyEffect {
  const kinds = { later: 0, dated: 0, awaited: 0, promised: 0, earlier: 0, undated: 0, same: 0 };
  const months = new Map<string, EffectMonth>();
  const undated = { before: 0, after: 0 };
  const sums = { total: 0, dueAtOnce: 0, stale: 0 };
  const put = (month: string | null, side: "before" | "after", count: number) => {
    if (month === null) {
      undated[side] += count;
      return;
    }
    const key = month < today.slice(0, 7) ? "past" : month;
    const held = months.get(key) ?? { month: key, before: 0, after: 0 };
    held[side] += count;
    months.set(key, held);
  };
  for (const { before, after, kind, count, dueAtOnce, stale } of groups) {
    kinds[kind] += count;
    sums.total += count;
    sums.dueAtOnce += dueAtOnce;
    if (stale) sums.stale += count;
    put(before, "before", count);
    put(after, "after", count);
  }
  const order = ({ month }: EffectMonth) => (month === "past" ? "" : month);
  return { ...sums, kinds, undated, months: [...months.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1)) };
}
