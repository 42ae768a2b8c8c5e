// Whether the files kept as proof still are what was recorded: all of them for the operator, a stretch of them each night.
import { z } from "zod";
import type { Actor, JobActor } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { hashOf, logChanged, recordChanged } from "@/lib/evidence";
import { storedPath } from "@/lib/storage";

export type Difference = {
  fileId: string;
  /** Below DAMSO_FILES. */
  path: string;
  /** Hex SHA-256, recorded and found; null: there is no file. */
  expected: string;
  seen: string | null;
};

export type FilesVerified = {
  checked: number;
  bytes: number;
  differences: Difference[];
  /** Where the next stretch begins; null when the last file was reached. */
  next: string | null;
  milliseconds: number;
};

export type VerifyOptions = {
  /** Read these first, whatever the rest says. */
  again?: readonly string[];
  /** Files behind this id. */
  after?: string;
  /** Ends once so many bytes were read. */
  mostBytes?: number;
  onProgress?: (done: number, total: number) => void;
};

const pageSize = 500;
/** Differences that are recorded one by one and named in the summary; beyond them, their number. */
const mostNamed = 100;

/**
 * Reads kept files again and compares each with the SHA-256 of its row, one file at a time, in pages of 500 rows.
 * Each difference is recorded as `file.changed`, the whole as `file.verified`.
 * @throws Forbidden
 */
export async function verifyFiles(actor: Actor, options: VerifyOptions = {}): Promise<FilesVerified> {
  const started = performance.now();
  const again = options.again?.length ? await compare(actor, { ids: options.again }) : null;
  const stretch = await compare(actor, options);
  const differences = new Map(
    [...(again?.differences ?? []), ...stretch.differences].map((difference) => [difference.fileId, difference]),
  );
  const found: FilesVerified = {
    checked: stretch.checked + (again?.checked ?? 0),
    bytes: stretch.bytes + (again?.bytes ?? 0),
    differences: [...differences.values()],
    next: stretch.next,
    milliseconds: Math.round(performance.now() - started),
  };
  const named = found.differences.slice(0, mostNamed);
  await change(actor, "file:verify", async (_tx, record) => {
    await recordChanged(record, named);
    await record({
      action: "file.verified",
      target: { kind: "organization", id: actor.organizationId },
      body: {
        ...{ checked: found.checked, bytes: found.bytes, different: found.differences.length },
        ...{ files: named.map(({ fileId }) => fileId), next: found.next, milliseconds: found.milliseconds },
      },
    });
  });
  return found;
}

type Compared = Omit<FilesVerified, "milliseconds">;

async function compare(actor: Actor, options: VerifyOptions & { ids?: readonly string[] }): Promise<Compared> {
  const { ids, mostBytes = Number.POSITIVE_INFINITY, onProgress } = options;
  const among = ids ? { in: [...ids] } : {};
  const total = await read(actor, "file:verify", (tx) => tx.evidenceFile.count({ where: { id: among } }));
  const differences: Difference[] = [];
  let checked = 0;
  let bytes = 0;
  let after = options.after ?? "";
  for (;;) {
    const page = await read(actor, "file:verify", (tx) =>
      tx.evidenceFile.findMany({
        where: { id: { ...among, gt: after } },
        select: { id: true, sha256: true, bytes: true },
        orderBy: { id: "asc" },
        take: pageSize,
      }),
    );
    for (const { id, sha256, bytes: size } of page) {
      const seen = await hashOf(id);
      if (seen !== sha256) differences.push({ fileId: id, path: storedPath(id), expected: sha256, seen });
      checked += 1;
      bytes += Number(size);
      after = id;
      onProgress?.(checked, total);
      if (bytes >= mostBytes) return { checked, bytes, differences, next: id };
    }
    if (page.length < pageSize) return { checked, bytes, differences, next: null };
  }
}

const summarySchema = z.object({ files: z.array(z.string()), next: z.string().nullable() });

export type KnownDifferences = {
  /** Files found different by the newest verification, or at a download since. */
  files: string[];
  /** Where the newest verification stopped; null: at the last file. */
  next: string | null;
};

/** What the log knows of files that changed. */
export async function knownDifferences(tx: Tx): Promise<KnownDifferences> {
  const last = await tx.auditEvent.findFirst({
    where: { action: "file.verified", targetKind: "organization" },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    select: { at: true, body: true },
  });
  const since = await tx.auditEvent.findMany({
    where: { action: "file.changed", targetKind: "file", ...(last ? { at: { gt: last.at } } : {}) },
    select: { targetId: true },
    distinct: ["targetId"],
    take: mostNamed,
  });
  const summary = last ? summaryOf(last.body) : null;
  const files = new Set([...(summary?.files ?? []), ...since.map(({ targetId }) => targetId)]);
  return { files: [...files], next: summary?.next ?? null };
}

function summaryOf(body: string): z.infer<typeof summarySchema> | null {
  try {
    return summarySchema.parse(JSON.parse(body));
  } catch {
    // Not what we wrote: the verification of the log names the entry.
    return null;
  }
}

/** Read each night and organization: a few minutes of a disk. All files come round in turn. */
const nightlyBytes = 20 * 2 ** 30;

/** Compares the files again that were found different, and the next stretch of all. */
export async function verifyFilesNightly(actor: JobActor): Promise<string> {
  const { files, next } = await read(actor, "file:verify", knownDifferences);
  const found = await verifyFiles(actor, { again: files, after: next ?? "", mostBytes: nightlyBytes });
  const { checked, bytes, differences, milliseconds } = found;
  for (const difference of differences) logChanged(actor, difference);
  const rest = found.next === null ? "all done" : "to be continued";
  return `${differences.length === 0 ? "sound" : `${differences.length} different`}; ${checked} files, ${bytes} bytes, ${rest}, ${milliseconds} ms`;
}
