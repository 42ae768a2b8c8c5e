import { z } from "zod";
import type { Medium } from "../schema";

/** What has to be so on a page while its place is in use, and afterwards (guide 3-4). */
export const presenceWishes = ["present", "absent"] as const;
export type PresenceWish = (typeof presenceWishes)[number];

/** Whether our button stands on the page; unknown: cannot tell. */
export const presenceVerdicts = ["yes", "no", "unknown"] as const;
export type PresenceVerdict = (typeof presenceVerdicts)[number];

export const presenceTriggers = ["schedule", "hand", "takedown"] as const;
export type PresenceTrigger = (typeof presenceTriggers)[number];

/** Why a verdict is what it is; each has its sentence in messages/<locale>/placements.json. */
export const presenceReasons = [
  // yes
  "link",
  "embed",
  "direct",
  "form",
  "handler",
  "frame",
  "image",
  "leads-here",
  // cannot tell, though something of it is there
  "hidden",
  "template",
  "noscript",
  "in-script",
  "in-attribute",
  "in-text",
  "wrapped",
  "misspelt",
  "error-page",
  // cannot tell: nobody could read the page
  "wall",
  "login",
  "script-only",
  "framed",
  "moves-on",
  "empty",
  "unreadable",
  "not-html",
  "server-error",
  "status",
  "address",
  "refused-address",
  "timeout",
  "too-large",
  "too-many-redirects",
  "unreachable",
  "no-page",
  // no
  "not-there",
  "moved",
  "commented",
  "gone",
] as const;
export type PresenceReason = (typeof presenceReasons)[number];

/** Other ways into a Kakao chat on a page (field-facts 2.1, 2.4). */
export const oldLinkKinds = [
  "consult",
  "consult-without-code",
  "channel-chat",
  "sdk",
  "plus",
  "include-script",
] as const;
export type OldLinkKind = (typeof oldLinkKinds)[number];

/** `extra`: what a consult link carries; "" where it carries none. */
export const oldLinkSchema = z.object({
  kind: z.enum(oldLinkKinds),
  address: z.string(),
  extra: z.string(),
  snippet: z.string(),
});
export type OldLink = z.infer<typeof oldLinkSchema>;

/** What is looked for on a page. @property origin DAMSO_URL; `searchId` without "@" */
export type Sought = { origin: string; code: string; searchId: string };

/** What a look at a page came to. */
export type PresenceFinding = {
  verdict: PresenceVerdict;
  reason: PresenceReason;
  snippet: string;
  oldLinks: OldLink[];
};

/** Filters of the list, as they stand in the address; what makes no sense is left out. */
export const presenceFiltersSchema = z.object({
  /** missing: not there though it has to be; left: there though it must be gone; waiting: not looked at yet. */
  verdict: z
    .enum(["missing", "left", "unknown", "old-links", "waiting", "fine"])
    .or(z.literal(""))
    .catch("")
    .default(""),
  channel: z.uuid().or(z.literal("")).catch("").default(""),
  owner: z.uuid().or(z.literal("")).catch("").default(""),
  after: z.string().max(200).catch("").default(""),
  before: z.string().max(200).catch("").default(""),
});
export type PresenceFilters = z.infer<typeof presenceFiltersSchema>;

/** Look now: at some places, or at all that the list is narrowed to. */
export const requestPresenceSchema = z.object({ placementId: z.array(z.uuid()).min(1).max(200) });
export type RequestPresence = z.infer<typeof requestPresenceSchema>;
export const requestFilteredPresenceSchema = presenceFiltersSchema.pick({ verdict: true, channel: true, owner: true });
export type RequestFilteredPresence = z.infer<typeof requestFilteredPresenceSchema>;

export type PresenceRow = {
  placementId: string;
  code: string;
  name: string;
  medium: Medium;
  channelName: string;
  searchId: string;
  ownerName: string | null;
  pageUrl: string;
  wanted: PresenceWish;
  verdict: PresenceVerdict | null;
  reason: PresenceReason | null;
  status: number | null;
  at: Date | null;
  since: Date;
  care: number;
  oldLinks: number;
  nextDueAt: Date | null;
  /** Somebody asked for a look that has not come yet. */
  asked: boolean;
};

export type PresencePage = { items: PresenceRow[]; next: string | null; previous: string | null };

/** How many places stand how, over all pages of the list. */
export type PresenceCounts = Record<Exclude<PresenceFilters["verdict"], "">, number>;

export type PresenceCheckRow = {
  id: string;
  at: Date;
  trigger: PresenceTrigger;
  wanted: PresenceWish;
  verdict: PresenceVerdict;
  reason: PresenceReason;
  pageUrl: string;
  finalUrl: string;
  status: number | null;
  snippet: string;
  bodySha256: string | null;
  bytes: number | null;
  durationMs: number;
  oldLinks: OldLink[];
  personName: string | null;
};

/** One place's looks, newest first. `asked`: somebody asked for one that has not come yet. */
export type PresenceHistory = {
  items: PresenceCheckRow[];
  next: string | null;
  previous: string | null;
  nextDueAt: Date | null;
  asked: boolean;
};
