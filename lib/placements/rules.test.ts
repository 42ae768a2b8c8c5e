import { describe, expect, it } from "vitest";
import { Refused } from "@/lib/errors";
import { pressLine, readPresses } from "./press-line";
import {
  assertCodeIsNoPersonalData,
  assertEventHasBot,
  assertModeFitsMedium,
  consultUrl,
  consultUrlForReading,
  isPressable,
  placementStatus,
  suggestCode,
} from "./rules";
import { createPlacementSchema, media, placementCodeSchema, placementFiltersSchema } from "./schema";
import { classifyVisitor } from "./visitors";

const bytes = Uint8Array.from({ length: 32 }, (_, at) => (at * 37) % 256);

describe("a code", () => {
  it.each(media)("made for %s is one that Kakao carries and says its medium", (medium) => {
    const code = suggestCode(medium, bytes);
    expect(placementCodeSchema.parse(code)).toBe(code);
    expect(code).toMatch(/^pl_(web|mweb|app|qr|msg)_[a-z2-9]{10}$/);
    expect(() => assertCodeIsNoPersonalData(code)).not.toThrow();
  });
  it("needs randomness", () => {
    expect(() => suggestCode("web", new Uint8Array(32).fill(255))).toThrow(RangeError);
  });
  it.each(["01012345678", "pl_010_1234_5678", "19800101", "a800101_1234567"])(
    "refuses %s, which reads like a person's number",
    (code) => {
      expect(() => assertCodeIsNoPersonalData(code)).toThrow(Refused);
    },
  );
  it.each(["pl_store_gangnam_pos_01", "pl_box_run3", "at_delivery_bc", "pl_2026_11"])("takes %s", (code) => {
    expect(() => assertCodeIsNoPersonalData(code)).not.toThrow();
  });
  it.each(["", "a-b", "가", "a b", "x".repeat(51), "a\n", "../x"])("is not %j", (code) => {
    expect(placementCodeSchema.safeParse(code).success && placementCodeSchema.parse(code) === code).toBe(false);
  });
});

describe("the consult URL", () => {
  const plain = { searchId: "한결생활", code: "pl_home_footer", bot: null, event: null };
  it("is Kakao's start address with the code as extra", () => {
    expect(consultUrl(plain)).toBe(
      "https://bizmessage.kakao.com/chat/open/@%ED%95%9C%EA%B2%B0%EC%83%9D%ED%99%9C?extra=pl_home_footer",
    );
    expect(consultUrlForReading(plain)).toBe("https://bizmessage.kakao.com/chat/open/@한결생활?extra=pl_home_footer");
  });
  it("carries bot and event", () => {
    const url = new URL(consultUrl({ ...plain, bot: "auto", event: "배송 조회&x=1" }));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      extra: "pl_home_footer",
      bot: "auto",
      event: "배송 조회&x=1",
    });
  });
  it.each(["a/../b", "a?x=1", "a#b", "evil.example/", "%2e%2e", "a\\b"])(
    "stays on Kakao's path whatever the search id: %j",
    (searchId) => {
      const url = new URL(consultUrl({ ...plain, searchId }));
      expect(url.origin).toBe("https://bizmessage.kakao.com");
      expect(url.pathname.startsWith("/chat/open/@")).toBe(true);
      expect(url.pathname.split("/")).toHaveLength(4);
      expect(url.searchParams.get("extra")).toBe("pl_home_footer");
    },
  );
});

describe("where a placement stands", () => {
  const now = new Date("2026-11-30T12:00:00+09:00");
  const live = { wentLiveAt: new Date("2026-01-01T00:00:00Z"), endsAt: null };
  const upTo = (day: string) => ({ ...live, endsAt: new Date(`${day}T24:00:00+09:00`) });
  it.each([
    ["live", { retiredAt: null }, live],
    ["preparing", { retiredAt: null }, { wentLiveAt: null, endsAt: null }],
    ["ending", { retiredAt: null }, upTo("2026-11-30")],
    ["ended", { retiredAt: null }, upTo("2026-11-29")],
    ["retired", { retiredAt: now }, live],
  ] as const)("is %s", (state, placement, channel) => {
    expect(placementStatus(placement, channel, now)).toBe(state);
  });
  it("works to 24:00 KST of the last day and not a millisecond longer", () => {
    const end = upTo("2026-11-30");
    const at = (text: string) => isPressable(placementStatus({ retiredAt: null }, end, new Date(text)));
    expect(at("2026-11-30T23:59:59.999+09:00")).toBe(true);
    expect(at("2026-12-01T00:00:00.000+09:00")).toBe(false);
  });
});

