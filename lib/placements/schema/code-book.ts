// Work on many places at once: lists, bulk edits, hand-overs, and codes read back into places.
import { z } from "zod";
import { line, note } from "@/lib/text";
import { type Medium, tagList } from "../schema";

export const placeImportSchema = z.object({ importId: z.uuid() });

/** At most this many places in one change: a page of the list is fifty. */
export const mostAtOnce = 200;

/** What is left empty stays as it is. */
export const editPlacesSchema = z.object({
  placementId: z.array(z.uuid()).min(1, "placements.bulk.choose").max(mostAtOnce),
  ownerId: z.uuid().nullable().default(null),
  campaign: line(60).nullable().default(null),
  noCampaign: z.boolean(),
  addTags: tagList,
  dropTags: tagList,
});
export type EditPlaces = z.infer<typeof editPlacesSchema>;

/** Everything that one person looks after goes to another. */
export const handOverPlacesSchema = z.object({
  fromId: z.uuid(),
  toId: z.uuid(),
  reason: note(300, 1),
});
export type HandOverPlaces = z.infer<typeof handOverPlacesSchema>;

/** Values of `extra` as a dealer's report has them, one a line; what stands behind a comma or tab is their count. */
export const decodeCodesSchema = z.object({ codes: note(90_000, 1) });

/** unknown: nobody's code. shape: Kakao would not carry it. case: the same letters in another case are a code of ours. */
export type Decoded = {
  value: string;
  /** As the report says, else how often it stands in the list. */
  count: number;
  place: { id: string; name: string; medium: Medium; channel: string; code: string; retired: boolean } | null;
  fault: "unknown" | "shape" | "case" | null;
};

/** What is wrong with the code book, by kind. */
export const findingKinds = ["orphan", "same-page", "same-spot", "over", "no-page", "silent"] as const;
export type FindingKind = (typeof findingKinds)[number];

export type PlaceFinding = {
  kind: FindingKind;
  id: string;
  name: string;
  code: string;
  channelName: string;
  ownerName: string | null;
  /** The page, the spot, or the day, after the kind. */
  about: string;
};

export const findingFiltersSchema = z.object({
  kind: z.enum(findingKinds).or(z.literal("")).catch("").default(""),
});

/** Somebody who looks after places, and whether they still belong to the company. */
export type Keeper = { id: string; name: string; places: number; active: boolean };

/** A place that was ticked in the list. */
export type Chosen = {
  id: string;
  name: string;
  code: string;
  channelName: string;
  ownerName: string | null;
  campaign: string;
  tags: string[];
};
