import { createHash } from "node:crypto";
import type { Actor } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import { type Checkpoint, signCheckpoint } from "./checkpoint";
import type { AuditRow } from "./entry-sql";
import { countAuditEvents, exportAuditEvents } from "./queries";
import type { AuditValue } from "./record";
import type { AuditFilter } from "./schema";
import { sealOrganization } from "./sealer";
import { type Verification, verifyChain } from "./verify";

/** Verifies the actor's organization's chain and records what came of it. */
export async function verifyAudit(actor: Actor, options?: Parameters<typeof verifyChain>[1]): Promise<Verification> {
  const found = await verifyChain(actor, options);
  await change(actor, "audit:verify", (_, record) =>
    record({
      action: "audit.verified",
      target: { kind: "audit", id: actor.organizationId },
      body: { ...verdict(found), checkpoint: options?.checkpoint?.seq ?? null },
    }),
  );
  return found;
}

/** Takes the head of the chain for keeping outside, with everything committed so far in it. */
export async function takeCheckpoint(actor: Actor, now: Date): Promise<Checkpoint> {
  await sealOrganization(actor.organizationId);
  const [head] = await read(
    actor,
    "audit:export",
    (tx) => tx.$queryRaw<{ seq: bigint; hash: string }[]>`
      SELECT coalesce(h.seq, 0) AS seq, encode(coalesce(h.hash, damso_audit_root(${actor.organizationId}::uuid)), 'hex') AS hash
      FROM (SELECT 1) one LEFT JOIN audit_heads h ON h.organization_id = ${actor.organizationId}::uuid`,
  );
  if (!head) throw new Error("The audit log gave no answer");
  const seq = Number(head.seq);
  const point = { organization: actor.organizationId, seq, hash: head.hash, at: now.toISOString(), events: seq };
  await change(actor, "audit:export", (_, record) =>
    record({
      action: "audit.checkpointed",
      target: { kind: "audit", id: actor.organizationId },
      body: { seq, hash: head.hash },
    }),
  );
  return signCheckpoint(point);
}

/**
 * Records an export and hands out its entries, newest first, by pages.
 * @param now entries from before it are exported, so the export's own is not among them
 */
export async function exportAudit(
  actor: Actor,
  filter: AuditFilter,
  now: Date,
): Promise<{ count: number; pages: AsyncGenerator<AuditRow[]> }> {
  const count = await countAuditEvents(actor, filter, now);
  const conditions = createHash("sha256")
    .update(JSON.stringify(Object.entries(filter).sort()))
    .digest("hex");
  await change(actor, "audit:export", (_, record) =>
    record({
      action: "audit.exported",
      target: { kind: "audit", id: actor.organizationId },
      body: { count, filter: conditions, fields: Object.keys(filter).sort() },
    }),
  );
  return { count, pages: exportAuditEvents(actor, filter, now) };
}

/** What an entry keeps of a verification; `verdictSchema` reads it back. */
function verdict(found: Verification): { [key: string]: AuditValue } {
  const { sound, entries, seq, hash, unsealed, fault, milliseconds } = found;
  return { sound, entries, seq, hash, unsealed: unsealed.count, milliseconds, fault: fault && { ...fault } };
}
