import { describe, expect, it } from "vitest";
import { endOfButtons } from "@/lib/channels/rules/life";
import { addDays } from "@/lib/clock";
import { assertMayAskEnd, type EndingFact, endingDigest, standingEnd } from "./rules/ending";
import {
  type ExitChannel,
  type ExitFacts,
  type ExitMarkFact,
  endOfContract,
  exitClosed,
  exitProgress,
  exitStates,
} from "./rules/exit";
import { exitItems } from "./rules/exit-items";

const endsOn = "2026-12-31";
const over = endOfContract(endsOn);
const channel = (more: Partial<ExitChannel> = {}): ExitChannel => ({
  ...{ id: "c", name: "채널", searchId: "c", dealer: "infobank", lastOn: endsOn, staysBy: null },
  ...{ placements: 0, connections: 0, ...more },
});
const facts = (more: Partial<ExitFacts> = {}): ExitFacts => ({
  ...{ endsOn, service: true, channels: [channel()], reconsignments: 0, registerAt: null, ...more },
});
const mark = (item: string, kind: ExitMarkFact["kind"] = "done", at = over): ExitMarkFact => ({
  id: item,
  item,
  kind,
  at,
});
const said = [mark("deletion"), mark("consignees"), mark("texts")];
const standing = (key: string, ...[given, marks, now]: Parameters<typeof exitStates>) =>
  exitStates(given, marks, now).find((state) => state.key === key);

describe("the items of the way out", () => {
  it("quote the guide where it speaks of them, and name each article", () => {
    expect(exitItems.filter(({ guide }) => guide === endOfButtons).map(({ key }) => key)).toEqual([
      "placements",
      "redirects",
    ]);
    expect(exitItems.filter(({ law }) => law).every(({ law }) => law?.startsWith("개인정보 보호법 제"))).toBe(true);
  });
});

describe("where an item stands", () => {
  it("redirects wait for 24:00 in Korea of the last day, to the millisecond", () => {
    expect(over.toISOString()).toBe("2026-12-31T15:00:00.000Z");
    expect(standing("redirects", facts(), [], new Date(over.getTime() - 1))?.standing).toBe("waiting");
    expect(standing("redirects", facts(), [], over)?.standing).toBe("done");
  });
  it("only channels that end have buttons to take down; a consignment alone ends none", () => {
    const stays = channel({ placements: 3, staysBy: { id: "k", number: "N-2", until: null } });
    const both = facts({ channels: [channel({ placements: 2 }), stays] });
    expect(standing("placements", both, [], over)).toMatchObject({ standing: "open", count: 2 });
    expect(standing("placements", facts({ channels: [stays] }), [], over)?.standing).toBe("done");
    expect(standing("placements", { ...both, service: false }, [], over)?.standing).toBe("done");
    expect(standing("redirects", { ...both, service: false }, [], new Date(0))?.standing).toBe("done");
  });
  it("follows the newest mark; what may not be set aside is not", () => {
    const later = new Date(over.getTime() + 1);
    expect(standing("texts", facts(), [mark("texts"), mark("texts", "reopened", later)], later)?.standing).toBe("open");
    expect(standing("texts", facts(), [mark("texts", "not-applicable")], over)?.standing).toBe("not-applicable");
    const open = facts({ channels: [channel({ placements: 1, connections: 1 })] });
    expect(standing("placements", open, [mark("placements", "not-applicable")], over)?.standing).toBe("open");
    expect(standing("placements", open, [mark("placements")], over)?.standing).toBe("open");
    expect(standing("connections", open, [mark("connections", "not-applicable")], over)?.standing).toBe(
      "not-applicable",
    );
  });
  it("the final register comes last: after the day, after all else, after the newest mark", () => {
    const at = (ms: number) => new Date(over.getTime() + ms);
    const handed = (registerAt: Date | null) => facts({ registerAt });
    expect(standing("register", handed(at(-5)), said, at(-1))?.standing).toBe("waiting");
    expect(standing("register", handed(at(5)), said.slice(1), at(9))?.standing).toBe("waiting");
    expect(standing("register", handed(at(-5)), said, at(9))?.standing).toBe("open");
    expect(standing("register", handed(at(5)), said, at(9))?.standing).toBe("done");
    expect(standing("register", handed(at(5)), [...said, mark("agents", "done", at(6))], at(9))?.standing).toBe("open");
  });
  it("is closed once every needed item is done; advice and information keep nothing open", () => {
    const states = exitStates(facts({ registerAt: over }), said, over);
    expect(exitClosed(states)).toBe(true);
    expect(exitProgress(states)).toEqual({ done: 8, of: 8 });
    for (const gone of said) {
      const less = exitStates(
        facts({ registerAt: over }),
        said.filter((one) => one !== gone),
        over,
      );
      expect(exitClosed(less)).toBe(false);
      expect(exitProgress(less)).toEqual({ done: 6, of: 8 });
    }
  });
});

const turn = (id: string, more: Partial<EndingFact> = {}): EndingFact => ({
  ...{ id, kind: "end", endsOn, reason: "사유", personId: "p", outcome: "approved", closedAt: over, ...more },
});

describe("the end that counts", () => {
  it("is the newest agreed turn, where that is an end", () => {
    const later = (ms: number) => new Date(over.getTime() + ms);
    const first = turn("a");
    const undone = turn("b", { kind: "reinstate", endsOn: null, closedAt: later(1) });
    const again = turn("c", { endsOn: "2027-01-31", closedAt: later(2) });
    expect(standingEnd([])).toBeNull();
    expect(standingEnd([first])?.id).toBe("a");
    expect(standingEnd([undone, first])).toBeNull();
    expect(standingEnd([first, again, undone])?.endsOn).toBe("2027-01-31");
    expect(standingEnd([turn("d", { outcome: "declined" }), turn("e", { outcome: null, closedAt: null })])).toBeNull();
  });
  it("may be today and ten years ahead, by the day in Korea", () => {
    const contract = { approvedOnce: true, endings: [] };
    const night = new Date("2026-11-22T15:00:00Z");
    const may = (day: string) => () => assertMayAskEnd(contract, day, night);
    expect(may("2026-11-23")).not.toThrow();
    expect(may("2026-11-22")).toThrow("dealers.exit.refused.dayPast");
    expect(may(addDays("2026-11-23", 3_653))).not.toThrow();
    expect(may(addDays("2026-11-23", 3_654))).toThrow("dealers.exit.refused.dayFar");
  });
  it("is agreed to as shown: each part of it has its part in the digest", () => {
    const base = endingDigest(turn("a"), [channel()]);
    const stays = { id: "k", number: "N-2", until: null };
    const others = [
      endingDigest(turn("b"), [channel()]),
      endingDigest(turn("a", { kind: "reinstate" }), [channel()]),
      endingDigest(turn("a", { endsOn: "2027-01-01" }), [channel()]),
      endingDigest(turn("a", { reason: "다른 사유" }), [channel()]),
      endingDigest(turn("a"), []),
      endingDigest(turn("a"), [channel({ id: "d" })]),
      endingDigest(turn("a"), [channel({ staysBy: stays })]),
      endingDigest(turn("a"), [channel({ staysBy: { ...stays, until: "2027-02-01" } })]),
    ];
    expect(new Set([base, ...others]).size).toBe(others.length + 1);
    expect(endingDigest(turn("a"), [channel({ placements: 9 })])).toBe(base);
  });
});
