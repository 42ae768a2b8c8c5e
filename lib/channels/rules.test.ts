import { describe, expect, it } from "vitest";
import { Refused } from "@/lib/errors";
import {
  assertEvidenceFits,
  assertMayEnd,
  assertMayGoLive,
  assertMayMark,
  assertMayWithdrawEnd,
  channelStatus,
  goLiveGaps,
  liveState,
  newestMark,
  onboardingItems,
  onboardingProgress,
} from "./rules";
import {
  attachEvidenceSchema,
  editChannelSchema,
  endChannelSchema,
  goLiveSchema,
  listChannelsSchema,
  markOnboardingSchema,
  onboardingKeys,
  openChannelSchema,
} from "./schema";

const at = (text: string) => new Date(text);
const life = (wentLiveAt: string | null, endsOn: string | null) => ({
  wentLiveAt: wentLiveAt === null ? null : at(wentLiveAt),
  endsOn,
});
const done = (item: string, time = "2026-11-01T00:00:00Z") => ({ item, kind: "done", at: at(time) });
const marked = onboardingItems.filter((item) => item.needed && !item.derived).map((item) => done(item.key));

function refused(attempt: () => void): { key: string; field: string | undefined } {
  try {
    attempt();
  } catch (error) {
    if (error instanceof Refused) return { key: error.key, field: error.field };
    throw error;
  }
  throw new Error("was not refused");
}

describe("channelStatus", () => {
  it.each([
    ["preparing before going live", life(null, null), "2026-11-22T00:00:00Z", "preparing"],
    ["live without an end", life("2026-11-01T00:00:00Z", null), "2026-11-22T00:00:00Z", "live"],
    ["ending once an end is set", life("2026-11-01T00:00:00Z", "2026-11-30"), "2026-11-22T00:00:00Z", "ending"],
    [
      "ending until 23:59:59 KST of the last day",
      life("2026-11-01T00:00:00Z", "2026-11-30"),
      "2026-11-30T14:59:59Z",
      "ending",
    ],
    [
      "ended from 24:00 KST of the last day",
      life("2026-11-01T00:00:00Z", "2026-11-30"),
      "2026-11-30T15:00:00Z",
      "ended",
    ],
    ["preparing while its end has not come", life(null, "2026-11-30"), "2026-11-22T00:00:00Z", "preparing"],
    ["ended without ever having been live", life(null, "2026-11-21"), "2026-11-22T00:00:00Z", "ended"],
    ["ended across the turn of the year", life("2026-01-01T00:00:00Z", "2026-12-31"), "2026-12-31T15:00:00Z", "ended"],
  ] as const)("is %s", (_what, channel, now, state) => {
    expect(channelStatus(channel, at(now))).toBe(state);
  });
  it("lets buttons work while live and ending", () => {
    const channel = life("2026-11-01T00:00:00Z", "2026-11-30");
    expect(liveState(channel, at("2026-11-22T00:00:00Z"))).toEqual({
      live: true,
      since: at("2026-11-01T00:00:00Z"),
      until: at("2026-11-30T15:00:00Z"),
    });
    expect(liveState(channel, at("2026-12-01T00:00:00Z")).live).toBe(false);
    expect(liveState(life(null, null), at("2026-12-01T00:00:00Z")).live).toBe(false);
  });
});

