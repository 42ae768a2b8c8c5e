import { describe, expect, it } from "vitest";
import { addDays } from "@/lib/clock";
import { Conflict, Refused } from "@/lib/errors";
import { assertMayDecide, assertMaySnooze, type Choice } from "./rules/choice";
import type { TermRule } from "./rules/deadlines";
import { choiceFor, dueStep, isSnoozed, openDeadlines, type WatchedContract } from "./rules/reminders";

const rule: TermRule = {
  ...{ startsOn: "2025-01-15", endsOn: "2027-01-14", renewal: "tacit", renewalMonths: 12, marginDays: 5 },
  ...{ notice: { count: 30, unit: "days" }, dealerNotice: null },
};
const at = new Date("2026-11-01T00:00:00Z");
const contract = (more: Partial<WatchedContract> = {}): WatchedContract => ({
  ...{ rule, endedOn: null, choices: [], snoozes: [], ...more },
});
const open = (watched: WatchedContract, today: string) => openDeadlines(watched, today).map(({ kind }) => kind);
const choice = (said: string, noticeHadOn: string | null = null) => ({
  ...{ choice: said, termEndsOn: "2027-01-14", noticeHadOn, at },
});

describe("open deadlines", () => {
  it("are decision, notice and end of the running term", () => {
    expect(openDeadlines(contract(), "2026-11-23").map(({ kind, on }) => `${kind} ${on}`)).toEqual([
      ...["decision 2026-12-08", "notice 2026-12-15", "term-end 2027-01-14"],
    ]);
  });
  it("are none once an end is agreed, the choice is recorded, or the last term is over", () => {
    expect(open(contract({ endedOn: "2026-12-31" }), "2026-11-23")).toEqual([]);
    for (const said of ["renew", "renegotiate"])
      expect(open(contract({ choices: [choice(said)] }), "2026-11-23")).toEqual([]);
    expect(open(contract({ rule: { ...rule, renewal: "none" } }), "2027-01-15")).toEqual([]);
  });
  it("keep the notice day of an end until the notice has arrived", () => {
    expect(open(contract({ choices: [choice("end")] }), "2026-11-23")).toEqual(["notice"]);
    expect(open(contract({ choices: [choice("end", "2026-11-20")] }), "2026-11-23")).toEqual([]);
    expect(open(contract({ rule: { ...rule, renewal: "none" }, choices: [choice("end")] }), "2026-11-23")).toEqual([]);
  });
  it("begin anew with the next term, whatever was said about the one before", () => {
    expect(open(contract({ choices: [choice("renew")] }), "2027-01-15")).toHaveLength(3);
  });
  it("are the end alone once it is too late to give notice", () => {
    expect(open(contract(), "2026-12-15")).toHaveLength(3);
    expect(open(contract(), "2026-12-16")).toEqual(["term-end"]);
  });
  it("go by the newest choice", () => {
    const later = { ...choice("renew"), at: new Date(at.getTime() + 1) };
    expect(choiceFor([choice("end"), later], "2027-01-14")).toBe(later);
    expect(choiceFor([later, choice("end")], "2027-01-14")).toBe(later);
    expect(choiceFor([later], "2028-01-14")).toBeNull();
  });
});

describe("the step that is due", () => {
  const notice = { kind: "notice", on: "2026-12-15" };
  const stepAt = (left: number, snoozes: WatchedContract["snoozes"] = []) =>
    dueStep(notice, snoozes, addDays(notice.on, -left));

  it("is the nearest that has begun, so that missed days make one reminder", () => {
    expect([91, 90, 89, 61, 60, 31, 30, 8, 7, 6, 1, 0, -1].map((left) => stepAt(left))).toEqual([
      ...[null, 90, 90, 90, 60, 60, 30, 30, 7, 7, 7, 0, null],
    ]);
  });
  it("waits for the end of a snooze, and is a step of its own then", () => {
    const snooze = (untilOn: string, hour = 0) => ({
      ...{ kind: "notice", deadlineOn: "2026-12-15", untilOn, at: new Date(at.getTime() + hour) },
    });
    const until20 = [snooze("2026-11-25")];
    expect([31, 30, 21].map((left) => stepAt(left, until20))).toEqual([null, null, null]);
    expect([20, 19, 8, 7].map((left) => stepAt(left, until20))).toEqual([20, 20, 20, 7]);
    expect(stepAt(30, [snooze("2026-11-25"), snooze("2026-11-10", 1)])).toBe(30);
    expect(isSnoozed(notice, [{ ...snooze("2026-11-25"), kind: "decision" }], "2026-11-20")).toBe(false);
    expect(isSnoozed({ ...notice, on: "2027-12-15" }, until20, "2026-11-20")).toBe(false);
  });
});

