// An instant as an address says it: KST day and time as a field gives them, or an instant with its offset.
import { z } from "zod";

const local = z.iso.datetime({ local: true, precision: null }).transform((text) => new Date(`${text}+09:00`));
const day = z.iso.date().transform((text) => new Date(`${text}T23:59:59.999+09:00`));
const exact = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** `2026-03-01T09:00` and `2026-03-01` (its last millisecond) in KST, or an instant with its offset; null: it says no instant. */
export const instantSchema = z.union([exact, local, day]).catch(() => new Date(Number.NaN));

/** @param now where nothing was asked. @returns null where what was asked is no instant */
export function askedInstant(value: string | string[] | undefined | null, now: Date): Date | null {
  if (value === undefined || value === null || value === "") return now;
  if (typeof value !== "string" || value.length > 40) return null;
  const minutes = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(value) ? `${value}:00` : value;
  const instant = instantSchema.parse(minutes);
  return Number.isNaN(instant.getTime()) || instant.getUTCFullYear() < 2000 || instant.getUTCFullYear() > 2200
    ? null
    : instant;
}
