import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { drawScenario, mermaidOf } from "./rules/draw-scenario";
import { isOpenAt } from "./rules/hours";
import { judgeScenario } from "./rules/judge-scenario";
import { answer, begin } from "./rules/walk";
import { type Scenario, type ScenarioNode, scenarioFileSchema, scenarioSchema } from "./schema/scenario";

const working = [1, 2, 3, 4, 5].map((day) => ({ day, from: 540, to: 1_080 }));
const open = new Date("2026-11-24T10:00:00+09:00");
const shut = new Date("2026-11-24T19:00:00+09:00");
const template = "0d1f0c1e-1111-4222-8333-444455556666";

/** 한결생활's: what is asked most is answered, the rest goes to people while they are there. */
const shop: Scenario = scenarioSchema.parse({
  start: "hello",
  hours: { days: working },
  notUnderstood: "버튼을 눌러 주십시오.",
  nodes: [
    {
      ...{ id: "hello", kind: "menu", text: "무엇을 도와드릴까요?" },
      choices: [
        { label: "배송", keywords: ["택배", "언제 와"], to: "ship" },
        { label: "반품", keywords: ["환불"], to: "back" },
        { label: "상담원", keywords: ["사람"], to: "when" },
      ],
    },
    { id: "ship", kind: "answer", text: "출고 다음 날 도착합니다." },
    { id: "back", kind: "answer", templateId: template, next: "hello" },
    { id: "when", kind: "hours", open: "person", closed: "night" },
    { id: "person", kind: "agent", text: "상담원에게 연결합니다." },
    { id: "night", kind: "end", text: "내일 09시에 다시 열립니다." },
  ],
});
const faultsOf = (scenario: Scenario) =>
  judgeScenario(scenario, new Set([template])).map(({ node, fault, severity }) => `${node} ${fault} ${severity}`);
const changed = (id: string, more: Partial<ScenarioNode>): Scenario => ({
  ...shop,
  nodes: shop.nodes.map((node) => (node.id === id ? ({ ...node, ...more } as ScenarioNode) : node)),
});

describe("the robot", () => {
  it("greets, answers by button and by word, and waits at its menu", () => {
    const first = begin(shop, open);
    expect(first.said).toEqual([
      { node: "hello", text: "무엇을 도와드릴까요?", templateId: null, choices: ["배송", "반품", "상담원"] },
    ]);
    expect(first.state).toEqual({ at: "hello", over: null });
    const shipped = answer(shop, first.state, " 배송 ", open);
    expect(shipped.said.map(({ text }) => text)).toEqual(["출고 다음 날 도착합니다."]);
    expect(shipped.state).toEqual({ at: "hello", over: null });
    expect(answer(shop, shipped.state, "제 택배 어디 있나요", open).said[0]?.node).toBe("ship");
    expect(answer(shop, shipped.state, "환불", open).said.map(({ templateId, node }) => [node, templateId])).toEqual([
      ["back", template],
      ["hello", null],
    ]);
    expect(answer(shop, first.state, "안녕", open).said.map(({ text }) => text)).toEqual([
      "버튼을 눌러 주십시오.",
      "무엇을 도와드릴까요?",
    ]);
  });

  it("hands over while people are there, says goodbye while they are not, and is silent from then on", () => {
    const { state } = begin(shop, open);
    const handed = answer(shop, state, "사람", open);
    expect([handed.said[0]?.node, handed.state]).toEqual(["person", { at: null, over: "agent" }]);
    expect(answer(shop, handed.state, "배송", open)).toEqual({ said: [], state: handed.state });
    expect(answer(shop, state, "상담원", shut).state).toEqual({ at: null, over: "end" });
  });

  it("knows the hours in Korean time, and that nobody is there on a holiday", () => {
    expect(isOpenAt(shop.hours, new Date("2026-11-24T08:59:59+09:00"))).toBe(false);
    expect(isOpenAt(shop.hours, new Date("2026-11-24T09:00:00+09:00"))).toBe(true);
    expect(isOpenAt(shop.hours, new Date("2026-11-24T17:59:59+09:00"))).toBe(true);
    expect(isOpenAt(shop.hours, new Date("2026-11-24T18:00:00+09:00"))).toBe(false);
    expect(isOpenAt(shop.hours, new Date("2026-11-22T10:00:00+09:00"))).toBe(false);
    const christmas = new Date("2026-12-25T10:00:00+09:00");
    expect(isOpenAt(shop.hours, christmas)).toBe(false);
    expect(isOpenAt({ ...shop.hours, holidays: true }, christmas)).toBe(true);
  });
});

