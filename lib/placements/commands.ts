import { randomBytes } from "node:crypto";
import type { Actor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import { fromDay, toDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import { Conflict, NotFound, Refused } from "@/lib/errors";
import { activeMembers } from "./queries";
import { assertCodeIsNoPersonalData, assertNotRetired, suggestCode } from "./rules";
import { type Described, describedBy } from "./rules/described";
import type { CreatePlacement, EditPlacement, RetirePlacements } from "./schema";

/**
 * Makes a placement with a code that nobody had and nobody will have again.
 * @throws Refused when the code is taken or reads like personal data, or the channel's use has ended; NotFound for a channel not ours
 */
export function createPlacement(actor: Actor, input: CreatePlacement): Promise<{ id: string; code: string }> {
  return change(actor, "placement:create", async (tx, record) => {
    const described = columnsOf(describedBy(input));
    await openChannel(tx, input.channelId);
    const ownerId = await ownerFor(tx, actor, input.ownerId);
    const code = input.code ?? suggestCode(input.medium, randomBytes(32));
    assertCodeIsNoPersonalData(code);
    const { channelId, medium, mode } = input;
    const made = await tx.placement
      .create({ data: { organizationId: actor.organizationId, channelId, code, ...described, ownerId } })
      .catch((error: unknown) => {
        throw isTaken(error) ? new Refused("placements.codeTaken", "code") : error;
      });
    await record({
      action: "placement.created",
      target: { kind: "placement", id: made.id },
      body: { code, channelId, medium, mode },
    });
    return { id: made.id, code };
  });
}

/**
 * Changes what may change: the code and the channel stay for ever.
 * @throws Conflict when somebody else changed it since it was read; Refused for a retired one
 */
export function editPlacement(actor: Actor, input: EditPlacement): Promise<void> {
  return change(actor, "placement:edit", async (tx, record) => {
    const described = columnsOf(describedBy(input));
    const before = await tx.placement.findUnique({ where: { id: input.placementId }, include: { retirement: true } });
    if (!before) throw new NotFound();
    assertNotRetired({ retiredAt: before.retirement?.at ?? null });
    const ownerId = input.ownerId === before.ownerId ? before.ownerId : await ownerFor(tx, actor, input.ownerId);
    const after = { ...described, ownerId };
    const { count } = await tx.placement.updateMany({
      where: { id: input.placementId, version: input.version },
      data: { ...after, version: { increment: 1 } },
    });
    if (count === 0) throw new Conflict();
    const changed = (Object.keys(after) as (keyof typeof after)[]).filter(
      (field) => JSON.stringify(after[field]) !== JSON.stringify(before[field]),
    );
    await record({
      action: "placement.edited",
      target: { kind: "placement", id: input.placementId },
      body: { changed, version: input.version + 1 },
    });
  });
}

/**
 * Takes buttons down for good, one entry each; those already down are left as they are. @returns how many
 * @throws NotFound when one of them is not ours; Refused when all are down already
 */
export function retirePlacements(actor: Actor, input: RetirePlacements): Promise<number> {
  return change(actor, "placement:retire", async (tx, record) => {
    const ids = [...new Set(input.placementId)].sort();
    const found = await tx.placement.findMany({
      where: { id: { in: ids } },
      include: { retirement: true },
      orderBy: { id: "asc" },
    });
    if (found.length !== ids.length) throw new NotFound();
    const standing = found.filter((placement) => placement.retirement === null);
    if (standing.length === 0) throw new Refused("placements.alreadyRetired");
    for (const { id, code } of standing) {
      await tx.placementRetirement
        .create({
          data: {
            placementId: id,
            organizationId: actor.organizationId,
            reason: input.reason,
            personId: personOf(actor),
          },
        })
        .catch((error: unknown) => {
          throw isTaken(error) ? new Conflict() : error;
        });
      await record({
        action: "placement.retired",
        target: { kind: "placement", id },
        reason: input.reason,
        body: { code },
      });
    }
    return standing.length;
  });
}

/** As the columns take it. */
function columnsOf(described: Described) {
  return { ...described, startsOn: fromDay(described.startsOn), endsOn: fromDay(described.endsOn) };
}

async function openChannel(tx: Tx, id: string): Promise<void> {
  if ((await tx.channel.count({ where: { id } })) === 0) throw new NotFound();
  const last = await tx.channelLastDay.findUnique({ where: { channelId: id } });
  if (last?.endsOn && toDay(last.endsOn) < kstDay(new Date())) {
    throw new Refused("placements.channelEnded", "channelId");
  }
}

/** The member named, else the person who acts, else (the operator's command) the organization's first member. */
async function ownerFor(tx: Tx, actor: Actor, wanted: string | null): Promise<string> {
  const members = await activeMembers(tx, new Date());
  const id = wanted ?? (actor.kind === "person" ? actor.personId : members[0]?.id);
  if (!members.some((member) => member.id === id) || id === undefined)
    throw new Refused("placements.ownerUnknown", "ownerId");
  return id;
}

/** Machines have no person: the nil id stands for the operator, whose name is in the audit entry. */
function personOf(actor: Actor): string {
  return actor.kind === "person" ? actor.personId : "00000000-0000-0000-0000-000000000000";
}

function isTaken(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "P2002";
}
