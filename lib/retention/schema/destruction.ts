// What may be said about a destruction.
import { z } from "zod";
import { note, paperDay } from "@/lib/text";
import { destructionKinds } from "../rules/destruction";

const destructionId = z.uuid();
/** SHA-256 (hex) of the preview that was looked at. */
const digest = z.string().regex(/^[0-9a-f]{64}$/);

export const prepareDestructionSchema = z
  .object({
    kind: z.enum(destructionKinds),
    /** Destroys what was due on this day or before; not given: until yesterday. */
    dueThrough: paperDay.optional(),
    channelId: z.uuid().optional(),
    policyId: z.uuid().optional(),
    dataRequestId: z.uuid().optional(),
    /** Of `early`: numbers of consultations, one a line. */
    sessionIds: z.string().trim().max(40_000).optional(),
    reason: note(500).default(""),
  })
  .superRefine((given, context) => {
    const missing = (path: string) => context.addIssue({ code: "custom", path: [path], message: "errors.required" });
    if (given.kind === "request" && !given.dataRequestId) missing("dataRequestId");
    if (given.kind === "early" && !given.sessionIds) missing("sessionIds");
    if (given.kind === "early" && given.reason.length < 5) missing("reason");
  });
export type PrepareDestruction = z.infer<typeof prepareDestructionSchema>;

export const destructionStepSchema = z.object({ destructionId, digest, note: note(500).default("") });
export type TakeDestructionStep = z.infer<typeof destructionStepSchema>;

export const approveDestructionSchema = destructionStepSchema.extend({ guardSeen: z.boolean().default(false) });
export type ApproveDestruction = z.infer<typeof approveDestructionSchema>;

export const rejectDestructionSchema = z.object({ destructionId, digest, note: note(500, 5) });
export type RejectDestruction = z.infer<typeof rejectDestructionSchema>;

export const startDestructionSchema = z.object({ destructionId, digest, phrase: z.string().trim().max(60) });
export type StartDestruction = z.infer<typeof startDestructionSchema>;

/** What the dealer was asked and answered about its own copy. */
export const dealerStepSchema = z.object({
  destructionId,
  kind: z.enum(["dealer-asked", "dealer-confirmed"]),
  on: paperDay,
  note: note(500).default(""),
});
export type TakeDealerStep = z.infer<typeof dealerStepSchema>;

/** open: still to be done or under way · dropped: cancelled, rejected or expired before it began */
export const destructionFilters = ["open", "finished", "stopped", "dropped"] as const;

/** The list's address: what makes no sense is left out. */
export const listDestructionsSchema = z.object({
  state: z.enum(destructionFilters).optional().catch(undefined),
  after: z.string().max(80).optional().catch(undefined),
  before: z.string().max(80).optional().catch(undefined),
});
export type ListDestructions = Omit<z.infer<typeof listDestructionsSchema>, "state"> & {
  /** over: whatever is not open */
  state?: (typeof destructionFilters)[number] | "over" | undefined;
};
