// Where a page of the channel list begins or ends: what the list is ordered by, and the row's id.
import { z } from "zod";
import { placeCursor, readPlace } from "@/lib/keyset";
import { type ChannelSort, channelSorts } from "../schema";

/** `place` is text of the database: an instant, a name, a day or "infinity". */
export type Edge = { place: string; id: string };

const places: Readonly<Record<ChannelSort, z.ZodType<string>>> = {
  newest: z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/),
  name: z.string().max(100),
  "last-day": z.union([z.literal("infinity"), z.iso.date()]),
};
const edgeSchema = z.tuple([z.enum(channelSorts), z.string(), z.uuid()]);

export function edgeOf(sort: ChannelSort, { place, id }: Edge): string {
  return placeCursor([sort, place, id]);
}

/** A cursor that is not ours, or of another order, means the first page. */
export function edgeFrom(text: string | undefined, sort: ChannelSort): Edge | null {
  const found = readPlace(text, edgeSchema);
  if (!found) return null;
  const [order, place, id] = found;
  return order === sort && places[sort].safeParse(place).success && !place.includes("\0") ? { place, id } : null;
}
