import { describe, expect, it } from "vitest";
import { judgeScenario } from "./rules/judge-scenario";
import { clockOf, editScenario, firstScenario, scenarioFromForm, stretchesOf } from "./rules/scenario-form";
import type { Scenario } from "./schema/scenario";

const first = firstScenario({
  menu: "무엇을 도와드릴까요?",
  agent: "연결합니다.",
  closed: "내일 다시 열립니다.",
  choice: "상담원",
});

describe("the editor of a scenario", () => {
  it("begins with one that nothing is wrong with", () => expect(judgeScenario(first, new Set())).toEqual([]));

  it("adds, moves and takes out nodes, and leads ways to what is gone to the start", () => {
    const more = editScenario(first, "add.answer");
    expect(more?.nodes.at(-1)).toMatchObject({ id: "n5", kind: "answer", next: null });
    expect(editScenario(first, "up.1")?.nodes.map(({ id }) => id)).toEqual(["n2", "n1", "n3", "n4"]);
    expect(editScenario(first, "up.0")).toEqual(first);
    const less = editScenario(first, "remove.1");
    expect(less?.nodes[0]).toMatchObject({ id: "n1", choices: [{ to: "n1" }] });
    expect(editScenario(first, "remove.0")).toMatchObject({ start: "n2" });
    expect(editScenario(first, "choice.0")?.nodes[0]).toMatchObject({
      choices: [{ to: "n2" }, { label: "", to: "n1" }],
    });
    expect(editScenario(first, "unchoice.0.0")?.nodes[0]).toMatchObject({ choices: [] });
    expect(editScenario(first, "start.2")?.start).toBe("n3");
    for (const act of ["", "add.other", "remove.9", "remove.-1", "choice.1", "other.0", "__proto__.0"])
      expect([act, editScenario(first, act)]).toEqual([act, null]);
    const only = { ...first, nodes: first.nodes.slice(0, 1) };
    expect(editScenario(only, "remove.0")).toBeNull();
  });

  it("reads what a form says over what stood there, and leaves the rest", () => {
    const said = read([
      ["node.n1.text", "안녕하세요.\r\n무엇을 도와드릴까요?"],
      ["node.n1.choice.0.keywords", "사람, 직원\n사람"],
      ["node.n2.closed", "n1"],
      ["node.n9.text", "없는 칸"],
      ["notUnderstood", "버튼을 눌러 주십시오."],
      ["hours.1", "9:30-12:00, 13:00 ~ 18:00"],
      ["hours.2", " "],
      ["hours.0", "20:00-24:00"],
    ]);
    expect(said.nodes[0]).toMatchObject({
      text: "안녕하세요.\n무엇을 도와드릴까요?",
      choices: [{ label: "상담원", keywords: ["사람", "직원"], to: "n2" }],
    });
    expect(said.nodes[1]).toMatchObject({ open: "n3", closed: "n1" });
    expect(said.nodes.slice(2)).toEqual(first.nodes.slice(2));
    expect(said.hours.holidays).toBe(false);
    expect([0, 1, 2, 3].map((day) => stretchesOf(said.hours, day))).toEqual([
      "20:00-24:00",
      "09:30-12:00, 13:00-18:00",
      "",
      "09:00-18:00",
    ]);
    expect(scenarioFromForm(first, [])).toEqual(first);
    expect(read([0, 1, 2, 3, 4, 5, 6].map((day) => [`hours.${day}`, stretchesOf(first.hours, day)] as const))).toEqual(
      first,
    );
  });

  it("names the field that cannot be read", () => {
    const form = "rehearsal.scenario.refused.form";
    for (const [field, said] of [
      ["node.n1.text", "가".repeat(1_001)],
      ["node.n1.choice.0.label", "가".repeat(51)],
      ["node.n1.choice.0.keywords", "가".repeat(31)],
      ["node.n2.open", "not an id"],
      ["notUnderstood", "가".repeat(1_001)],
    ] as const)
      expect(scenarioFromForm(first, [[field, said]])).toEqual({ field, key: form });
    for (const said of [
      "9-18",
      "18:00-09:00",
      "09:00-25:00",
      "23:00-24:30",
      "09:00-12:00, 11:00-13:00",
      "1:00-2:00,3:00-4:00,5:00-6:00,7:00-8:00",
    ])
      expect([said, scenarioFromForm(first, [["hours.3", said]])]).toEqual([
        said,
        { field: "hours.3", key: "rehearsal.scenario.refused.hours" },
      ]);
    expect([540, 0, 1_440].map(clockOf)).toEqual(["09:00", "00:00", "24:00"]);
  });
});

function read(entries: readonly (readonly [string, string])[]): Scenario {
  const said = scenarioFromForm(first, entries);
  if ("field" in said) throw new Error(`${said.field} cannot be read`);
  return said;
}
