import { describe, expect, it } from "vitest";
import { dayCounts, entryPoint, mergeEvents, sessionExpiry, sessionStatus } from "./rules";
import type { ConsultEvent } from "./schema";

const at = (text: string) => new Date(text);
const event = (kind: ConsultEvent["kind"], when: string, more: Partial<ConsultEvent> = {}): ConsultEvent => ({
  key: `${kind}:${when}`,
  digest: "",
  kind,
  sessionId: "163755146",
  userKey: "AbC12dEf34_G",
  at: at(when),
  extra: null,
  entry: null,
  reason: null,
  direction: kind === "message" ? "in" : "note",
  row: null,
  content: null,
  ...more,
});

describe("the end of a session", () => {
  it("comes at the next full hour after the user's last message, and 30 days", () => {
    expect(sessionExpiry(at("2026-11-22T09:12:31+09:00"))).toEqual(at("2026-12-22T10:00:00+09:00"));
    expect(sessionExpiry(at("2026-11-22T09:00:00+09:00"))).toEqual(at("2026-12-22T10:00:00+09:00"));
    expect(sessionExpiry(at("2026-11-22T08:59:59.999+09:00"))).toEqual(at("2026-12-22T09:00:00+09:00"));
  });

  it("is silence or an event, whichever is first", () => {
    const open = { endedAt: null, openedAt: at("2026-10-01T10:30:00Z"), lastUserMessageAt: at("2026-10-05T10:30:00Z") };
    expect(sessionStatus(open, at("2026-11-04T10:59:59.999Z"))).toBe("open");
    expect(sessionStatus(open, at("2026-11-04T11:00:00Z"))).toBe("expired");
    expect(sessionStatus({ ...open, endedAt: at("2026-10-06T00:00:00Z") }, at("2026-11-04T11:00:00Z"))).toBe("ended");
    expect(sessionStatus({ ...open, lastUserMessageAt: null }, at("2026-10-31T11:00:00Z"))).toBe("expired");
  });
});

describe("the way in", () => {
  it("is what the event says, else the medium of its place, else unknown", () => {
    expect(entryPoint("channel_search", "offline")).toBe("channel_search");
    expect(entryPoint(null, "offline")).toBe("qr");
    expect(entryPoint(null, "mobile_web")).toBe("button");
    expect(entryPoint(null, null)).toBeNull();
    expect(entryPoint("made_up", null)).toBeNull();
  });
});

describe("events in any order", () => {
  const events = [
    event("opened", "2026-11-20T15:47:00+09:00", { extra: "pl_home_footer" }),
    event("message", "2026-11-20T15:48:00+09:00"),
    event("message", "2026-11-20T15:50:00+09:00", { direction: "out" }),
    event("message", "2026-11-20T16:31:00+09:00"),
    event("ended", "2026-11-20T16:40:00+09:00", { reason: "agent" }),
    event("ended", "2026-11-20T16:41:00+09:00", { reason: "late" }),
  ];
  const whole = mergeEvents(null, events);

  it("make one session", () => {
    expect(whole).toMatchObject({
      openedBy: "reference",
      extra: "pl_home_footer",
      messageCount: 3,
      endReason: "agent",
    });
    expect(whole.openedAt).toEqual(at("2026-11-20T15:47:00+09:00"));
    expect(whole.lastUserMessageAt).toEqual(at("2026-11-20T16:31:00+09:00"));
    expect(whole.endedAt).toEqual(at("2026-11-20T16:40:00+09:00"));
  });

  it("make the same session backwards, one by one, and with the end first", () => {
    const backwards = [...events].reverse();
    expect(mergeEvents(null, backwards)).toEqual(whole);
    const single = backwards.reduce<ReturnType<typeof mergeEvents> | null>(
      (state, one) => mergeEvents(state, [one]),
      null,
    );
    expect(single).toEqual(whole);
  });

  it("count each message on its KST day, and move the session's day when it opened earlier", () => {
    const late = event("message", "2026-11-20T00:05:00+09:00");
    const early = event("opened", "2026-11-19T23:58:00+09:00");
    const before = mergeEvents(null, [late]);
    expect(dayCounts(null, before, [late])).toEqual([{ day: "2026-11-20", sessions: 1, messages: 1 }]);
    expect(dayCounts(before, mergeEvents(before, [early]), [early])).toEqual([
      { day: "2026-11-19", sessions: 1, messages: 0 },
      { day: "2026-11-20", sessions: -1, messages: 0 },
    ]);
  });
});
