// One QR code of a place as a file. It is read back out of its own bytes before anybody gets it.
import { createHash } from "node:crypto";
import { Refused } from "@/lib/errors";
import { qrMatrix } from "@/lib/qr";
import { drawPdf, drawPng, drawSvg, type QrLogo } from "@/lib/qr-draw";
import { readPdf, readPng, readSvg } from "@/lib/qr-read";
import { fileStore, verified } from "@/lib/storage";
import { assertQrReads, logoShare } from "./rules/qr-settings";
import type { QrFormat, QrSettings } from "./schema/qr";

export type QrSource = {
  /** The address of /q/, whole. */
  address: string;
  title: string;
  settings: QrSettings;
  /** When the settings were laid down: a reprint is the same file. */
  at: Date;
  logo: QrLogo | null;
};

const mimes: Readonly<Record<QrFormat, string>> = {
  svg: "image/svg+xml",
  png: "image/png",
  pdf: "application/pdf",
};

/**
 * Draws a QR and reads it back. @param px side of a PNG in pixels, rounded down to whole pixels a module
 * @throws Refused when the settings keep it from being read, a PNG is too small, or the file does not read as its address
 */
export async function qrFile(source: QrSource, format: QrFormat, px: number): Promise<{ bytes: Buffer; mime: string }> {
  const { address, title, settings, at, logo } = source;
  const matrix = qrMatrix(address, settings.level);
  assertQrReads(settings, matrix.size);
  const bytes = await drawn();
  const read = format === "svg" ? readSvg(bytes) : format === "png" ? readPng(bytes) : readPdf(bytes)[0];
  if (read !== address) throw new Refused("placements.qrs.fault.unreadable");
  return { bytes, mime: mimes[format] };

  async function drawn(): Promise<Buffer> {
    if (format === "svg") return drawSvg(matrix, settings, settings.sideMm, title, logo);
    if (format === "pdf") return drawPdf(matrix, settings, settings.sideMm, title, at, logo);
    try {
      return drawPng(matrix, settings, px, settings.sideMm, logo);
    } catch (error) {
      if (error instanceof RangeError) throw new Refused("placements.qrs.fault.pixels", "px");
      throw error;
    }
  }
}

/** Hex: the same for the same look of the same address. @param logo hex of its file, "" for none */
export function qrHash(address: string, settings: QrSettings, logo: string): string {
  const { level, quiet, dark, light, sideMm, distanceCm, captionKo, captionEn } = settings;
  const told = [address, level, quiet, dark, light, sideMm, distanceCm, captionKo, captionEn, logo];
  return createHash("sha256").update(JSON.stringify(told)).digest("hex");
}

/** The company's logo as it lies in the store, checked against its hash. */
export async function logoOf(
  file: { id: string; sha256: string } | null,
  level: QrSettings["level"],
): Promise<QrLogo | null> {
  if (!file) return null;
  const kept = await fileStore().read(file.id);
  if (!kept) throw new Refused("placements.qrs.fault.logoGone", "logo");
  const parts: Uint8Array[] = [];
  for await (const part of verified(kept.stream, file.sha256)) parts.push(part);
  return { png: Buffer.concat(parts), share: logoShare[level] };
}