describe("what a placement may be", () => {
  it("is never print without a redirect", () => {
    expect(() => assertModeFitsMedium("offline", "direct")).toThrow(Refused);
    expect(() => assertModeFitsMedium("web", "direct")).not.toThrow();
  });
  it("has an event only with the chatbot", () => {
    expect(() => assertEventHasBot("false", "welcome")).toThrow(Refused);
    expect(() => assertEventHasBot(null, "welcome")).toThrow(Refused);
    expect(() => assertEventHasBot("true", "welcome")).not.toThrow();
  });
  it("has a name of its own", () => {
    const input = { channelId: "22222222-2222-4222-8222-222222222222", medium: "web" };
    expect(createPlacementSchema.parse({ ...input, name: " 홈 하단 " })).toMatchObject({
      name: "홈 하단",
      mode: "redirect",
      code: null,
    });
    for (const name of ["", "  ", "x".repeat(61), "a\u0000b", "a\nb", "\ud800"]) {
      expect(createPlacementSchema.safeParse({ ...input, name }).success).toBe(false);
    }
  });
  it("is looked for with what the address says, as far as it makes sense", () => {
    expect(
      placementFiltersSchema.parse({ q: ["a", "b"], state: "gone", channel: "x", medium: "web", after: null }),
    ).toEqual({
      q: "",
      state: "",
      channel: "",
      medium: "web",
      owner: "",
      campaign: "",
      tag: "",
      sort: "",
      after: "",
      before: "",
    });
  });
});

describe("who presses", () => {
  it.each([
    [
      "person",
      "GET",
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 KAKAOTALK 11.0.0",
    ],
    ["person", "GET", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"],
    ["person", "GET", "Mozilla/5.0 (Linux; Android 14) NAVER(inapp; search; 1000; 12.0)"],
    ["person", "GET", ""],
    ["preview", "GET", "facebookexternalhit/1.1; kakaotalk-scrap/1.0; +https://devtalk.kakao.com/t/scrap/33984"],
    ["preview", "GET", "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"],
    ["preview", "GET", "Twitterbot/1.0"],
    ["bot", "GET", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"],
    ["bot", "GET", "Mozilla/5.0 (compatible; Yeti/1.1; +https://naver.me/spd)"],
    ["bot", "GET", "Mozilla/5.0 (compatible; Daumoa/4.0)"],
    ["head", "HEAD", "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"],
  ])("is a %s: %s %s", (visitor, method, agent) => {
    expect(classifyVisitor(method, agent)).toBe(visitor);
  });
});

describe("a spool line", () => {
  const owner = "11111111-1111-4111-8111-111111111111 33333333-3333-4333-8333-333333333333";
  it("comes back as it was written", () => {
    const text =
      pressLine(1795375082977, "press", "person", "0123456789abcdef", owner) +
      pressLine(1795375082978, "scan", "head", "ffffffffffffffff", owner);
    expect(readPresses(text)).toEqual({
      batch: {
        organizations: ["11111111-1111-4111-8111-111111111111", "11111111-1111-4111-8111-111111111111"],
        placements: ["33333333-3333-4333-8333-333333333333", "33333333-3333-4333-8333-333333333333"],
        instants: ["1795375082977", "1795375082978"],
        kinds: ["press", "scan"],
        visitors: ["person", "head"],
        hashes: ["0123456789abcdef", "ffffffffffffffff"],
      },
      count: 2,
      damaged: 0,
    });
  });
  it("that is damaged costs only itself", () => {
    const text = `${pressLine(1795375082977, "press", "person", "0123456789abcdef", owner)}17953\u0000\n`;
    expect(readPresses(text)).toMatchObject({ count: 1, damaged: 1 });
  });
});
