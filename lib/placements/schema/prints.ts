import { z } from "zod";
import { line, paperDay } from "@/lib/text";

/** What many codes are put on. `files`: one SVG, PNG and PDF for each, in one archive. */
export const printKinds = [
  "labels24",
  "labels40",
  "labels12",
  "labels8",
  "tent",
  "poster_a4",
  "poster_a3",
  "files",
] as const;
export type PrintKind = (typeof printKinds)[number];

/** At most this many in one batch. */
export const mostPrints = 1_000;

/** Places are ticked, or all that the list's filters find are taken. */
export const openPrintSchema = z.object({
  name: line(60, 1),
  kind: z.enum(printKinds),
  placementId: z.array(z.uuid()).min(1, "placements.bulk.choose").max(mostPrints),
});
export type OpenPrint = z.infer<typeof openPrintSchema>;

export const cancelPrintSchema = z.object({ batchId: z.uuid() });

/** What was really printed. */
export const recordRunSchema = z.object({
  batchId: z.uuid(),
  copies: z.number().int().min(1).max(1_000_000),
  printedOn: paperDay,
  note: line(200).default(""),
});
export type RecordRun = z.infer<typeof recordRunSchema>;

export const listPrintsSchema = z.object({
  after: z.string().max(200).catch("").default(""),
  before: z.string().max(200).catch("").default(""),
});

export type PrintState = "waiting" | "drawing" | "ready" | "failed" | "canceled";

export type PrintRow = {
  id: string;
  name: string;
  kind: PrintKind;
  total: number;
  done: number;
  at: Date;
  personName: string | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  canceledAt: Date | null;
  failure: string;
  fileId: string | null;
  bytes: number | null;
  sha256: string | null;
};

export type PrintItem = {
  place: number;
  placementId: string;
  name: string;
  code: string;
  site: string;
  location: string;
  qrNumber: number | null;
  runNumber: number;
  /** Copies that were recorded as printed. */
  copies: number | null;
  printedOn: string | null;
};
