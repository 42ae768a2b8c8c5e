// A consultation that a change is about, locked; NotFound for another organization's, an unknown and a destroyed one alike.
import type { Tx } from "@/lib/db/client";
import { NotFound } from "@/lib/errors";

export type LockedTranscript = {
  id: string;
  handle: Uint8Array;
  shelf: string;
  openedAt: Date;
};

/** All of them, in one order for everybody. @throws NotFound when one is not there */
export async function lockTranscripts(tx: Tx, ids: readonly string[]): Promise<LockedTranscript[]> {
  const wanted = [...new Set(ids)];
  const rows = await tx.$queryRaw<LockedTranscript[]>`
    SELECT s.id, s.user_handle AS handle, s.shelf, s.opened_at AS "openedAt" FROM consult_sessions s
    WHERE s.organization_id = damso_organization() AND s.id = ANY(${wanted}::uuid[]) ORDER BY s.id FOR UPDATE`;
  if (rows.length !== wanted.length) throw new NotFound();
  return rows;
}

/** @throws NotFound when it is not there */
export async function lockTranscript(tx: Tx, id: string): Promise<LockedTranscript> {
  const [row] = await lockTranscripts(tx, [id]);
  if (!row) throw new NotFound();
  return row;
}
