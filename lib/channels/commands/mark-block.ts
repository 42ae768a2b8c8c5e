import type { AuditEntry } from "@/lib/audit/record";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { Conflict, NotFound, Refused } from "@/lib/errors";
import { userHandle } from "@/lib/keyring";
import { blockFacts } from "../queries/block-states";
import { assertMayMarkBlock, type BlockFacts, blockState } from "../rules/blocks";
import type { BlockMarkKind, ConfirmBlock, DropBlock, IdentifyBlock } from "../schema/blocks";
import { lockChannel } from "./channel-lock";
import { openBlock, sealBlock } from "./seal-block";

type Named = { channelId: string; blockId: string; version: number };
type Held = { facts: BlockFacts; handle: Uint8Array | null };

/**
 * Writes down which user_key the person came back with. @throws NotFound, Conflict, Refused beside `userKey` when it stands at another
 * entry, or when the entry was dropped
 */
export async function identifyBlock(actor: Actor, { userKey, ...entry }: IdentifyBlock): Promise<void> {
  await change(actor, "block:edit", async (tx, record) => {
    const { facts } = await hold(tx, entry);
    assertMayMarkBlock(blockState(facts), "identified");
    const handle = await writeUserKey(tx, actor, entry, userKey);
    await mark(tx, actor, entry, facts, [{ kind: "identified", note: "" }]);
    await record({ action: "block.identified", ...about(entry, handle) });
  });
}

/**
 * The person was blocked again, in the dealer's solution or through its API (field-facts 1.6); blocking ends a consultation under way.
 * @throws NotFound, Conflict, Refused when that stands already, or as identifyBlock does
 */
export async function confirmBlock(actor: Actor, { userKey, note, ...entry }: ConfirmBlock): Promise<void> {
  await change(actor, "block:edit", async (tx, record) => {
    const { facts, handle: known } = await hold(tx, entry);
    assertMayMarkBlock(blockState(facts), "blocked");
    const fresh = userKey === null ? null : await writeUserKey(tx, actor, entry, userKey);
    const marks = [{ kind: "blocked", note }] as const;
    await mark(tx, actor, entry, facts, fresh ? [{ kind: "identified", note: "" }, ...marks] : marks);
    await record({ action: "block.marked", ...about(entry, fresh ?? known) });
  });
}

/** The person is not to be blocked any more, with the reason. @throws NotFound, Conflict, Refused */
export async function dropBlock(actor: Actor, { note, ...entry }: DropBlock): Promise<void> {
  await change(actor, "block:edit", async (tx, record) => {
    const { facts, handle } = await hold(tx, entry);
    assertMayMarkBlock(blockState(facts), "dropped");
    await mark(tx, actor, entry, facts, [{ kind: "dropped", note }]);
    await record({ action: "block.dropped", ...about(entry, handle) });
  });
}

/** Takes back that the person was blocked again, or was not to be. @throws NotFound, Conflict, Refused */
export async function reopenBlock(actor: Actor, { note, ...entry }: DropBlock): Promise<void> {
  await change(actor, "block:edit", async (tx, record) => {
    const { facts, handle } = await hold(tx, entry);
    assertMayMarkBlock(blockState(facts), "reopened");
    await mark(tx, actor, entry, facts, [{ kind: "reopened", note }]);
    await record({ action: "block.reopened", ...about(entry, handle) });
  });
}

/** The entry as it stands, its channel held: who else marks waits. */
async function hold(tx: Tx, { channelId, blockId, version }: Named): Promise<Held> {
  await lockChannel(tx, channelId);
  const [entry] = await blockFacts(tx, channelId, blockId);
  if (!entry) throw new NotFound();
  if (entry.version !== version) throw new Conflict("channels.blocks.refused.stale");
  return { facts: entry, handle: entry.userHandle };
}

/** A user_key stands at one entry of a channel. */
async function writeUserKey(
  tx: Tx,
  { organizationId }: Actor,
  { channelId, blockId }: Named,
  userKey: string,
): Promise<Uint8Array> {
  const handle = Uint8Array.from(userHandle(organizationId, channelId, userKey));
  const other = await tx.blockedUser.findFirst({
    where: { channelId, userHandle: handle, id: { not: blockId } },
    select: { labelSealed: true },
  });
  if (other) {
    throw new Refused("channels.blocks.refused.userKeyTaken", "userKey", {
      label: openBlock("label", other.labelSealed),
    });
  }
  await tx.blockedUser.update({
    where: { id: blockId },
    data: { userHandle: handle, userSealed: sealBlock("user", userKey) },
  });
  return handle;
}

async function mark(
  tx: Tx,
  actor: Actor,
  { blockId }: Named,
  facts: BlockFacts,
  marks: readonly { kind: BlockMarkKind; note: string }[],
): Promise<void> {
  // Later than the newest mark, whose clock may have been ahead: the newest counts.
  const first = Math.max(Date.now(), (facts.mark?.at.getTime() ?? 0) + 1);
  const { organizationId } = actor;
  const { personId } = personOf(actor);
  await tx.blockMark.createMany({
    data: marks.map((one, place) => ({
      ...{ organizationId, blockedUserId: blockId, personId },
      ...one,
      at: new Date(first + place),
    })),
  });
  await tx.blockedUser.update({ where: { id: blockId }, data: { version: { increment: 1 } } });
}

/** The keyed handle names the person to whoever may match it; neither name nor user_key is recorded. */
function about({ channelId, blockId }: Named, handle: Uint8Array | null): Omit<AuditEntry, "action"> {
  return {
    target: { kind: "channel", id: channelId },
    subject: handle ? Buffer.from(handle).toString("hex") : "",
    body: { block: blockId },
  };
}
