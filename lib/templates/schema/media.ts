import { z } from "zod";
import { line } from "@/lib/text";

export const mediaKinds = ["image", "file", "video", "audio"] as const;
export type MediaKind = (typeof mediaKinds)[number];
export const mediaKindSchema = z.enum(mediaKinds);

const alt = line(300);
export const uploadMediaSchema = z.object({ kind: mediaKindSchema, alt: alt.default("") });
export const describeMediaSchema = z.object({ mediaId: z.uuid(), alt });
export type DescribeMedia = z.output<typeof describeMediaSchema>;
export const withdrawMediaSchema = z.object({ mediaId: z.uuid() });

const optional = <T extends z.ZodType>(of: T) => of.nullable().catch(null).default(null);
export const mediaFiltersSchema = z.object({
  q: line(100).catch("").default(""),
  kind: optional(mediaKindSchema),
  /** Shown by no template. */
  unused: z
    .enum(["1"])
    .transform(() => true)
    .catch(false)
    .default(false),
  after: z.string().max(200).catch("").default(""),
  before: z.string().max(200).catch("").default(""),
});
export type MediaFilters = z.output<typeof mediaFiltersSchema>;

/** A file of the library. Sizes in bytes and pixels, time in seconds, hashes in hex. */
export type MediaRow = {
  id: string;
  kind: MediaKind;
  name: string;
  mime: string;
  bytes: number;
  sha256: string;
  /** Bytes of metadata that were cut out. */
  cleaned: number;
  width: number | null;
  height: number | null;
  seconds: number | null;
  alt: string;
  personName: string | null;
  at: Date;
  /** Templates whose newest draft shows it. */
  uses: number;
};

export type MediaUse = { templateId: string; name: string; version: number | null };
export type MediaView = Omit<MediaRow, "uses"> & { fileId: string; withdrawn: boolean; usedIn: MediaUse[] };
