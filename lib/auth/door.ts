// The one door to the data: authorize, open a transaction, set the organization. Nothing else opens one.
import { z } from "zod";
import { type AuditEntry, recordEvent } from "@/lib/audit/record";
import { noteLateTransaction } from "@/lib/db/away";
import { database, type Tx } from "@/lib/db/client";
import { type Opening, openingWith } from "@/lib/db/opening";
import { Forbidden } from "@/lib/errors";
import { log } from "@/lib/log";
import { type Actor, actorReference } from "./actor";
import { authorize } from "./authorize";
import { holdLease } from "./lease";
import type { Permission } from "./permissions";

/** Writes one audit entry into the change's own transaction. */
export type Record = (entry: AuditEntry) => Promise<void>;

/**
 * Reads inside a read-only transaction that sees the actor's organization alone.
 * @throws Forbidden when the permissions table does not grant it; the refusal is recorded.
 */
export async function read<T>(actor: Actor, permission: Permission, fn: (tx: Tx) => Promise<T>): Promise<T> {
  await refuseUnlessGranted(actor, permission);
  return inTransaction(actor, true, fn);
}

/**
 * Changes data and records it: the change and its audit entries are one transaction.
 * @throws Forbidden when not granted; Error (rolled back) when `fn` recorded no event.
 */
export async function change<T>(
  actor: Actor,
  permission: Permission,
  fn: (tx: Tx, record: Record) => Promise<T>,
): Promise<T> {
  await refuseUnlessGranted(actor, permission);
  return inTransaction(actor, false, async (tx) => {
    let recorded = 0;
    const result = await fn(tx, async (entry) => {
      await recordEvent(tx, actor, entry);
      recorded += 1;
    });
    if (recorded === 0) throw new Error(`A change under ${permission} recorded no event and was rolled back`);
    return result;
  });
}

/** Takes machines' facts in bulk (presses, dealer events): their rows are their own record. */
export async function ingest<T>(actor: Actor, permission: Permission, fn: (tx: Tx) => Promise<T>): Promise<T> {
  await refuseUnlessGranted(actor, permission);
  return inTransaction(actor, false, fn);
}

/** Transactions that lost a race with another (40001 serialization, 40P01 deadlock, P2034) are begun again. */
const tries = 3;
/** With the wait for a connection (5 s) below the ten seconds that a request may take. */
const requestLockMs = 4_000;

async function inTransaction<T>(actor: Actor, readOnly: boolean, fn: (tx: Tx) => Promise<T>): Promise<T> {
  const personId = "personId" in actor ? (actor.personId ?? "") : "";
  const lockMs = actor.kind === "job" || actor.kind === "operator" ? 0 : requestLockMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const settings: Opening = { organizationId: actor.organizationId, personId, readOnly, lockMs, begun: false };
      const work = async (tx: Tx) => {
        if (!settings.begun) throw new Error("The transaction began without its organization");
        if (!readOnly && actor.kind === "job" && actor.run) await holdLease(tx, actor.run);
        return fn(tx);
      };
      return await openingWith(settings, () => database().$transaction(work, { maxWait: 5_000, timeout: 30_000 }));
    } catch (error) {
      noteLateTransaction(error);
      if (attempt >= tries || !lostRace(error)) throw error;
    }
  }
}

/** P2034 after Prisma's own verbs; after raw SQL it is P2010, with what the server said inside. */
const rawRace = z.object({
  meta: z.object({
    driverAdapterError: z.object({ cause: z.object({ kind: z.literal("TransactionWriteConflict") }) }),
  }),
});

function lostRace(error: unknown): boolean {
  if (typeof error !== "object" || error === null || !("code" in error)) return false;
  return error.code === "P2034" || rawRace.safeParse(error).success;
}

async function refuseUnlessGranted(actor: Actor, permission: Permission): Promise<void> {
  try {
    authorize(actor, permission);
  } catch (error) {
    if (error instanceof Forbidden) {
      log("warn", "access.denied", { permission, actor: actorReference(actor).id, organization: actor.organizationId });
      await inTransaction(actor, false, (tx) =>
        recordEvent(tx, actor, {
          action: "access.denied",
          target: { kind: "permission", id: permission },
          result: "refused",
        }),
      );
    }
    throw error;
  }
}
