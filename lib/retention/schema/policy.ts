// What may be said about a retention policy (보유 정책) and its approval.
import { z } from "zod";
import { line, note } from "@/lib/text";
import { anchors, categories, policyScopes } from "../rules/categories";
import { lawTable, ownBasis } from "../rules/law-table";
import { periodUnits } from "../rules/period";

/** Keys of the law table, and the company's own reason. */
export const bases: readonly [string, ...string[]] = [ownBasis, ...lawTable.map(({ key }) => key)];

/** What is kept and for how long it says so: a version. */
const terms = {
  count: z.number().int().min(1).max(10_950),
  unit: z.enum(periodUnits),
  anchor: z.enum(anchors),
  basis: z.enum(bases),
  basisNote: note(500).default(""),
  whyNotShorter: note(500).default(""),
};

const policyId = z.uuid();
/** Number of the version that was looked at. */
const version = z.number().int().min(1).max(2_147_483_647);
/** SHA-256 of the version that was looked at, hex. */
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const remark = (least: number) => note(500, least);

/** Name, channel, category and scope stand for good; whoever means something else makes another policy. */
export const draftPolicySchema = z.object({
  name: line(60, 1),
  channelId: z.uuid().nullable().default(null),
  category: z.enum(categories).nullable().default(null),
  scope: z.enum(policyScopes),
  ...terms,
});
export type DraftPolicy = z.infer<typeof draftPolicySchema>;

export const savePolicyVersionSchema = z.object({ policyId, version, ...terms });
export type SavePolicyVersion = z.infer<typeof savePolicyVersionSchema>;

export const submitPolicySchema = z.object({ policyId, hash, note: remark(0).default("") });
export type SubmitPolicy = z.infer<typeof submitPolicySchema>;

export const withdrawPolicySchema = z.object({ policyId, hash });
export type WithdrawPolicy = z.infer<typeof withdrawPolicySchema>;

export const approvePolicySchema = z.object({ policyId, hash, note: remark(0).default("") });
export type ApprovePolicy = z.infer<typeof approvePolicySchema>;

export const rejectPolicySchema = z.object({ policyId, hash, note: remark(1) });
export type RejectPolicy = z.infer<typeof rejectPolicySchema>;

/** A standing approval is asked for and closed by the hash of the version in force. */
export const requestStandingSchema = z.object({ policyId, hash });
export type RequestStanding = z.infer<typeof requestStandingSchema>;

export const closeStandingSchema = z.object({ standingId: z.uuid(), hash });
export type CloseStanding = z.infer<typeof closeStandingSchema>;

const cursor = z.coerce.number().int().min(0).max(2_147_483_647).optional().catch(undefined);

/** The filter of the list as it stands in the address; what cannot be read is left out. */
export const listPoliciesSchema = z.object({
  state: z.enum(["waiting", "draft", "approved"]).optional().catch(undefined),
  /** Numbers of policies: where the page before ended, or the page after began. */
  after: cursor,
  before: cursor,
});
export type ListPolicies = z.infer<typeof listPoliciesSchema>;
