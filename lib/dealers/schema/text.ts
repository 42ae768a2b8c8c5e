// Texts and days that people type, as every form of this module takes them.
import { z } from "zod";

/** Forbidden in one line of text: control characters, and marks that turn the reading direction of what follows. */
const unreadable = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** The same for several lines. */
const unreadableLines = /[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

const text = (least: number, most: number, refused: RegExp) =>
  z
    .string()
    .transform((typed) => typed.normalize("NFC").trim())
    .pipe(
      z
        .string()
        .min(least, least === 1 ? "errors.required" : undefined)
        .max(most)
        .refine((typed) => !refused.test(typed) && typed.isWellFormed(), "errors.text"),
    );

/** One line, NFC, without spaces around it; UTF-16 code units. */
export const lineText = (least: number, most: number) => text(least, most, unreadable);

/** Some lines, at most `most` UTF-16 code units. */
export const linesText = (least: number, most: number) => text(least, most, unreadableLines);

/** A calendar day, KST, that a paper of our time may name. */
export const paperDay = z.iso.date().refine((day) => day >= "2000-01-01" && day <= "2100-12-31", "errors.date");
