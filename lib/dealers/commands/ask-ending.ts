import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { fromDay } from "@/lib/day-column";
import { exitChannels } from "../queries/exit-channels";
import { assertMayAskEnd, assertMayAskReinstatement, reasonHash, standingEnd } from "../rules/ending";
import { endingChannels } from "../rules/exit";
import type { RequestEnd, RequestReinstatement } from "../schema/exit";
import { lockEndings } from "./ending-lock";

/**
 * Asks for a contract's end; nothing changes until a second person agrees. @returns id of the turn
 * @throws NotFound; Refused beside `endsOn`, or when never approved, asked already, or over
 */
export function requestEnd(actor: Actor, { contractId, endsOn, reason }: RequestEnd): Promise<string> {
  return change(actor, "contract:end", async (tx, record) => {
    const contract = await lockEndings(tx, contractId);
    const now = new Date();
    assertMayAskEnd(contract, endsOn, now);
    const channels = await exitChannels(tx, contractId, endsOn);
    const { id } = await tx.contractEnding.create({
      data: {
        ...{ organizationId: actor.organizationId, contractId, kind: "end", endsOn: fromDay(endsOn), reason, at: now },
        personId: personOf(actor).personId,
      },
    });
    await record({
      action: "contract.end-requested",
      target: { kind: "contract", id: contractId },
      body: {
        ...{ ending: id, endsOn, before: standingEnd(contract.endings)?.endsOn ?? null, reason: reasonHash(reason) },
        ...{ channels: channels.length, ends: endingChannels({ service: contract.service, channels }).length },
      },
    });
    return id;
  });
}

/**
 * Asks for an ended contract to stand again, before its last day or after it. @returns id of the turn
 * @throws NotFound; Refused when none is ended, something is asked already, or a channel has another dealer by now
 */
export function requestReinstatement(actor: Actor, { contractId, reason }: RequestReinstatement): Promise<string> {
  return change(actor, "contract:end", async (tx, record) => {
    const contract = await lockEndings(tx, contractId);
    const standing = standingEnd(contract.endings);
    const channels = standing ? await exitChannels(tx, contractId, standing.endsOn) : [];
    assertMayAskReinstatement(contract, channels);
    const { id } = await tx.contractEnding.create({
      data: {
        ...{ organizationId: actor.organizationId, contractId, kind: "reinstate", reason, at: new Date() },
        personId: personOf(actor).personId,
      },
    });
    await record({
      action: "contract.reinstate-requested",
      target: { kind: "contract", id: contractId },
      body: {
        ...{ ending: id, undoes: standing?.id ?? null, endsOn: standing?.endsOn ?? null, reason: reasonHash(reason) },
        channels: channels.length,
      },
    });
    return id;
  });
}
