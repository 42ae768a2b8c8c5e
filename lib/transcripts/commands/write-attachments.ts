// The files of messages: rows that say where each lay, sealed with its name under the session's key. They are fetched apart.
import { randomUUID } from "node:crypto";
import { sealAttachment } from "@/lib/archive/seal";
import type { Tx } from "@/lib/db/client";
import { type SentFile, sentFiles } from "../rules/sent-files";
import type { ConsultEvent } from "../schema";

/** A message on its way in, with the files that it brings. */
export type Bringing = { sessionId: string; at: Date; key: Buffer; files: readonly SentFile[] };

/** What a message brings; null for one without files. */
export function bringing(sessionId: string, key: Buffer, event: ConsultEvent): Bringing | null {
  const files = sentFiles(event);
  return files.length === 0 ? null : { sessionId, at: event.at, key, files };
}

/** Ids for all messages of a batch in their order when one of them brings files; else none: the table numbers them itself. */
export async function numberMessages(tx: Tx, rows: readonly (Bringing | null)[]): Promise<(string | null)[]> {
  if (rows.every((row) => row === null)) return rows.map(() => null);
  const numbers = await tx.$queryRaw<{ id: bigint }[]>`
    SELECT nextval(pg_get_serial_sequence('messages', 'id')) AS id FROM generate_series(1, ${rows.length}::int)`;
  return numbers.map(({ id }) => String(id));
}

/** Writes the files of a batch. @param ids of `numberMessages` */
export async function writeAttachments(
  tx: Tx,
  organizationId: string,
  rows: readonly (Bringing | null)[],
  ids: readonly (string | null)[],
  receivedAt: Date,
): Promise<void> {
  const files = rows.flatMap((row, index) => (row ? filesOf(row, ids[index] ?? null) : []));
  if (files.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO attachments (id, organization_id, session_id, message_id, position, kind, host, sealed, at, received_at, next_try_at)
    SELECT id, ${organizationId}::uuid, session_id, message_id, position, kind, host, decode(sealed, 'hex'), at, ${receivedAt}, ${receivedAt}
    FROM unnest(${files.map((f) => f.id)}::uuid[], ${files.map((f) => f.sessionId)}::uuid[], ${files.map((f) => f.messageId)}::bigint[],
      ${files.map((f) => f.position)}::int[], ${files.map((f) => f.kind)}::text[], ${files.map((f) => f.host)}::text[],
      ${files.map((f) => f.sealed)}::text[], ${files.map((f) => f.at)}::timestamptz[])
      AS f (id, session_id, message_id, position, kind, host, sealed, at)`;
}

function filesOf({ sessionId, at, key, files }: Bringing, messageId: string | null) {
  return files.map(({ kind, host, url, name }, position) => {
    const id = randomUUID();
    const sealed = Buffer.from(sealAttachment(key, id, { url, name })).toString("hex");
    return { id, sessionId, messageId, position, kind, host, sealed, at };
  });
}
