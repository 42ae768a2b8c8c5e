import { z } from "zod";
import type { Day } from "@/lib/clock";
import { paperDay } from "@/lib/text";
import type { Medium } from "../schema";

/** What a button has to come off of: decides what proves that it did. */
export const taskKinds = ["web", "print", "app", "message"] as const;
export type TaskKind = (typeof taskKinds)[number];

export const takeDownCauses = ["contract_end", "channel_stop", "hand"] as const;
export type TakeDownCause = (typeof takeDownCauses)[number];

/** check: a re-fetch found the page clean; photo; proof: of a template or a release; hand: somebody says so, with a reason. */
export type ClosingWay = "check" | "photo" | "proof" | "hand";

export const takeDownStates = ["ahead", "running", "closing", "completed", "reinstated", "withdrawn"] as const;
export type TakeDownState = (typeof takeDownStates)[number];

export const taskStates = ["open", "late", "closed", "reinstated"] as const;
export type TaskState = (typeof taskStates)[number];

const reason = z
  .string()
  .transform((text) => text.normalize("NFC").trim())
  .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), { error: "errors.text" })
  .pipe(z.string().max(300));
const filled = reason.pipe(z.string().min(1));

/** Places that are ticked, or else all standing ones that a filter finds. */
export const openTakeDownSchema = z.object({
  placementId: z.array(z.uuid()).max(1000).default([]),
  channel: z.uuid().nullable().default(null),
  campaign: reason.default(""),
  tag: reason.default(""),
  effectiveOn: paperDay,
  note: filled,
});
export type OpenTakeDown = z.infer<typeof openTakeDownSchema>;

export const takeDownSchema = z.object({ takeDownId: z.uuid() });
export type OneTakeDown = z.infer<typeof takeDownSchema>;

/** Without a file: somebody says so. */
export const closeTaskSchema = z.object({ taskId: z.uuid(), reason: filled });
export type CloseTask = z.infer<typeof closeTaskSchema>;
/** With a file: the fields of an upload. */
export const proveTaskSchema = z.object({
  taskId: z.uuid(),
  /** Of print: the run that the photo shows. */
  runId: z.uuid().or(z.literal("")).default(""),
  reason: reason.default(""),
});
export type ProveTask = z.infer<typeof proveTaskSchema>;

export const handTaskSchema = z.object({ taskId: z.uuid(), ownerId: z.uuid() });
export type HandTask = z.infer<typeof handTaskSchema>;

/** Null: the whole campaign. */
export const reinstateTakeDownSchema = z.object({
  takeDownId: z.uuid(),
  taskId: z.uuid().nullable().default(null),
  note: filled,
});
export type ReinstateTakeDown = z.infer<typeof reinstateTakeDownSchema>;

export const taskFiltersSchema = z.object({
  kind: z.enum(taskKinds).or(z.literal("")).catch("").default(""),
  owner: z.uuid().or(z.literal("")).catch("").default(""),
  state: z.enum(["open", "closed"]).or(z.literal("")).catch("").default(""),
  after: z.string().max(500).catch("").default(""),
  before: z.string().max(500).catch("").default(""),
});
export type TaskFilters = z.infer<typeof taskFiltersSchema>;

export type TakeDownRow = {
  id: string;
  cause: TakeDownCause;
  channelId: string | null;
  channelName: string | null;
  effectiveOn: Day;
  note: string;
  at: Date;
  byName: string | null;
  /** Tasks that were not reinstated; of them closed. */
  total: number;
  closed: number;
  completedAt: Date | null;
  /** How the whole of it was taken back, if it was. */
  over: "withdrawn" | "reinstated" | null;
};

export type TakeDownPage = { items: TakeDownRow[]; next: string | null; previous: string | null };

export type TakeDownStep = {
  id: string;
  kind: "moved" | "withdrawn" | "reinstated" | "handed" | "completed";
  note: string;
  effectiveOn: Day | null;
  at: Date;
  byName: string | null;
  /** The task it is about. */
  placeName: string | null;
  fileId: string | null;
  sha256: string | null;
};

export type TakeDownDetail = TakeDownRow & {
  steps: TakeDownStep[];
  progress: { kind: TaskKind; total: number; closed: number }[];
  owners: { id: string; name: string }[];
  /** Owners of open tasks who were told today. */
  toldToday: number;
};

export type TaskRow = {
  id: string;
  kind: TaskKind;
  ownerId: string;
  ownerName: string | null;
  dueOn: Day;
  placementId: string;
  name: string;
  code: string;
  medium: Medium;
  site: string;
  location: string;
  pageUrl: string | null;
  how: ClosingWay | null;
  reason: string | null;
  closedAt: Date | null;
  closedBy: string | null;
  fileId: string | null;
  sha256: string | null;
  reinstatedAt: Date | null;
  /** Print runs of the place, and the photo of each. */
  runs: { id: string; number: number; copies: number; fileId: string | null; sha256: string | null }[];
  /** The newest look for its absence since the effect. */
  checkAt: Date | null;
  verdict: "yes" | "no" | "unknown" | null;
  checkReason: string | null;
};

export type TaskPage = { items: TaskRow[]; next: string | null; previous: string | null };
