// What may be said about a contract's deadlines.
import { z } from "zod";
import { note, paperDay } from "@/lib/text";
import { choiceKinds } from "../rules/choice";
import { remindedKinds } from "../rules/reminders";

const contractId = z.uuid();

export const decideContractSchema = z.object({
  contractId,
  termEndsOn: paperDay,
  choice: z.enum(choiceKinds),
  note: note(500).default(""),
  noticeSentOn: paperDay.nullable().default(null),
  noticeHadOn: paperDay.nullable().default(null),
});
export type DecideContract = z.infer<typeof decideContractSchema>;

export const snoozeDeadlineSchema = z.object({
  contractId,
  /** Kind and day of the deadline that was looked at, in one value: "notice 2026-12-15". */
  deadline: z
    .string()
    .regex(new RegExp(`^(${remindedKinds.join("|")}) \\d{4}-\\d{2}-\\d{2}$`))
    .transform((text) => {
      const [kind, on = ""] = text.split(" ");
      return { kind: kind as (typeof remindedKinds)[number], on };
    }),
  untilOn: paperDay,
  note: note(500).default(""),
});
export type SnoozeDeadline = z.infer<typeof snoozeDeadlineSchema>;

/** Opens, renews or closes one's own calendar: there is nothing to say. */
export const ownCalendarSchema = z.object({});
