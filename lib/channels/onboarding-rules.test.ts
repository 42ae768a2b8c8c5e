import { describe, expect, it } from "vitest";
import { Refused } from "@/lib/errors";
import { assertMayGoLive, assertPhrase, assertSecondPerson, goLiveDigest } from "./rules/go-live";
import {
  assertEvidenceFits,
  assertMayMark,
  assertMayRenewOn,
  goLiveGaps,
  itemStates,
  newestMark,
  type OnboardingFacts,
  onboardingOf,
} from "./rules/onboarding";
import { itemByKey, onboardingItems } from "./rules/onboarding-items";
import { assertDue, renewalSuggested, usualDays } from "./rules/onboarding-plan";
import type { CheckAnswer } from "./rules/profile-check";
import type { ContractFact, ReconsignmentFact } from "./rules/register-facts";
import { type OnboardingKey, onboardingKeys } from "./schema";

const today = "2026-11-22";
const at = (text: string) => new Date(text);
const mark = (item: string, kind = "done", time = "2026-11-10T00:00:00Z", renewOn: string | null = null) => ({
  ...{ id: `${item}-${kind}`, item, kind, at: at(time), renewOn },
});
const answer = (item: OnboardingKey, said: CheckAnswer["answer"], time: string): CheckAnswer => ({
  ...{ item, answer: said, value: "카카오", at: at(time), checkId: "check" },
  kind: item === "business" ? "sender-profile" : "privacy-policy",
});
const contract = (more: Partial<ContractFact> = {}): ContractFact => ({
  ...{ id: "c1", dealer: "infobank", service: true, consignment: true, version: 1, startsOn: "2026-01-01" },
  steps: [{ kind: "approved", number: 1, hash: "h1", personId: "p", at: at("2026-01-02T00:00:00Z") }],
  ...{ termEndsOn: "2026-12-31", endsOn: null, fromOn: "2026-01-01", untilOn: null, clausesMissing: 0 },
  ...more,
});
const letter = (more: Partial<ReconsignmentFact> = {}): ReconsignmentFact => ({
  ...{ id: "r1", contractId: "c1", dealer: "infobank", validFrom: "2026-01-01", validUntil: null },
  ...{ withdrawnOn: null, fileId: "file" },
  ...more,
});
const byHand = onboardingItems.filter((item) => !item.derived).map((item) => mark(item.key));
const facts = (more: Partial<OnboardingFacts> = {}): OnboardingFacts => ({
  ...{ dealer: "infobank", categoryCode: "00100010001", marks: byHand, answers: [], placements: 1, rehearsal: null },
  ...{ contracts: [contract()], reconsignments: [letter()] },
  ...more,
});
const state = (key: OnboardingKey, more: Partial<OnboardingFacts> = {}) => {
  const found = itemStates(onboardingItems, facts(more), today).find((one) => one.key === key);
  if (!found) throw new Error(`no item ${key}`);
  return found;
};

function refused(attempt: () => void): { key: string; field: string | undefined } {
  try {
    attempt();
  } catch (error) {
    if (error instanceof Refused) return { key: error.key, field: error.field };
    throw error;
  }
  throw new Error("was not refused");
}

describe("the plan", () => {
  it("names each item once, in one order, and what is needed for going live", () => {
    expect(onboardingItems.map((item) => item.key)).toEqual([...onboardingKeys]);
    expect(onboardingItems.filter((item) => !item.needed).map((item) => item.key)).toEqual([
      ...(["search-allowed", "agents-told", "placements", "reach-checked", "rehearsed"] as const),
    ]);
    expect(onboardingItems.filter((item) => item.needed)).toHaveLength(18);
  });
  it("quotes the guide, or says whose document asks for it", () => {
    for (const { source } of onboardingItems) {
      if (source.kind === "guide") expect(source.quote.length).toBeGreaterThan(10);
      else expect(source.document).not.toBe("");
    }
    expect(onboardingItems.filter((item) => item.source.kind === "dealer").map((item) => item.key)).toEqual([
      ...(["centre-info", "manager-phone", "category"] as const),
    ]);
  });
  it("waits for what stands before it, never in a circle", () => {
    for (const [place, item] of onboardingItems.entries()) {
      for (const key of item.waitsFor) {
        expect(onboardingItems.findIndex((one) => one.key === key)).toBeLessThan(place);
      }
    }
  });
});

