// What was said, for somebody with an open look: decrypted here, masked here unless the look was unmasked. What is masked leaves no trace.
import { openAttachment, openMessages, openSessionKeys, openUserKey } from "@/lib/archive/seal";
import type { PersonActor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { NotFound } from "@/lib/errors";
import { isOpenLook } from "../rules/looks";
import { maskPieces, type Piece } from "../rules/masking";
import { saidIn } from "../rules/said";
import type { Json } from "../schema";

export type FileLine = {
  id: string;
  kind: string;
  name: Piece[];
  bytes: number | null;
  /** waiting | kept | not-kept | destroyed */
  state: string;
  reason: string;
};
export type SaidLine = {
  id: string;
  at: Date;
  /** in | out | note */
  direction: string;
  kind: string;
  texts: Piece[][];
  buttons: Piece[][];
  files: FileLine[];
  /** Files that it names and of which nothing is kept, nor any word. */
  unlisted: number;
  /** Of a note: codes that the dealer reported, who forwarded it. */
  facts: { [name: string]: string };
};
export type Conversation = {
  userKey: string;
  lines: SaidLine[];
  /** Id after which the next page begins, null on the last one. */
  next: string | null;
  masked: boolean;
};

export const conversationPageSize = 200;

/**
 * A page of a consultation's content.
 * @param lookId the caller's own open look
 * @returns null when the key is gone: nothing can be read any more
 * @throws NotFound when there is no such consultation, or the look is not open to the caller
 */
export function readConversation(
  actor: PersonActor,
  place: { sessionId: string; lookId: string; after?: bigint | undefined },
  now: Date,
): Promise<Conversation | null> {
  return read(actor, "transcript:read", async (tx) => {
    const { sessionId, lookId, after } = place;
    const look = await tx.look.findFirst({ where: { id: lookId, sessionId } });
    if (!look || !isOpenLook(look, actor, now)) throw new NotFound();
    const session = await tx.consultSession.findFirst({
      where: { id: sessionId },
      select: { id: true, organizationId: true, shelf: true, userSealed: true },
    });
    if (!session) throw new NotFound();
    const key = (await openSessionKeys(tx, actor.organizationId, [sessionId])).get(sessionId);
    if (!key) return null;
    const masked = look.unmaskedAt === null;
    const show = (text: string): Piece[] => (masked ? maskPieces(text) : [{ text, kind: null }]);
    const page = { ...(after === undefined ? {} : { after }), take: conversationPageSize + 1 };
    const messages = await openMessages(tx, session, key, page);
    const more = messages.length > conversationPageSize;
    const items = messages.slice(0, conversationPageSize);
    const files = await filesOf(
      tx,
      key,
      sessionId,
      items.map(({ id }) => id),
      show,
    );
    const lines = items.map(({ id, direction, kind, at, content }): SaidLine => {
      const said = saidIn(content);
      const own = files.get(id) ?? [];
      return {
        ...{ id: String(id), at, direction, kind, facts: direction === "note" ? noteFacts(content, show) : {} },
        texts: direction === "note" && kind !== "forwarded" ? [] : said.texts.map(show),
        ...{ buttons: said.buttons.map(show), files: own, unlisted: Math.max(0, said.files - own.length) },
      };
    });
    const last = items.at(-1);
    return {
      userKey: openUserKey(key, sessionId, session.userSealed),
      ...{ lines, masked, next: more && last ? String(last.id) : null },
    };
  });
}

async function filesOf(
  tx: Tx,
  key: Buffer,
  sessionId: string,
  messageIds: bigint[],
  show: (text: string) => Piece[],
): Promise<Map<bigint, FileLine[]>> {
  const rows = await tx.attachment.findMany({
    where: { sessionId, messageId: { in: messageIds } },
    orderBy: [{ messageId: "asc" }, { position: "asc" }],
  });
  const files = new Map<bigint, FileLine[]>();
  for (const { id, messageId, kind, sealed, bytes, state, reason } of rows) {
    const { name } = openAttachment(key, id, sealed);
    const line = { id, kind, name: show(name), bytes: bytes === null ? null : Number(bytes), state, reason };
    files.set(messageId, [...(files.get(messageId) ?? []), line]);
  }
  return files;
}

/** Codes of a note as one text each; what was nested is left out. */
function noteFacts(content: Json, show: (text: string) => Piece[]): { [name: string]: string } {
  if (content === null || typeof content !== "object" || Array.isArray(content)) return {};
  const inner = content.reference;
  const reference = inner !== null && typeof inner === "object" && !Array.isArray(inner) ? inner : {};
  const told = Object.entries({ ...reference, ...content }).filter(
    (entry): entry is [string, string | number] => typeof entry[1] === "string" || typeof entry[1] === "number",
  );
  return Object.fromEntries(
    told
      .filter(([name, value]) => name !== "text" && String(value) !== "")
      .map(([name, value]) => [
        name,
        show(String(value))
          .map(({ text }) => text)
          .join(""),
      ]),
  );
}
