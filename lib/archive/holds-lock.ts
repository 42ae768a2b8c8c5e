// Holds and destruction never race: whoever places a hold waits for destructions under way, and they for it.
import type { Tx } from "@/lib/db/client";

/**
 * Taken until the transaction ends: `exclusive` by whoever places a hold, `shared` by a batch of a destruction, which asks for the
 * holds after it has it. A hold that was answered with success is therefore seen by every batch that begins later.
 */
export async function lockHolds(tx: Tx, organizationId: string, mode: "shared" | "exclusive"): Promise<void> {
  const name = `damso holds ${organizationId}`;
  await (mode === "shared"
    ? tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended(${name}, 0))`
    : tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}
