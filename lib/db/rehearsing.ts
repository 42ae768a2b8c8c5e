import type { Tx } from "./client";

/**
 * From here on the transaction sees what was rehearsed as well (policy rehearsals_apart). Without it nothing of a rehearsal is seen or counted,
 * whatever a query forgets to say.
 */
export async function rehearsing(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT set_config('damso.rehearsal', 'on', true)`;
}
