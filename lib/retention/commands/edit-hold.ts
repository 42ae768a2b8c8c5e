import type { Actor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { Refused } from "@/lib/errors";
import { assertMayEdit, assertReviewDay, textHash } from "../rules/hold";
import type { EditHold } from "../schema/hold";
import { assertHoldVersion, assertOwner, lockHold } from "./hold-lock";

const names = ["title", "reason", "ownerId", "reviewOn"] as const;

/**
 * Changes what is said of a hold, never what it covers; a release that was asked for before is void from then on.
 * @throws NotFound; Conflict for a stale form; Refused when it is released, says nothing new, or beside the field
 */
export function editHold(actor: Actor, { holdId, version, ...said }: EditHold): Promise<void> {
  return change(actor, "hold:edit", async (tx, record) => {
    const hold = await lockHold(tx, holdId);
    assertHoldVersion(hold, version);
    assertMayEdit(hold.state);
    const now = new Date();
    const changed = names.filter((name) => hold[name] !== said[name]);
    if (changed.length === 0) throw new Refused("retention.holds.refused.unchanged");
    if (changed.includes("reviewOn")) assertReviewDay(said.reviewOn, now);
    if (changed.includes("ownerId")) await assertOwner(tx, said.ownerId, now);
    await tx.hold.update({
      where: { id: holdId },
      data: { ...said, reviewOn: new Date(said.reviewOn), version: version + 1 },
    });
    await record({
      action: "hold.edited",
      target: { kind: "hold", id: holdId },
      body: {
        ...{ version: version + 1, fields: changed, owner: said.ownerId, reviewOn: said.reviewOn },
        ...{ before: hold.reviewOn, title: textHash(said.title), reason: textHash(said.reason) },
      },
    });
  });
}
