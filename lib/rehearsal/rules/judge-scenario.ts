// What is wrong with a scenario before anybody meets it: ways that end in the middle, circles, what nobody reaches, texts that do not fit.
import { judge } from "@/lib/templates/rules/judge";
import { buttonSchema, type TemplateContent, templateContentSchema } from "@/lib/templates/schema/content";
import type { Scenario, ScenarioNode } from "../schema/scenario";

export const scenarioFaults = [
  "start",
  "missing",
  "repeatedId",
  "unreachable",
  "deadEnd",
  "circle",
  "trapped",
  "noAgent",
  "noHours",
  "emptyText",
  "emptyLabel",
  "sameLabel",
  "sameKeyword",
  "unknownTemplate",
  "limit",
] as const;
export type ScenarioFault = (typeof scenarioFaults)[number];

/** `node`: where; "" for the scenario as a whole. `rule` of a "limit" is a key of the templates' rules. */
export type ScenarioFinding = {
  node: string;
  fault: ScenarioFault;
  severity: "error" | "warning";
  values: Readonly<Record<string, string | number>>;
};

/** Where a node leads, in its own order. */
export function waysOf(node: ScenarioNode): string[] {
  switch (node.kind) {
    case "menu":
      return node.choices.map(({ to }) => to);
    case "answer":
      return node.next === null ? [] : [node.next];
    case "hours":
      return [node.open, node.closed];
    default:
      return [];
  }
}

/** A node as the message that it becomes. */
export function messageOf(node: ScenarioNode): TemplateContent | null {
  if (node.kind === "hours" || (node.kind === "answer" && node.templateId !== null)) return null;
  if (node.kind !== "menu") return templateContentSchema.parse({ type: "PLAIN_TEXT", text: node.text });
  const buttons = node.choices.map(({ label }) => ({ ...buttonSchema.parse({}), type: "BK" as const, name: label }));
  return { ...templateContentSchema.parse({ type: "RICH_TEXT", text: node.text }), buttons };
}

/** Everything that is wrong, in the order of the nodes. @param templates ids of templates that are in use */
export function judgeScenario(scenario: Scenario, templates: ReadonlySet<string>): ScenarioFinding[] {
  const { nodes, start } = scenario;
  const found: ScenarioFinding[] = [];
  const add = (
    node: string,
    fault: ScenarioFault,
    values: ScenarioFinding["values"] = {},
    severity: "error" | "warning" = "error",
  ) => found.push({ node, fault, severity, values });

  const byId = new Map(nodes.map((node) => [node.id, node]));
  if (!byId.has(start)) add("", "start", { to: start });
  if (byId.size < nodes.length) add("", "repeatedId");
  const reached = spread([start], (id) => (byId.has(id) ? waysOf(byId.get(id) as ScenarioNode) : []));
  if (![...reached].some((id) => byId.get(id)?.kind === "agent")) add("", "noAgent");
  if (scenario.hours.days.length === 0 && nodes.some(({ kind }) => kind === "hours")) add("", "noHours");

  const trapped = trappedIn(scenario, byId);
  for (const node of nodes) {
    for (const to of waysOf(node)) if (!byId.has(to)) add(node.id, "missing", { to });
    if (!reached.has(node.id)) add(node.id, "unreachable", {}, "warning");
    else if (trapped.has(node.id)) add(node.id, "trapped");
    if (node.kind === "menu" && node.choices.length === 0) add(node.id, "deadEnd");
    if (circles(node, byId)) add(node.id, "circle");
    judgeWords(node, templates, add);
  }
  return found;
}

/** An answer that leads nowhere goes back to the menu it was chosen from. */
const returns = (node: ScenarioNode): boolean => node.kind === "answer" && node.next === null;

type Add = (
  node: string,
  fault: ScenarioFault,
  values?: ScenarioFinding["values"],
  severity?: "error" | "warning",
) => unknown;

