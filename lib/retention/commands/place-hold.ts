import { z } from "zod";
import { lockHolds } from "@/lib/archive/holds-lock";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { Conflict, Refused } from "@/lib/errors";
import { userHandle } from "@/lib/keyring";
import { coverage, type HeldScope } from "../queries/hold-coverage";
import { assertReviewDay, textHash } from "../rules/hold";
import type { PlaceHold } from "../schema/hold";
import { assertOwner } from "./hold-lock";

export type PlacedHold = { id: string; number: number; covered: number };

/**
 * Takes consultations out of destruction from this commit on. Nothing is destroyed between the lock and the commit, so an answer of
 * success is honoured also in the middle of a run (trust.md P-76). A user_key is kept as its keyed handle alone.
 * @throws Conflict when the consultation does not exist, or no longer; Refused beside what cannot be so
 */
export function placeHold(actor: Actor, input: PlaceHold): Promise<PlacedHold> {
  return change(actor, "hold:place", async (tx, record) => {
    const { organizationId, personId } = personOf(actor);
    await lockHolds(tx, organizationId, "exclusive");
    const now = new Date();
    assertReviewDay(input.reviewOn, now);
    await assertOwner(tx, input.ownerId, now);
    const scope = await scopeOf(tx, organizationId, input);
    const [counted] = await tx.$queryRaw<{ covered: number; number: number }[]>`
      SELECT (SELECT count(*)::int FROM consult_sessions s WHERE ${coverage(scope)}) AS covered,
        (SELECT coalesce(max(number), 0)::int + 1 FROM holds WHERE organization_id = damso_organization()) AS number`;
    const { covered = 0, number = 1 } = counted ?? {};
    const { title, reason, ownerId, reviewOn } = input;
    const { id } = await tx.hold.create({
      data: {
        ...{ organizationId, number, title, reason, ownerId, covered, placedBy: personId, placedAt: now },
        ...{ scope: scope.scope, sessionId: scope.sessionId, channelId: scope.channelId },
        userHandle: scope.userHandle && Uint8Array.from(scope.userHandle),
        ...{ openedFrom: dateOf(scope.openedFrom), openedTo: dateOf(scope.openedTo), reviewOn: new Date(reviewOn) },
      },
      select: { id: true },
    });
    await record({
      action: "hold.placed",
      target: { kind: "hold", id },
      ...(scope.userHandle ? { subject: Buffer.from(scope.userHandle).toString("hex") } : {}),
      body: {
        ...{ number, scope: scope.scope, session: scope.sessionId, channel: scope.channelId, covered },
        ...{ openedFrom: scope.openedFrom, openedTo: scope.openedTo, owner: ownerId, reviewOn },
        ...{ title: textHash(title), reason: textHash(reason) },
      },
    });
    return { id, number, covered };
  });
}

const dateOf = (day: string | null) => day && new Date(day);

/** What is held, with everything of other scopes left out. */
async function scopeOf(tx: Tx, organizationId: string, input: PlaceHold): Promise<HeldScope> {
  const scope: HeldScope = {
    ...{ scope: input.scope, sessionId: null, channelId: null },
    ...{ userHandle: null, openedFrom: null, openedTo: null },
  };
  if (input.scope === "session") return { ...scope, sessionId: await sessionOf(tx, input) };
  if (input.channelId && (await tx.channel.count({ where: { id: input.channelId } })) === 0)
    throw new Refused("retention.holds.refused.channel", "channelId");
  if (input.scope === "period") {
    const { openedFrom = null, openedTo = null, channelId = null } = input;
    return { ...scope, openedFrom, openedTo, channelId };
  }
  const channelId = input.channelId ?? "";
  if (input.scope === "channel") return { ...scope, channelId };
  return { ...scope, channelId, userHandle: userHandle(organizationId, channelId, input.userKey ?? "") };
}

/** By its id, or by the dealer's number of it where that names one alone. */
async function sessionOf(tx: Tx, { session = "", channelId }: PlaceHold): Promise<string> {
  const found = z.uuid().safeParse(session).success
    ? await tx.$queryRaw<{ id: string }[]>`SELECT id FROM consult_sessions WHERE id = ${session}::uuid`
    : await tx.$queryRaw<{ id: string }[]>`
        SELECT s.id FROM channels c JOIN consult_sessions s ON s.channel_id = c.id AND s.external_id = ${session}
        WHERE ${channelId ?? null}::uuid IS NULL OR c.id = ${channelId ?? null}::uuid LIMIT 2`;
  const [only] = found;
  if (!only) throw new Conflict("retention.holds.refused.sessionGone");
  if (found.length > 1) throw new Refused("retention.holds.refused.sessionTwice", "session");
  return only.id;
}
