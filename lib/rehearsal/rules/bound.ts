// What a rehearsal was walked with. Its report counts for exactly that: another notice, policy, place or scenario makes it stale.
import { z } from "zod";

export const boundParts = ["notice", "policies", "placements", "scenario"] as const;
export type BoundPart = (typeof boundParts)[number];

/** Hashes; "" where there was none. */
export const boundSchema = z.object({
  ...{ notice: z.string(), policies: z.string(), placements: z.string(), scenario: z.string() },
});
export type Bound = z.output<typeof boundSchema>;

/** What is no longer as it was. */
export function changedParts(then: Bound, now: Bound): BoundPart[] {
  return boundParts.filter((part) => then[part] !== now[part]);
}
