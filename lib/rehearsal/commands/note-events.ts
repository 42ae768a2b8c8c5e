import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { NotFound, Refused } from "@/lib/errors";
import type { Noted } from "../schema/rehearsal";
import type { Walk } from "../schema/walk";

/** The rehearsal, held until the transaction ends. @throws NotFound; Refused when it has ended */
export async function lockRehearsal(tx: Tx, id: string): Promise<{ offsetMs: number }> {
  if (!z.uuid().safeParse(id).success) throw new NotFound();
  const [row] = await tx.$queryRaw<{ offsetMs: number; over: boolean }[]>`
    SELECT offset_ms::float8 AS "offsetMs", ended_at IS NOT NULL AS over FROM rehearsals WHERE id = ${id}::uuid FOR UPDATE`;
  if (!row) throw new NotFound();
  if (row.over) throw new Refused("rehearsal.run.refused.over");
  return row;
}

/**
 * Notes what happened, in its order, and where the phone stands now. What was said is not among it.
 * @returns number of the last event @throws NotFound; Refused when it has ended
 */
export function noteEvents(
  actor: Actor,
  id: string,
  noted: readonly Noted[],
  walk: Walk | null,
  now: Date,
): Promise<number> {
  return change(actor, "rehearsal:run", async (tx, record) => {
    const { offsetMs } = await lockRehearsal(tx, id);
    if (walk) await tx.rehearsal.update({ where: { id }, data: { walk } });
    const last = await appendEvents(tx, actor, id, noted, { now, offsetMs });
    await record({
      action: "rehearsal.stepped",
      target: { kind: "rehearsal", id },
      body: { kinds: noted.map(({ kind }) => kind), last },
    });
    return last;
  });
}

export async function appendEvents(
  tx: Tx,
  actor: Actor,
  rehearsalId: string,
  noted: readonly Noted[],
  { now, offsetMs }: { now: Date; offsetMs: number },
): Promise<number> {
  const { organizationId } = actor;
  const personId = actor.kind === "person" ? actor.personId : null;
  const [last] = await tx.$queryRaw<{ number: number }[]>`
    SELECT coalesce(max(number), 0)::int AS number FROM rehearsal_events WHERE organization_id = ${organizationId}::uuid AND rehearsal_id = ${rehearsalId}::uuid`;
  const first = (last?.number ?? 0) + 1;
  const at = new Date(now.getTime() + offsetMs);
  if (noted.length === 0) return first - 1;
  await tx.rehearsalEvent.createMany({
    data: noted.map(({ kind, detail, picture }, place) => ({
      ...{ organizationId, rehearsalId, number: first + place, kind, at, detail, personId, notedAt: now },
      ...(picture ? { picture } : {}),
    })),
  });
  return first + noted.length - 1;
}

/** Moves the rehearsal's own time on. Nothing else has another clock. */
export function moveTime(actor: Actor, id: string, ms: number): Promise<void> {
  return change(actor, "rehearsal:run", async (tx, record) => {
    const { offsetMs } = await lockRehearsal(tx, id);
    await tx.rehearsal.update({ where: { id }, data: { offsetMs: BigInt(Math.round(offsetMs + ms)) } });
    await record({ action: "rehearsal.moved", target: { kind: "rehearsal", id }, body: { ms: Math.round(ms) } });
  });
}
