// A scenario as a form of many fields, and the acts of its editor: the same with and without script.
import { type Scenario, type ScenarioNode, scenarioSchema } from "../schema/scenario";
import { waysOf } from "./judge-scenario";

export const nodeKinds = ["menu", "answer", "hours", "agent", "end"] as const;
export type NodeKind = (typeof nodeKinds)[number];
const mostNodes = 200;

/** A first scenario, sound but for its words: a menu that leads to people while they are there. */
export const firstScenario = (words: { menu: string; agent: string; closed: string; choice: string }): Scenario =>
  scenarioSchema.parse({
    start: "n1",
    hours: { days: [1, 2, 3, 4, 5].map((day) => ({ day, from: 540, to: 1_080 })) },
    nodes: [
      { id: "n1", kind: "menu", text: words.menu, choices: [{ label: words.choice, to: "n2" }] },
      { id: "n2", kind: "hours", open: "n3", closed: "n4" },
      { id: "n3", kind: "agent", text: words.agent },
      { id: "n4", kind: "end", text: words.closed },
    ],
  });

/** An id that no node has: n1, n2 … */
export function freeId(nodes: readonly { id: string }[]): string {
  const taken = new Set(nodes.map(({ id }) => id));
  for (let number = 1; ; number += 1) if (!taken.has(`n${number}`)) return `n${number}`;
}

/**
 * Does one act: `add.menu`, `remove.2`, `up.2`, `down.2`, `choice.2`, `unchoice.2.0`, `start.2`; places are those of nodes and choices, from 0.
 * Ways to a node that goes are led to the start. @returns the new scenario, or null when the act is none of these
 */
export function editScenario(scenario: Scenario, act: string): Scenario | null {
  const [verb = "", first = "", second = ""] = act.split(".");
  const { nodes } = scenario;
  if (verb === "add") {
    const kind = nodeKinds.find((one) => one === first);
    return kind && nodes.length < mostNodes ? { ...scenario, nodes: [...nodes, freshNode(kind, scenario)] } : null;
  }
  const at = /^\d{1,3}$/.test(first) ? Number(first) : -1;
  const node = nodes[at];
  if (!node) return null;
  if (verb === "start") return { ...scenario, start: node.id };
  if (verb === "up" || verb === "down") {
    const to = verb === "up" ? at - 1 : at + 1;
    const other = nodes[to];
    if (!other) return scenario;
    return { ...scenario, nodes: nodes.map((one, place) => (place === at ? other : place === to ? node : one)) };
  }
  if (verb === "remove") return without(scenario, node.id);
  if (node.kind !== "menu") return null;
  const choices =
    verb === "choice"
      ? [...node.choices, { label: "", keywords: [], to: scenario.start }].slice(0, 20)
      : verb === "unchoice"
        ? node.choices.filter((_one, place) => String(place) !== second)
        : null;
  return choices && { ...scenario, nodes: nodes.map((one) => (one.id === node.id ? { ...node, choices } : one)) };
}

function freshNode(kind: NodeKind, { nodes, start }: Scenario): ScenarioNode {
  const head = { id: freeId(nodes), name: "" };
  if (kind === "menu") return { ...head, kind, text: "", choices: [] };
  if (kind === "answer") return { ...head, kind, text: "", templateId: null, next: null };
  if (kind === "hours") return { ...head, kind, open: start, closed: start };
  return { ...head, kind, text: "" };
}

function without(scenario: Scenario, gone: string): Scenario | null {
  const rest = scenario.nodes.filter(({ id }) => id !== gone);
  const [head] = rest;
  if (!head) return null;
  const start = scenario.start === gone ? head.id : scenario.start;
  const led = (to: string) => (to === gone ? start : to);
  const nodes = rest.map((node): ScenarioNode => {
    if (!waysOf(node).includes(gone)) return node;
    if (node.kind === "menu") return { ...node, choices: node.choices.map((one) => ({ ...one, to: led(one.to) })) };
    if (node.kind === "answer") return { ...node, next: null };
    if (node.kind === "hours") return { ...node, open: led(node.open), closed: led(node.closed) };
    return node;
  });
  return { ...scenario, start, nodes };
}

/** Days of the week as offices read them, Monday first. */
export const week = [1, 2, 3, 4, 5, 6, 0] as const;

/** 540 → 09:00. */
export const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** The stretches of one day as its field says them: 09:00-12:00, 13:00-18:00. */
export const stretchesOf = ({ days }: Scenario["hours"], day: number): string =>
  days
    .filter((one) => one.day === day)
    .map(({ from, to }) => `${clockOf(from)}-${clockOf(to)}`)
    .join(", ");

