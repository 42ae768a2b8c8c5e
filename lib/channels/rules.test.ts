import { describe, expect, it } from "vitest";
import { Refused } from "@/lib/errors";
import { assertMayEnd, assertMayWithdrawEnd, channelStatus, liveState } from "./rules/life";
import {
  attachEvidenceSchema,
  editChannelSchema,
  endChannelSchema,
  listChannelsSchema,
  markOnboardingSchema,
  openChannelSchema,
  planOnboardingSchema,
  requestGoLiveSchema,
} from "./schema";

const at = (text: string) => new Date(text);
const life = (wentLiveAt: string | null, endsOn: string | null) => ({
  wentLiveAt: wentLiveAt === null ? null : at(wentLiveAt),
  endsOn,
});

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
    { categoryCode: "0010001000" },
    { categoryCode: "00100010001 2" },
    { categoryCode: "００１０００１０００１" },
    { consignorName: "가".repeat(101) },
    { privacyUrl: "http://hangyeol.example/privacy" },
    { privacyUrl: "https://user:pw@hangyeol.example/" },
    { privacyUrl: "https://user@hangyeol.example/" },
    { privacyUrl: "https://127.0.0.1/" },
    { privacyUrl: "https://2130706433/" },
    { privacyUrl: "https://0x7f.1/" },
    { privacyUrl: "https://[::1]/" },
    { privacyUrl: "https://localhost/" },
    { privacyUrl: "https://printer.local/" },
    { privacyUrl: "javascript:alert(1)" },
    { privacyUrl: `https://hangyeol.example/${"x".repeat(500)}` },
  ])("refuses %j", (given) => {
    expect(open(given).success).toBe(false);
  });
  it("takes a category code, a consignor and the page of a privacy policy", () => {
    const given = {
      categoryCode: " 00100010001 ",
      consignorName: "주식회사 한결생활",
      privacyUrl: "https://회사.한국/개인정보",
    };
    expect(open(given).data).toMatchObject({ ...given, categoryCode: "00100010001" });
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
  it("wants five characters of a note, a real item and real days", () => {
    const channelId = "3f2b8d5e-6c1a-4b7d-9e0f-1a2b3c4d5e6f";
    const mark = { channelId, item: "opened", kind: "done", note: "다섯 글자" };
    expect(markOnboardingSchema.safeParse(mark).success).toBe(true);
    expect(markOnboardingSchema.safeParse({ ...mark, note: "네 글자" }).success).toBe(false);
    expect(markOnboardingSchema.safeParse({ ...mark, item: "constructor" }).success).toBe(false);
    expect(attachEvidenceSchema.safeParse({ channelId: "x", item: "opened" }).success).toBe(false);
    expect(markOnboardingSchema.safeParse({ ...mark, renewOn: "2027-02-30" }).success).toBe(false);
    expect(markOnboardingSchema.safeParse({ ...mark, kind: "__proto__" }).success).toBe(false);
    expect(requestGoLiveSchema.safeParse({ channelId, phrase: "x".repeat(101) }).success).toBe(false);
    expect(planOnboardingSchema.safeParse({ channelId, item: "opened", version: -1 }).success).toBe(false);
  });
  it("lets every address of the list answer", () => {
    expect(
      listChannelsSchema.parse({
        q: "x".repeat(5000),
        state: ["live", "ended"],
        after: {},
        dealer: "naver",
        sort: "x",
      }),
    ).toEqual({ q: undefined, state: undefined, after: undefined, dealer: undefined, sort: "newest" });
  });
});
