import type { Drawing, DrawnNode, DrawnWay } from "@/lib/rehearsal/rules/draw-scenario";
import { box, labelOf } from "@/lib/rehearsal/rules/draw-scenario";
import type { ScenarioNode } from "@/lib/rehearsal/schema/scenario";

/**
 * A scenario as boxes and ways. It says nothing to a listener: the outline beside it holds the same, and its links lead here.
 * `kinds`: what the kinds of nodes are called; `templates`: names by id; `wrong`: nodes with something wrong.
 */
export function ScenarioDrawing({
  drawing,
  kinds,
  ways,
  templates,
  wrong,
}: {
  drawing: Drawing;
  kinds: Readonly<Record<ScenarioNode["kind"], string>>;
  ways: Readonly<Record<"open" | "closed", string>>;
  templates: ReadonlyMap<string, string>;
  wrong: ReadonlySet<string>;
}) {
  const place = new Map(drawing.nodes.map((one) => [one.node.id, one]));
  const margin = 28;
  const [width, height] = [drawing.width + 2 * margin, drawing.height + 2 * margin];
  return (
    <div className="overflow-x-auto">
      <svg
        className="scenario-drawing"
        viewBox={`${-margin} ${-margin} ${width} ${height}`}
        style={{ minWidth: Math.min(width, 720), maxWidth: width }}
        aria-hidden="true"
      >
        <defs>
          <marker id="way-end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
            <path className="head" d="M0 0L8 4L0 8z" />
          </marker>
        </defs>
        {drawing.ways.map((way) => (
          <Way key={`${way.from} ${way.to} ${way.label}`} way={way} place={place} names={ways} />
        ))}
        {drawing.nodes.map((one) => (
          <Box
            key={one.node.id}
            one={one}
            title={labelOf(one.node, templates) || kinds[one.node.kind]}
            kind={kinds[one.node.kind]}
            wrong={wrong.has(one.node.id)}
          />
        ))}
      </svg>
    </div>
  );
}

function Box({
  one: { node, x, y },
  title,
  kind,
  wrong,
}: {
  one: DrawnNode;
  title: string;
  kind: string;
  wrong: boolean;
}) {
  const short = [...title].length > 14 ? `${[...title].slice(0, 13).join("")}…` : title;
  return (
    <g transform={`translate(${x} ${y})`} className={`node ${node.kind}${wrong ? " wrong" : ""}`}>
      <rect width={box.width} height={box.height} rx={node.kind === "menu" ? 8 : box.height / 2} />
      <text x={box.width / 2} y={23} className="kind">
        {kind}
      </text>
      <text x={box.width / 2} y={42}>
        {short}
      </text>
    </g>
  );
}

function Way({
  way: { from, to, label, back },
  place,
  names,
}: {
  way: DrawnWay;
  place: ReadonlyMap<string, DrawnNode>;
  names: Readonly<Record<"open" | "closed", string>>;
}) {
  const [one, other] = [place.get(from), place.get(to)];
  if (!one || !other) return null;
  const [x1, y1] = [one.x + box.width / 2, one.y + box.height];
  const [x2, y2] = [other.x + box.width / 2, other.y];
  const side = Math.min(one.x, other.x) - 18;
  const line = back
    ? `M${one.x} ${one.y + box.height / 2}H${side}V${other.y + box.height / 2}H${other.x}`
    : `M${x1} ${y1}C${x1} ${y1 + box.gapY / 2} ${x2} ${y2 - box.gapY / 2} ${x2} ${y2}`;
  const said = one.node.kind === "hours" ? names[label as "open" | "closed"] : label;
  return (
    <g className="way">
      <path d={line} markerEnd="url(#way-end)" />
      {said === "" || back ? null : (
        <text x={(x1 + x2) / 2} y={(y1 + y2) / 2}>
          {[...said].slice(0, 8).join("")}
        </text>
      )}
    </g>
  );
}
