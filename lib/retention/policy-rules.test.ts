import { describe, expect, it } from "vitest";
import { Refused } from "@/lib/errors";
import { calendarStart, dueWeeks, tintSteps } from "./rules/due-weeks";
import { policyState, standingState } from "./rules/policy-approval";
import { policyContent, policyDifferences, policyHash, policyText, readPolicyText } from "./rules/policy-content";
import { sumEffect } from "./rules/policy-effect";
import { assertPolicyFits, mayEndBefore, needsWhy, policyWarnings } from "./rules/policy-fit";
import { draftPolicySchema } from "./schema/policy";

const target = { number: 3, name: "일반 문의", channelId: null, category: null, scope: "text" as const };
const words = {
  ...{ count: 1, unit: "years" as const, anchor: "session-end" as const, basis: "pipa-15-1-1" },
  ...{ basisNote: "", whyNotShorter: "" },
};
const refusal = (more: object) => {
  try {
    assertPolicyFits({ ...target, ...words, ...more });
  } catch (error) {
    if (error instanceof Refused) return [error.key.replace("retention.policies.refused.", ""), error.field];
    throw error;
  }
  return null;
};
const dispute = { category: "dispute" as const, basis: "ecommerce-dispute", count: 3, whyNotShorter: "법정 기간" };

describe("assertPolicyFits", () => {
  it("takes a year by consent", () => expect(refusal({})).toBeNull());
  it("counts from the day of receipt for files alone", () => {
    expect(refusal({ anchor: "received" })).toEqual(["receivedText", "anchor"]);
    expect(refusal({ anchor: "received", scope: "file" })).toBeNull();
  });
  it("keeps nothing beyond thirty years", () => {
    expect(refusal({ count: 30, whyNotShorter: "x" })).toBeNull();
    expect(refusal({ count: 31, whyNotShorter: "x" })).toEqual(["tooLong", "count"]);
    expect(refusal({ count: 361, unit: "months", whyNotShorter: "x" })).toEqual(["tooLong", "count"]);
    expect(refusal({ count: 10_950, unit: "days", whyNotShorter: "x" })).toBeNull();
  });
  it("does not go below a statutory period", () => {
    expect(refusal(dispute)).toBeNull();
    expect(refusal({ ...dispute, count: 36, unit: "months" })).toBeNull();
    expect(refusal({ ...dispute, count: 35, unit: "months" })).toEqual(["belowLaw", "count"]);
    // Three years are 1,096 days over a leap day.
    expect(refusal({ ...dispute, count: 1_095, unit: "days" })).toEqual(["belowLaw", "count"]);
    expect(refusal({ ...dispute, count: 1_096, unit: "days" })).toBeNull();
  });
  it("asks for words where there is no law, and why not shorter", () => {
    expect(refusal({ basis: "own", whyNotShorter: "x" })).toEqual(["ownWords", "basisNote"]);
    expect(refusal({ basis: "own", basisNote: "내부 관리계획 14조" })).toEqual(["why", "whyNotShorter"]);
    expect(refusal({ count: 2 })).toEqual(["why", "whyNotShorter"]);
    expect(refusal({ count: 366, unit: "days" })).toEqual(["why", "whyNotShorter"]);
    expect(refusal({ count: 365, unit: "days" })).toBeNull();
    expect(needsWhy({ count: 12, unit: "months", basis: "pipa-15-1-1" })).toBe(false);
  });
  it("knows its table", () => expect(refusal({ basis: "gdpr" })).toEqual(["noLaw", "basis"]));
});

it("compares periods by their shortest case", () => {
  expect(mayEndBefore({ count: 180, unit: "days" }, { count: 6, unit: "months" })).toBe(true);
  expect(mayEndBefore({ count: 184, unit: "days" }, { count: 6, unit: "months" })).toBe(false);
  expect(mayEndBefore({ count: 6, unit: "months" }, { count: 181, unit: "days" })).toBe(false);
  expect(mayEndBefore({ count: 6, unit: "months" }, { count: 182, unit: "days" })).toBe(true);
});

describe("policyWarnings", () => {
  it("says that not every chat is a dispute record", () => {
    expect(policyWarnings({ ...target, ...words, ...dispute, category: null })).toEqual(["everyChat"]);
    expect(policyWarnings({ ...target, ...words, ...dispute, category: "general" })).toEqual(["otherCategory"]);
    expect(policyWarnings({ ...target, ...words, ...dispute, count: 5 })).toEqual(["longerThanLaw"]);
    expect(policyWarnings({ ...target, ...words, ...dispute })).toEqual([]);
    expect(policyWarnings({ ...target, ...words })).toEqual([]);
  });
});