/** `field`: the one to be mended; `key`: what is wrong with it, in messages/rehearsal.json. */
export type Unreadable = { field: string; key: string };

/**
 * A scenario as its form says it, laid over the one that the form was made from: names are `node.n1.text`, `node.n1.choice.0.label`,
 * `hours.1` (stretches of a Monday, none: closed), `notUnderstood`. Fields that the form does not have stay as they were.
 */
export function scenarioFromForm(base: Scenario, entries: Iterable<readonly [string, unknown]>): Scenario | Unreadable {
  const given = new Map<string, string>();
  for (const [name, value] of entries) if (typeof value === "string") given.set(name, value);
  const text = (name: string, before: string) => given.get(name) ?? before;
  const nodes = base.nodes.map((node) => {
    const own = (field: string, before: string) => text(`node.${node.id}.${field}`, before);
    const head = { ...node, name: own("name", node.name) };
    if (head.kind === "hours") return { ...head, open: own("open", head.open), closed: own("closed", head.closed) };
    const said = { ...head, text: own("text", head.text) };
    if (said.kind === "answer") {
      const [next, templateId] = [own("next", said.next ?? ""), own("templateId", said.templateId ?? "")];
      return { ...said, next: next === "" ? null : next, templateId: templateId === "" ? null : templateId };
    }
    if (said.kind !== "menu") return said;
    const choices = said.choices.map((choice, at) => ({
      label: own(`choice.${at}.label`, choice.label),
      keywords: words(own(`choice.${at}.keywords`, choice.keywords.join(", "))),
      to: own(`choice.${at}.to`, choice.to),
    }));
    return { ...said, choices };
  });
  const hours = hoursFrom(base, given);
  if ("field" in hours) return hours;
  const read = scenarioSchema.safeParse({
    ...base,
    nodes,
    hours,
    notUnderstood: text("notUnderstood", base.notUnderstood),
  });
  if (read.success) return read.data;
  return { field: fieldOf(base, read.error.issues[0]?.path ?? []), key: "rehearsal.scenario.refused.form" };
}

const words = (text: string): string[] => [...new Set(text.split(/[,\n]/).map((one) => one.trim()))].filter(Boolean);

/** The field of a place in a scenario: nodes.0.choices.1.label is `node.n1.choice.1.label`. */
function fieldOf({ nodes }: Scenario, [list, at, ...rest]: readonly PropertyKey[]): string {
  const node = list === "nodes" ? nodes[Number(at)] : undefined;
  if (!node) return String(list ?? "name");
  const [own, ...inner] = rest;
  return ["node", node.id, ...(own === "choices" ? ["choice", ...inner.slice(0, 2)] : [own])].map(String).join(".");
}

const clock = String.raw`([01]?\d|2[0-4]):([0-5]\d)`;
const stretch = new RegExp(`^${clock}\\s*[-~–]\\s*${clock}$`);

function hoursFrom({ hours }: Scenario, given: ReadonlyMap<string, string>): Scenario["hours"] | Unreadable {
  if (![...given.keys()].some((name) => name.startsWith("hours."))) return hours;
  const days: Scenario["hours"]["days"] = [];
  for (const day of [0, 1, 2, 3, 4, 5, 6]) {
    const said = given.get(`hours.${day}`);
    const read = said === undefined ? hours.days.filter((one) => one.day === day) : dayFrom(day, said);
    if (!read) return { field: `hours.${day}`, key: "rehearsal.scenario.refused.hours" };
    days.push(...read);
  }
  return { days, holidays: given.get("hours.holidays") === "on" };
}

/** At most three stretches of a day in their order, or null when one is unreadable or reaches into another. */
function dayFrom(day: number, said: string): Scenario["hours"]["days"] | null {
  const stretches: Scenario["hours"]["days"] = [];
  for (const part of said
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean)) {
    const [, fromHour, fromMinute, toHour, toMinute] = (stretch.exec(part) ?? []).map(Number);
    if (fromHour === undefined) return null;
    const [from, to] = [fromHour * 60 + Number(fromMinute), Number(toHour) * 60 + Number(toMinute)];
    if (from < (stretches.at(-1)?.to ?? 0) || from >= to || to > 1_440) return null;
    stretches.push({ day, from, to });
  }
  return stretches.length > 3 ? null : stretches;
}
