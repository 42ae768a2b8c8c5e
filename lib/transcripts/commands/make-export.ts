// Makes the file of an export: taken by one maker at a time, made anew from the start when its maker died.
import type { JobActor } from "@/lib/auth/actor";
import { change, ingest, read } from "@/lib/auth/door";
import { errorFields, log } from "@/lib/log";
import { sentence } from "@/lib/messages";
import { unseal } from "@/lib/seal";
import { fileStore, newFileId } from "@/lib/storage";
import { encryptedZip } from "@/lib/zip-stream";
import { exportExpiry, exportLeaseSeconds, exportName, exportPatienceMs } from "../rules/exports";
import type { ExportFormat } from "../schema/exports";
import { exportBytes } from "./export-file";
import { type Counts, exportedParts } from "./export-source";
import { passwordPlace } from "./request-export";
import { endExport, lockExport } from "./revoke-export";

/** Bytes of an archive: far beyond what 50,000 consultations say. */
const mostBytes = 20 * 2 ** 30;
const permission = "transcript:write-export";

/** It was revoked meanwhile, or another maker has it. */
class NoLongerOurs extends Error {
  override readonly name = "NoLongerOurs";
}

type Taken = {
  id: string;
  format: ExportFormat;
  masked: boolean;
  purposeId: string;
  reason: string;
  at: Date;
  passwordSealed: Uint8Array;
  /** Says whose it is: nobody else writes the same moment. */
  leaseUntil: Date;
};

/** Makes the oldest export that waits. False: none does. */
export async function makeNextExport(actor: JobActor, now: Date): Promise<boolean> {
  const taken = await take(actor, now);
  if (!taken) return false;
  try {
    await make(actor, taken, now);
  } catch (error) {
    if (error instanceof NoLongerOurs) return true;
    log("error", "export.failed", { export: taken.id, organization: actor.organizationId, ...errorFields(error) });
    if (now.getTime() - taken.at.getTime() > exportPatienceMs) await giveUp(actor, taken.id);
  }
  return true;
}

/** Ends exports whose time is over. */
export async function expireExports(actor: JobActor, now: Date): Promise<number> {
  const over = await read(actor, permission, (tx) =>
    tx.transcriptExport.findMany({
      where: { goneAt: null, fileId: { not: null }, expiresAt: { lte: now } },
      select: { id: true },
      take: 100,
    }),
  );
  for (const { id } of over) {
    await change(actor, permission, async (tx, record) => {
      const found = await lockExport(tx, id);
      if (!found.goneAt) await endExport(tx, found, "expired", now);
      await record({ action: "transcript-export.expired", target: { kind: "export", id } });
    });
  }
  return over.length;
}

function take(actor: JobActor, now: Date): Promise<Taken | null> {
  return ingest(actor, permission, async (tx) => {
    const [taken] = await tx.$queryRaw<Taken[]>`
      UPDATE transcript_exports SET started_at = coalesce(started_at, ${now}), written = 0,
        lease_until = clock_timestamp() + make_interval(secs => ${exportLeaseSeconds}::float8)
      WHERE id = (SELECT id FROM transcript_exports WHERE organization_id = ${actor.organizationId}::uuid AND finished_at IS NULL
        AND gone_at IS NULL AND failure = '' AND password_sealed IS NOT NULL AND (lease_until IS NULL OR lease_until <= clock_timestamp())
        ORDER BY at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING id, format, masked, purpose_id AS "purposeId", reason, at, password_sealed AS "passwordSealed", lease_until AS "leaseUntil"`;
    return taken ?? null;
  });
}

