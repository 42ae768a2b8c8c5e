// A scenario as a drawing: nodes in rows by how many steps they are away, ways between them; and as Mermaid for whoever keeps it elsewhere.
import type { Scenario, ScenarioNode } from "../schema/scenario";
import { waysOf } from "./judge-scenario";

/** Pixels: a box, and what lies between two. */
export const box = { width: 180, height: 56, gapX: 28, gapY: 64 } as const;

export type DrawnNode = { node: ScenarioNode; x: number; y: number };
/** `label`: what leads there; `back`: upwards or sideways, so that it is drawn around the boxes. */
export type DrawnWay = { from: string; to: string; label: string; back: boolean };
export type Drawing = { width: number; height: number; nodes: DrawnNode[]; ways: DrawnWay[] };

/** Rows from the start downwards; what nobody reaches stands in a last row of its own. Each row keeps the order of the choices above it. */
export function drawScenario({ nodes, start }: Scenario): Drawing {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const row = new Map<string, number>();
  const rows: string[][] = [];
  for (let now = byId.has(start) ? [start] : []; now.length > 0; ) {
    for (const id of now) row.set(id, rows.length);
    rows.push(now);
    const next = now.flatMap((id) => waysOf(byId.get(id) as ScenarioNode));
    now = [...new Set(next)].filter((id) => byId.has(id) && !row.has(id));
  }
  const rest = nodes.filter(({ id }) => !row.has(id)).map(({ id }) => id);
  if (rest.length > 0) rows.push(rest);
  for (const id of rest) row.set(id, rows.length - 1);

  const widest = Math.max(...rows.map(({ length }) => length), 1);
  const width = widest * box.width + (widest - 1) * box.gapX;
  const drawn = rows.flatMap((ids, at) => {
    const own = ids.length * box.width + (ids.length - 1) * box.gapX;
    return ids.map(
      (id, place): DrawnNode => ({
        node: byId.get(id) as ScenarioNode,
        x: (width - own) / 2 + place * (box.width + box.gapX),
        y: at * (box.height + box.gapY),
      }),
    );
  });
  const height = rows.length * box.height + Math.max(0, rows.length - 1) * box.gapY;
  const ways = nodes.flatMap((node) =>
    labelledWays(node)
      .filter(({ to }) => byId.has(to))
      .map((way): DrawnWay => ({ from: node.id, ...way, back: (row.get(way.to) ?? 0) <= (row.get(node.id) ?? 0) })),
  );
  return { width, height, nodes: drawn, ways };
}

/** Ways with what they are called: the label of a choice, or which way of the hours. */
function labelledWays(node: ScenarioNode): { to: string; label: string }[] {
  if (node.kind === "menu") return node.choices.map(({ label, to }) => ({ label, to }));
  if (node.kind === "hours")
    return [
      { label: "open", to: node.open },
      { label: "closed", to: node.closed },
    ];
  return waysOf(node).map((to) => ({ label: "", to }));
}

/**
 * The same as a Mermaid flowchart. @param words what the two ways of hours and the kinds without a name are called
 */
export function mermaidOf(
  { nodes, start }: Scenario,
  words: Readonly<Record<"open" | "closed" | ScenarioNode["kind"], string>>,
): string {
  const shapes: Readonly<Record<ScenarioNode["kind"], readonly [string, string]>> = {
    ...{ menu: ["[", "]"], answer: ["(", ")"], hours: ["{", "}"], agent: ["[[", "]]"], end: ["([", "])"] },
  };
  const lines = nodes.map((node) => {
    const [left, right] = shapes[node.kind];
    return `  ${node.id}${left}"${quoted(titleOf(node) || words[node.kind])}"${right}`;
  });
  const ways = nodes.flatMap((node) =>
    labelledWays(node).map(({ to, label }) => {
      const said = node.kind === "hours" ? words[label as "open" | "closed"] : label;
      return `  ${node.id} -->${said === "" ? "" : `|"${quoted(said)}"|`} ${to}`;
    }),
  );
  return ["flowchart TD", `  start((" ")) --> ${start}`, ...lines, ...ways, ""].join("\n");
}

/** What a node is called where templates are known by name: as `titleOf`, else the template that it sends. @param templates names by id */
export function labelOf(node: ScenarioNode, templates: ReadonlyMap<string, string>): string {
  const sent = node.kind === "answer" && node.templateId !== null ? templates.get(node.templateId) : undefined;
  return titleOf(node) || (sent ?? "");
}

/** A node's own name, else the beginning of what it says. */
export function titleOf(node: ScenarioNode): string {
  if (node.name !== "") return node.name;
  const text = "text" in node ? (node.text.split("\n")[0] ?? "") : "";
  return [...text].length > 24 ? `${[...text].slice(0, 23).join("")}…` : text;
}

/** Mermaid's own escapes: what would end a label or begin something else. */
const quoted = (text: string): string =>
  text.replace(/["#<>`|]/g, (one) => `#${one.codePointAt(0)};`).replaceAll("\n", " ");
