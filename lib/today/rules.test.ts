import { describe, expect, it } from "vitest";
import { byGroup, forRole, inOrder, onStrip, type Waiting, waitingCountsOf } from "./rules";

const thing = (id: string, more: Partial<Waiting> = {}): Waiting => ({
  id,
  group: "goLive",
  entry: "channels",
  roles: ["CLIENT_ADMIN"],
  kind: "gaps",
  values: {},
  subject: "",
  dueOn: null,
  href: "/",
  ...more,
});

const late = thing("late", { dueOn: "2026-11-21", group: "end", entry: "placements", roles: ["MARKETER"] });
const soon = thing("soon", { dueOn: "2026-11-30", group: "end", entry: "placements" });
const open = thing("open");
const things = [open, soon, late];

describe("what waits", () => {
  it("stands in the order of its days, without a day last", () => {
    expect(inOrder(things).map(({ id }) => id)).toEqual(["late", "soon", "open"]);
  });
  it("is grouped, and groups that hold nothing are left out", () => {
    expect(byGroup(things).map(({ group, things: held }) => [group, held.length])).toEqual([
      ["end", 2],
      ["goLive", 1],
    ]);
  });
  it("is counted beside its entry; late only once the day has passed", () => {
    expect(waitingCountsOf(things, "2026-11-22")).toEqual({
      today: { count: 3, late: true },
      channels: { count: 1, late: false },
      placements: { count: 2, late: true },
    });
    expect(waitingCountsOf([soon], "2026-11-30").placements).toEqual({ count: 1, late: false });
  });
  it("is narrowed to a role", () => {
    expect(forRole(things, "MARKETER").map(({ id }) => id)).toEqual(["late"]);
  });
  it("lies on the strip by its day, the past week included", () => {
    expect(
      onStrip(things, "2026-11-15", 56, 2, () => 5).map(({ things: [first], offset, lane }) => [
        first?.id,
        offset,
        lane,
      ]),
    ).toEqual([
      ["late", 6, 0],
      ["soon", 15, 0],
    ]);
  });
  it("is one mark for a day, in the first lane with room; without room the words are left out", () => {
    const due = (id: string, dueOn: string) => thing(id, { dueOn });
    const near = [
      ...[due("a", "2026-11-23"), due("b", "2026-11-23"), due("c", "2026-11-24")],
      ...[due("d", "2026-11-26"), due("e", "2026-11-28"), due("f", "2027-01-09")],
    ];
    expect(
      onStrip(near, "2026-11-15", 56, 2, () => 5).map(({ things: held, offset, lane }) => [
        held.map(({ id }) => id).join(""),
        offset,
        lane,
      ]),
    ).toEqual([
      ["ab", 8, 0],
      ["c", 9, 1],
      ["d", 11, null],
      ["e", 13, 0],
      ["f", 55, 0],
    ]);
  });
});
