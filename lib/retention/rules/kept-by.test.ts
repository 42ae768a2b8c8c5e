import { describe, expect, it } from "vitest";
import { keptBy, lawsKeeping } from "./kept-by";
import type { PolicyTerm, Reckoning } from "./reckon";

const today = "2026-11-23";
const word = (
  versionId: string,
  dueOn: string | null,
  more: Partial<PolicyTerm> & { law?: boolean } = {},
): Reckoning => {
  const { law = false, ...term } = more;
  return {
    term: {
      ...{ versionId, policyId: "p", policyNumber: 1, name: versionId, channelId: null, category: null, scope: "text" },
      ...{ number: 1, count: 1, unit: "years", anchor: "session-end", basis: "pipa-15-1-1" },
      ...{ fromAt: new Date(0), untilAt: null, ...term },
    },
    ...{ anchorOn: dueOn && "2025-01-01", dueOn, wait: dueOn ? null : "case", statutory: law },
  };
};
const shown = (words: Reckoning[], versionId: string | null) =>
  keptBy({ words, versionId }, today).map(({ term, state }) => [term.versionId, state]);

describe("keptBy", () => {
  it("names the winner first and whatever else keeps it, the longest before the shorter", () => {
    const words = [
      word("gone", "2026-11-22"),
      word("last day", today),
      word("law", "2029-01-01", { law: true }),
      word("longest", "2030-01-01"),
    ];
    expect(shown(words, "longest")).toEqual([
      ["longest", "wins"],
      ["law", "keeps"],
      ["last day", "keeps"],
      ["gone", "over"],
    ]);
  });
  it("has no winner while a policy waits", () => {
    const words = [word("dated", "2029-01-01"), word("case", null)];
    expect(shown(words, "case")).toEqual([
      ["case", "waits"],
      ["dated", "keeps"],
    ]);
  });
  it("keeps to the policies' numbers and newest versions where days are equal", () => {
    const words = [word("b", today, { policyNumber: 2 }), word("a1", today), word("a2", today, { number: 2 })];
    expect(shown(words, null).map(([id]) => id)).toEqual(["a2", "a1", "b"]);
  });
});

describe("lawsKeeping", () => {
  it("names each law that keeps it today once, and none whose time is over", () => {
    const words = [
      word("contract", "2031-01-01", { law: true, basis: "ecommerce-contract" }),
      word("older version", "2030-01-01", { law: true, basis: "ecommerce-contract" }),
      word("dispute", "2029-01-01", { law: true, basis: "ecommerce-dispute" }),
      word("payment", "2026-11-22", { law: true, basis: "ecommerce-payment" }),
      word("own", "2030-06-01"),
    ];
    expect(lawsKeeping(keptBy({ words, versionId: "contract" }, today), today)).toEqual([
      { basis: "ecommerce-contract", dueOn: "2031-01-01" },
      { basis: "ecommerce-dispute", dueOn: "2029-01-01" },
    ]);
  });
  it("counts a law that waits for its day", () => {
    const words = [word("case", null, { law: true, basis: "ecommerce-dispute" })];
    expect(lawsKeeping(keptBy({ words, versionId: "case" }, today), today)).toEqual([
      { basis: "ecommerce-dispute", dueOn: null },
    ]);
  });
});