describe("what is wrong with a scenario", () => {
  it("is nothing with the shop's", () => expect(faultsOf(shop)).toEqual([]));

  it.each<[string, Scenario, string]>([
    ["a start that is not there", { ...shop, start: "nowhere" }, " start error"],
    ["two of a name", { ...shop, nodes: [...shop.nodes, ...shop.nodes.slice(-1)] }, " repeatedId error"],
    ["a way to nowhere", changed("back", { next: "nowhere" } as Partial<ScenarioNode>), "back missing error"],
    ["a menu without choices", changed("hello", { choices: [] } as Partial<ScenarioNode>), "hello deadEnd error"],
    [
      "a node that nobody reaches",
      { ...shop, nodes: [...shop.nodes, { id: "lost", name: "", kind: "end", text: "끝" }] },
      "lost unreachable warning",
    ],
    ["an answer that talks to itself", changed("ship", { next: "ship" } as Partial<ScenarioNode>), "ship circle error"],
    ["one who never gets out", changed("ship", { next: "ship" } as Partial<ScenarioNode>), "ship trapped error"],
    ["nobody to talk to", changed("when", { open: "night" } as Partial<ScenarioNode>), " noAgent error"],
    ["hours without hours", { ...shop, hours: { days: [], holidays: false } }, " noHours error"],
    ["nothing to say", changed("ship", { text: "" } as Partial<ScenarioNode>), "ship emptyText error"],
    [
      "a template that is not in use",
      changed("back", { templateId: crypto.randomUUID() } as Partial<ScenarioNode>),
      "back unknownTemplate error",
    ],
    [
      "a text over the limit",
      changed("ship", { text: "가".repeat(1_001) } as Partial<ScenarioNode>),
      "ship limit error",
    ],
    [
      "six buttons",
      changed("hello", {
        choices: Array.from({ length: 6 }, (_none, at) => ({ label: `${at}`, keywords: [], to: "when" })),
      } as Partial<ScenarioNode>),
      "hello limit error",
    ],
    [
      "the same label twice",
      changed("hello", {
        choices: ["가", "가"].map((label) => ({ label, keywords: [], to: "when" })),
      } as Partial<ScenarioNode>),
      "hello sameLabel error",
    ],
    [
      "the same keyword twice",
      changed("hello", {
        choices: ["가", "나"].map((label) => ({ label, keywords: ["다"], to: "when" })),
      } as Partial<ScenarioNode>),
      "hello sameKeyword warning",
    ],
    [
      "a choice without a name",
      changed("hello", { choices: [{ label: "", keywords: [], to: "when" }] } as Partial<ScenarioNode>),
      "hello emptyLabel error",
    ],
  ])("%s", (_name, scenario, fault) => expect(faultsOf(scenario)).toContain(fault));

  it("does not take a way back to a menu for a circle, nor an answer behind the hours for a trap", () => {
    const behind = changed("when", { open: "person", closed: "ship" } as Partial<ScenarioNode>);
    expect(faultsOf(behind)).toEqual(["night unreachable warning"]);
  });
});

