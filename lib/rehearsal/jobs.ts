// Rehearsals that nobody goes on with end by themselves: what they left is destroyed.
import type { JobActor } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import { rehearsing } from "@/lib/db/rehearsing";
import { destroyAll } from "./commands/end-rehearsal";

/** After a week without a step. */
const idleMs = 7 * 86_400_000;

/** The daily job. @returns one line for the ledger */
export async function endAbandoned(actor: JobActor, now: Date): Promise<string> {
  const since = new Date(now.getTime() - idleMs);
  const left = await read(actor, "rehearsal:sweep", (tx) =>
    tx.rehearsal.findMany({
      where: { endedAt: null, at: { lt: since }, events: { none: { notedAt: { gte: since } } } },
      select: { id: true },
      orderBy: { at: "asc" },
      take: 500,
    }),
  );
  for (const { id } of left)
    await change(actor, "rehearsal:sweep", async (tx, record) => {
      await rehearsing(tx);
      await tx.$executeRaw`SELECT 1 FROM rehearsals WHERE id = ${id}::uuid FOR UPDATE`;
      const gone = await destroyAll(tx, actor, id, now);
      await tx.rehearsal.update({ where: { id }, data: { endedAt: now, outcome: "given-up" } });
      await record({
        action: "rehearsal.ended",
        target: { kind: "rehearsal", id },
        body: { outcome: "given-up", ...gone },
      });
    });
  return `${left.length} ended`;
}
