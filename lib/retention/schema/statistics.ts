// Which part of the statistics is asked for; whatever is not understood is left out.
import { z } from "zod";

const month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/);

export const statisticsSchema = z.object({
  /** One month, day by day. */
  month: month.optional().catch(undefined),
  /** Twelve months up to this one; without it up to the present one. */
  until: month.optional().catch(undefined),
  channel: z.uuid().optional().catch(undefined),
});
export type StatisticsFilter = z.infer<typeof statisticsSchema>;
