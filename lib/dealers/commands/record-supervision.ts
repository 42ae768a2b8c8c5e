import { randomUUID } from "node:crypto";
import type { Actor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import { fromDay } from "@/lib/day-column";
import { Forbidden, NotFound } from "@/lib/errors";
import { assertMayRecordSupervision } from "../rules/supervision";
import type { RecordSupervision } from "../schema/supervision";
import { paperOf } from "./paper-of";

/**
 * Records that the consignee was trained or inspected (법 제26조 제4항, 시행령 제28조 제6항). Entries are added to, never changed.
 * @param now decides which day it is in Korea
 * @returns its id
 * @throws NotFound; Refused beside a day that does not fit, or beside the document
 */
export async function recordSupervision(actor: Actor, input: RecordSupervision, now: Date): Promise<string> {
  const id = randomUUID();
  await change(actor, "supervision:record", async (tx, record) => {
    if (actor.kind !== "person") throw new Forbidden("a person is needed");
    const { contractId, documentId, heldOn, nextOn, ...words } = input;
    if ((await tx.contract.count({ where: { id: contractId } })) === 0) throw new NotFound();
    assertMayRecordSupervision(input, kstDay(now));
    const paper = documentId ? await paperOf(tx, contractId, documentId, "supervision") : null;
    await tx.supervision.create({
      data: {
        ...words,
        ...{ id, organizationId: actor.organizationId, contractId, personId: actor.personId, at: now },
        ...{ heldOn: fromDay(heldOn), nextOn: fromDay(nextOn), fileId: paper?.fileId ?? null },
      },
    });
    await record({
      action: "supervision.recorded",
      target: { kind: "contract", id: contractId },
      body: {
        ...{ supervision: id, kind: input.kind, heldOn, nextOn },
        ...(paper ? { file: paper.fileId, sha256: paper.sha256 } : {}),
      },
    });
  });
  return id;
}