describe("onboarding", () => {
  it("asks for what guide 1-1 asks for, and advises the rest", () => {
    expect(onboardingItems.map((item) => item.key)).toEqual([...onboardingKeys]);
    expect(onboardingItems.filter((item) => item.needed).map((item) => item.key)).toEqual([
      "opened",
      "business",
      "home-public",
      "dealer",
      "contract",
    ]);
  });
  it("counts the newest mark of an item", () => {
    const reopened = { item: "opened", kind: "reopened", at: at("2026-11-02T00:00:00Z") };
    expect(newestMark([done("opened"), reopened, done("business")], "opened")).toBe(reopened);
    expect(newestMark([reopened, done("opened")], "opened")).toBe(reopened);
    expect(newestMark([], "opened")).toBe(null);
    expect(goLiveGaps("infobank", [...marked, reopened]).map((item) => item.key)).toEqual(["opened"]);
  });
  it("holds the dealer item by the chosen dealer", () => {
    expect(goLiveGaps(null, marked).map((item) => item.key)).toEqual(["dealer"]);
    expect(onboardingProgress(null, [])).toEqual({ done: 0, of: 5 });
    expect(onboardingProgress("infobank", [done("search-allowed")])).toEqual({ done: 1, of: 5 });
    expect(onboardingProgress("infobank", marked)).toEqual({ done: 5, of: 5 });
  });
  it("opens going live once everything needed holds, and once only", () => {
    const now = at("2026-11-22T00:00:00Z");
    expect(() => assertMayGoLive({ ...life(null, null), dealer: "infobank" }, marked, now)).not.toThrow();
    expect(refused(() => assertMayGoLive({ ...life(null, null), dealer: null }, marked, now)).key).toBe(
      "channels.refused.gate",
    );
    const live = { ...life("2026-11-01T00:00:00Z", null), dealer: "infobank" };
    expect(refused(() => assertMayGoLive(live, marked, now)).key).toBe("channels.refused.alreadyLive");
    const over = { ...life(null, "2026-11-21"), dealer: "infobank" };
    expect(refused(() => assertMayGoLive(over, marked, now)).key).toBe("channels.refused.ended");
  });
  it("marks by hand what no data say, and opens again only what was done", () => {
    expect(() => assertMayMark("opened", "done", [])).not.toThrow();
    expect(() => assertMayMark("opened", "done", [done("opened")])).not.toThrow();
    expect(refused(() => assertMayMark("opened", "reopened", [])).key).toBe("channels.refused.notDone");
    expect(refused(() => assertMayMark("dealer", "done", [])).key).toBe("channels.refused.derived");
  });
  it("takes the kinds of file that prove an item", () => {
    expect(() => assertEvidenceFits("contract", "document")).not.toThrow();
    expect(refused(() => assertEvidenceFits("opened", "sheet")).key).toBe("channels.refused.family");
    expect(refused(() => assertEvidenceFits("dealer", "pdf")).key).toBe("channels.refused.derived");
  });
});

describe("an end of use (guide 3-4)", () => {
  const live = life("2026-11-01T00:00:00Z", null);
  it("may be today, counted in Korea, and not yesterday", () => {
    const now = at("2026-11-21T15:30:00Z");
    expect(() => assertMayEnd(live, "2026-11-22", now)).not.toThrow();
    expect(refused(() => assertMayEnd(live, "2026-11-21", now))).toEqual({
      key: "channels.refused.endPast",
      field: "endsOn",
    });
  });
  it("may lie ten years ahead and no further", () => {
    const now = at("2026-11-22T00:00:00Z");
    expect(() => assertMayEnd(live, "2036-11-22", now)).not.toThrow();
    expect(refused(() => assertMayEnd(live, "2036-11-23", now)).field).toBe("endsOn");
  });
  it("may be moved or withdrawn until it has passed", () => {
    const ending = life("2026-11-01T00:00:00Z", "2026-11-22");
    const before = at("2026-11-22T14:59:59Z");
    const past = at("2026-11-22T15:00:00Z");
    expect(() => assertMayEnd(ending, "2026-12-31", before)).not.toThrow();
    expect(() => assertMayWithdrawEnd(ending, before)).not.toThrow();
    expect(refused(() => assertMayEnd(ending, "2026-12-31", past)).key).toBe("channels.refused.ended");
    expect(refused(() => assertMayWithdrawEnd(ending, past)).key).toBe("channels.refused.ended");
    expect(refused(() => assertMayWithdrawEnd(live, before)).key).toBe("channels.refused.noEnd");
  });
});

