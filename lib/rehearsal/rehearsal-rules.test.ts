import { describe, expect, it } from "vitest";
import { emptyContent } from "@/lib/templates/schema/content";
import { changedParts } from "./rules/bound";
import { guidedKeys, guidedSteps, missingSteps, walkedSteps } from "./rules/guided";
import { pictureOf, roomOf } from "./rules/phone";
import { reportSteps } from "./rules/report";
import { isDestructible, lastDue, leapMs } from "./rules/time";
import { rehearsedUser } from "./rules/user";
import type { Detail, EventKind, RehearsalEvent, RehearsedSession } from "./schema/rehearsal";
import { scenarioSchema } from "./schema/scenario";

const at = new Date("2026-11-24T01:00:00Z");
const happened = (...all: [EventKind, Detail?][]): RehearsalEvent[] =>
  all.map(([kind, detail = {}], place) => ({
    ...{ kind, detail, number: place + 1, at, notedAt: at, personName: "김서연", picture: null },
  }));
const session = (more: Partial<RehearsedSession> = {}): RehearsedSession => ({
  ...{ id: "a", externalId: "s1", openedAt: at, openedBy: "reference", endedAt: at, status: "ended", returning: false },
  ...{ extra: null, placeName: null, messageCount: 0, dueOn: "2027-11-24", policyName: "일반", waitsFor: null },
  ...{ ring: "open-2026-11-24", messages: [], ...more },
});

describe("the guided run", () => {
  it("has each step once, in the guide's order", () => {
    expect(guidedSteps.map(({ key }) => key)).toEqual([...guidedKeys]);
  });

  it("is walked by what was noted, and waits for the rest", () => {
    const events = happened(
      ["refused", { why: "first" }],
      ["entered", { entry: "pc-login" }],
      ["opened", { session: "s1", returning: false }],
      ["noticed", { session: "s1", hash: "" }],
      ["said", { session: "s1" }],
    );
    const walked = walkedSteps(events, true);
    expect(walked.find(({ key }) => key === "first")?.event).toBe(1);
    expect(walked.find(({ key }) => key === "pc")?.event).toBe(2);
    // A room without a notice is no notice, a PC is no phone's button, the first session is no return.
    expect(missingSteps(walked)).toEqual([
      ...(["press", "notice", "robot", "reply", "end", "after", "return", "alimtalk", "destroy"] as const),
    ]);
  });

  it("asks for no robot where there is no scenario, and for no search at all", () => {
    expect(missingSteps(walkedSteps([], false))).not.toContain("robot");
    expect(missingSteps(walkedSteps([], true))).not.toContain("search");
  });
});

describe("the phone", () => {
  const said = (direction: string, content: unknown) => ({ direction, kind: "text", at, content });
  const events = happened(
    ["opened", { session: "s1" }],
    ["noticed", { session: "s1", hash: "h" }],
    ["said", { session: "s1" }],
    ["replied", { session: "s1", template: null, version: null }],
    ["alimtalk"],
    ["said", { session: "s1" }],
  );
  const messages = [
    said("in", { contents: [{ comment: "010-1234-5678로 전화 주세요" }] }),
    said("out", { text: "네", filled: { ...emptyContent("PLAIN_TEXT"), text: "네" } }),
    said("in", { content: "둘째", text: "둘째" }),
  ];

  it("takes its order from the events and its words from the transcript", () => {
    const room = roomOf(events, [session({ messages })], { text: "안내", hash: "h" });
    expect(room.map(({ side, text }) => [side, text])).toEqual([
      ["line", ""],
      ["notice", "안내"],
      ["user", "010-1234-5678로 전화 주세요"],
      ["channel", "네"],
      ["other", ""],
      ["user", "둘째"],
    ]);
    expect(room[3]?.content?.text).toBe("네");
  });

  it("says that words are gone once their key is", () => {
    const room = roomOf(events, [session()], null);
    expect(room.filter(({ gone }) => gone).map(({ side }) => side)).toEqual(["user", "channel", "user"]);
    expect(roomOf(events, [], null).filter(({ gone }) => gone)).toHaveLength(3);
  });

  it("keeps pictures without what a person would be known by", () => {
    const [, , first] = pictureOf(roomOf(events, [session({ messages })], null));
    expect(first?.text).not.toContain("1234-5678");
    expect(pictureOf(roomOf(Array.from({ length: 40 }, () => events).flat(), [], null))).toHaveLength(12);
  });
});

const scenario = scenarioSchema.parse({
  start: "a",
  nodes: [{ id: "a", kind: "agent" }],
  hours: { days: [1, 2, 3, 4, 5].map((day) => ({ day, from: 540, to: 1_080 })) },
});

describe("time", () => {
  it("moves a day, thirty with the hour that ends a session, or past the last of the last days", () => {
    const due = [session({ dueOn: "2026-11-26" }), session({ dueOn: "2026-11-25" })];
    const leap = (how: "open" | "day" | "month" | "due", sessions: RehearsedSession[] = [], when = at) =>
      leapMs(how, { sessions, scenario }, when);
    expect(leap("day")).toBe(86_400_000);
    expect(leap("month")).toBe(30 * 86_400_000 + 3_600_000);
    expect(leap("due", due)).toBe(3 * 86_400_000);
    expect(leap("due", [session({ dueOn: null })])).toBeNull();
    expect(leap("due")).toBeNull();
    // Tuesday 10:00 KST is within the hours; on Friday at 18:00 the next are Monday's at nine.
    expect(leap("open")).toBeNull();
    expect(leap("open", [], new Date("2026-11-27T09:00:00Z"))).toBe(63 * 3_600_000 + 60_000);
    expect(leapMs("open", { sessions: [], scenario: null }, at)).toBeNull();
  });

  it("destroys nothing that is open, kept, or whose day nobody knows", () => {
    const after = new Date("2027-11-25T01:00:00Z");
    expect(isDestructible([session()], after)).toBe(true);
    expect(isDestructible([session()], new Date("2027-11-24T14:59:00Z"))).toBe(false);
    expect(isDestructible([session({ status: "open" })], after)).toBe(false);
    expect(isDestructible([session(), session({ dueOn: null })], after)).toBe(false);
    expect(isDestructible([], after)).toBe(false);
    expect(lastDue([])).toBeNull();
  });
});

it("is stale for exactly what changed", () => {
  const bound = { notice: "a", policies: "b", placements: "c", scenario: "" };
  expect(changedParts(bound, bound)).toEqual([]);
  expect(changedParts(bound, { ...bound, notice: "x", scenario: "y" })).toEqual(["notice", "scenario"]);
});

it("gives each rehearsal a user of Kakao's shape", () => {
  const id = "7daa324a-2f32-4ca7-b861-ad6c853cab9f";
  expect(rehearsedUser(id)).toMatch(/^[A-Za-z0-9_-]{1,20}$/);
  expect(rehearsedUser(id)).not.toBe(rehearsedUser("8daa324a-2f32-4ca7-b861-ad6c853cab9f"));
});

it("shows a step by the picture that its act left", () => {
  const bubble = { side: "line" as const, text: "", buttons: [], picture: "", event: 2, gone: false };
  const [first, last] = happened(["noticed", { hash: "h" }], ["robot"]);
  if (!first || !last) throw new Error("no events");
  const steps = reportSteps({ events: [first, { ...last, picture: [bubble] }], scenario: null });
  expect(steps.find(({ key }) => key === "notice")).toMatchObject({ at, event: 1, picture: [bubble] });
  expect(steps.find(({ key }) => key === "destroy")).toMatchObject({ at: null, event: null, picture: null });
});
