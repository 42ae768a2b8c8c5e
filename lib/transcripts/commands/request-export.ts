// Asking for an export (내보내기): what it takes is laid down at once, the file is made in the background.
import { randomBytes } from "node:crypto";
import { recordAccess } from "@/lib/archive/access";
import { canonicalJson } from "@/lib/audit/record";
import type { PersonActor } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { Refused } from "@/lib/errors";
import { seal } from "@/lib/seal";
import { Prisma } from "@/prisma/generated/client";
import { transcriptConditions } from "../queries/list-transcripts";
import { mostExported, passwordBytes, passwordOf } from "../rules/exports";
import type { ExportFilter, ExportFormat, RequestExport } from "../schema/exports";
import { recordedFilter } from "./recorded-filter";

/** Where a password lies until its file is made. */
export const passwordPlace = (exportId: string) => `transcript-export:${exportId}`;

/** How many consultations an export would take, and how many more that a law alone keeps (제21조 제3항). Counted up to `most` + 1. */
export function planExport(
  actor: PersonActor,
  filter: ExportFilter,
  now: Date,
): Promise<{ sessions: number; apart: number }> {
  return read(actor, "transcript:export", async (tx) => {
    const limit = mostExported.ndjson + 1;
    const [found] = await tx.$queryRaw<{ sessions: number; apart: number }[]>`
      SELECT count(*) FILTER (WHERE NOT apart)::int AS sessions, count(*) FILTER (WHERE apart)::int AS apart FROM (
        SELECT s.shelf LIKE 'law-%' AS apart FROM consult_sessions s LEFT JOIN placements p ON p.code = s.extra
        WHERE ${Prisma.join(transcriptConditions(filter, now), " AND ")} LIMIT ${limit}) found`;
    return found ?? { sessions: 0, apart: 0 };
  });
}

export type Requested = { exportId: string; password: string; sessions: number };

/**
 * Lays an export down: an access record for every data subject, one event, and the password of the file, which is told here once and
 * lies sealed until the file is made.
 * @throws Refused when the purpose does not reach it, when nothing is left to take, or when it is too much
 */
export async function requestExport(actor: PersonActor, input: RequestExport, now: Date): Promise<Requested> {
  const { format, unmasked, purposeId, reason, ...filter } = input;
  const password = passwordOf(randomBytes(passwordBytes));
  return change(actor, "transcript:export", async (tx, record) => {
    const purpose = await exportPurpose(tx, purposeId, unmasked);
    const sessions = await chosen(tx, filter, purpose.separated, format, now);
    const { organizationId, personId } = actor;
    const given = canonicalJson(recordedFilter(organizationId, filter));
    const { id: exportId } = await tx.transcriptExport.create({
      data: {
        ...{ organizationId, format, filter: given, masked: !unmasked, purposeId, reason, personId, at: now },
        planned: sessions.length,
      },
      select: { id: true },
    });
    const passwordSealed = seal(passwordPlace(exportId), password);
    await tx.transcriptExport.update({ where: { id: exportId }, data: { passwordSealed } });
    await tx.$executeRaw`INSERT INTO export_sessions (export_id, organization_id, session_id)
      SELECT ${exportId}::uuid, ${organizationId}::uuid, id FROM unnest(${sessions.map(({ id }) => id)}::uuid[]) AS id`;
    await recordAccess(
      tx,
      record,
      actor,
      {
        ...{ action: "export", sessions, purpose: purpose.name, reason },
        detail: { export: exportId, format, masked: !unmasked, filter: given },
      },
      { kind: "export", id: exportId },
    );
    return { exportId, password, sessions: sessions.length };
  });
}

export type ExportPurpose = { id: string; name: string; separated: boolean };

/** @throws Refused when it is no longer offered, or does not allow what was asked */
export async function exportPurpose(tx: Tx, purposeId: string, unmasked: boolean): Promise<ExportPurpose> {
  const purpose = await tx.viewPurpose.findFirst({ where: { id: purposeId, retiredAt: null } });
  if (!purpose) throw new Refused("transcripts.reading.purposeGone", "purposeId");
  if (unmasked && !purpose.unmask) throw new Refused("transcripts.reading.notUnmasked", "unmasked");
  return purpose;
}

/** What is there now: what is destroyed or erased from here on is left out, what comes later is not in it. */
export async function chosen(
  tx: Tx,
  filter: ExportFilter,
  separated: boolean,
  format: ExportFormat,
  now: Date,
): Promise<{ id: string; handle: Uint8Array }[]> {
  const most = mostExported[format];
  const where = transcriptConditions(filter, now);
  if (!separated) where.push(Prisma.sql`s.shelf NOT LIKE 'law-%'`);
  const sessions = await tx.$queryRaw<{ id: string; handle: Uint8Array }[]>`
    SELECT s.id, s.user_handle AS handle FROM consult_sessions s LEFT JOIN placements p ON p.code = s.extra
    WHERE ${Prisma.join(where, " AND ")} ORDER BY s.id LIMIT ${most + 1}`;
  if (sessions.length === 0) throw new Refused("transcripts.exports.nothing");
  if (sessions.length > most) throw new Refused("transcripts.exports.tooMany", "format", { most });
  return sessions;
}
