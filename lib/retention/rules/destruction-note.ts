// What a step of a destruction says beside its kind. Pure.
import { z } from "zod";
import type { Day } from "@/lib/clock";

const dealer = z.object({ on: z.string(), note: z.string() });
const standing = z.object({ standing: z.array(z.string()) });

/** `on`: the day on which the dealer was asked or answered. `standing`: agreed to by a standing approval, not by a person that day. */
export type StepNote = { text: string; on: Day | null; standing: boolean };

/** Reads a step's note: a person's own words, or what the machine wrote as JSON. */
export function stepNote({ kind, note }: { kind: string; note: string }): StepNote {
  if (kind === "dealer-asked" || kind === "dealer-confirmed") {
    const said = dealer.safeParse(parsed(note));
    return said.success
      ? { text: said.data.note, on: said.data.on, standing: false }
      : { text: note, on: null, standing: false };
  }
  const byStanding = kind === "approved" && standing.safeParse(parsed(note)).success;
  return { text: byStanding ? "" : note, on: null, standing: byStanding };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