describe("an item that people mark", () => {
  it("follows its newest mark", () => {
    const reopened = mark("opened", "reopened", "2026-11-11T00:00:00Z");
    expect(newestMark([...byHand, reopened], "opened")).toBe(reopened);
    expect(state("opened")).toMatchObject({ status: "done", holds: true, by: "mark", proof: "mark:opened-done" });
    expect(state("opened", { marks: [...byHand, reopened] })).toMatchObject({ status: "open", holds: false });
    expect(state("opened", { marks: [] })).toMatchObject({ status: "open", by: null });
  });
  it("waits while what comes first does not hold", () => {
    const without = byHand.filter((one) => one.item !== "notice-approved" && one.item !== "notice-applied");
    expect(state("notice-applied", { marks: without })).toMatchObject({
      ...{ status: "waiting", waitsFor: ["notice-approved"], holds: false },
    });
    expect(state("notice-verified", { marks: without })).toMatchObject({
      status: "done",
      waitsFor: ["notice-applied"],
    });
  });
  it("expires after the day on which its proof had to be renewed", () => {
    const marks = (renewOn: string) => [mark("retention", "done", "2026-11-01T00:00:00Z", renewOn)];
    expect(state("retention", { marks: marks("2026-11-22") }).status).toBe("done");
    expect(state("retention", { marks: marks("2026-11-21") })).toMatchObject({ status: "expired", holds: false });
  });
  it("holds when it does not apply", () => {
    const marks = [mark("consent", "not-applicable")];
    expect(state("consent", { marks })).toMatchObject({ status: "not-applicable", holds: true });
  });
});

describe("a machine's answer", () => {
  const yes = answer("privacy-policy", "yes", "2026-11-20T00:00:00Z");
  const no = answer("privacy-policy", "no", "2026-11-20T00:00:00Z");
  const unknown = answer("privacy-policy", "unknown", "2026-11-20T00:00:00Z");
  it("ticks what nobody marked, while no other check denies it", () => {
    expect(state("privacy-policy", { marks: [], answers: [yes] })).toMatchObject({ status: "done", by: "check" });
    const other: CheckAnswer = { ...no, kind: "channel-home" };
    expect(state("privacy-policy", { marks: [], answers: [yes, other] }).status).toBe("contradicted");
  });
  it("contradicts an older mark, not a newer one", () => {
    expect(state("privacy-policy", { answers: [no] })).toMatchObject({
      ...{ status: "contradicted", holds: false, check: no },
    });
    const later = [mark("privacy-policy", "done", "2026-11-21T00:00:00Z")];
    expect(state("privacy-policy", { marks: later, answers: [no] })).toMatchObject({ status: "done", by: "mark" });
  });
  it("is never a failure when it could not tell", () => {
    expect(state("privacy-policy", { answers: [unknown] })).toMatchObject({ status: "done", holds: true });
    expect(state("privacy-policy", { marks: [], answers: [unknown] })).toMatchObject({ status: "unknown" });
  });
  it("does not settle what a person opened again", () => {
    const marks = [mark("privacy-policy", "reopened", "2026-11-15T00:00:00Z")];
    expect(state("privacy-policy", { marks, answers: [yes] }).status).toBe("open");
  });
  it("renews proof that has run out", () => {
    const marks = [mark("business", "done", "2025-01-01T00:00:00Z", "2026-01-01")];
    const seen = answer("business", "yes", "2026-11-20T00:00:00Z");
    expect(state("business", { marks }).status).toBe("expired");
    expect(state("business", { marks, answers: [seen] })).toMatchObject({ status: "done", by: "check" });
  });
  it("contradicts what data say", () => {
    const denied: CheckAnswer = { ...no, item: "consignment", kind: "sender-profile" };
    expect(state("consignment", { answers: [denied] })).toMatchObject({ status: "contradicted", holds: false });
  });
});

