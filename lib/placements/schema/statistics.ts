// Which part of the press statistics is asked for, as it stands in the address; whatever is not understood is left out.
import { z } from "zod";
import type { Day } from "@/lib/clock";
import { media } from "../schema";

export const statisticsSpans = ["7", "28", "90"] as const;
export const statisticsComparisons = ["before", "year"] as const;
/** What a table's rows stand for. */
export const statisticsGroups = ["placement", "channel", "campaign", "medium", "tag"] as const;
export const statisticsSorts = ["people", "presses", "scans", "others", "consults", "returning", "conversion"] as const;
export const statisticsFormats = ["csv", "xlsx"] as const;
export type StatisticsGroup = (typeof statisticsGroups)[number];
export type StatisticsSort = (typeof statisticsSorts)[number];
export type StatisticsFormat = (typeof statisticsFormats)[number];

const day = z
  .string()
  .regex(/^20\d\d-\d\d-\d\d$/)
  .refine((text) => new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) ?? false);
const word = (most: number) => z.string().trim().max(most).catch("").default("");
const chosen = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values).or(z.literal("")).catch("").default("");

export const placementStatisticsSchema = z.object({
  /** The last so many finished days. */
  days: chosen(statisticsSpans),
  month: z
    .string()
    .regex(/^20\d\d-(0[1-9]|1[0-2])$/)
    .or(z.literal(""))
    .catch("")
    .default(""),
  /** From one KST day to another; goes before the month, and that before the days. */
  from: day.or(z.literal("")).catch("").default(""),
  to: day.or(z.literal("")).catch("").default(""),
  compare: chosen(statisticsComparisons),
  by: z.enum(statisticsGroups).catch("placement").default("placement"),
  sort: z.enum(statisticsSorts).catch("people").default("people"),
  placement: z.uuid().or(z.literal("")).catch("").default(""),
  channel: z.uuid().or(z.literal("")).catch("").default(""),
  campaign: word(60),
  medium: chosen(media),
  tag: word(20),
  /** Rows of the table that are passed over: whole pages of 50. */
  skip: z.coerce.number().int().min(0).max(1_000_000).catch(0).default(0),
});
export type PlacementStatisticsFilter = z.infer<typeof placementStatisticsSchema>;

/** What is counted, of a day, an hour or a group. `others`: bots, link previews, HEAD. `returning` is part of `consults`. */
export type Counts = { presses: number; scans: number; others: number; consults: number; returning: number };

export type DayCounts = Counts & { day: Day };
/** 0 to 23, Korean time; consultations are not counted by the hour. */
export type HourCounts = { hour: number; presses: number; scans: number; others: number };
/** `key`: id of a place or channel, else the campaign, medium or tag itself; "" is none. */
export type GroupCounts = Counts & { key: string; name: string; code: string; channel: string; medium: string };

export type PlacementStatistics = {
  from: Day;
  to: Day;
  /** Null: not compared. */
  compared: { from: Day; to: Day; days: DayCounts[]; total: Counts } | null;
  days: DayCounts[];
  total: Counts;
  /** Consultations of the period that came with no code of ours; null where the view is narrowed. */
  unplaced: number | null;
  /** Null where the view is narrowed: hours are counted for the whole company. */
  hours: HourCounts[] | null;
  /** Sorted, all of them; the page shows 50 at a time. */
  groups: GroupCounts[];
  /** Name of the one place that is asked for. */
  placementName: string | null;
};
