// Fetches the files that users and agents sent, from hosts that the administrator allowed, into the file store, encrypted on their way.
import type { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { makeFileKey, openAttachment, openSessionKeys } from "@/lib/archive/seal";
import { sealStream } from "@/lib/archive/streams";
import type { JobActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { organizationsWithFiles } from "@/lib/db/crossings";
import { mimeOf, tellingBytes } from "@/lib/file-mime";
import { fetchFile } from "@/lib/outbound";
import { type Draft, fileStore, newFileId } from "@/lib/storage";
import {
  isPlausible,
  leaseMs,
  mayComeLater,
  mostBytesOf,
  mostTries,
  type NotKeptReason,
  reasonOf,
  retryAt,
} from "../rules/file-keeping";

export type FilesKept = { kept: number; notKept: number; later: number };

const batch = 4;

/** Fetches what waits in any organization, each file by one process. A site that is down delays its own files alone. */
export async function keepFiles(now: Date): Promise<FilesKept> {
  const total: FilesKept = { kept: 0, notKept: 0, later: 0 };
  for (const organizationId of await organizationsWithFiles()) {
    const actor: JobActor = { kind: "job", name: "attachments", organizationId };
    for (;;) {
      const { files, refused, more } = await take(actor, now);
      total.notKept += refused;
      const outcomes = await Promise.allSettled(files.map((file) => keepFile(actor, file, now)));
      for (const outcome of outcomes) {
        if (outcome.status === "rejected") throw outcome.reason;
        total[outcome.value] += 1;
      }
      if (!more) break;
    }
  }
  return total;
}

type Waiting = { id: string; sessionId: string; kind: string; tries: number; url: string; key: Buffer };
type Candidate = {
  id: string;
  sessionId: string;
  kind: string;
  host: string;
  sealed: Uint8Array;
  tries: number;
  allowed: boolean;
  ring: string | null;
};

/** Takes the next files under a lease, with their keys; those that nobody may fetch are settled at once. */
function take(actor: JobActor, now: Date): Promise<{ files: Waiting[]; refused: number; more: boolean }> {
  return ingest(actor, "attachment:keep", async (tx) => {
    const { organizationId } = actor;
    // The session is held too: its keys are not wrapped anew meanwhile, and it is not destroyed.
    const found = await tx.$queryRaw<Candidate[]>`
      SELECT a.id, a.session_id AS "sessionId", a.kind, a.host, a.sealed, a.tries, k.ring,
        coalesce((SELECT h.allowed FROM attachment_hosts h WHERE h.organization_id = a.organization_id AND h.host = a.host), false) AS allowed
      FROM attachments a JOIN consult_sessions s ON s.id = a.session_id LEFT JOIN session_keys k ON k.session_id = a.session_id
      WHERE a.organization_id = ${organizationId}::uuid AND a.state = 'waiting' AND a.next_try_at <= ${now}
      ORDER BY a.next_try_at, a.id LIMIT ${batch}::int FOR UPDATE OF a SKIP LOCKED FOR SHARE OF s SKIP LOCKED`;
    const keys = await openSessionKeys(tx, organizationId, [...new Set(found.map(({ sessionId }) => sessionId))]);
    const files: Waiting[] = [];
    let refused = 0;
    for (const { sealed, host, allowed, ring, ...file } of found) {
      const sessionKey = keys.get(file.sessionId);
      const reason = refusal({ host, allowed, readable: Boolean(sessionKey && ring) });
      if (reason || !sessionKey || !ring) {
        await giveUp(tx, { id: file.id }, reason ?? "destroyed");
        refused += 1;
        continue;
      }
      // A key is for one stream of bytes: another try gets another.
      await tx.fileKey.deleteMany({ where: { attachmentId: file.id } });
      const key = await makeFileKey(tx, organizationId, file.id, ring);
      const { url } = openAttachment(sessionKey, file.id, sealed);
      files.push({ ...file, tries: file.tries + 1, url, key });
    }
    await tx.attachment.updateMany({
      where: { id: { in: files.map(({ id }) => id) } },
      data: { tries: { increment: 1 }, nextTryAt: new Date(now.getTime() + leaseMs) },
    });
    return { files, refused, more: found.length === batch };
  });
}

function refusal(file: { host: string; allowed: boolean; readable: boolean }): NotKeptReason | null {
  if (file.host === "") return "address";
  if (!file.allowed) return "host-not-allowed";
  return file.readable ? null : "destroyed";
}

async function keepFile(actor: JobActor, file: Waiting, now: Date): Promise<keyof FilesKept> {
  const fileId = newFileId();
  const most = mostBytesOf(file.kind);
  let start: Uint8Array = new Uint8Array();
  const store = (body: AsyncIterable<Uint8Array>) =>
    receiveSealed(
      noting(body, (seen) => {
        start = seen;
      }),
      sealStream(file.key, fileId),
      most + most / 8 + 65_536,
    );
  try {
    const fetched = await fetchFile(file.url, { most }, store);
    if (!fetched.ok) {
      const again = mayComeLater(fetched.failure) && file.tries < mostTries;
      await settle(actor, file, async (tx) => {
        if (again) await tx.attachment.updateMany({ where: mine(file), data: { nextTryAt: retryAt(file.tries, now) } });
        else await giveUp(tx, mine(file), reasonOf(fetched.failure));
      });
      return again ? "later" : "notKept";
    }
    const mime = await mimeOf(start);
    if (!isPlausible(file.kind, mime)) {
      await fetched.value.discard();
      await settle(actor, file, (tx) => giveUp(tx, mine(file), "wrong-kind"));
      return "notKept";
    }
    return await keep(actor, file, fileId, fetched.value, mime);
  } catch (error) {
    // Our own trouble, as a full disk: the file is not to blame, its tries do not count.
    await settle(actor, file, (tx) =>
      tx.attachment.updateMany({
        where: mine(file),
        data: { tries: file.tries - 1, nextTryAt: retryAt(2, now) },
      }),
    );
    throw error;
  }
}

/** Into the store through `seal`; done only when nothing of a failed one is left. */
async function receiveSealed(body: AsyncIterable<Uint8Array>, seal: Transform, most: number): Promise<Draft> {
  // What breaks the feeding breaks the reading too, and is thrown there.
  const feeding = pipeline(body, seal).catch(() => undefined);
  try {
    return await fileStore().receive(seal, most);
  } catch (error) {
    seal.destroy();
    await feeding;
    throw error;
  }
}

/** First the bytes, then their row: a file without a row is swept, a row without its file would be a loss. */
async function keep(
  actor: JobActor,
  file: Waiting,
  fileId: string,
  draft: Draft,
  mime: string,
): Promise<keyof FilesKept> {
  let taken = 0;
  try {
    await draft.keep(fileId);
    taken = await settle(actor, file, async (tx) => {
      const data = { state: "kept", reason: "", nextTryAt: null, fileId, mime, sha256: draft.sha256 };
      const changed = await tx.attachment.updateMany({
        where: mine(file),
        data: { ...data, bytes: BigInt(draft.bytes) },
      });
      return changed.count;
    });
  } finally {
    // Destroyed, or taken by another, while it was on its way.
    if (taken === 0) {
      await draft.discard();
      await fileStore().remove(fileId);
    }
  }
  return taken === 0 ? "notKept" : "kept";
}

/** Changes a file's row with its session held first, as whoever destroys or re-dates it does. */
function settle<T>(actor: JobActor, file: Waiting, work: (tx: Tx) => Promise<T>): Promise<T> {
  return ingest(actor, "attachment:keep", async (tx) => {
    await tx.$executeRaw`SELECT 1 FROM consult_sessions WHERE id = ${file.sessionId}::uuid FOR SHARE`;
    return work(tx);
  });
}

/** Still under this try: not destroyed, and not taken by another since. */
const mine = ({ id, tries }: Waiting) => ({ id, tries, state: "waiting" });

/** Its address stays with the message; the key that was made for it goes. */
async function giveUp(
  tx: Tx,
  which: { id: string; tries?: number; state?: string },
  reason: NotKeptReason,
): Promise<void> {
  const data = { state: "not-kept", reason, nextTryAt: null };
  const { count } = await tx.attachment.updateMany({ where: which, data });
  if (count > 0) await tx.fileKey.deleteMany({ where: { attachmentId: which.id } });
}

/** The body as it comes; its beginning is remembered. */
async function* noting(body: AsyncIterable<Uint8Array>, note: (start: Uint8Array) => void): AsyncGenerator<Uint8Array> {
  let start: Buffer = Buffer.alloc(0);
  for await (const chunk of body) {
    if (start.length < tellingBytes) {
      start = Buffer.concat([start, chunk.subarray(0, tellingBytes - start.length)]);
      note(start);
    }
    yield chunk;
  }
}
