import { describe, expect, it } from "vitest";
import { Refused } from "@/lib/errors";
import {
  actForChannel,
  assertMayComplete,
  assertMayReinstate,
  assertMayTakeEffect,
  closingWay,
  isReminderDay,
  provesClean,
  takeDownStatus,
  takesEffectAt,
  taskStatus,
} from "./take-down";

const effect = new Date("2026-11-23T15:00:00Z");
const facts = { effectiveOn: "2026-11-23", total: 2, closed: 0, completedAt: null, over: null };

describe("a take-down campaign", () => {
  it("takes effect at 24:00 KST of its day (P-43)", () => {
    expect(takesEffectAt("2026-11-23")).toEqual(effect);
    expect(takeDownStatus(facts, new Date(effect.getTime() - 1))).toBe("ahead");
    expect(takeDownStatus(facts, effect)).toBe("running");
    expect(takeDownStatus({ ...facts, closed: 2 }, effect)).toBe("closing");
    expect(takeDownStatus({ ...facts, completedAt: effect }, effect)).toBe("completed");
    expect(takeDownStatus({ ...facts, over: "withdrawn" }, effect)).toBe("withdrawn");
  });

  it("finds a place late from the day after", () => {
    const task = { dueOn: "2026-11-23", closedAt: null, reinstatedAt: null };
    expect(taskStatus(task, null, new Date(effect.getTime() - 1))).toBe("open");
    expect(taskStatus(task, null, effect)).toBe("late");
    expect(taskStatus({ ...task, closedAt: effect }, null, effect)).toBe("closed");
    expect(taskStatus({ ...task, closedAt: effect }, "reinstated", effect)).toBe("reinstated");
  });

  it("takes only a look after the effect that found the button gone", () => {
    const clean = { wanted: "absent", verdict: "no", at: effect };
    expect(provesClean(clean, "2026-11-23")).toBe(true);
    expect(provesClean({ ...clean, at: new Date(effect.getTime() - 1) }, "2026-11-23")).toBe(false);
    expect(provesClean({ ...clean, verdict: "unknown" }, "2026-11-23")).toBe(false);
    expect(provesClean({ ...clean, verdict: "yes" }, "2026-11-23")).toBe(false);
    expect(provesClean({ ...clean, wanted: "present" }, "2026-11-23")).toBe(false);
  });

  it("asks of each kind its own proof", () => {
    expect(closingWay("print", { file: true, reason: "" })).toBe("photo");
    expect(closingWay("message", { file: true, reason: "" })).toBe("proof");
    expect(closingWay("app", { file: true, reason: "" })).toBe("proof");
    expect(closingWay("print", { file: false, reason: "매장이 없어졌음" })).toBe("hand");
    expect(closingWay("web", { file: true, reason: "스크립트로 그리는 화면" })).toBe("hand");
    expect(() => closingWay("web", { file: false, reason: "없음" })).toThrow(Refused);
    expect(() => closingWay("web", { file: true, reason: "" })).toThrow(Refused);
    expect(() => closingWay("print", { file: false, reason: "" })).toThrow(Refused);
  });

  it("tells owners seven days, one day and no day before, then every third day", () => {
    const told = ["2026-11-15", "2026-11-16", "2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24", "2026-11-26"];
    expect(told.filter((day) => isReminderDay("2026-11-23", day))).toEqual([
      "2026-11-16",
      "2026-11-22",
      "2026-11-23",
      "2026-11-26",
    ]);
  });

  it("opens no day that is over, ends nothing that hangs, brings back no ended channel", () => {
    expect(() => assertMayTakeEffect("2026-11-22", "2026-11-23")).toThrow(Refused);
    expect(() => assertMayTakeEffect("2026-11-23", "2026-11-23")).not.toThrow();
    for (const state of ["ahead", "running", "completed", "withdrawn"] as const)
      expect(() => assertMayComplete(state)).toThrow(Refused);
    expect(() => assertMayComplete("closing")).not.toThrow();
    expect(() => assertMayReinstate("contract_end", null)).toThrow(Refused);
    expect(() => assertMayReinstate("hand", null)).not.toThrow();
  });

  it("follows the end of a channel: opens, moves, withdraws, opens anew", () => {
    const ending = { channelId: "c", endsOn: "2026-11-23", contract: true, places: 3, campaign: null };
    expect(actForChannel(ending)).toMatchObject({ act: "open", occasion: 1, cause: "contract_end" });
    expect(actForChannel({ ...ending, places: 0 })).toBeNull();
    const campaign = { id: "t", occasion: 1, effectiveOn: "2026-11-23", over: false, completed: false };
    expect(actForChannel({ ...ending, campaign })).toBeNull();
    expect(actForChannel({ ...ending, endsOn: "2026-11-30", campaign })).toMatchObject({ act: "move" });
    expect(actForChannel({ ...ending, endsOn: null, campaign })).toEqual({ act: "withdraw", id: "t" });
    expect(actForChannel({ ...ending, campaign: { ...campaign, over: true } })).toMatchObject({ occasion: 2 });
    expect(actForChannel({ ...ending, endsOn: null, campaign: { ...campaign, over: true } })).toBeNull();
  });
});