describe("what may be said", () => {
  const open = (more: Record<string, unknown>) =>
    openChannelSchema.safeParse({ searchId: "한결", name: "한결생활", ...more });
  it.each([
    ["@한결비투비", "한결비투비"],
    ["한결b2b".normalize("NFD"), "한결b2b"],
    [" @hangyeol1 ", "hangyeol1"],
    ["가".repeat(15), "가".repeat(15)],
  ])("takes the search id %j as %j", (given, kept) => {
    expect(open({ searchId: given }).data?.searchId).toBe(kept);
  });
  it.each([
    "",
    "@",
    "가".repeat(16),
    "Hangyeol",
    "한결 생활",
    "한결-b2b",
    "@@한결",
    "한결\u0000",
    "ｈａｎ",
    "한결😀",
    "\ud800",
  ])("refuses the search id %j", (given) => {
    expect(open({ searchId: given }).success).toBe(false);
  });
  it("takes a profile id, a sender key in lower case, a name of 20", () => {
    const parsed = open({ publicId: "_xhGkLb", senderKey: `${"AB".repeat(20)} `, name: "가".repeat(20) });
    expect(parsed.data).toMatchObject({ publicId: "_xhGkLb", senderKey: "ab".repeat(20), dealer: null, contact: "" });
  });
  it.each([
    { publicId: "xhGkLb" },
    { publicId: "_" },
    { publicId: "_가" },
    { senderKey: "ab".repeat(19) },
    { senderKey: "zz".repeat(20) },
    { name: "" },
    { name: "   " },
    { name: "가".repeat(21) },
    { name: "이름\u202egnp.exe" },
    { name: "이\u0000름" },
    { name: "\udc00" },
    { name: "x".repeat(1_000_000) },
    { name: ["a", "b"] },
    { name: { not: "" } },
    { name: null },
    { dealer: "naver" },
    { dealer: "__proto__" },
    { contact: "가".repeat(201) },
  ])("refuses %j", (given) => {
    expect(open(given).success).toBe(false);
  });
  it("shows hostile text as it is rather than refusing it", () => {
    const name = "<b onload=x>'\"&";
    expect(open({ name }).data?.name).toBe(name);
  });
  it.each([0, -1, 1.5, Number.NaN, 2 ** 31, 2 ** 63, "1", null])("refuses the version %j", (version) => {
    const channelId = "3f2b8d5e-6c1a-4b7d-9e0f-1a2b3c4d5e6f";
    expect(editChannelSchema.safeParse({ channelId, version, name: "x" }).success).toBe(false);
  });
  it.each(["0000-01-01x", "10000-01-01", "275760-09-13", "2026-02-30", "infinity", "2026-11-22T00:00:00Z", ""])(
    "refuses the day %j",
    (endsOn) => {
      const channelId = "3f2b8d5e-6c1a-4b7d-9e0f-1a2b3c4d5e6f";
      expect(endChannelSchema.safeParse({ channelId, version: 1, endsOn, reason: "계약 종료" }).success).toBe(false);
    },
  );
  it("wants five characters of a note, a real item and a ticked box", () => {
    const channelId = "3f2b8d5e-6c1a-4b7d-9e0f-1a2b3c4d5e6f";
    const mark = { channelId, item: "opened", kind: "done", note: "다섯 글자" };
    expect(markOnboardingSchema.safeParse(mark).success).toBe(true);
    expect(markOnboardingSchema.safeParse({ ...mark, note: "네 글자" }).success).toBe(false);
    expect(markOnboardingSchema.safeParse({ ...mark, item: "constructor" }).success).toBe(false);
    expect(attachEvidenceSchema.safeParse({ channelId: "x", item: "opened" }).success).toBe(false);
    expect(goLiveSchema.safeParse({ channelId, confirmed: false }).success).toBe(false);
  });
  it("lets every address of the list answer", () => {
    expect(listChannelsSchema.parse({ q: "x".repeat(5000), state: ["live", "ended"], after: {} })).toEqual({
      q: undefined,
      state: undefined,
      after: undefined,
    });
  });
});
