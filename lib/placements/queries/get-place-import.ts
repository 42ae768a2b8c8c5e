import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { NotFound } from "@/lib/errors";
import { heldPlaceImport, placeListPatienceMs } from "../commands/import-places";
import type { PlaceFault, PlaceRow } from "../rules/place-list";

export type PlaceImportView = {
  id: string;
  /** Names beside the ids. */
  rows: (PlaceRow & { channelName: string; ownerName: string | null })[];
  faults: PlaceFault[];
  /** When it is thrown away. */
  until: Date;
};

/** A list of places before it is taken, or null. */
export async function getPlaceImport(actor: Actor, importId: string, now: Date): Promise<PlaceImportView | null> {
  if (!z.uuid().safeParse(importId).success) return null;
  try {
    return await read(actor, "placement:create", async (tx) => {
      const { rows, faults, at } = await heldPlaceImport(tx, importId, now);
      const channels = await tx.channel.findMany({ select: { id: true, name: true } });
      const owners = await tx.person.findMany({
        where: { id: { in: rows.flatMap(({ ownerId }) => (ownerId ? [ownerId] : [])) } },
        select: { id: true, name: true },
      });
      const named = (list: { id: string; name: string }[]) => new Map(list.map(({ id, name }) => [id, name]));
      const [channelNames, ownerNames] = [named(channels), named(owners)];
      return {
        id: importId,
        rows: rows.map((row) => ({
          ...row,
          channelName: channelNames.get(row.channelId) ?? "",
          ownerName: ownerNames.get(row.ownerId ?? "") ?? null,
        })),
        faults,
        until: new Date(at.getTime() + placeListPatienceMs),
      };
    });
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}