async function make(actor: JobActor, taken: Taken, now: Date): Promise<void> {
  const { id, format, masked, reason } = taken;
  const lease = { until: taken.leaseUntil };
  let counts: Counts = { written: 0, seen: 0 };
  const progress = async (done: Counts) => {
    counts = done;
    lease.until = await goOn(actor, id, lease.until, done.written);
  };
  const reader = {
    ...({ actor, permission, masked } as const),
    ids: idsOf(id),
  };
  const { purpose, company } = await namesOf(actor, taken.purposeId);
  const say = (key: string, values?: Record<string, string | number>) =>
    sentence(`transcripts.exports.file.${key}`, "ko", values);
  const bytes = exportBytes(
    format,
    exportedParts(reader, progress),
    { company, purpose, reason, at: taken.at, masked },
    say,
  );
  const password = unseal(passwordPlace(id), taken.passwordSealed);
  const store = fileStore();
  const draft = await store.receive(encryptedZip(exportName(id, format).inner, password, bytes, taken.at), mostBytes);
  const fileId = newFileId();
  let kept = false;
  try {
    await change(actor, permission, async (tx, record) => {
      const found = await lockExport(tx, id);
      if (found.goneAt || found.leaseUntil?.getTime() !== lease.until.getTime()) throw new NoLongerOurs();
      // Whoever destroys one of these waits for us now, or we waited: lib/archive/destroy.ts takes it out of export_sessions.
      const [there] = await tx.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM (
        SELECT s.id FROM consult_sessions s JOIN export_sessions e ON e.session_id = s.id
        WHERE e.export_id = ${id}::uuid ORDER BY s.id FOR KEY SHARE OF s) held`;
      if (there?.count !== counts.seen) throw new Error("A consultation of the export was destroyed while it was made");
      if (!kept) await draft.keep(fileId);
      kept = true;
      const finishedAt = new Date();
      const left = found.planned - counts.written;
      const facts = {
        fileId,
        bytes: BigInt(draft.bytes),
        sha256: draft.sha256,
        finishedAt,
        expiresAt: exportExpiry(finishedAt),
      };
      await tx.transcriptExport.update({
        where: { id },
        data: { ...facts, written: counts.written, passwordSealed: null, leaseUntil: null },
      });
      const body = { format, sessions: counts.written, left, bytes: draft.bytes, sha256: draft.sha256 };
      await record({ action: "transcript-export.made", target: { kind: "export", id }, body });
    });
  } catch (error) {
    // A kept file may have its row after all, where only the answer was lost: the sweep of the store knows.
    if (!kept) await draft.discard();
    await giveBack(actor, id, lease.until);
    throw error;
  }
  log("info", "export.made", {
    export: id,
    organization: actor.organizationId,
    seconds: (Date.now() - now.getTime()) / 1_000,
  });
}

const idsOf =
  (exportId: string) =>
  async (tx: Parameters<Parameters<typeof read>[2]>[0], after: string, take: number): Promise<string[]> => {
    const rows = await tx.exportSession.findMany({
      where: { exportId, sessionId: { gt: after } },
      select: { sessionId: true },
      orderBy: { sessionId: "asc" },
      take,
    });
    return rows.map(({ sessionId }) => sessionId);
  };

function namesOf(actor: JobActor, purposeId: string): Promise<{ purpose: string; company: string }> {
  return read(actor, permission, async (tx) => {
    const purpose = await tx.viewPurpose.findFirst({ where: { id: purposeId }, select: { name: true } });
    const company = await tx.organization.findFirst({ where: { id: actor.organizationId }, select: { name: true } });
    return { purpose: purpose?.name ?? "", company: company?.name ?? "" };
  });
}

/** Says how far it is and keeps the lease. @throws NoLongerOurs */
function goOn(actor: JobActor, id: string, leaseUntil: Date, written: number): Promise<Date> {
  return ingest(actor, permission, async (tx) => {
    const [kept] = await tx.$queryRaw<{ leaseUntil: Date }[]>`
      UPDATE transcript_exports SET written = ${written}, lease_until = clock_timestamp() + make_interval(secs => ${exportLeaseSeconds}::float8)
      WHERE id = ${id}::uuid AND lease_until = ${leaseUntil} AND gone_at IS NULL RETURNING lease_until AS "leaseUntil"`;
    if (!kept) throw new NoLongerOurs();
    return kept.leaseUntil;
  });
}

/** What failed is tried again in a moment. */
function giveBack(actor: JobActor, id: string, leaseUntil: Date): Promise<number> {
  return ingest(
    actor,
    permission,
    (tx) => tx.$executeRaw`UPDATE transcript_exports SET lease_until = clock_timestamp() + interval '10 seconds'
      WHERE id = ${id}::uuid AND lease_until = ${leaseUntil}`,
  );
}

async function giveUp(actor: JobActor, id: string): Promise<void> {
  await change(actor, permission, async (tx, record) => {
    await tx.transcriptExport.update({
      where: { id },
      data: { failure: "failed", passwordSealed: null, leaseUntil: null },
    });
    await record({ action: "transcript-export.failed", target: { kind: "export", id } });
  });
}
