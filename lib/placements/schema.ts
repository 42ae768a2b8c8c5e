import { z } from "zod";
import type { Day } from "@/lib/clock";
import { paperDay } from "@/lib/text";

/** Where a button hangs: web page, mobile web page, app screen, print and other places without a screen, or a message with a BC button. */
export const media = ["web", "mobile_web", "app", "offline", "message"] as const;
export type Medium = (typeof media)[number];

/** redirect: through /b/ or /q/, can be switched off. direct: the consult URL itself is published. */
export const modes = ["redirect", "direct"] as const;
export type Mode = (typeof modes)[number];

/** What Kakao knows of a chatbot at the start (field-facts 2.1): consult, chatbot, or chatbot unless a session is open. */
export const bots = ["false", "true", "auto"] as const;

export const placementStates = ["live", "ending", "preparing", "ended", "retired"] as const;
export type PlacementState = (typeof placementStates)[number];

/** One line of text: trimmed, without control characters, NFC. Sentences of refusals: lib/form-data. */
const line = (longest: number) =>
  z
    .string()
    .transform((text) => text.normalize("NFC").trim())
    .refine(isPlainLine, { error: "errors.text" })
    .pipe(z.string().max(longest));
const filledLine = (longest: number) => line(longest).pipe(z.string().min(1));

/** What travels as `extra` (field-facts 2.1: longer values are silently cut). */
export const placementCodeSchema = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_]{1,50}$/, { error: "placements.codeShape" });

/** Words that several places share, typed with commas between them: at most ten, each once. */
export const tagList = line(250)
  .default("")
  .transform((text) => [
    ...new Set(
      text
        .split(",")
        .map((tag) => tag.trim().replace(/^#/, ""))
        .filter((tag) => tag !== ""),
    ),
  ])
  .pipe(z.array(z.string().max(20, { error: "placements.tagLong" })).max(10, { error: "placements.tagsMany" }));

const described = {
  name: filledLine(60),
  medium: z.enum(media),
  site: line(60).default(""),
  location: line(300).default(""),
  /** As typed; lib/placements/rules/page-url.ts reads it. */
  pageUrl: line(2000).default(""),
  campaign: line(60).default(""),
  tags: tagList,
  startsOn: paperDay.nullable().default(null),
  endsOn: paperDay.nullable().default(null),
  mode: z.enum(modes).default("redirect"),
  bot: z.enum(bots).nullable().default(null),
  /** Block event of the chatbot, at most 100 characters (field-facts 2.1). */
  event: filledLine(100).nullable().default(null),
};

export const createPlacementSchema = z.object({
  channelId: z.uuid(),
  ...described,
  /** Null: one is made. */
  code: placementCodeSchema.nullable().default(null),
  /** Null: whoever creates it. */
  ownerId: z.uuid().nullable().default(null),
});
export type CreatePlacement = z.infer<typeof createPlacementSchema>;

export const editPlacementSchema = z.object({
  placementId: z.uuid(),
  version: z.number().int().min(1).max(2_147_483_647),
  ...described,
  ownerId: z.uuid(),
});
export type EditPlacement = z.infer<typeof editPlacementSchema>;

/** One or many: the list retires what is ticked. */
export const retirePlacementsSchema = z.object({
  placementId: z.array(z.uuid()).min(1).max(200),
  reason: filledLine(300),
});
export type RetirePlacements = z.infer<typeof retirePlacementsSchema>;

/** Orders of the list beside the usual one, newest first. */
export const placementSorts = ["name"] as const;

/** Filters of the list, as they stand in the address; what makes no sense is left out. */
export const placementFiltersSchema = z.object({
  q: line(60).catch("").default(""),
  channel: z.uuid().or(z.literal("")).catch("").default(""),
  state: z.enum(placementStates).or(z.literal("")).catch("").default(""),
  medium: z.enum(media).or(z.literal("")).catch("").default(""),
  owner: z.uuid().or(z.literal("")).catch("").default(""),
  campaign: line(60).catch("").default(""),
  tag: line(20).catch("").default(""),
  sort: z.enum(placementSorts).or(z.literal("")).catch("").default(""),
  /** Cursors of the neighbouring pages. */
  after: z.string().max(500).catch("").default(""),
  before: z.string().max(500).catch("").default(""),
});
export type PlacementFilters = z.infer<typeof placementFiltersSchema>;

export type PlacementRow = {
  id: string;
  code: string;
  name: string;
  medium: Medium;
  mode: Mode;
  site: string;
  location: string;
  pageUrl: string | null;
  campaign: string;
  tags: string[];
  startsOn: Day | null;
  endsOn: Day | null;
  bot: string | null;
  event: string | null;
  version: number;
  createdAt: Date;
  ownerId: string;
  ownerName: string | null;
  channelId: string;
  channelName: string;
  /** Without "@". */
  searchId: string;
  wentLiveAt: Date | null;
  /** First instant after the place's last day: its channel's, or that of a take-down campaign. */
  endsAt: Date | null;
  retiredAt: Date | null;
  retiredReason: string | null;
};

/** `presses`, `scans`: people in the last 28 days and today; `line`: both together by finished day, oldest first. */
export type ListedPlacement = PlacementRow & { presses: number; scans: number; line: number[] };

export type PlacementPage = { items: ListedPlacement[]; next: string | null; previous: string | null };

export type PlacementDetail = PlacementRow & {
  /** The last 28 finished days, oldest first. */
  days: Day[];
  presses: number[];
  scans: number[];
  today: { presses: number; scans: number };
  /** Bots, previews and HEAD in these days and today. */
  others: number;
  /** Consults that began with this code in these days. */
  consults: number;
  /** Since the beginning. */
  allPresses: number;
  allScans: number;
  allOthers: number;
};

export type PlacementEvent = {
  id: string;
  at: Date;
  action: string;
  actorKind: string;
  actorName: string | null;
  reason: string;
  body: string;
};

export type PlacementChoices = {
  /** Channels whose use has not ended. */
  channels: { id: string; name: string; searchId: string; live: boolean }[];
  /** Members whose membership is in force. */
  owners: { id: string; name: string }[];
  /** In use by places that are not retired, by name, at most 200. */
  campaigns: string[];
  tags: string[];
};

function isPlainLine(text: string): boolean {
  return text.isWellFormed() && !/\p{Cc}/u.test(text);
}