describe("policyText", () => {
  it("is the same for the same content, and another for any other", () => {
    const text = policyText(policyContent(target, words));
    expect(policyText(readPolicyText(text))).toBe(text);
    const others = [
      ...[{ count: 2 }, { unit: "months" as const }, { anchor: "last-message" as const }, { basis: "own" }],
      ...[{ basisNote: "x" }, { whyNotShorter: "x" }],
    ].map((more) => policyHash(policyText(policyContent(target, { ...words, ...more }))));
    const targets = [
      { name: "다른" },
      { channelId: "c" },
      { category: "other" as const },
      { scope: "file" as const },
    ].map((more) => policyHash(policyText(policyContent({ ...target, ...more }, words))));
    expect(new Set([policyHash(text), ...others, ...targets]).size).toBe(11);
  });
  it("carries the law as it stood", () => {
    expect(policyContent(target, { ...words, ...dispute }).statute).toMatchObject({
      article: "시행령 제6조 제1항 제4호",
      count: 3,
      unit: "years",
    });
  });
  it("tells what is different", () => {
    const before = policyContent(target, words);
    expect(policyDifferences(before, policyContent(target, { ...words, count: 12, unit: "months" }))).toEqual([
      "period",
    ]);
    expect(policyDifferences(before, policyContent(target, { ...words, basis: "own", basisNote: "x" }))).toEqual([
      ...["basis", "basisNote", "statute"],
    ]);
  });
});

it("stands where the newest step of the newest version says", () => {
  const step = (kind: string, number: number, minute: number) => ({
    ...{ kind, number, hash: "", personId: "", at: new Date(minute * 60_000) },
  });
  expect(policyState(1, [])).toBe("draft");
  expect(policyState(1, [step("submitted", 1, 1)])).toBe("submitted");
  expect(policyState(1, [step("submitted", 1, 1), step("withdrawn", 1, 2)])).toBe("draft");
  expect(policyState(1, [step("approved", 1, 3), step("submitted", 1, 1)])).toBe("approved");
  expect(policyState(2, [step("approved", 1, 3)])).toBe("draft");
  expect(standingState({ outcome: "approved", endedAt: null })).toBe("standing");
  expect(standingState({ outcome: "approved", endedAt: new Date() })).toBe("ended");
});

describe("dueWeeks", () => {
  const now = new Date("2026-11-23T00:12:00Z");
  it("begins on the Monday of last week and ends six weeks later", () => {
    expect(calendarStart(now)).toBe("2026-11-16");
    expect(calendarStart(new Date("2026-11-22T14:59:59Z"))).toBe("2026-11-09");
    const { weeks } = dueWeeks([], [], now);
    expect(weeks.map((week) => week.length)).toEqual([7, 7, 7, 7, 7, 7]);
    expect(weeks[1]?.[0]).toMatchObject({ day: "2026-11-23", today: true });
    expect(weeks[5]?.[6]?.day).toBe("2026-12-27");
  });
  it("marks what is over, and what is over for more than five days", () => {
    const { weeks } = dueWeeks(
      [
        { day: "2026-11-17", count: 3 },
        { day: "2026-11-18", count: 4 },
        { day: "2026-11-22", count: 90 },
        { day: "2026-11-23", count: 9 },
      ],
      [{ day: "2026-11-16", count: 7 }],
      now,
    );
    const cells = weeks.flat();
    expect(cells.slice(0, 8).map(({ late }) => late)).toEqual([null, "overdue", "due", null, null, null, "due", null]);
    expect(cells[0]).toMatchObject({ count: 0, done: 7, tint: 0 });
    expect(cells[6]?.tint).toBe(3);
    expect(cells[7]).toMatchObject({ count: 9, tint: 1, late: null });
  });
  it("steps in thirds of the busiest day", () => {
    expect(tintSteps([])).toEqual([1, 2]);
    expect(tintSteps([90, 10])).toEqual([30, 60]);
  });
});

it("sums an effect up by month, what is over as one", () => {
  const group = { stale: false, dueAtOnce: 0 };
  const effect = sumEffect(
    [
      { ...group, before: "2026-09", after: "2027-01", kind: "later", count: 3 },
      { ...group, before: "2026-10", after: "2026-10", kind: "same", count: 2, dueAtOnce: 2 },
      { ...group, before: null, after: "2026-12", kind: "dated", count: 5, stale: true },
      { ...group, before: "2026-12", after: null, kind: "awaited", count: 1 },
    ],
    "2026-11-23",
  );
  expect(effect).toMatchObject({ total: 11, dueAtOnce: 2, stale: 5, undated: { before: 5, after: 1 } });
  expect(effect.kinds).toMatchObject({ later: 3, same: 2, dated: 5, awaited: 1, promised: 0 });
  expect(effect.months).toEqual([
    { month: "past", before: 5, after: 2 },
    { month: "2026-12", before: 1, after: 5 },
    { month: "2027-01", before: 0, after: 3 },
  ]);
});

it("takes no policy without a name, a period or an anchor", () => {
  const whole = { name: "일반", scope: "text", ...words };
  expect(draftPolicySchema.safeParse(whole).success).toBe(true);
  for (const more of [
    { name: " " },
    { count: 0 },
    { count: 1.5 },
    { anchor: "birthday" },
    { scope: "all" },
    { basis: "" },
  ])
    expect(draftPolicySchema.safeParse({ ...whole, ...more }).success).toBe(false);
});
