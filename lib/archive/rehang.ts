// Hangs keys on another ring: unwrapped here, wrapped anew; neither ever lies in the database in clear.
import type { Day } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import type { FileStanding } from "./reckon-files";
import type { Standing } from "./reckoning";
import { dueRing, provideRing, ringDay } from "./rings";
import { unwrapKey, wrapKey } from "./seal";

type Hanging = { id: string; ring: string; wrapped: Uint8Array };
type Move = Hanging & { to: string };

/** Puts the keys of sessions and their files on the rings that they belong on; those whose ring is lost stay where they are. */
export async function rehang(
  tx: Tx,
  organizationId: string,
  standings: readonly Standing[],
  files: readonly FileStanding[],
  today: Day,
): Promise<void> {
  const rings = new Map(standings.map(({ id, ring }) => [id, ring]));
  const sessionKeys = await tx.$queryRaw<Hanging[]>`
    SELECT session_id AS id, ring, wrapped FROM session_keys WHERE session_id = ANY(${[...rings.keys()]}::uuid[])`;
  const wrapped = await wrapAnew(tx, organizationId, "session", movesOf(sessionKeys, rings, today));
  if (wrapped.length > 0) {
    await tx.$executeRaw`
      UPDATE session_keys k SET ring = g.ring, wrapped = decode(g.wrapped, 'hex')
      FROM unnest(${wrapped.map(({ id }) => id)}::uuid[], ${wrapped.map(({ to }) => to)}::text[], ${wrapped.map(hexOf)}::text[]) AS g (id, ring, wrapped)
      WHERE k.session_id = g.id`;
  }
  if (files.length === 0) return;
  const fileRings = new Map(files.map((file) => [file.id, fileRing(file, rings.get(file.sessionId) ?? "", today)]));
  const fileKeys = await tx.$queryRaw<Hanging[]>`
    SELECT attachment_id AS id, ring, wrapped FROM file_keys WHERE attachment_id = ANY(${[...fileRings.keys()]}::uuid[])`;
  const fileMoves = await wrapAnew(tx, organizationId, "file", movesOf(fileKeys, fileRings, today));
  if (fileMoves.length === 0) return;
  await tx.$executeRaw`
    UPDATE file_keys k SET ring = g.ring, wrapped = decode(g.wrapped, 'hex')
    FROM unnest(${fileMoves.map(({ id }) => id)}::uuid[], ${fileMoves.map(({ to }) => to)}::text[], ${fileMoves.map(hexOf)}::text[]) AS g (id, ring, wrapped)
    WHERE k.attachment_id = g.id`;
}

/** A file hangs where its session does, or on its own earlier day; what is held is held whole. */
function fileRing({ dueOn }: FileStanding, sessionRing: string, today: Day): string {
  return dueOn === null || sessionRing.startsWith("held-") ? sessionRing : dueRing(dueOn, today);
}

/** What hangs elsewhere than it should. Undated and held keys stay on the ring they have; so does what is due already and hangs on a past day. */
function movesOf(keys: readonly Hanging[], rings: ReadonlyMap<string, string>, today: Day): Move[] {
  return keys.flatMap((key) => {
    const to = rings.get(key.id);
    if (!to || to === key.ring) return [];
    const sort = to.slice(0, to.indexOf("-") + 1);
    const stays =
      key.ring.startsWith(sort) && (sort !== "due-" || (ringDay(to) === today && ringDay(key.ring) < today));
    return stays ? [] : [{ ...key, to }];
  });
}

async function wrapAnew(
  tx: Tx,
  organizationId: string,
  of: "session" | "file",
  moves: readonly Move[],
): Promise<Move[]> {
  const rings = new Map<string, Buffer>();
  for (const name of [...new Set(moves.map(({ to }) => to))].sort())
    rings.set(name, await provideRing(tx, organizationId, name));
  return moves.flatMap((move) => {
    const ring = rings.get(move.to);
    const key = unwrapKey(organizationId, of, move.id, move);
    return ring && key ? [{ ...move, wrapped: wrapKey(ring, of, move.id, key) }] : [];
  });
}

const hexOf = ({ wrapped }: Move): string => Buffer.from(wrapped).toString("hex");
