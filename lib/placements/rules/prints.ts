// Papers on which codes are printed: measures in millimetres, from the upper left. Pure.
import type { PrintKind, PrintRow, PrintState } from "../schema/prints";

export type Paper = {
  /** Of one page. */
  width: number;
  height: number;
  columns: number;
  rows: number;
  /** Labels stand code beside words; posters and tents code above words. */
  set: "beside" | "above";
  /** Side of the code's picture with its quiet zone. */
  code: number;
  /** Points of the caption's letters. */
  letters: number;
};

/** A4 is divided evenly to its edges, as label sheets without margins are cut (3 × 8: 70 × 37 mm). */
export const papers: Readonly<Record<Exclude<PrintKind, "files">, Paper>> = {
  labels24: { width: 210, height: 297, columns: 3, rows: 8, set: "beside", code: 30, letters: 8 },
  labels40: { width: 210, height: 297, columns: 4, rows: 10, set: "beside", code: 23, letters: 6 },
  labels12: { width: 210, height: 297, columns: 2, rows: 6, set: "beside", code: 42, letters: 11 },
  labels8: { width: 210, height: 297, columns: 2, rows: 4, set: "beside", code: 60, letters: 12 },
  // Folded in the middle: the upper half is printed upside down so that both sides of the table read it.
  tent: { width: 210, height: 297, columns: 1, rows: 2, set: "above", code: 80, letters: 18 },
  poster_a4: { width: 210, height: 297, columns: 1, rows: 1, set: "above", code: 140, letters: 26 },
  poster_a3: { width: 297, height: 420, columns: 1, rows: 1, set: "above", code: 200, letters: 38 },
};

/** Places on one page: both halves of a tent show the same one. */
export function perPage(kind: Exclude<PrintKind, "files">): number {
  return kind === "tent" ? 1 : papers[kind].columns * papers[kind].rows;
}

export function printState(batch: Pick<PrintRow, "startedAt" | "finishedAt" | "canceledAt" | "failure">): PrintState {
  if (batch.canceledAt !== null) return "canceled";
  if (batch.finishedAt !== null) return "ready";
  if (batch.failure !== "") return "failed";
  return batch.startedAt === null ? "waiting" : "drawing";
}
