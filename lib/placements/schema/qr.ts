import { z } from "zod";
import { line } from "@/lib/text";

export const qrLevels = ["L", "M", "Q", "H"] as const;

const color = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/, { error: "placements.qrs.fault.color" });

/** How a QR code looks. Measures are of the whole picture, quiet zone included. */
export const qrSettingsSchema = z.object({
  level: z.enum(qrLevels),
  /** Modules: four at least (ISO/IEC 18004). */
  quiet: z.number().int().min(4).max(10),
  dark: color,
  light: color,
  sideMm: z.number().int().min(10).max(1_000),
  distanceCm: z.number().int().min(5).max(2_000),
  captionKo: line(30).default(""),
  captionEn: line(40).default(""),
  logo: z.boolean(),
});
export type QrSettings = z.infer<typeof qrSettingsSchema>;

export const saveQrSchema = qrSettingsSchema.extend({
  placementId: z.uuid(),
  /** The version that was on the page: 0 where there was none. */
  number: z.number().int().min(0).max(2_147_483_647),
});
export type SaveQr = z.infer<typeof saveQrSchema>;

export const qrFormats = ["svg", "png", "pdf"] as const;
export type QrFormat = (typeof qrFormats)[number];

/** A version of a place's QR; number 0: nothing was chosen and the usual is drawn. */
export type QrVersion = QrSettings & {
  number: number;
  at: Date;
  personName: string | null;
  sha256: string;
  logoFile: { id: string; sha256: string; bytes: number } | null;
};

/** What a file of a QR is asked to be: pixels of a PNG from 120 to 4,000. */
export const qrFileSchema = z.object({
  format: z.enum(qrFormats).default("svg"),
  number: z.coerce.number().int().min(0).max(2_147_483_647).optional(),
  px: z.coerce.number().int().min(120).max(4_000).default(1_200),
});
