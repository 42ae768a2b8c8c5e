import { describe, expect, it } from "vitest";
import { Refused } from "@/lib/errors";
import {
  assertDealerFits,
  assertMayBegin,
  assertMayComplete,
  type Coverage,
  overlaps,
  type SwitchContract,
  type SwitchFacts,
  switchGaps,
  switchStepKeys,
  switchSteps,
} from "./switch";

const today = "2026-11-23";
const covers = (dealer: string, fromOn: string, untilOn: string | null = null): Coverage => ({
  dealer,
  fromOn,
  untilOn,
});

describe("overlaps", () => {
  it("finds two dealers on one day, at either edge", () => {
    const one = covers("infobank", "2026-01-01", "2026-06-30");
    const two = covers("lunasoft", "2026-06-30");
    expect(overlaps([one, two])).toEqual([one, two]);
    expect(overlaps([two, one])).toEqual([two, one]);
    expect(overlaps([covers("infobank", "2026-01-01"), covers("lunasoft", "2030-01-01")])).not.toBeNull();
    expect(overlaps([covers("infobank", "2026-03-01", "2026-03-01"), covers("lunasoft", "2020-01-01")])).not.toBeNull();
  });
  it("lets one follow the other, and one dealer's contracts lie side by side", () => {
    expect(overlaps([covers("infobank", "2026-01-01", "2026-06-30"), covers("lunasoft", "2026-07-01")])).toBeNull();
    expect(overlaps([covers("infobank", "2026-01-01"), covers("infobank", "2026-02-01")])).toBeNull();
    expect(overlaps([])).toBeNull();
  });
});

describe("assertDealerFits", () => {
  it("takes the channel's own dealer, any before one is chosen, and the one a switch leads to", () => {
    expect(() => assertDealerFits("infobank", null, "infobank")).not.toThrow();
    expect(() => assertDealerFits(null, null, "lunasoft")).not.toThrow();
    expect(() => assertDealerFits("infobank", "lunasoft", "lunasoft")).not.toThrow();
  });
  it("refuses another dealer", () => {
    expect(() => assertDealerFits("infobank", null, "lunasoft")).toThrow(Refused);
    expect(() => assertDealerFits("infobank", "spectra", "lunasoft")).toThrow(Refused);
  });
});

const contract = (more: Partial<SwitchContract>): SwitchContract => ({
  id: "c",
  number: "HG-1",
  dealer: "infobank",
  service: true,
  consignment: true,
  approved: true,
  fromOn: "2025-01-01",
  untilOn: null,
  ...more,
});
const former = contract({ id: "former", untilOn: "2026-11-20" });
const coming = contract({ id: "new", dealer: "lunasoft", fromOn: "2026-11-21" });
const done: SwitchFacts = {
  fromDealer: "infobank",
  toDealer: "lunasoft",
  lastOn: "2026-11-20",
  contracts: [former, coming],
  openConnections: [],
  reconsignments: [
    {
      contractId: "new",
      dealer: "lunasoft",
      validFrom: "2026-11-21",
      validUntil: null,
      withdrawnOn: null,
      signed: true,
    },
  ],
  senderKey: "b".repeat(40),
  senderKeyBefore: "a".repeat(40),
};
const answer = (more: Partial<SwitchFacts>, key: string) => {
  const found = switchSteps({ ...done, ...more }, today).find((one) => one.key === key);
  return [found?.answer, found?.because];
};

