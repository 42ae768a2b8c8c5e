import { z } from "zod";

/** Somebody of whom only the peer's address and browser are known. */
export type Visitor = { address: string; agent: string };

/** Addresses are compared in this form. Full-width letters of an input method become plain ones; a second "@" stays and is refused. */
export function normalizeEmail(typed: string): string {
  return typed.normalize("NFKC").trim().toLowerCase();
}

const plainEmail =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])$/;

/** One plain address: no display name, no list, nothing that a mail header could be cut at. */
export const emailSchema = z
  .string()
  .min(1)
  .max(254)
  .transform(normalizeEmail)
  .refine((email) => email.length <= 254 && plainEmail.test(email), { error: "errors.email" });

export const roles = ["CLIENT_ADMIN", "COMPLIANCE_OFFICER", "MARKETER", "AUDITOR"] as const;
export const roleSchema = z.enum(roles);

/** A name as shown to colleagues: no line breaks, no direction marks. */
export const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+$/u, { error: "errors.text" });

export const dayInputSchema = z
  .string()
  .regex(/^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { error: "errors.date" })
  .refine((day) => isDay(day), { error: "errors.date" });

/** Also asked of what the pattern has refused already. */
function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** What is typed at a question for the present password: any text. Only a new one has to obey the rules. */
const presentPassword = z.string().min(1).max(1_000);

/**
 * A new password, kept exactly as typed: no trimming, no normalization, counted in characters (code points).
 * Whether it is too common or too near to names is asked in lib/password.ts.
 */
export const newPasswordSchema = z
  .string()
  .refine((password) => password.length <= 800 && [...password].length <= 200, { error: "people.password.long" })
  .refine((password) => [...password].length >= 8, { error: "people.password.short" });

/** Where to go on afterwards: judged by safeNext, never refused. */
const nextSchema = z.string().max(2_000).optional().catch(undefined);
const tokenSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const idSchema = z.uuid();
/** Present password, six digits of the app, or a recovery code. */
const proofSchema = z.string().trim().min(1).max(1_000);

export const signInSchema = z.object({
  email: emailSchema,
  password: presentPassword,
  next: nextSchema,
});
export const giveFactorSchema = z.object({
  code: z.string().trim().min(6).max(30),
  next: nextSchema,
});
export const enrollFactorSchema = z.object({
  code: z
    .string()
    .trim()
    .transform((code) => code.replace(/\s/g, ""))
    .refine((code) => /^\d{6}$/.test(code), { error: "people.factor.sixDigits" }),
  next: nextSchema,
});
export const enrollOwnFactorSchema = enrollFactorSchema.extend({ proofPassword: proofSchema });
export const requestResetSchema = z.object({ email: emailSchema });
export const resetPasswordSchema = z.object({ token: tokenSchema, newPassword: newPasswordSchema });
export const joinSchema = z.object({
  token: tokenSchema,
  name: nameSchema.optional(),
  newPassword: newPasswordSchema.optional(),
  password: presentPassword.optional(),
});

export const invitePersonSchema = z.object({
  email: emailSchema,
  name: nameSchema,
  role: roleSchema,
  expiresOn: dayInputSchema.optional(),
});
export const inviteSchema = z.object({ inviteId: idSchema });
export const changeRoleSchema = z.object({ personId: idSchema, role: roleSchema, version: z.number().int().min(1) });
export const changeExpirySchema = z.object({
  personId: idSchema,
  expiresOn: dayInputSchema.optional(),
  version: z.number().int().min(1),
});
export const disablePersonSchema = z.object({
  personId: idSchema,
  version: z.number().int().min(1),
  note: z.string().trim().max(200).optional(),
});
export const enablePersonSchema = z.object({ personId: idSchema, version: z.number().int().min(1) });
export const resetFactorSchema = z.object({ personId: idSchema, proofPassword: proofSchema });
export const endSessionsOfSchema = z.object({ personId: idSchema, proofPassword: proofSchema });
export const endOwnSessionsSchema = z.object({
  signInId: z.union([idSchema, z.literal("others")]),
  proofPassword: proofSchema,
});
export const changePasswordSchema = z.object({ presentPassword, newPassword: newPasswordSchema });
export const keptCodesSchema = z.object({});
export const removeFactorSchema = z.object({ proofPassword: proofSchema });
export const renewRecoveryCodesSchema = z.object({ proofPassword: proofSchema });
export const switchOrganizationSchema = z.object({ organizationId: idSchema });
export const renamePersonSchema = z.object({ name: nameSchema });
export const changeOrganizationSchema = z.object({
  name: nameSchema,
  secondFactorNeeded: z.boolean(),
  version: z.number().int().min(1),
});

export type SignInInput = z.infer<typeof signInSchema>;
export type InvitePerson = z.infer<typeof invitePersonSchema>;
export type Join = z.infer<typeof joinSchema>;
export type RoleName = z.infer<typeof roleSchema>;

const oneText = (most: number) =>
  z
    .preprocess((value) => (Array.isArray(value) ? value[0] : value), z.string().trim().max(most))
    .optional()
    .catch(undefined);

/** What the lists of people are narrowed to; anything else in the address is ignored. */
export const listPeopleSchema = z.object({
  q: oneText(100).transform((text) => text?.replaceAll("\0", "") || undefined),
  state: z.enum(["active", "ended"]).optional().catch(undefined),
  after: oneText(400),
  before: oneText(400),
});
export type ListPeople = Partial<z.infer<typeof listPeopleSchema>>;

export type PersonRow = {
  personId: string;
  name: string;
  email: string;
  role: RoleName;
  totpConfirmed: boolean;
  lastSeenAt: Date | null;
  expiresAt: Date | null;
  disabledAt: Date | null;
};
export type PersonPage = { items: PersonRow[]; next: string | null; previous: string | null };
export type PersonDetail = PersonRow & { version: number; joinedAt: Date; openSessions: OpenSession[] };
export type OpenSession = {
  id: string;
  address: string;
  agent: string;
  createdAt: Date;
  lastSeenAt: Date;
  endsAt: Date;
};
export type InviteRow = {
  id: string;
  email: string;
  name: string;
  role: RoleName | null;
  invitedBy: string | null;
  createdAt: Date;
  expiresAt: Date;
  membershipExpiresAt: Date | null;
  usedAt: Date | null;
  withdrawnAt: Date | null;
};
export type RightChangeRow = {
  id: string;
  at: Date;
  personId: string;
  name: string | null;
  kind: "granted" | "changed" | "revoked" | "restored" | "expiry_changed";
  fromRole: RoleName | null;
  toRole: RoleName | null;
  note: string;
  changedBy: string;
  changedByName: string | null;
};
