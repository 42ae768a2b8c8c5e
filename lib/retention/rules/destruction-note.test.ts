import { describe, expect, it } from "vitest";
import { stepNote } from "./destruction-note";

describe("stepNote", () => {
  it("reads what the dealer was asked and answered", () => {
    const note = JSON.stringify({ on: "2026-11-20", note: "메일로 요청" });
    expect(stepNote({ kind: "dealer-asked", note })).toEqual({
      text: "메일로 요청",
      on: "2026-11-20",
      standing: false,
    });
  });

  it("tells a standing approval from a person's words, whatever these look like", () => {
    expect(stepNote({ kind: "approved", note: '{"standing":["a"]}' })).toEqual({ text: "", on: null, standing: true });
    expect(stepNote({ kind: "approved", note: "{확인함}" })).toEqual({ text: "{확인함}", on: null, standing: false });
    expect(stepNote({ kind: "rejected", note: '{"standing":["a"]}' }).text).toBe('{"standing":["a"]}');
  });
});
