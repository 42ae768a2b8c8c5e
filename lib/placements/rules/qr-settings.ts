// What a QR code needs to be read where it hangs. Pure. ISO/IEC 18004 (quiet zone, levels), ISO/IEC 15415 (symbol contrast).
import { Refused } from "@/lib/errors";
import type { QrSettings } from "../schema/qr";

/** Where nothing was chosen: black on white, level Q, 40 mm read in the hand. */
export const usualQr: QrSettings = {
  level: "Q",
  quiet: 4,
  dark: "#000000",
  light: "#ffffff",
  sideMm: 40,
  distanceCm: 25,
  captionKo: "",
  captionEn: "",
  logo: false,
};

/** A printed module below this size runs together on office printers and cheap paper: 0.33 mm is about four dots at 300 dpi. */
export const leastModuleMm = 0.33;
/** The code without its quiet zone is at least a tenth of the distance: the rule of thumb of scanners' makers, not of the standard. */
export const distanceShare = 10;
/** Difference of reflectance between light and dark: 0.55 is grade B of ISO/IEC 15415. */
export const leastContrast = 0.55;
/** How much of the code's side a picture in the middle may take: its area stays far below what the level restores. */
export const logoShare: Readonly<Record<QrSettings["level"], number>> = { L: 0, M: 0, Q: 0.18, H: 0.24 };

export type QrFault = { field: keyof QrSettings; key: string; values?: Record<string, string | number> };

/** Linear reflectance of a colour, 0 black to 1 white (sRGB, IEC 61966-2-1). */
export function reflectance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const band = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return band <= 0.04045 ? band / 12.92 : ((band + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** What keeps the code from being read, with the measure that would do. @param modules a side, without quiet zone */
export function qrFaults(settings: QrSettings, modules: number): QrFault[] {
  const faults: QrFault[] = [];
  const [dark, light] = [reflectance(settings.dark), reflectance(settings.light)];
  if (dark >= light) faults.push({ field: "dark", key: "placements.qrs.fault.inverted" });
  else if (light - dark < leastContrast) {
    const values = { percent: Math.round((light - dark) * 100), least: leastContrast * 100 };
    faults.push({ field: "dark", key: "placements.qrs.fault.contrast", values });
  }
  const all = modules + 2 * settings.quiet;
  const module = settings.sideMm / all;
  const byModule = Math.ceil(leastModuleMm * all);
  const byDistance = Math.ceil(((settings.distanceCm * 10) / distanceShare) * (all / modules));
  if (module < leastModuleMm)
    faults.push({
      field: "sideMm",
      key: "placements.qrs.fault.module",
      values: { module: rounded(module), least: byModule },
    });
  else if (settings.sideMm < byDistance) {
    const values = { distance: settings.distanceCm, least: byDistance };
    faults.push({ field: "sideMm", key: "placements.qrs.fault.distance", values });
  }
  if (settings.logo && logoShare[settings.level] === 0)
    faults.push({ field: "logo", key: "placements.qrs.fault.logo" });
  return faults;
}

/** @throws Refused with the first fault, beside its field */
export function assertQrReads(settings: QrSettings, modules: number): void {
  const [fault] = qrFaults(settings, modules);
  if (fault) throw new Refused(fault.key, fault.field, fault.values);
}

/** Module size and reach of a picture, as the page shows them. */
export function qrMeasures(settings: QrSettings, modules: number) {
  const module = settings.sideMm / (modules + 2 * settings.quiet);
  return {
    moduleMm: rounded(module),
    codeMm: rounded(module * modules),
    reachCm: Math.floor((module * modules * distanceShare) / 10),
    contrast: Math.round((reflectance(settings.light) - reflectance(settings.dark)) * 100),
  };
}

function rounded(mm: number): number {
  return Math.round(mm * 100) / 100;
}
