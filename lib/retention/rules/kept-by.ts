// Everything that keeps a consultation, in the order in which somebody who asks why wants to read it. Pure.
import type { Day } from "@/lib/clock";
import type { Reckoned, Reckoning } from "./reckon";

/** wins: gives the last day · waits: gives none yet · keeps: would keep it today, though not longest · over: no longer keeps it */
export type KeepState = "wins" | "waits" | "keeps" | "over";
export type Keeper = Reckoning & { state: KeepState };

const order: readonly KeepState[] = ["wins", "waits", "keeps", "over"];

/** Each policy's word on a session: the winner first, then what is awaited, then by last day, the latest first. */
export function keptBy({ words, versionId }: Pick<Reckoned, "words" | "versionId">, today: Day): Keeper[] {
  const stateOf = ({ term, wait, dueOn }: Reckoning): KeepState => {
    if (wait !== null) return "waits";
    // While another is awaited nothing has won.
    if (term.versionId === versionId) return "wins";
    return dueOn !== null && dueOn >= today ? "keeps" : "over";
  };
  return words
    .map((word) => ({ ...word, state: stateOf(word) }))
    .sort(
      (a, b) =>
        order.indexOf(a.state) - order.indexOf(b.state) ||
        (b.dueOn ?? "").localeCompare(a.dueOn ?? "") ||
        a.term.policyNumber - b.term.policyNumber ||
        b.term.number - a.term.number,
    );
}

/** The laws that demand keeping it today, each once with its latest last day (null: awaited), in the order of keptBy. */
export function lawsKeeping(keepers: readonly Keeper[], today: Day): { basis: string; dueOn: Day | null }[] {
  const laws = new Map<string, Day | null>();
  for (const { term, statutory, dueOn, wait } of keepers) {
    const keeps = wait !== null || (dueOn !== null && dueOn >= today);
    if (statutory && keeps && !laws.has(term.basis)) laws.set(term.basis, dueOn);
  }
  return [...laws].map(([basis, dueOn]) => ({ basis, dueOn }));
}
