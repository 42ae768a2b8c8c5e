// Whether the files in the store still are what was recorded (evidence, papers, users' files and exports as they lie there, under their keys):
// all of them for the operator, a stretch of them each night. And whether every file there has a row.
import path from "node:path";
import { z } from "zod";
import type { Actor, JobActor } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { knownFileIds, organizationIds } from "@/lib/db/crossings";
import { logChanged, recordChanged, sumOf } from "@/lib/evidence";
import { log } from "@/lib/log";
import { fileStore, storedPath } from "@/lib/storage";
import { leftOverMs } from "@/lib/store-folders";

export type Difference = {
  fileId: string;
  /** Below DAMSO_FILES. */
  path: string;
  /** Hex SHA-256, recorded and found; null: there is no file. */
  expected: string;
  seen: string | null;
  /** Sizes, where they alone differ: then the row is wrong. */
  bytes?: { expected: number; seen: number };
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
  const total = onProgress ? await read(actor, "file:verify", (tx) => countFiles(tx)) : 0;
  const differences: Difference[] = [];
  let checked = 0;
  let bytes = 0;
  let after = options.after ?? "";
  for (;;) {
    const page = await read(actor, "file:verify", (tx) => (ids ? filesNamed(tx, ids, after) : filesAfter(tx, after)));
    for (const file of page) {
      const difference = await differenceOf(file);
      // A file may be destroyed or given up meanwhile: its row is gone before it is.
      const [still] = difference ? await read(actor, "file:verify", (tx) => filesNamed(tx, [file.id], "")) : [];
      if (difference && still) differences.push(difference);
      checked += 1;
      bytes += Number(file.bytes);
      after = file.id;
      onProgress?.(checked, total);
      if (bytes >= mostBytes) return { checked, bytes, differences, next: file.id };
    }
    if (page.length < pageSize) return { checked, bytes, differences, next: null };
  }
}

type Row = { id: string; sha256: string; bytes: bigint };

async function countFiles(tx: Tx): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM kept_files WHERE organization_id = damso_organization()`;
  return row?.count ?? 0;
}

function filesNamed(tx: Tx, ids: readonly string[], after: string): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    SELECT id, sha256, bytes FROM kept_files WHERE organization_id = damso_organization() AND id = ANY(${[...ids]}::text[]) AND id > ${after}
    ORDER BY id LIMIT ${pageSize}`;
}

/** As kept_files says it; a limit in each part, so that a page reads a page and not every file behind it. */
function filesAfter(tx: Tx, after: string): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    SELECT id, sha256, bytes FROM (
      (SELECT id, sha256, bytes FROM evidence_files WHERE organization_id = damso_organization() AND id > ${after} ORDER BY id LIMIT ${pageSize})
      UNION ALL (SELECT file_id, sha256, bytes FROM attachments WHERE organization_id = damso_organization() AND state = 'kept' AND file_id > ${after}
        ORDER BY file_id LIMIT ${pageSize})
      UNION ALL (SELECT file_id, sha256, bytes FROM transcript_exports WHERE organization_id = damso_organization() AND gone_at IS NULL
        AND file_id IS NOT NULL AND file_id > ${after} ORDER BY file_id LIMIT ${pageSize})) f
    ORDER BY id LIMIT ${pageSize}`;
}

async function differenceOf({ id, sha256, bytes }: Row): Promise<Difference | null> {
  const seen = await sumOf(id);
  const size = Number(bytes);
  if (seen?.sha256 === sha256 && seen.bytes === size) return null;
  const difference = { fileId: id, path: storedPath(id), expected: sha256, seen: seen?.sha256 ?? null };
  return seen?.sha256 === sha256 ? { ...difference, bytes: { expected: size, seen: seen.bytes } } : difference;
}

/** Paths below DAMSO_FILES that no row of any organization knows, beyond half an hour old: what is younger is being received. */
export async function strayFiles(now: Date): Promise<string[]> {
  const strays: string[] = [];
  for await (const names of fileStore().names(new Date(now.getTime() - leftOverMs))) {
    for (let from = 0; from < names.length; from += pageSize) {
      const page = names.slice(from, from + pageSize);
      const known = new Set(await knownFileIds(page.map((name) => path.basename(name))));
      strays.push(...page.filter((name) => !known.has(path.basename(name)) || !isAtHome(name)));
    }
  }
  return strays;
}

function isAtHome(name: string): boolean {
  const id = path.basename(name);
  return /^[A-Za-z0-9_-]{22,64}$/.test(id) && name === storedPath(id);
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

/** Compares the files again that were found different, and the next stretch of all. Strays are nobody's: the first organization looks for them. */
export async function verifyFilesNightly(actor: JobActor, now: Date): Promise<string> {
  const { files, next } = await read(actor, "file:verify", knownDifferences);
  const found = await verifyFiles(actor, { again: files, after: next ?? "", mostBytes: nightlyBytes });
  const { checked, bytes, differences, milliseconds } = found;
  for (const difference of differences) logChanged(actor, difference);
  const rest = found.next === null ? "all done" : "to be continued";
  const strays = (await organizationIds())[0] === actor.organizationId ? await strayFiles(now) : [];
  if (strays.length > 0) log("error", "file.strays", { count: strays.length, paths: strays.slice(0, mostNamed) });
  const said = strays.length > 0 ? `${strays.length} without a row; ` : "";
  return `${said}${differences.length === 0 ? "sound" : `${differences.length} different`}; ${checked} files, ${bytes} bytes, ${rest}, ${milliseconds} ms`;
}