describe("a choice", () => {
  const say = (more: Partial<Choice>, today = "2026-11-23", of = rule, endedOn: string | null = null) =>
    assertMayDecide(
      of,
      endedOn,
      { choice: "renew", termEndsOn: "2027-01-14", noticeSentOn: null, noticeHadOn: null, ...more },
      today,
    );
  const refused = (key: string, field?: string) =>
    expect.objectContaining({ key: `dealers.deadlines.refused.${key}`, field });

  it("may be anything while there is time", () => {
    for (const said of ["renew", "end", "renegotiate"] as const) expect(() => say({ choice: said })).not.toThrow();
    expect(() => say({ choice: "end", noticeSentOn: "2026-11-20", noticeHadOn: "2026-11-23" })).not.toThrow();
  });
  it("of an end needs a notice that arrived in time, and says what comes else", () => {
    const had = (noticeHadOn: string, today: string) => () => say({ choice: "end", noticeHadOn }, today);
    expect(had("2026-12-15", "2026-12-20")).not.toThrow();
    expect(had("2026-12-16", "2026-12-20")).toThrow(refused("hadTooLate", "noticeHadOn"));
    expect(() => say({ choice: "end" }, "2026-12-16")).toThrow(refused("tooLate", "noticeHadOn"));
    expect(() => say({ choice: "end" }, "2026-12-15")).not.toThrow();
    expect(() => say({ choice: "end" }, "2026-12-16", { ...rule, renewal: "none" })).not.toThrow();
  });
  it("cannot lie ahead or arrive before it was sent", () => {
    expect(() => say({ noticeSentOn: "2026-11-24" })).toThrow(refused("future", "noticeSentOn"));
    expect(() => say({ noticeHadOn: "2026-11-24" })).toThrow(refused("future", "noticeHadOn"));
    expect(() => say({ noticeSentOn: "2026-11-20", noticeHadOn: "2026-11-19" })).toThrow(
      refused("hadBeforeSent", "noticeHadOn"),
    );
  });
  it("is about the running term of a contract that has one and goes on", () => {
    expect(() => say({}, "2027-01-15")).toThrow(Conflict);
    expect(() => say({}, "2026-11-23", { ...rule, endsOn: null })).toThrow(refused("noTerm"));
    expect(() => say({}, "2026-11-23", rule, "2026-12-01")).toThrow(refused("ended"));
  });
});

describe("a snooze", () => {
  const put =
    (untilOn: string, more: Partial<WatchedContract> = {}, today = "2026-11-23", deadlineOn = "2026-12-15") =>
    () =>
      assertMaySnooze(contract(more), { kind: "notice", deadlineOn, untilOn }, today);

  it("goes from tomorrow to the deadline itself", () => {
    expect(put("2026-11-24")).not.toThrow();
    expect(put("2026-12-15")).not.toThrow();
    for (const day of ["2026-11-23", "2026-12-16"]) expect(put(day)).toThrow(Refused);
    expect(put("2026-12-16", {}, "2026-12-15")).toThrow(Refused);
  });
  it("is for a deadline that is still open", () => {
    expect(put("2026-12-01", {}, "2026-11-23", "2026-12-14")).toThrow(Conflict);
    expect(put("2026-12-01", { choices: [choice("renew")] })).toThrow(Conflict);
    expect(put("2026-12-01", { endedOn: "2026-12-31" })).toThrow(Conflict);
  });
});
