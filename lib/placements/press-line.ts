// One press as one line of a spool file: instant, kind, visitor, hash, organization, placement.
import type { Visitor } from "./visitors";

export type PressKind = "press" | "scan";
export type PressBatch = {
  organizations: string[];
  placements: string[];
  /** Milliseconds since the epoch. */
  instants: string[];
  kinds: string[];
  visitors: string[];
  /** Hex. */
  hashes: string[];
};

const letterOf: Record<PressKind | Visitor, string> = {
  press: "b",
  scan: "q",
  person: "p",
  preview: "v",
  bot: "o",
  head: "h",
};
const kindOf: Readonly<Record<string, string>> = { b: "press", q: "scan" };
const visitorOf: Readonly<Record<string, string>> = { p: "person", v: "preview", o: "bot", h: "head" };
const shape = /^(\d{13}) ([bq])([pvoh]) ([0-9a-f]{16}) ([0-9a-f-]{36}) ([0-9a-f-]{36})$/;

/** @param hash 16 hex digits @param owner "<organization id> <placement id>" */
export function pressLine(instant: number, kind: PressKind, visitor: Visitor, hash: string, owner: string): string {
  return `${instant} ${letterOf[kind]}${letterOf[visitor]} ${hash} ${owner}\n`;
}

/** Reads whole lines; what is no press is counted, not kept. */
export function readPresses(text: string): { batch: PressBatch; count: number; damaged: number } {
  const batch: PressBatch = { organizations: [], placements: [], instants: [], kinds: [], visitors: [], hashes: [] };
  let damaged = 0;
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const [, instant, kind, visitor, hash, organization, placement] = shape.exec(line) ?? [];
    if (!instant || !kind || !visitor || !hash || !organization || !placement) {
      damaged += 1;
      continue;
    }
    batch.instants.push(instant);
    batch.kinds.push(kindOf[kind] ?? "press");
    batch.visitors.push(visitorOf[visitor] ?? "bot");
    batch.hashes.push(hash);
    batch.organizations.push(organization);
    batch.placements.push(placement);
  }
  return { batch, count: batch.instants.length, damaged };
}
