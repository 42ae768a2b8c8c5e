// Whether the work was right: everything there once, and one message in a hundred opened again.
import type pg from "pg";
import { openMessage, openSessionKey } from "@/lib/archive/seal";
import { plainSchema } from "./plain-client";
import type { Ready, Sent } from "./sent";

type Row = { sessionId: string; externalId: string; at: Date; sealed: Buffer; ring: string; wrapped: Buffer };

const sampled = <T>(all: readonly T[]) => all.filter((_, n) => n % 100 === 0);

/** Null when the product kept just what was sent, each message once. @param lap of the sessions' names */
export async function checkProduct(
  owner: pg.Client,
  organizationId: string,
  lap: string,
  sent: readonly Sent[],
): Promise<string | null> {
  const { rows } = await owner.query<{ n: string }>(
    `SELECT count(*) AS n FROM messages m JOIN consult_sessions s ON s.id = m.session_id AND s.shelf = m.shelf
     WHERE s.organization_id = $1 AND starts_with(s.external_id, $2)`,
    [organizationId, `${lap}.`],
  );
  if (Number(rows[0]?.n) !== sent.length) return `${rows[0]?.n} rows of ${sent.length}`;
  const some = sampled(sent);
  const found = await owner.query<Row>(
    `SELECT s.id AS "sessionId", s.external_id AS "externalId", m.at, m.sealed, k.ring, k.wrapped
     FROM unnest($2::text[], $3::timestamptz[]) AS g (external_id, at)
     JOIN consult_sessions s ON s.organization_id = $1 AND s.external_id = g.external_id
     JOIN session_keys k ON k.session_id = s.id
     JOIN messages m ON m.shelf = s.shelf AND m.session_id = s.id AND m.at = g.at`,
    [organizationId, some.map((one) => one.sessionId), some.map((one) => one.at)],
  );
  const texts = new Map(
    found.rows.map((row) => {
      const key = openSessionKey(organizationId, row.sessionId, row);
      const place = { sessionId: row.sessionId, direction: "in", kind: "text", at: row.at };
      return [`${row.externalId} ${row.at.getTime()}`, key && textOf(openMessage(key, place, row.sealed))];
    }),
  );
  const lost = some.filter((one) => texts.get(`${one.sessionId} ${one.at.getTime()}`) !== one.text).length;
  return lost === 0 ? null : `${lost} of ${some.length} do not open to what was sent`;
}

/** Null when rows that were sealed beforehand are there, each once, and open. */
export async function checkReady(
  owner: pg.Client,
  where: "messages" | "plain",
  key: Uint8Array,
  ready: readonly Ready[],
  sent: readonly Sent[],
): Promise<string | null> {
  const table = where === "plain" ? `${plainSchema}.messages` : "messages";
  const sessions = [...new Set(ready.map((row) => row.sessionId))];
  const { rows } = await owner.query<{ sessionId: string; at: Date; sealed: Buffer }>(
    `SELECT session_id AS "sessionId", at, sealed FROM ${table} WHERE session_id = ANY($1::uuid[]) ORDER BY at`,
    [sessions],
  );
  if (rows.length !== ready.length) return `${rows.length} rows of ${ready.length}`;
  const lost = sampled(sent.map((one, n) => [one, rows[n]] as const)).filter(([one, row]) => {
    if (!row) return true;
    return textOf(openMessage(key, { ...row, direction: "in", kind: "text" }, row.sealed)) !== one.text;
  }).length;
  return lost === 0 ? null : `${lost} do not open to what was sent`;
}

/** Null when the plain webhook's rows are there. */
export async function checkPlain(owner: pg.Client, sent: readonly Sent[]): Promise<string | null> {
  const { rows } = await owner.query<{ text: string }>(
    `SELECT convert_from(sealed, 'UTF8') AS text FROM ${plainSchema}.messages WHERE session_id = ANY($1::uuid[])
     AND at BETWEEN $2 AND $3`,
    [await plainIds(owner, sent), sent[0]?.at, sent.at(-1)?.at],
  );
  if (rows.length !== sent.length) return `${rows.length} rows of ${sent.length}`;
  const texts = new Set(rows.map(({ text }) => text));
  return sampled(sent).every(({ text }) => texts.has(text)) ? null : "not what was sent";
}

async function plainIds(owner: pg.Client, sent: readonly Sent[]): Promise<string[]> {
  const { rows } = await owner.query<{ id: string }>("SELECT DISTINCT md5(s)::uuid AS id FROM unnest($1::text[]) s", [
    sent.map((one) => one.sessionId),
  ]);
  return rows.map(({ id }) => id);
}

function textOf(content: unknown): unknown {
  return typeof content === "object" && content !== null && "text" in content ? content.text : null;
}
