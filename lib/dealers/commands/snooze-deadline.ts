import { randomUUID } from "node:crypto";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import { fromDay } from "@/lib/day-column";
import { assertMaySnooze } from "../rules/choice";
import type { SnoozeDeadline } from "../schema/deadline";
import { lockContract } from "./contract-lock";
import { watchedContract } from "./watched-contract";

/**
 * Puts the reminders of one deadline off until a day, at most the deadline itself.
 * @param now decides which day it is in Korea
 * @returns its id
 * @throws NotFound; Conflict when the deadline is another day by now or is settled; Refused beside `untilOn`
 */
export async function snoozeDeadline(actor: Actor, input: SnoozeDeadline, now: Date): Promise<string> {
  const id = randomUUID();
  await change(actor, "deadline:snooze", async (tx, record) => {
    const { organizationId, personId } = personOf(actor);
    const { contractId, untilOn, note, deadline } = input;
    const { fields } = await lockContract(tx, contractId);
    const said = { kind: deadline.kind, deadlineOn: deadline.on, untilOn };
    assertMaySnooze(await watchedContract(tx, contractId, fields), said, kstDay(now));
    await tx.deadlineSnooze.create({
      data: {
        ...{ id, organizationId, contractId, kind: deadline.kind, note, personId, at: now },
        ...{ deadlineOn: fromDay(deadline.on), untilOn: fromDay(untilOn) },
      },
    });
    await record({
      action: "deadline.snoozed",
      target: { kind: "contract", id: contractId },
      body: { kind: deadline.kind, deadlineOn: deadline.on, untilOn },
    });
  });
  return id;
}