describe("switchSteps", () => {
  it("holds throughout once everything is there", () => {
    const steps = switchSteps(done, today);
    expect(steps.map(({ key }) => key)).toEqual(switchStepKeys);
    expect(switchGaps(steps)).toEqual([]);
    expect(() => assertMayComplete("infobank", "infobank", steps)).not.toThrow();
    expect(() => assertMayComplete("spectra", "infobank", steps)).toThrow(Refused);
  });
  it("asks the former contract to end by the last day, as a whole or for the channel", () => {
    expect(answer({ contracts: [contract({}), coming] }, "former-contract")).toEqual(["no", "formerOpen"]);
    expect(answer({ contracts: [contract({ untilOn: "2026-11-21" }), coming] }, "former-contract")).toEqual([
      "no",
      "formerLate",
    ]);
    expect(answer({ contracts: [contract({ untilOn: "2026-11-20" }), coming] }, "former-contract")[0]).toBe("yes");
    expect(answer({ contracts: [former, contract({}), coming] }, "former-contract")).toEqual(["no", "formerOpen"]);
    expect(answer({ contracts: [coming] }, "former-contract")).toEqual(["unknown", "formerUnknown"]);
    expect(answer({ contracts: [contract({ service: false }), coming] }, "former-contract")[0]).toBe("unknown");
  });
  it("asks the former connection to be closed", () => {
    expect(answer({ openConnections: [{ id: "x" }] }, "former-connection")).toEqual(["no", "connectionOpen"]);
  });
  it("asks for an approved contract and consignment from the next day on", () => {
    expect(answer({ contracts: [former] }, "new-contract")).toEqual(["no", "contractMissing"]);
    expect(answer({ contracts: [former, { ...coming, approved: false }] }, "new-contract")).toEqual([
      "no",
      "contractDraft",
    ]);
    expect(answer({ contracts: [former, { ...coming, fromOn: "2026-12-01" }] }, "new-contract")).toEqual([
      "no",
      "contractLate",
    ]);
    expect(answer({ contracts: [former, { ...coming, untilOn: "2026-11-22" }] }, "new-contract")[0]).toBe("no");
    expect(answer({ contracts: [former, { ...coming, consignment: false }] }, "new-consignment")).toEqual([
      "no",
      "contractMissing",
    ]);
  });
  it("counts days without any dealer as days without, not as a gap that nothing can fill", () => {
    expect(answer({ contracts: [former, { ...coming, fromOn: today }] }, "new-contract")[0]).toBe("yes");
  });
  it("asks for a signed approval of the re-consignment that is valid on the first day", () => {
    const [approval] = done.reconsignments;
    if (!approval) throw new Error("There is no approval to change");
    const given = (more: object) => answer({ reconsignments: [{ ...approval, ...more }] }, "new-reconsignment");
    expect(given({})).toEqual(["yes", "reconsignmentHolds"]);
    expect(given({ signed: false })).toEqual(["no", "reconsignmentUnsigned"]);
    expect(given({ dealer: "infobank" })).toEqual(["no", "reconsignmentMissing"]);
    expect(given({ withdrawnOn: "2026-11-22" })[0]).toBe("no");
    expect(given({ validUntil: "2026-11-22" })[0]).toBe("no");
    expect(given({ validFrom: "2026-12-01" })[0]).toBe("no");
  });
  it("asks for another sender key than before", () => {
    expect(answer({ senderKey: null }, "new-sender-key")).toEqual(["no", "senderKeyMissing"]);
    expect(answer({ senderKey: done.senderKeyBefore }, "new-sender-key")).toEqual(["no", "senderKeySame"]);
    expect(answer({ senderKeyBefore: null }, "new-sender-key")[0]).toBe("yes");
  });
  it("waits for the last day to be over in Korea", () => {
    expect(answer({ lastOn: today }, "last-day")).toEqual(["no", "dayAhead"]);
    expect(answer({ lastOn: "2026-11-22" }, "last-day")).toEqual(["yes", "dayOver"]);
  });
  it("is not completed while a step does not hold", () => {
    expect(() =>
      assertMayComplete("infobank", "infobank", switchSteps({ ...done, senderKey: null, lastOn: today }, today)),
    ).toThrow(expect.objectContaining({ key: "channels.switch.refused.gaps", values: { count: 2 } }));
    expect(() =>
      assertMayComplete("infobank", "infobank", switchSteps({ ...done, contracts: [coming] }, today)),
    ).not.toThrow();
  });
});

describe("assertMayBegin", () => {
  const channel = { dealer: "infobank", ended: false };
  const wish = { toDealer: "lunasoft", lastOn: today };
  const begin =
    (more: Partial<typeof channel | { dealer: null }>, wished = {}, open = false) =>
    () =>
      assertMayBegin({ ...channel, ...more }, { ...wish, ...wished }, open, today);
  it("takes a day from a year ago to ten years ahead", () => {
    expect(begin({})).not.toThrow();
    expect(begin({}, { lastOn: "2025-11-23" })).not.toThrow();
    expect(begin({}, { lastOn: "2036-11-23" })).not.toThrow();
  });
  it.each([
    ["ended", begin({ ended: true }), "channels.refused.ended"],
    ["without a dealer", begin({ dealer: null }), "channels.switch.refused.noDealer"],
    ["with a switch open", begin({}, {}, true), "channels.switch.refused.open"],
    ["to the same dealer", begin({}, { toDealer: "infobank" }), "channels.switch.refused.same"],
    ["too far back", begin({}, { lastOn: "2025-11-22" }), "channels.switch.refused.past"],
    ["too far ahead", begin({}, { lastOn: "2036-11-25" }), "channels.switch.refused.far"],
  ])("refuses a channel %s", (_, act, key) => {
    expect(act).toThrow(expect.objectContaining({ key }));
  });
});
