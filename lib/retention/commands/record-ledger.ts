import { randomUUID } from "node:crypto";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import { Refused } from "@/lib/errors";
import { assertNothingPersonal } from "../rules/ledger";
import type { RecordLedger } from "../schema/ledger";
import { nextLedgerNumber } from "./finish-destruction";

/**
 * Enters into the ledger what people destroyed: paper, media, other copies. It cannot be changed afterwards.
 * @returns its id and number @throws Refused for a day to come, an approver who is not of this company or is the recorder, personal data in free text
 */
export function recordLedger(actor: Actor, given: RecordLedger, now: Date): Promise<{ id: string; number: string }> {
  const { fileName, reasonNote, backupNote } = given;
  assertNothingPersonal({ fileName, reasonNote, backupNote });
  return change(actor, "ledger:record", async (tx, record) => {
    const { organizationId, personId } = personOf(actor);
    if (given.destroyedOn > kstDay(now)) throw new Refused("retention.ledger.refused.future", "destroyedOn");
    const approver = given.approvedBy;
    if (approver === personId || (approver && (await tx.membership.count({ where: { personId: approver } })) === 0))
      throw new Refused("retention.ledger.refused.approver", "approvedBy");
    const id = randomUUID();
    const number = await nextLedgerNumber(tx, organizationId, given.destroyedOn);
    const { madeFrom, madeTo, destroyedOn, count, material, reason, method } = given;
    await tx.ledgerEntry.create({
      data: {
        ...{ id, organizationId, number, fileName, material, count, reason, reasonNote, method, backupNote, at: now },
        ...{ madeFrom: new Date(madeFrom), madeTo: new Date(madeTo), destroyedOn: new Date(destroyedOn) },
        ...{ handledBy: personId, approvedBy: approver },
      },
    });
    await record({
      action: "ledger.recorded",
      target: { kind: "ledger-entry", id },
      body: { number, material, count, reason, method, destroyedOn },
    });
    return { id, number };
  });
}
