import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import { fromDay } from "@/lib/day-column";
import { Conflict, NotFound, Refused } from "@/lib/errors";
import { printState } from "../rules/prints";
import type { OpenPrint, RecordRun } from "../schema/prints";

type Found = { id: string; mode: string; retired: boolean; ended: boolean; qr: number | null; run: number };

/**
 * Orders a paper of many codes; it is drawn by itself. Each place gets its next run number, which stands on the print.
 * @throws NotFound when a place is not ours; Refused when one cannot be printed: direct, retired, or its channel has ended
 */
export function openPrint(actor: Actor, input: OpenPrint): Promise<string> {
  return change(actor, "placement:edit", async (tx, record) => {
    const { organizationId, personId } = personOf(actor);
    const ids = [...new Set(input.placementId)];
    // Two orders at once number their runs one after the other.
    await tx.$queryRaw`SELECT 1 FROM placements WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
    const found = await tx.$queryRaw<Found[]>`
      SELECT p.id, p.mode, r.placement_id IS NOT NULL AS retired, e.ends_on IS NOT NULL AND e.ends_on < ${kstDay(new Date())}::date AS ended,
        (SELECT max(q.number) FROM placement_qrs q WHERE q.placement_id = p.id) AS qr,
        greatest((SELECT max(i.run_number) FROM print_batch_items i WHERE i.placement_id = p.id),
          (SELECT max(n.number) FROM print_runs n WHERE n.placement_id = p.id), 0) AS run
      FROM placements p LEFT JOIN placement_retirements r ON r.placement_id = p.id LEFT JOIN channel_last_days e ON e.channel_id = p.channel_id
      WHERE p.id = ANY(${ids}::uuid[])`;
    if (found.length !== ids.length) throw new NotFound();
    if (found.some(({ retired, ended }) => retired || ended))
      throw new Refused("placements.prints.refused.over", "placementId");
    if (found.some(({ mode }) => mode === "direct"))
      throw new Refused("placements.prints.refused.direct", "placementId");
    const { id } = await tx.printBatch.create({
      data: { organizationId, personId, name: input.name, kind: input.kind, total: ids.length },
    });
    const byId = new Map(found.map((place) => [place.id, place]));
    await tx.printBatchItem.createMany({
      data: ids.map((placementId, at) => ({
        ...{ batchId: id, organizationId, placementId, place: at + 1 },
        qrNumber: byId.get(placementId)?.qr ?? null,
        runNumber: (byId.get(placementId)?.run ?? 0) + 1,
      })),
    });
    await record({
      action: "print.ordered",
      target: { kind: "print", id },
      body: { kind: input.kind, places: ids.length },
    });
    return id;
  });
}

/** Stops a paper that is not drawn yet. @throws NotFound, Refused when it is over */
export function cancelPrint(actor: Actor, { batchId }: { batchId: string }): Promise<void> {
  return change(actor, "placement:edit", async (tx, record) => {
    const batch = await lockPrint(tx, batchId);
    const state = printState({ ...batch, startedAt: batch.leaseUntil });
    if (state === "ready" || state === "canceled") throw new Refused("placements.prints.refused.finished");
    await tx.printBatch.update({ where: { id: batchId }, data: { canceledAt: new Date(), leaseUntil: null } });
    await record({ action: "print.canceled", target: { kind: "print", id: batchId } });
  });
}

/**
 * Writes down what was really printed: from then on each place has a run that a take-down must close (guide 3-4).
 * @throws NotFound, Refused when nothing is drawn yet or it was recorded before
 */
export function recordRun(actor: Actor, input: RecordRun): Promise<number> {
  return change(actor, "placement:edit", async (tx, record) => {
    const { organizationId, personId } = personOf(actor);
    const batch = await lockPrint(tx, input.batchId);
    if (batch.finishedAt === null) throw new Refused("placements.prints.refused.waiting");
    if (input.printedOn > kstDay(new Date())) throw new Refused("placements.prints.refused.future", "printedOn");
    if ((await tx.printRun.count({ where: { batchId: batch.id } })) > 0)
      throw new Refused("placements.prints.refused.recorded");
    const items = await tx.printBatchItem.findMany({ where: { batchId: batch.id }, orderBy: { place: "asc" } });
    const printedOn = fromDay(input.printedOn);
    if (printedOn === null) throw new Conflict();
    const { copies, note } = input;
    await tx.printRun.createMany({
      data: items.map(({ placementId, runNumber }) => ({
        ...{ organizationId, placementId, batchId: batch.id, number: runNumber, copies, printedOn, note, personId },
      })),
    });
    await record({
      action: "print.recorded",
      target: { kind: "print", id: batch.id },
      body: { places: items.length, copies, printedOn: input.printedOn },
    });
    return items.length;
  });
}

type Tx = Parameters<Parameters<typeof change>[2]>[0];

async function lockPrint(tx: Tx, id: string) {
  await tx.$queryRaw`SELECT 1 FROM print_batches WHERE id = ${id}::uuid FOR UPDATE`;
  const batch = await tx.printBatch.findUnique({ where: { id } });
  if (!batch) throw new NotFound();
  return batch;
}
