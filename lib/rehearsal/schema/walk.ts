import { z } from "zod";

/** Where the phone stands: whether it shows the room, its session at the dealer, and what the robot waits for (rules/walk WalkState). */
export const walkSchema = z.object({
  room: z.boolean().default(false),
  session: z.string().nullable(),
  state: z.object({ at: z.string().nullable(), over: z.enum(["agent", "end"]).nullable() }).nullable(),
});
export type Walk = z.output<typeof walkSchema>;
