// Where a page of a keyset list begins: instant and id of a row.
import { z } from "zod";

/** Rows on one page. */
export const pageLength = 50;

const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);

export function cursorOf(row: { createdAt: Date; id: string }): string {
  return Buffer.from(JSON.stringify([row.createdAt.toISOString(), row.id])).toString("base64url");
}

/** A cursor that is not ours means the first page. */
export function cursorFrom(text: string | undefined): { at: string; id: string } | null {
  if (!text) return null;
  const parsed = z
    .string()
    .transform((raw, context) => {
      try {
        return JSON.parse(Buffer.from(raw, "base64url").toString()) as unknown;
      } catch {
        context.addIssue("not a cursor");
        return z.NEVER;
      }
    })
    .pipe(cursorSchema)
    .safeParse(text);
  return parsed.success ? { at: parsed.data[0], id: parsed.data[1] } : null;
}