describe("a scenario of any kind", () => {
  const ids = ["a", "b", "c", "d", "e", "f"] as const;
  const id = fc.constantFrom(...ids, "nowhere");
  const text = fc.constantFrom("", "글", "가".repeat(1_000));
  const node = fc.oneof(
    fc.record({
      id,
      kind: fc.constant("menu"),
      text,
      choices: fc.array(fc.record({ label: text, to: id }), { maxLength: 6 }),
    }),
    fc.record({ id, kind: fc.constant("answer"), text, next: fc.option(id) }),
    fc.record({ id, kind: fc.constant("hours"), open: id, closed: id }),
    fc.record({ id, kind: fc.constantFrom("agent", "end"), text }),
  );
  const any = fc
    .record({ start: id, nodes: fc.array(node, { minLength: 1, maxLength: 8 }), hours: fc.constant({ days: working }) })
    .map((given) => scenarioSchema.safeParse(given))
    .filter((parsed) => parsed.success)
    .map(({ data }) => data as Scenario);

  it("never goes round for ever, and is always drawn whole", () => {
    fc.assert(
      fc.property(any, fc.array(fc.constantFrom("글", "x", ""), { maxLength: 6 }), (scenario, words) => {
        let step = begin(scenario, open);
        for (const word of words) step = answer(scenario, step.state, word, open);
        const { nodes, ways } = drawScenario(scenario);
        const unique = new Set(scenario.nodes.map((one) => one.id));
        expect(new Set(nodes.map((one) => one.node.id))).toEqual(unique);
        expect(ways.every(({ from, to }) => unique.has(from) && unique.has(to))).toBe(true);
        expect(new Set(nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(nodes.length);
        judgeScenario(scenario, new Set());
      }),
      { numRuns: 2_000, seed: 20_261_124 },
    );
  });

  it("gets out wherever nothing is wrong with it", () => {
    fc.assert(
      fc.property(any, (scenario) => {
        fc.pre(judgeScenario(scenario, new Set()).every(({ severity }) => severity === "warning"));
        // While people are there some row of choices leads to one of them, or to the end.
        const seen = new Set<string>();
        const waiting = [begin(scenario, open).state];
        let out = false;
        for (let state = waiting.pop(); state; state = waiting.pop()) {
          if (state.over) out = true;
          if (state.at === null || seen.has(state.at)) continue;
          seen.add(state.at);
          const menu = scenario.nodes.find((one) => one.id === state?.at);
          if (menu?.kind === "menu")
            for (const { label } of menu.choices) waiting.push(answer(scenario, state, label, open).state);
        }
        expect(out).toBe(true);
      }),
      { numRuns: 100, seed: 20_261_124 },
    );
  });
});

describe("a drawing", () => {
  it("stands in rows, the start on top, and ways that go back are marked", () => {
    const { nodes, ways, width } = drawScenario(shop);
    const at = new Map(nodes.map(({ node, x, y }) => [node.id, { x, y }]));
    expect(at.get("hello")?.y).toBe(0);
    expect(at.get("ship")?.y).toBe(at.get("when")?.y);
    expect(at.get("person")?.y).toBeGreaterThan(at.get("when")?.y ?? 0);
    expect(ways.filter(({ back }) => back).map(({ from, to }) => `${from} ${to}`)).toEqual(["back hello"]);
    expect(Math.max(...nodes.map(({ x }) => x))).toBeLessThan(width);
  });

  it("is Mermaid that nothing in a text breaks", () => {
    const words = {
      open: "운영 중",
      closed: "운영 외",
      menu: "메뉴",
      answer: "답",
      hours: "운영 시간",
      agent: "상담원",
      end: "끝",
    };
    const text = mermaidOf(changed("ship", { text: 'a"] --> x\n<b>|#' } as Partial<ScenarioNode>), words);
    expect(text).toContain('hello -->|"배송"| ship');
    expect(text).toContain('when -->|"운영 외"| night');
    expect(text).toContain('when{"운영 시간"}');
    expect(text).not.toContain('a"]');
    expect(text.split("\n").filter((line) => line.startsWith("  ship(")).length).toBe(1);
  });
});

describe("a scenario as a file", () => {
  const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false });
  const file = { format: "damso-scenario", version: 1, name: "첫 안내", scenario: shop };

  it("is what its schema says, which is written from the product's own", () => {
    const written = JSON.parse(readFileSync(new URL("./scenario.schema.json", import.meta.url), "utf8")) as object;
    expect(z.toJSONSchema(scenarioFileSchema, { io: "input" })).toEqual(written);
    const fits = ajv.compile(written);
    expect([fits(file), fits.errors]).toEqual([true, null]);
    expect(fits({ ...file, version: 2 })).toBe(false);
    expect(fits({ ...file, scenario: { ...shop, nodes: [{ id: "a", kind: "other" }] } })).toBe(false);
    expect(scenarioFileSchema.parse(JSON.parse(JSON.stringify(file)))).toEqual(file);
  });
});
