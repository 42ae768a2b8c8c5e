// Days and texts that papers carry.
import { z } from "zod";
import { line, note } from "@/lib/text";

/** One line, between `least` and `most` characters. */
export const lineText = (least: number, most: number) => line(most, least);

/** Some lines, between `least` and `most` characters. */
export const linesText = (least: number, most: number) => note(most, least);

/** A calendar day, KST, that a paper of our time may name. */
export const paperDay = z.iso.date().refine((day) => day >= "2000-01-01" && day <= "2100-12-31", "errors.date");
