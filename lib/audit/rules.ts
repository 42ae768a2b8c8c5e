import type { z } from "zod";
import { checkpointedSchema, type Verdict, verdictSchema } from "./schema";

/** What an `audit.verified` entry says, or null where its body was edited into something else. */
export function verdictOf(body: string): Verdict | null {
  return parsed(verdictSchema, body);
}

/** Up to which number an `audit.checkpointed` entry's checkpoint reaches, or null. */
export function checkpointedSeq(body: string): number | null {
  return parsed(checkpointedSchema, body)?.seq ?? null;
}

function parsed<S extends z.ZodType>(schema: S, body: string): z.infer<S> | null {
  try {
    return schema.parse(JSON.parse(body));
  } catch {
    // Not what we wrote: the verification names the entry, the pages stay readable.
    return null;
  }
}
