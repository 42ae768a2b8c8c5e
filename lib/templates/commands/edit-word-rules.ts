// The company's list of words. A rule is ended by a day and stays: what held when a message was approved can be said later.
import { type Actor, type PersonActor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { addDays, type Day, kstDay } from "@/lib/clock";
import { fromDay, toDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import { NotFound, Refused } from "@/lib/errors";
import { loadWordRules, mostWordRules } from "../queries/word-rules";
import { exampleWordRules, folded, holdsOn } from "../rules/wording";
import type { AddWordRule, EndWordRule, WordRule } from "../schema/word-rule";

/** Adds a rule. @returns its id. @throws Refused when the same words are asked or kept out already on one of its days */
export function addWordRule(actor: Actor, input: AddWordRule, now = new Date()): Promise<string> {
  return change(actor, "word-rule:edit", async (tx, record) => {
    const rules = await lockedRules(tx, personOf(actor));
    if (rules.length >= mostWordRules) throw new Refused("templates.wording.refused.many", "words");
    if (rules.some((rule) => isSame(rule, input))) throw new Refused("templates.wording.refused.same", "words");
    const id = await write(tx, personOf(actor), { ...input, example: false }, now);
    const { kind, words, tag, severity } = input;
    await record({
      action: "word-rule.added",
      target: { kind: "word-rule", id },
      body: { kind, words, tag, severity, from: input.fromOn, until: input.untilOn ?? "" },
    });
    return id;
  });
}

/** Sets the last day of a rule: it may be yesterday, so that it holds no more at once. @throws NotFound, Refused beside the day */
export async function endWordRule(actor: Actor, { ruleId, untilOn }: EndWordRule, now = new Date()): Promise<void> {
  await change(actor, "word-rule:edit", async (tx, record) => {
    await tx.$queryRaw`SELECT id FROM word_rules WHERE id = ${ruleId}::uuid FOR UPDATE`;
    const rule = await tx.wordRule.findUnique({ where: { id: ruleId } });
    if (!rule) throw new NotFound();
    const [yesterday, ended] = [addDays(kstDay(now), -1), toDay(rule.untilOn)];
    if (ended !== null && ended < kstDay(now)) throw new Refused("templates.wording.refused.ended", "untilOn");
    // What held on days gone by stays as it was.
    if (untilOn < yesterday) throw new Refused("templates.wording.refused.past", "untilOn");
    await tx.wordRule.update({ where: { id: ruleId }, data: { untilOn: fromDay(untilOn) } });
    await record({
      action: "word-rule.ended",
      target: { kind: "word-rule", id: ruleId },
      body: { words: rule.words, until: untilOn },
    });
  });
}

/** Takes the examples over that the list does not have yet, from today on. @returns how many. @throws Refused when it has them all */
export function addExampleWordRules(actor: Actor, now = new Date()): Promise<number> {
  return change(actor, "word-rule:edit", async (tx, record) => {
    const person = personOf(actor);
    const rules = await lockedRules(tx, person);
    const dates = { fromOn: kstDay(now), untilOn: null };
    const missing = exampleWordRules.filter((one) => !rules.some((rule) => isSame(rule, { ...one, ...dates })));
    if (missing.length === 0) throw new Refused("templates.wording.refused.examples");
    for (const one of missing) await write(tx, person, { ...one, ...dates, example: true }, now);
    await record({
      action: "word-rule.examples-added",
      target: { kind: "organization", id: person.organizationId },
      body: { count: missing.length },
    });
    return missing.length;
  });
}

/** Two who add the same words at once: the second finds them there. */
async function lockedRules(tx: Tx, { organizationId }: PersonActor): Promise<WordRule[]> {
  await tx.$queryRaw`SELECT 1 FROM organizations WHERE id = ${organizationId}::uuid FOR NO KEY UPDATE`;
  return loadWordRules(tx);
}

type Given = Pick<AddWordRule, "kind" | "words" | "tag" | "fromOn" | "untilOn">;

const isSame = (rule: WordRule, given: Given): boolean =>
  rule.kind === given.kind &&
  rule.tag === given.tag &&
  folded(rule.words) === folded(given.words) &&
  overlap(rule, given);

const overlap = (one: { fromOn: Day; untilOn: Day | null }, other: { fromOn: Day; untilOn: Day | null }): boolean =>
  holdsOn(one, other.fromOn) || holdsOn(other, one.fromOn);

async function write(
  tx: Tx,
  { organizationId, personId }: PersonActor,
  { fromOn, untilOn, ...rule }: AddWordRule & { example: boolean },
  at: Date,
): Promise<string> {
  const { id } = await tx.wordRule.create({
    data: { ...rule, organizationId, personId, at, fromOn: fromDay(fromOn), untilOn: fromDay(untilOn) },
    select: { id: true },
  });
  return id;
}
