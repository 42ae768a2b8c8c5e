import { describe, expect, it } from "vitest";
import { Refused } from "@/lib/errors";
import type { BlockMarkKind } from "../schema/blocks";
import { readBlockList, sameLabel, writtenDay } from "./block-list";
import { assertMayMarkBlock, type BlockFacts, blockProgress, blockState, returnedAt } from "./blocks";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 1, minute));
const facts = (more: Partial<BlockFacts>): BlockFacts => ({ known: false, mark: null, consultAt: null, ...more });
const marked = (kind: BlockMarkKind, minute = 10) => ({ mark: { kind, at: at(minute) } });

describe("blockState", () => {
  it("waits until somebody knows who came back", () => {
    expect(blockState(facts({}))).toBe("waiting");
    expect(blockState(facts({ known: true }))).toBe("due");
    expect(blockState(facts({ known: true, ...marked("identified") }))).toBe("due");
    expect(blockState(facts(marked("reopened")))).toBe("waiting");
  });
  it("is blocked until a consultation begins after the block", () => {
    const blocked = { known: true, ...marked("blocked") };
    expect(blockState(facts(blocked))).toBe("blocked");
    expect(blockState(facts({ ...blocked, consultAt: at(9) }))).toBe("blocked");
    expect(blockState(facts({ ...blocked, consultAt: at(10) }))).toBe("blocked");
    expect(blockState(facts({ ...blocked, consultAt: at(11) }))).toBe("due");
    expect(blockState(facts(marked("blocked")))).toBe("blocked");
  });
  it("leaves the dropped alone, also when they come back", () => {
    expect(blockState(facts({ known: true, ...marked("dropped"), consultAt: at(59) }))).toBe("dropped");
  });
  it("asks anew when the user_key was corrected after the block", () => {
    expect(blockState(facts({ known: true, ...marked("identified") }))).toBe("due");
  });
});

describe("returnedAt", () => {
  it("is the consultation that asks for the block", () => {
    expect(returnedAt(facts({ known: true, consultAt: at(5) }))).toEqual(at(5));
    expect(returnedAt(facts({ known: true, ...marked("blocked"), consultAt: at(5) }))).toBeNull();
    expect(returnedAt(facts({ known: true }))).toBeNull();
  });
});

describe("blockProgress", () => {
  it("counts the blocked among those that are to be blocked", () => {
    expect(blockProgress({ due: 2, waiting: 36, blocked: 3, dropped: 4 })).toEqual({ done: 3, of: 41, all: 45 });
  });
});

describe("assertMayMarkBlock", () => {
  it.each([
    ["waiting", "identified"],
    ["waiting", "blocked"],
    ["waiting", "dropped"],
    ["due", "identified"],
    ["due", "blocked"],
    ["due", "dropped"],
    ["blocked", "identified"],
    ["blocked", "dropped"],
    ["blocked", "reopened"],
    ["dropped", "reopened"],
  ] as const)("a person %s may be %s", (state, kind) => {
    expect(() => assertMayMarkBlock(state, kind)).not.toThrow();
  });
  it.each([
    ["waiting", "reopened"],
    ["due", "reopened"],
    ["blocked", "blocked"],
    ["dropped", "blocked"],
    ["dropped", "identified"],
    ["dropped", "dropped"],
  ] as const)("a person %s may not be %s", (state, kind) => {
    expect(() => assertMayMarkBlock(state, kind)).toThrow(Refused);
  });
});

describe("writtenDay", () => {
  it.each([
    ["2025-03-01", "2025-03-01"],
    ["2025.3.1", "2025-03-01"],
    ["2025. 3. 1.", "2025-03-01"],
    ["2025/03/1", "2025-03-01"],
    ["20250301", "2025-03-01"],
    ["2025년 3월 1일", "2025-03-01"],
    ["2024-02-29", "2024-02-29"],
  ])("reads %s", (text, day) => {
    expect(writtenDay(text)).toBe(day);
  });
  it.each(["2025-02-29", "2025-13-01", "2025-00-10", "03-01-2025", "1.3.2025", "45000", "2025-3", "어제"])(
    "does not guess %s",
    (text) => {
      expect(writtenDay(text)).toBeNull();
    },
  );
});

describe("readBlockList", () => {
  const lines = (...texts: string[][]) => texts.map((cells, place) => ({ line: place + 1, cells }));
  const read = (...texts: string[][]) => readBlockList(lines(...texts), "2026-11-23");
  it("finds the columns by their heading, in any order, and leaves others alone", () => {
    expect(
      read(["번호", "차단한 날", "닉네임", "상태"], ["1", "2025.3.1", " 봄날의곰 ", "돌아오지 않음"]).rows,
    ).toEqual([{ line: 2, label: "봄날의곰", reason: "", blockedOn: "2025-03-01" }]);
    expect(read(["Name", "Reason"], ["bear", "rude\nand  loud"]).rows[0]?.reason).toBe("rude and loud");
  });
  it("says of each other line what is wrong with it", () => {
    const { rows, faults } = read(
      ["이름", "차단 사유", "차단한 날"],
      ["", "욕설", ""],
      ["가".repeat(101), "", ""],
      ["곰\u202e", "", ""],
      ["곰", "욕".repeat(501), ""],
      ["곰", "", "3월쯤"],
      ["곰", "", "2026-11-24"],
      ["곰", "", "2026-11-23"],
      [" 곰 ", "다른 사유", "20261123"],
      ["곰", "", ""],
    );
    expect(faults.map(({ line, column, code, other }) => [line, column, code, other])).toEqual([
      [2, "label", "required", 0],
      [3, "label", "tooLong", 0],
      [4, "label", "text", 0],
      [5, "reason", "tooLong", 0],
      [6, "blockedOn", "date", 0],
      [7, "blockedOn", "future", 0],
      [9, "label", "repeated", 8],
    ]);
    expect(rows.map(({ line }) => line)).toEqual([8, 10]);
    expect(faults.every(({ value }) => value.length <= 41 && !value.includes("\u202e"))).toBe(true);
  });
  it("takes names that look alike for one: composed, without case and runs of spaces", () => {
    expect(sameLabel(" Spring  Bear".normalize("NFD"))).toBe(sameLabel("spring bear"));
    expect(sameLabel("곰".normalize("NFD"))).toBe("곰");
  });
  it("refuses a file without a heading of names, and one with nothing below", () => {
    const key = (act: () => unknown) => {
      try {
        act();
      } catch (error) {
        return error instanceof Refused ? error.key : null;
      }
      return null;
    };
    expect(key(() => read(["봄날의곰", "욕설"], ["익명", ""]))).toBe("channels.blocks.file.heading");
    expect(key(() => read(["이름"]))).toBe("channels.blocks.file.noRows");
    expect(key(() => readBlockList([], "2026-11-23"))).toBe("channels.blocks.file.heading");
  });
});
