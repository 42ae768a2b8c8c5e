// What may be said about a hold (보존 조치).
import { z } from "zod";
import { line, note, paperDay } from "@/lib/text";

export const holdScopes = ["session", "user", "channel", "period"] as const;
/** session: one consultation · user: a user_key in one channel, also what comes later · channel · period: by the day of opening. */
export type HoldScope = (typeof holdScopes)[number];

const holdId = z.uuid();
const releaseId = z.uuid();
/** SHA-256 (hex) of what was shown when it was decided: `releaseHash`. */
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const version = z.number().int().min(1).max(2_147_483_647);
const title = line(60, 2);
const reason = note(1_000, 5);
const said = { title, reason, ownerId: z.uuid(), reviewOn: paperDay };
/** A user_key has at most 20 characters, upper and lower case differ (field-facts 1.1). */
const userKey = z.string().regex(/^[\x21-\x7e]{1,20}$/, "retention.holds.refused.userKey");

/** One form for each scope. `session` is the id of a consultation, or the dealer's number of it. */
export const placeHoldSchema = z
  .object({
    scope: z.enum(holdScopes),
    session: z.string().trim().max(100).optional(),
    channelId: z.uuid().optional(),
    userKey: userKey.optional(),
    openedFrom: paperDay.optional(),
    openedTo: paperDay.optional(),
    ...said,
  })
  .superRefine((given, context) => {
    const asked = {
      session: ["session"],
      user: ["channelId", "userKey"],
      channel: ["channelId"],
      period: ["openedFrom", "openedTo"],
    } as const satisfies Record<HoldScope, readonly (keyof typeof given)[]>;
    for (const name of asked[given.scope])
      if (given[name] === undefined || given[name] === "")
        context.addIssue({ code: "custom", path: [name], message: "errors.required" });
    if (given.openedFrom && given.openedTo && given.openedTo < given.openedFrom)
      context.addIssue({ code: "custom", path: ["openedTo"], message: "retention.holds.refused.periodTurned" });
  });
export type PlaceHold = z.infer<typeof placeHoldSchema>;

/** The scope stays what it was: to hold something else is another hold. */
export const editHoldSchema = z.object({ holdId, version, ...said });
export type EditHold = z.infer<typeof editHoldSchema>;

export const requestReleaseSchema = z.object({ holdId, version, reason });
export type RequestRelease = z.infer<typeof requestReleaseSchema>;

export const approveReleaseSchema = z.object({ releaseId, hash, note: note(500).default("") });
export type ApproveRelease = z.infer<typeof approveReleaseSchema>;

export const declineReleaseSchema = z.object({ releaseId, hash, note: note(500, 5) });
export type DeclineRelease = z.infer<typeof declineReleaseSchema>;

export const withdrawReleaseSchema = z.object({ releaseId });
export type WithdrawRelease = z.infer<typeof withdrawReleaseSchema>;

export const holdFilters = ["active", "review", "asked", "released"] as const;
/** The list's address: what makes no sense is left out. */
export const listHoldsSchema = z.object({
  q: z.string().trim().max(60).optional().catch(undefined),
  state: z.enum(holdFilters).optional().catch(undefined),
  after: z.string().max(80).optional().catch(undefined),
  before: z.string().max(80).optional().catch(undefined),
});
export type ListHolds = z.infer<typeof listHoldsSchema>;
