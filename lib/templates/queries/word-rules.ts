import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { toDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import type { WordRule, WordRuleRow } from "../schema/word-rule";

/** A company's list is read as a whole: it holds words, not messages. */
export const mostWordRules = 1_000;

/** The whole list, ended rules too, within the caller's transaction. */
export async function loadWordRules(tx: Tx): Promise<WordRule[]> {
  const rows = await tx.wordRule.findMany({
    orderBy: [{ kind: "asc" }, { words: "asc" }, { id: "asc" }],
    take: mostWordRules,
  });
  return rows.map(ruleOf);
}

/** The whole list with who wrote each rule: forbidden words first, then required ones. */
export function listWordRules(actor: Actor): Promise<WordRuleRow[]> {
  return read(actor, "template:read", async (tx) => {
    const rows = await tx.wordRule.findMany({
      orderBy: [{ kind: "asc" }, { words: "asc" }, { id: "asc" }],
      take: mostWordRules,
    });
    const persons = await tx.person.findMany({
      where: { id: { in: [...new Set(rows.map(({ personId }) => personId))] } },
      select: { id: true, name: true },
    });
    const nameOf = new Map(persons.map(({ id, name }) => [id, name]));
    return rows.map((row) => ({ ...ruleOf(row), personName: nameOf.get(row.personId) ?? "", at: row.at }));
  });
}

type Row = Awaited<ReturnType<Tx["wordRule"]["findMany"]>>[number];

function ruleOf({ id, kind, words, first, tag, severity, reason, example, fromOn, untilOn }: Row): WordRule {
  return {
    ...{ id, words, first, tag, reason, example, fromOn: toDay(fromOn), untilOn: toDay(untilOn) },
    kind: kind as WordRule["kind"],
    severity: severity as WordRule["severity"],
  };
}
