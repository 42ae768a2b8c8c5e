import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { NotFound } from "@/lib/errors";
import { heldImport, knownRows, listPatienceMs } from "../commands/import-blocks";
import { openBlockList } from "../commands/seal-block";
import type { BlockFault, BlockRow } from "../rules/block-list";

export type BlockImportView = {
  id: string;
  /** Lines that would be saved. */
  rows: BlockRow[];
  /** How many lines are on the list already. */
  there: number;
  faults: BlockFault[];
  /** When it is thrown away. */
  until: Date;
};

/** An uploaded list before it is saved, or null. */
export async function getBlockImport(
  actor: Actor,
  channelId: string,
  importId: string,
  now: Date,
): Promise<BlockImportView | null> {
  if (!z.uuid().safeParse(channelId).success || !z.uuid().safeParse(importId).success) return null;
  try {
    return await read(actor, "block:edit", async (tx) => {
      const kept = await heldImport(tx, { channelId, importId }, now);
      const { rows, faults } = openBlockList(kept.sealed);
      const known = await knownRows(tx, actor.organizationId, channelId, rows);
      const fresh = rows.filter((_, place) => !known[place]);
      const until = new Date(kept.at.getTime() + listPatienceMs);
      return { id: importId, rows: fresh, there: rows.length - fresh.length, faults, until };
    });
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}
