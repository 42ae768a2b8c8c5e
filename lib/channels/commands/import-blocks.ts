import { readFile } from "node:fs/promises";
import { z } from "zod";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change, ingest, read } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import { type CsvLine, CsvRefused, csvText, readCsv } from "@/lib/csv-reader";
import type { Tx } from "@/lib/db/client";
import { organizationIds } from "@/lib/db/crossings";
import { NotFound, Refused } from "@/lib/errors";
import { receiveUpload } from "@/lib/upload";
import { type BlockRow, mostBlockRows, readBlockList } from "../rules/block-list";
import type { BlockImportRef } from "../schema/blocks";
import { lockChannel } from "./channel-lock";
import { labelHandle, openBlockList, sealBlock } from "./seal-block";

/** 2 MB: five thousand lines with reasons. */
export const mostListBytes = 2 * 2 ** 20;
/** How long a list waits for its saving. */
export const listPatienceMs = 3_600_000;

/**
 * Reads an uploaded list and keeps it, sealed, for its preview; nothing is on the block list yet. The file itself is not kept.
 * @param patience see receiveUpload
 * @returns the id of the preview
 * @throws NotFound, Forbidden, UploadRefused, Refused when it is no list
 */
export async function receiveBlockList(
  actor: Actor,
  channelId: string,
  request: Request,
  patience: number,
): Promise<string> {
  const { file } = await receiveUpload(request, {
    most: mostListBytes,
    patience,
    begin: () =>
      read(actor, "block:edit", async (tx) => {
        if (!z.uuid().safeParse(channelId).success) throw new NotFound();
        if ((await tx.channel.count({ where: { id: channelId } })) === 0) throw new NotFound();
      }),
  });
  const { draft } = file;
  try {
    const now = new Date();
    const list = readBlockList(linesOf(await readFile(draft.path)), kstDay(now));
    return await change(actor, "block:edit", async (tx, record) => {
      await lockChannel(tx, channelId);
      const { personId } = personOf(actor);
      await tx.blockImport.deleteMany({ where: { channelId, personId } });
      const { id } = await tx.blockImport.create({
        data: {
          ...{ organizationId: actor.organizationId, channelId, personId, at: now, sha256: draft.sha256 },
          sealed: sealBlock("list", JSON.stringify(list)),
        },
        select: { id: true },
      });
      await record({
        action: "block.list-read",
        target: { kind: "channel", id: channelId },
        body: { import: id, rows: list.rows.length, faults: list.faults.length, sha256: draft.sha256 },
      });
      return id;
    });
  } finally {
    await draft.discard();
  }
}

function linesOf(bytes: Uint8Array): CsvLine[] {
  try {
    return readCsv(csvText(bytes), mostBlockRows + 1);
  } catch (error) {
    if (error instanceof CsvRefused) {
      throw new Refused(`channels.blocks.file.${error.code}`, "file", { line: error.line, most: mostBlockRows });
    }
    throw error;
  }
}

/**
 * Saves the previewed lines that are not on the list yet, all at once. @returns how many were saved and how many were there already
 * @throws NotFound when the preview was saved or discarded before, or is older than an hour
 */
export async function saveBlockImport(
  actor: Actor,
  { channelId, importId }: BlockImportRef,
): Promise<{ saved: number; there: number }> {
  return change(actor, "block:edit", async (tx, record) => {
    await lockChannel(tx, channelId);
    const now = new Date();
    const kept = await heldImport(tx, { channelId, importId }, now);
    const { rows } = openBlockList(kept.sealed);
    const known = await knownRows(tx, actor.organizationId, channelId, rows);
    const fresh = rows.filter((_, place) => !known[place]);
    if (fresh.length === 0) throw new Refused("channels.blocks.refused.nothingNew");
    await insertRows(tx, actor, channelId, fresh, now);
    await tx.blockImport.delete({ where: { id: importId } });
    const counts = { saved: fresh.length, there: rows.length - fresh.length };
    await record({
      action: "block.imported",
      target: { kind: "channel", id: channelId },
      body: { import: importId, ...counts, sha256: kept.sha256 },
    });
    return counts;
  });
}

/** Throws the previewed list away. @throws NotFound */
export async function discardBlockImport(actor: Actor, { channelId, importId }: BlockImportRef): Promise<void> {
  await change(actor, "block:edit", async (tx, record) => {
    await lockChannel(tx, channelId);
    await heldImport(tx, { channelId, importId }, new Date());
    await tx.blockImport.delete({ where: { id: importId } });
    await record({
      action: "block.list-discarded",
      target: { kind: "channel", id: channelId },
      body: { import: importId },
    });
  });
}

/** Throws away what nobody saved within the hour. Safe twice at once. */
export async function sweepBlockImports(now: Date): Promise<void> {
  const before = new Date(now.getTime() - listPatienceMs);
  for (const organizationId of await organizationIds()) {
    await ingest({ kind: "job", name: "sweep-block-lists", organizationId }, "job:run", (tx) =>
      tx.blockImport.deleteMany({ where: { at: { lt: before } } }),
    );
  }
}

/** A preview of the last hour: whoever may edit the list may save it. @throws NotFound */
export async function heldImport(
  tx: Tx,
  { channelId, importId }: BlockImportRef,
  now: Date,
): Promise<{ sealed: Uint8Array; sha256: string; at: Date }> {
  const kept = await tx.blockImport.findFirst({
    where: { id: importId, channelId, at: { gte: new Date(now.getTime() - listPatienceMs) } },
  });
  if (!kept) throw new NotFound();
  return kept;
}

/** Which of the rows are on the list already: the same name, blocked on the same day. One query. */
export async function knownRows(
  tx: Tx,
  organizationId: string,
  channelId: string,
  rows: readonly Pick<BlockRow, "label" | "blockedOn">[],
): Promise<boolean[]> {
  const handles = rows.map(({ label }) => hex(labelHandle(organizationId, channelId, label)));
  const found = await tx.$queryRaw<{ handle: string; day: string | null }[]>`
    SELECT DISTINCT encode(label_handle, 'hex') AS handle, blocked_on::text AS day FROM blocked_users
    WHERE channel_id = ${channelId}::uuid AND label_handle IN (SELECT decode(h, 'hex') FROM unnest(${handles}::text[]) AS h)`;
  const known = new Set(found.map(({ handle, day }) => `${handle} ${day}`));
  return rows.map(({ blockedOn }, place) => known.has(`${handles[place]} ${blockedOn}`));
}

/** The file's order is the list's: each line is a millisecond older than the one before. */
async function insertRows(
  tx: Tx,
  actor: Actor,
  channelId: string,
  rows: readonly BlockRow[],
  now: Date,
): Promise<void> {
  const { organizationId } = actor;
  await tx.$executeRaw`
    INSERT INTO blocked_users (organization_id, channel_id, label_sealed, label_handle, reason, blocked_on, person_id, created_at)
    SELECT ${organizationId}::uuid, ${channelId}::uuid, decode(r.sealed, 'hex'), decode(r.handle, 'hex'), r.reason, r.day::date,
      ${personOf(actor).personId}::uuid, ${now}::timestamptz - r.place * interval '1 millisecond'
    FROM unnest(${rows.map(({ label }) => hex(sealBlock("label", label)))}::text[],
      ${rows.map(({ label }) => hex(labelHandle(organizationId, channelId, label)))}::text[],
      ${rows.map(({ reason }) => reason)}::text[], ${rows.map(({ blockedOn }) => blockedOn)}::text[])
      WITH ORDINALITY AS r (sealed, handle, reason, day, place)`;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
