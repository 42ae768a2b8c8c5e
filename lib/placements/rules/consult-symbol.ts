// What an artwork may be that is served to everybody's pages. Pure.
import { Refused } from "@/lib/errors";
import type { ConsultSymbolView, CurrentSymbols, SymbolKind } from "../schema/button-kit";

/** A symbol of a button is a few kilobytes; served from memory. */
export const mostSymbolBytes = 256 * 1024;
/** Sides in pixels: sharp at three times the largest size, and no poster. */
const sides: Record<SymbolKind, { least: number; width: number; height: number }> = {
  symbol: { least: 16, width: 1_024, height: 1_024 },
  button: { least: 24, width: 2_048, height: 1_024 },
  logo: { least: 64, width: 1_024, height: 1_024 },
};

/** @throws Refused for another format than PNG: SVG can carry programs, and the rest loses edges or transparency */
export function assertPngSymbol(mime: string): void {
  if (mime !== "image/png") throw new Refused("placements.symbol.refused.png", "file");
}

/** @param picture sides in pixels, and whether it moves @throws Refused */
export function assertSymbolShape(
  kind: SymbolKind,
  picture: { width: number; height: number; animated: boolean },
): void {
  const { least, width, height } = sides[kind];
  if (picture.animated) throw new Refused("placements.symbol.refused.animated", "file");
  if (Math.min(picture.width, picture.height) < least) throw new Refused("placements.symbol.refused.small", "file");
  if (picture.width > width || picture.height > height) throw new Refused("placements.symbol.refused.large", "file");
}

/** What buttons show: the newest of each kind, unless it was withdrawn. @param symbols newest first */
export function currentSymbols(symbols: readonly ConsultSymbolView[]): CurrentSymbols {
  const newest = (kind: SymbolKind) => {
    const found = symbols.find((symbol) => symbol.kind === kind);
    return found && found.withdrawn === null ? found : null;
  };
  return { symbol: newest("symbol"), button: newest("button"), logo: newest("logo") };
}