describe("the register", () => {
  const step = (kind: string) => [{ kind, number: 1, hash: "h1", personId: "p", at: at("2026-01-02T00:00:00Z") }];
  it.each([
    ["holds in force", {}, null],
    ["holds until its agreed end", { endsOn: "2026-11-22" }, null],
    ["does not before its approval", { steps: [] }, "draft"],
    ["does not while submitted", { steps: step("submitted") }, "submitted"],
    ["does not once changed after the approval", { version: 2 }, "draft"],
    ["does not before it starts", { startsOn: "2026-11-23" }, "upcoming"],
    ["does not past its term", { termEndsOn: "2026-11-21" }, "expired"],
    ["does not past its end", { endsOn: "2026-11-21" }, "ended"],
    ["does not before it covers the channel", { fromOn: "2026-11-23" }, "notCovered"],
    ["does not once it has ceased to cover it", { untilOn: "2026-11-21" }, "notCovered"],
    ["does not for another dealer", { dealer: "lunasoft" }, "none"],
    ["does not as a consignment alone", { service: false }, "none"],
  ] as const)("a service contract %s", (_what, more, reason) => {
    const found = state("contract", { contracts: [contract(more)] });
    expect(found).toMatchObject({ holds: reason === null, reason });
    if (reason === null) expect(found.proof).toBe("contract:c1:h1");
  });
  it("wants seven clauses of a consignment", () => {
    const found = state("consignment", { contracts: [contract({ clausesMissing: 2 })] });
    expect(found).toMatchObject({ holds: false, reason: "clauses", count: 2, contractId: "c1" });
    expect(state("contract", { contracts: [contract({ clausesMissing: 2 })] }).holds).toBe(true);
  });
  it("is told of the contract that is nearest", () => {
    const contracts = [
      contract({ id: "old", termEndsOn: "2025-12-31" }),
      contract({ id: "new", steps: step("submitted") }),
    ];
    expect(state("contract", { contracts })).toMatchObject({ reason: "submitted", contractId: "new" });
    expect(state("contract", { contracts: [...contracts, contract({ id: "good" })] })).toMatchObject({
      ...{ holds: true, contractId: "good" },
    });
  });
  it.each([
    ["holds once signed and valid", {}, null],
    ["does not unsigned", { fileId: null }, "unsigned"],
    ["does not before its first day", { validFrom: "2026-11-23" }, "notYet"],
    ["holds on its last day", { validUntil: "2026-11-22" }, null],
    ["does not after its last day", { validUntil: "2026-11-21" }, "over"],
    ["does not once withdrawn", { withdrawnOn: "2026-11-22" }, "withdrawn"],
    ["does not under another dealer's contract", { dealer: "lunasoft" }, "none"],
  ] as const)("an approval of re-consignment %s", (_what, more, reason) => {
    expect(state("reconsignment", { reconsignments: [letter(more)] })).toMatchObject({
      holds: reason === null,
      reason,
    });
  });
  it("and the channel itself say what nobody marks", () => {
    expect(state("category", { categoryCode: null }).holds).toBe(false);
    expect(state("dealer", { dealer: null }).holds).toBe(false);
    expect(state("placements", { placements: 0 }).status).toBe("open");
    expect(state("contract", { dealer: null })).toMatchObject({ status: "waiting", waitsFor: ["dealer"] });
  });
});

