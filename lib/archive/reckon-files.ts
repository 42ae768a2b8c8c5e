// The last days of files: where a file policy ends before the session's own.
import type { Day } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { type PolicyTerm, reckonFile } from "@/lib/retention/rules/reckon";
import type { Standing } from "./reckoning";

export type FileStanding = { id: string; sessionId: string; dueOn: Day | null };

/** Reckons the files of sessions that are locked. @returns each with its own last day, null where it goes with its session */
export async function reckonFiles(
  tx: Tx,
  organizationId: string,
  standings: readonly Standing[],
  terms: readonly PolicyTerm[],
  now: Date,
): Promise<FileStanding[]> {
  const rows = await tx.$queryRaw<{ id: string; sessionId: string; receivedAt: Date; dueOn: Day | null }[]>`
    SELECT id, session_id AS "sessionId", received_at AS "receivedAt", to_char(due_on, 'YYYY-MM-DD') AS "dueOn" FROM attachments
    WHERE organization_id = ${organizationId}::uuid AND session_id = ANY(${standings.map(({ id }) => id)}::uuid[]) AND state <> 'destroyed'`;
  if (rows.length === 0) return [];
  const sessions = new Map(standings.map((standing) => [standing.id, standing]));
  const files = rows.flatMap(({ id, sessionId, receivedAt, dueOn: before }) => {
    const standing = sessions.get(sessionId);
    if (!standing) return [];
    const sessionDueOn = standing.reckoned.dueOn;
    const dueOn = reckonFile(standing.before, receivedAt, sessionDueOn, terms, now);
    return [{ id, sessionId, before, dueOn: dueOn === sessionDueOn ? null : dueOn }];
  });
  const moved = files.filter(({ before, dueOn }) => before !== dueOn);
  if (moved.length > 0) {
    await tx.$executeRaw`
      UPDATE attachments a SET due_on = g.due_on FROM unnest(${moved.map(({ id }) => id)}::uuid[], ${moved.map(({ dueOn }) => dueOn)}::date[]) AS g (id, due_on)
      WHERE a.id = g.id`;
  }
  return files;
}
