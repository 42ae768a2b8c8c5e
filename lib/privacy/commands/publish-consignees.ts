import { randomUUID } from "node:crypto";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import { fromDay } from "@/lib/day-column";
import { Conflict, Refused } from "@/lib/errors";
import { generatedEntries, listOn } from "../queries/consignee-lists";
import { type ConsigneeEntry, consigneeHash, consigneeText, emptyPlaces } from "../rules/consignee-list";
import type { PublishConsignees } from "../schema/consignee-list";

/**
 * Publishes what contracts and approvals say today as the next list (개인정보 보호법 제26조 제2항): open to anybody from its day on, never changed.
 * @returns its number
 * @throws Conflict when another list was published, or contracts changed, since the table was looked at; Refused beside a day in the past, a day
 *   before that of the newest list, or words that are missing
 */
export async function publishConsignees(actor: Actor, input: PublishConsignees, now: Date): Promise<number> {
  return change(actor, "consignee-list:publish", async (tx, record) => {
    const { organizationId, personId } = personOf(actor);
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`consignees:${organizationId}`}, 0))`;
    const newest = await listOn(tx, null);
    const generated = await generatedEntries(tx, newest?.entries ?? [], now);
    if ((newest?.number ?? 0) !== input.number || consigneeHash(consigneeText(generated)) !== input.hash) {
      throw new Conflict("privacy.consignees.stale");
    }
    const { effectiveOn, reason } = input;
    if (effectiveOn < kstDay(now)) throw new Refused("privacy.consignees.refused.past", "effectiveOn");
    if (newest && effectiveOn < newest.effectiveOn)
      throw new Refused("privacy.consignees.refused.order", "effectiveOn");
    const entries = worded(generated, input);
    const [empty] = emptyPlaces(entries);
    if (empty) throw new Refused("privacy.consignees.refused.empty", empty.place, { company: empty.company });
    const text = consigneeText(entries);
    const hash = consigneeHash(text);
    if (hash === newest?.hash) throw new Refused("privacy.consignees.refused.unchanged");
    const [id, number] = [randomUUID(), (newest?.number ?? 0) + 1];
    await tx.consigneeList.create({
      data: { id, organizationId, number, effectiveOn: fromDay(effectiveOn), text, hash, reason, personId, at: now },
    });
    await record({
      action: "consignees.published",
      target: { kind: "consignee-list", id },
      reason,
      body: { number, effectiveOn, hash, companies: entries.length },
    });
    return number;
  });
}

/** The generated table with the words that were typed, place by place. */
function worded(generated: readonly ConsigneeEntry[], { words }: PublishConsignees): ConsigneeEntry[] {
  return generated.map(({ consignee, work, period, subs }, place) => ({
    ...{ consignee, work: words[`work.${place}`] ?? work, period: words[`period.${place}`] ?? period },
    subs: subs.map((sub, inner) => ({ name: sub.name, work: words[`sub.${place}.${inner}`] ?? sub.work })),
  }));
}
