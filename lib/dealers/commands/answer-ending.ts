import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { type Day, kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { exitChannels } from "../queries/exit-channels";
import {
  assertMayAgree,
  assertSameDealer,
  assertUnanswered,
  type EndingFact,
  type EndingKind,
  type EndingOutcome,
  endingDigest,
  reasonHash,
  standingEnd,
} from "../rules/ending";
import { endingChannels } from "../rules/exit";
import type { AgreeEnding, DeclineEnding, WithdrawEnding } from "../schema/exit";
import { type EndingContract, lockEnding } from "./ending-lock";

/** Which contract it was, and what was answered. */
export type Answered = { contractId: string; kind: EndingKind };

/**
 * Agrees to an end or to a reinstating, as a second person; what was agreed to is the digest of what was shown.
 * From here on the channels' last day follows: redirects answer 410 from its 24:00 KST (guide 3-4), or work again.
 * @throws NotFound; Refused for the person who asked, a day that has passed, a channel with another dealer; Conflict when answered or changed
 */
export function agreeEnding(actor: Actor, { endingId, digest, note }: AgreeEnding): Promise<Answered> {
  return change(actor, "contract:approve-end", async (tx, record) => {
    const { contract, ending } = await lockEnding(tx, endingId);
    const now = new Date();
    const lastOn = ending.endsOn ?? standingEnd(contract.endings)?.endsOn ?? kstDay(now);
    await holdChannels(tx, contract.id);
    const channels = await exitChannels(tx, contract.id, lastOn);
    const person = personOf(actor);
    assertMayAgree(ending, person, { seen: digest, now: endingDigest(ending, channels) }, now);
    if (ending.kind === "reinstate") assertSameDealer(contract, channels);
    await close(tx, contract, ending, "approved", { personId: person.personId, note, now });
    await record({
      action: ending.kind === "end" ? "contract.end-agreed" : "contract.reinstate-agreed",
      target: { kind: "contract", id: contract.id },
      body: {
        ...facts(ending, lastOn),
        ...{
          digest,
          ends: endingChannels({ service: contract.service, channels })
            .map(({ id }) => id)
            .slice(0, 100),
        },
        channels: channels.length,
      },
    });
    return { contractId: contract.id, kind: ending.kind };
  });
}

/** Declines what was asked, with a reason. @throws NotFound; Conflict when answered already */
export function declineEnding(actor: Actor, { endingId, note }: DeclineEnding): Promise<Answered> {
  return change(actor, "contract:approve-end", async (tx, record) => {
    const { contract, ending } = await lockEnding(tx, endingId);
    assertUnanswered(ending);
    await close(tx, contract, ending, "declined", { personId: personOf(actor).personId, note, now: new Date() });
    await record({
      action: ending.kind === "end" ? "contract.end-declined" : "contract.reinstate-declined",
      target: { kind: "contract", id: contract.id },
      body: { ...facts(ending, ending.endsOn), note: reasonHash(note) },
    });
    return { contractId: contract.id, kind: ending.kind };
  });
}

/** Takes back what was asked and not answered. @throws NotFound; Conflict when answered already */
export function withdrawEnding(actor: Actor, { endingId, note }: WithdrawEnding): Promise<Answered> {
  return change(actor, "contract:end", async (tx, record) => {
    const { contract, ending } = await lockEnding(tx, endingId);
    assertUnanswered(ending);
    await close(tx, contract, ending, "withdrawn", { personId: personOf(actor).personId, note, now: new Date() });
    await record({
      action: ending.kind === "end" ? "contract.end-withdrawn" : "contract.reinstate-withdrawn",
      target: { kind: "contract", id: contract.id },
      body: facts(ending, ending.endsOn),
    });
    return { contractId: contract.id, kind: ending.kind };
  });
}

const facts = (ending: EndingFact, endsOn: Day | null) => ({
  ...{ ending: ending.id, endsOn, reason: reasonHash(ending.reason) },
});

/** Nobody takes a channel live, moves its end or switches its dealer while its contract ends. */
async function holdChannels(tx: Tx, contractId: string): Promise<void> {
  await tx.$queryRaw`
    SELECT c.id FROM channels c WHERE c.id IN (SELECT channel_id FROM contract_channels WHERE contract_id = ${contractId}::uuid)
    ORDER BY c.id FOR UPDATE`;
}

/** The newest agreed turn counts, so each one is closed later than the one before, whatever the clock says. */
async function close(
  tx: Tx,
  contract: EndingContract,
  ending: EndingFact,
  outcome: EndingOutcome,
  by: { personId: string; note: string; now: Date },
): Promise<void> {
  const last = Math.max(0, ...contract.endings.map((one) => one.closedAt?.getTime() ?? 0));
  const closedAt = new Date(Math.max(by.now.getTime(), last + 1));
  await tx.contractEnding.update({
    where: { id: ending.id },
    data: { outcome, closedBy: by.personId, closedAt, note: by.note },
  });
}
