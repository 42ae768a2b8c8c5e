import { randomUUID } from "node:crypto";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import { fromDay } from "@/lib/day-column";
import { assertMayDecide } from "../rules/choice";
import { termRuleOf } from "../rules/contract-term";
import type { DecideContract } from "../schema/deadline";
import { lockContract } from "./contract-lock";
import { endedOnOf } from "./watched-contract";

/**
 * Records what was decided about the running term's end (갱신 여부), and when the dealer had the notice. Choices are added to; the newest counts.
 * @param now decides which day it is in Korea
 * @returns its id
 * @throws NotFound; Conflict when another term runs by now; Refused with the day that was missed
 */
export async function decideContract(actor: Actor, input: DecideContract, now: Date): Promise<string> {
  const id = randomUUID();
  await change(actor, "contract:decide", async (tx, record) => {
    const { organizationId, personId } = personOf(actor);
    const { contractId, termEndsOn, choice, note, noticeSentOn, noticeHadOn } = input;
    const { fields } = await lockContract(tx, contractId);
    assertMayDecide(termRuleOf(fields), await endedOnOf(tx, contractId), input, kstDay(now));
    await tx.contractChoice.create({
      data: {
        ...{ id, organizationId, contractId, choice, note, personId, at: now, termEndsOn: fromDay(termEndsOn) },
        ...{ noticeSentOn: fromDay(noticeSentOn), noticeHadOn: fromDay(noticeHadOn) },
      },
    });
    await record({
      action: "contract.decided",
      target: { kind: "contract", id: contractId },
      body: { choice, termEndsOn, noticeSentOn, noticeHadOn },
    });
  });
  return id;
}
