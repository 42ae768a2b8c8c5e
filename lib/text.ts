// Texts that people type, as every form takes them: NFC, without spaces around them, counted in characters (code points).
import { z } from "zod";

/** Forbidden in one line of text: control characters, and marks that turn the reading direction of what follows. */
const unreadable = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** The same for several lines. */
const unreadableLines = /[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

const text = (most: number, least: number, refused: RegExp) =>
  z
    .string()
    .transform((typed) => typed.normalize("NFC").replaceAll("\r\n", "\n").trim())
    .pipe(
      z
        .string()
        .min(least, least === 1 ? "errors.required" : undefined)
        .max(most)
        .refine((typed) => !refused.test(typed) && typed.isWellFormed(), "errors.text"),
    );

/** One line of at most `most` characters; it may be empty unless `least` says otherwise. */
export const line = (most: number, least = 0) => text(most, least, unreadable);

/** A reason or remark of some lines, of at most `most` characters; it may be empty unless `least` says otherwise. */
export const note = (most: number, least = 0) => text(most, least, unreadableLines);

/** A calendar day, KST, that a paper of our time may name. */
export const paperDay = z.iso.date().refine((day) => day >= "2000-01-01" && day <= "2100-12-31", "errors.date");
