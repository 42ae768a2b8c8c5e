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
    expect(onStrip(things, "2026-11-15", 56).map(({ thing: { id }, offset }) => [id, offset])).toEqual([
      ["late", 6],
      ["soon", 15],
    ]);
  });
});
