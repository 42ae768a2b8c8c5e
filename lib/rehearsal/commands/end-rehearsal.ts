import { destroySessions } from "@/lib/archive/destroy";
import type { Actor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { rehearsing } from "@/lib/db/rehearsing";
import { Refused } from "@/lib/errors";
import { sessionsOf } from "../queries/get-rehearsal";
import { missingSteps, walkedSteps } from "../rules/guided";
import { isDestructible } from "../rules/time";
import type { Detail, EventKind } from "../schema/rehearsal";
import { appendEvents, lockRehearsal } from "./note-events";

/**
 * Destroys what was rehearsed once its last day is over by the rehearsal's own time: by the act that destroys every consultation, keys first. Nobody's
 * data is in it, so no second person is asked and the ledger has no line.
 * @throws NotFound; Refused while something is open, kept by a policy, or there is none
 */
export function destroyRehearsed(actor: Actor, id: string, now: Date): Promise<void> {
  return change(actor, "rehearsal:run", async (tx, record) => {
    await rehearsing(tx);
    const { offsetMs } = await lockRehearsal(tx, id);
    const moved = new Date(now.getTime() + offsetMs);
    const sessions = await sessionsOf(tx, actor.organizationId, id, moved);
    if (sessions.length === 0) throw new Refused("rehearsal.run.refused.nothing");
    if (!isDestructible(sessions, moved)) throw new Refused("rehearsal.run.refused.notDue");
    const gone = await destroyAll(tx, actor, id, now);
    await appendEvents(tx, actor, id, [{ kind: "destroyed", detail: { ...gone, due: sessions[0]?.dueOn ?? "" } }], {
      now,
      offsetMs,
    });
    await record({ action: "rehearsal.destroyed", target: { kind: "rehearsal", id }, body: gone });
  });
}

/**
 * Ends a rehearsal. Finished: everything that the guide says was walked. Given up: whatever it left is destroyed at once.
 * @throws NotFound; Refused while steps are missing
 */
export function endRehearsal(actor: Actor, id: string, outcome: "finished" | "given-up", now: Date): Promise<void> {
  return change(actor, "rehearsal:run", async (tx, record) => {
    await rehearsing(tx);
    await lockRehearsal(tx, id);
    if (outcome === "finished") await assertWalked(tx, id);
    const gone = await destroyAll(tx, actor, id, now);
    await tx.rehearsal.update({ where: { id }, data: { endedAt: now, outcome } });
    await record({ action: "rehearsal.ended", target: { kind: "rehearsal", id }, body: { outcome, ...gone } });
  });
}

async function assertWalked(tx: Tx, id: string): Promise<void> {
  const row = await tx.rehearsal.findUniqueOrThrow({
    where: { id },
    select: { scenarioVersionId: true, events: { select: { number: true, kind: true, detail: true } } },
  });
  const events = row.events.map(({ number, kind, detail }) => ({
    ...{ number, kind: kind as EventKind, detail: detail as Detail },
  }));
  const missing = missingSteps(walkedSteps(events, row.scenarioVersionId !== null));
  if (missing.length > 0) throw new Refused("rehearsal.run.refused.missing", undefined, { count: missing.length });
}

/** Everything a rehearsal left, in the caller's transaction. */
export async function destroyAll(
  tx: Tx,
  { organizationId }: Pick<Actor, "organizationId">,
  id: string,
  now: Date,
): Promise<{ sessions: number; messages: number; rings: string }> {
  const left = await tx.consultSession.findMany({
    where: { rehearsalId: id },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  if (left.length === 0) return { sessions: 0, messages: 0, rings: "" };
  const gone = await destroySessions(
    tx,
    organizationId,
    id,
    left.map((one) => one.id),
    now,
  );
  await tx.rehearsal.update({ where: { id }, data: { destroyedAt: now } });
  return { sessions: gone.sessions, messages: gone.messages, rings: gone.rings.join(" ") };
}