function judgeWords(node: ScenarioNode, templates: ReadonlySet<string>, add: Add): void {
  if (node.kind === "answer" && node.templateId !== null && !templates.has(node.templateId))
    add(node.id, "unknownTemplate");
  if (
    "text" in node &&
    node.text === "" &&
    (node.kind === "menu" || (node.kind === "answer" && node.templateId === null))
  )
    add(node.id, "emptyText");
  if (node.kind === "menu") judgeChoices(node, add);
  const message = messageOf(node);
  if (!message || message.text === "") return;
  for (const { severity, rule, values, path } of judge(message, { media: new Map() }).findings)
    if (rule !== "required") add(node.id, "limit", { ...values, rule, path }, severity);
}

function judgeChoices(node: ScenarioNode & { kind: "menu" }, add: Add): void {
  const [labels, keywords] = [new Set<string>(), new Set<string>()];
  for (const { label, keywords: own } of node.choices) {
    const said = label.trim().toLowerCase();
    if (said === "") add(node.id, "emptyLabel");
    else if (labels.has(said)) add(node.id, "sameLabel", { label });
    labels.add(said);
    for (const keyword of own) {
      const word = keyword.trim().toLowerCase();
      if (word !== "" && keywords.has(word)) add(node.id, "sameKeyword", { keyword }, "warning");
      keywords.add(word);
    }
  }
}

/** Where a node leads while people are there. Outside the hours a robot may well answer and wait: nobody could take over. */
const openWays = (node: ScenarioNode): string[] => (node.kind === "hours" ? [node.open] : waysOf(node));

/** Nodes that somebody comes to while people are there, and never leaves to a person or to the end. */
function trappedIn({ nodes, start }: Scenario, byId: ReadonlyMap<string, ScenarioNode>): Set<string> {
  const outs = nodes.filter(({ kind }) => kind === "agent" || kind === "end").map(({ id }) => id);
  if (outs.length === 0) return new Set();
  const come = spread([start], (id) => (byId.has(id) ? openWays(byId.get(id) as ScenarioNode) : []));
  const back = reversed(nodes, byId);
  const leave = spread(outs, (id) => back.get(id) ?? []);
  return new Set([...come].filter((id) => byId.has(id) && !leave.has(id)));
}

/** Everything that is reached from some ids, these among them. */
function spread(starts: readonly string[], ways: (id: string) => readonly string[]): Set<string> {
  const seen = new Set<string>();
  const waiting = [...starts];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    waiting.push(...ways(id));
  }
  return seen;
}

function reversed(nodes: readonly ScenarioNode[], byId: ReadonlyMap<string, ScenarioNode>): Map<string, string[]> {
  const back = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const node of nodes) for (const to of openWays(node)) back.get(to)?.push(node.id);
  // From an answer that leads nowhere one is back at each menu that offers it.
  for (const menu of nodes)
    if (menu.kind === "menu")
      for (const id of withoutWaiting(waysOf(menu), byId, openWays)) {
        const said = byId.get(id);
        if (said && returns(said)) back.get(menu.id)?.push(id);
      }
  return back;
}

/** What is said or decided from some nodes on before somebody is waited for, these among them. */
function withoutWaiting(
  starts: readonly string[],
  byId: ReadonlyMap<string, ScenarioNode>,
  ways: (node: ScenarioNode) => string[] = waysOf,
): Set<string> {
  const speaks = (id: string): boolean => ["answer", "hours"].includes(byId.get(id)?.kind ?? "");
  return spread(starts.filter(speaks), (id) => ways(byId.get(id) as ScenarioNode).filter(speaks));
}

/** Whether a node comes back to itself without ever waiting for somebody: no menu lies on the way. */
function circles(node: ScenarioNode, byId: ReadonlyMap<string, ScenarioNode>): boolean {
  if (node.kind !== "answer" && node.kind !== "hours") return false;
  return withoutWaiting(waysOf(node), byId).has(node.id);
}