describe("the gate", () => {
  const life = { wentLiveAt: null, endsOn: null };
  const now = at("2026-11-22T00:00:00Z");
  it("counts what is needed alone, and advice never", () => {
    expect(onboardingOf(facts(), today).progress).toEqual({ done: 18, of: 18 });
    expect(onboardingOf(facts({ placements: 0 }), today).gaps).toEqual([]);
    const empty = facts({ ...{ dealer: null, categoryCode: null, marks: [] }, contracts: [], reconsignments: [] });
    expect(onboardingOf(empty, today).progress).toEqual({ done: 0, of: 18 });
    expect(goLiveGaps(itemStates(onboardingItems, empty, today)).every((gap) => itemByKey[gap.key]?.needed)).toBe(true);
  });
  it("opens once everything needed holds, and once only", () => {
    expect(() => assertMayGoLive(life, facts(), now)).not.toThrow();
    expect(refused(() => assertMayGoLive(life, facts({ contracts: [] }), now)).key).toBe("channels.refused.gate");
    const live = { wentLiveAt: at("2026-11-01T00:00:00Z"), endsOn: null };
    expect(refused(() => assertMayGoLive(live, facts(), now)).key).toBe("channels.refused.alreadyLive");
    expect(refused(() => assertMayGoLive({ ...life, endsOn: "2026-11-21" }, facts(), now)).key).toBe(
      "channels.refused.ended",
    );
  });
  it("binds to what holds each needed item", () => {
    const digest = (more: Partial<OnboardingFacts> = {}) => goLiveDigest("c", onboardingOf(facts(more), today).states);
    expect(digest()).toMatch(/^[0-9a-f]{64}$/);
    expect(digest({ placements: 3, marks: byHand.filter((one) => one.item !== "agents-told") })).toBe(digest());
    const again = mark("opened", "done", "2026-11-12T00:00:00Z");
    expect(digest({ marks: [...byHand, { ...again, id: "other" }] })).not.toBe(digest());
    expect(digest({ contracts: [contract({ id: "c2" })] })).not.toBe(digest());
    expect(goLiveDigest("d", onboardingOf(facts(), today).states)).not.toBe(digest());
  });
  it("wants the phrase as it stands, and another person", () => {
    expect(() => assertPhrase(" @한결비투비 ".normalize("NFD"), "한결비투비")).not.toThrow();
    for (const typed of ["한결비투비", "@한결", "", "@한결비투비!"])
      expect(refused(() => assertPhrase(typed, "한결비투비")).field).toBe("phrase");
    expect(refused(() => assertSecondPerson("a", "a")).key).toBe("channels.refused.samePerson");
    expect(() => assertSecondPerson("a", "b")).not.toThrow();
  });
});

describe("what may be said of an item", () => {
  it("is refused where data say it, or where it always applies", () => {
    expect(() => assertMayMark("opened", "done", [])).not.toThrow();
    expect(refused(() => assertMayMark("opened", "reopened", [])).key).toBe("channels.refused.notDone");
    expect(refused(() => assertMayMark("opened", "not-applicable", [])).key).toBe("channels.refused.applies");
    expect(() => assertMayMark("consent", "not-applicable", [])).not.toThrow();
    expect(() => assertMayMark("consent", "reopened", [mark("consent", "not-applicable")])).not.toThrow();
    for (const item of onboardingItems.filter((one) => one.derived))
      expect(refused(() => assertMayMark(item.key, "done", [])).key).toBe("channels.refused.derived");
  });
  it("takes the kinds of file that prove it", () => {
    expect(() => assertEvidenceFits("retention", "document")).not.toThrow();
    expect(refused(() => assertEvidenceFits("opened", "sheet")).key).toBe("channels.refused.family");
    expect(refused(() => assertEvidenceFits("dealer", "pdf")).key).toBe("channels.refused.derived");
    expect(refused(() => assertEvidenceFits("manager-phone", "image")).key).toBe("channels.refused.noFile");
  });
  it("has a day for renewal from today to ten years ahead", () => {
    expect(() => assertMayRenewOn(today, today)).not.toThrow();
    expect(() => assertMayRenewOn(null, today)).not.toThrow();
    expect(refused(() => assertMayRenewOn("2026-11-21", today)).field).toBe("renewOn");
    expect(refused(() => assertMayRenewOn("2036-11-24", today)).field).toBe("renewOn");
  });
});

describe("owners and days", () => {
  it("may be late, not lost", () => {
    expect(() => assertDue("2026-01-01", today)).not.toThrow();
    expect(refused(() => assertDue("9999-01-01", today)).field).toBe("dueOn");
  });
  it("suggests days from a first day", () => {
    const days = usualDays("2026-11-01");
    expect(days.opened).toBe("2026-11-04");
    expect(Object.keys(days)).toHaveLength(onboardingItems.length);
  });
  it.each([
    [12, "2026-11-22", "2027-11-22"],
    [12, "2028-02-29", "2029-02-28"],
    [1, "2026-01-31", "2026-02-28"],
    [null, "2026-11-22", null],
  ])("suggests renewal after %s months of %s on %s", (months, day, renewal) => {
    expect(renewalSuggested(months, day)).toBe(renewal);
  });
});
