import { describe, expect, it } from "vitest";
import { compareTexts } from "./notice-comparison";
import {
  assertMayDecideNotice,
  assertMaySave,
  assertNoticeStep,
  type NoticeStepKind,
  type NoticeVersionFact,
  noticeState,
  noticeSteps,
  seenAt,
  seenSpans,
} from "./notice-life";

const on = (day: number) => new Date(Date.UTC(2026, 0, day));
const version = (number: number, ...steps: [NoticeStepKind, number, string?][]): NoticeVersionFact => ({
  ...{ id: `v${number}`, number, hash: "h" },
  steps: steps.map(([kind, day, hash = "h"]) => ({ kind, hash, personId: "a", at: on(day) })),
});
const lived = (number: number, from: number) =>
  version(
    number,
    ["submitted", from],
    ["approved", from + 1],
    ["requested", from + 2],
    ["applied", from + 3],
    ["verified", from + 4],
  );

describe("where a version stands", () => {
  it.each([
    ["draft", version(1)],
    ["submitted", version(1, ["submitted", 1])],
    ["rejected", version(1, ["submitted", 1], ["rejected", 2])],
    ["draft", version(1, ["submitted", 1, "old"], ["rejected", 2, "old"])],
    ["declined", version(1, ["submitted", 1], ["approved", 2], ["requested", 3], ["declined", 4])],
    ["verified", lived(1, 1)],
    ["withdrawn", version(1, ["submitted", 1], ["withdrawn", 2])],
  ])("%s", (state, one) => {
    expect(noticeState(one, [one])).toBe(state);
  });

  it("is superseded once a later version was seen, not when it is applied", () => {
    const [one, two] = [lived(1, 1), lived(2, 10)];
    expect(noticeState(one, [one, two])).toBe("superseded");
    const waiting = { ...two, steps: two.steps.slice(0, 4) };
    expect(noticeState(one, [one, waiting])).toBe("verified");
    expect(noticeState(waiting, [one, waiting])).toBe("applied");
  });

  it("takes steps in their order alone", () => {
    for (const kind of noticeSteps) {
      if (kind === "submitted") expect(() => assertNoticeStep("draft", kind)).not.toThrow();
      else expect(() => assertNoticeStep("draft", kind)).toThrow();
    }
    expect(() => assertNoticeStep("approved", "verified")).toThrow();
    expect(() => assertNoticeStep("applied", "verified")).not.toThrow();
    expect(() => assertNoticeStep("approved", "approved")).toThrow("alreadyApproved");
    expect(() => assertMaySave("approved")).toThrow();
    expect(() => assertMaySave("rejected")).not.toThrow();
  });

  it("is decided by a second person", () => {
    const people = { authorIds: ["writer"], submitterId: "asker" };
    expect(() => assertMayDecideNotice("submitted", people, "writer")).toThrow("author");
    expect(() => assertMayDecideNotice("submitted", people, "asker")).toThrow("submitter");
    expect(() => assertMayDecideNotice("submitted", people, "other")).not.toThrow();
    expect(() => assertMayDecideNotice("draft", people, "other")).toThrow();
  });
});

describe("what a user saw", () => {
  const versions = [
    lived(1, 1),
    lived(2, 10),
    version(3, ["submitted", 20], ["approved", 21], ["requested", 22], ["applied", 23]),
  ];

  it.each([
    [4, null],
    [5, 1],
    [13, 1],
    [14, 2],
    [30, 2],
  ])("on day %i it was version %s", (day, number) => {
    expect(seenAt(versions, on(day))?.number ?? null).toBe(number);
  });

  it("ends when a version is withdrawn or found to differ, to the millisecond", () => {
    const gone = [
      {
        ...lived(1, 1),
        steps: [...lived(1, 1).steps, ...version(1, ["differs", 9], ["verified", 12], ["withdrawn", 15]).steps],
      },
    ];
    expect(seenSpans(gone).map(({ from, until }) => [from, until])).toEqual([
      [on(5), on(9)],
      [on(12), on(15)],
    ]);
    expect(seenAt(gone, new Date(on(9).getTime() - 1))).not.toBeNull();
    expect(seenAt(gone, on(9))).toBeNull();
  });

  it("does not depend on the order of versions and steps", () => {
    const shuffled = versions.toReversed().map((one) => ({ ...one, steps: one.steps.toReversed() }));
    expect(seenSpans(shuffled)).toEqual(seenSpans(versions));
  });
});

describe("what stands in the chat room", () => {
  it("is the same after NFC, line ends and spaces at the end", () => {
    expect(compareTexts("안녕하세요\n둘째 줄", `${"안녕하세요".normalize("NFD")}\r\n둘째 줄 \n`)).toEqual({
      same: true,
    });
  });

  it("names line and character of the first difference", () => {
    expect(compareTexts("첫 줄\n보관 1년간", "첫 줄\n보관 6개월간")).toEqual({
      ...{ same: false, line: 2, column: 4, approved: "1년간", seen: "6개월간" },
    });
    expect(compareTexts("👨‍👩‍👧가", "👨‍👩‍👧나")).toMatchObject({ line: 1, column: 2 });
    expect(compareTexts("하나", "하나 둘")).toMatchObject({ approved: "", seen: " 둘" });
    expect(compareTexts("하나 둘", "하나")).toMatchObject({ approved: " 둘", seen: "" });
  });
});
