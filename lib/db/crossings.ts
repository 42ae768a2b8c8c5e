// The few looks across organizations, each a function of the migrating role (prisma/migrations/*_identity and those that name themselves here).
import type { Role } from "@/prisma/generated/enums";
import { database, type Tx } from "./client";

/** Ids of all organizations, oldest first: for the sealer and the jobs. */
export async function organizationIds(): Promise<string[]> {
  const rows = await database().$queryRaw<{ id: string }[]>`SELECT damso_organizations() AS id`;
  return rows.map((row) => row.id);
}

export type PersonForSignIn = {
  personId: string;
  name: string;
  passwordHash: string | null;
  totpSealed: Uint8Array<ArrayBuffer> | null;
  totpConfirmedAt: Date | null;
  /** Memberships in force, oldest organization first. */
  memberships: { organizationId: string; name: string; role: Role; secondFactorNeeded: boolean }[];
  /** Oldest organization, also one where the rights have ended: a failed sign-in is recorded there. */
  homeOrganizationId: string | null;
  lastOrganizationId: string | null;
};

/** The person behind a normalized e-mail address, or null. */
export async function personByEmail(email: string): Promise<PersonForSignIn | null> {
  const rows = await database().$queryRaw<PersonForSignIn[]>`
    SELECT person_id AS "personId", name, password_hash AS "passwordHash", totp_sealed AS "totpSealed", totp_confirmed_at AS "totpConfirmedAt", memberships,
      home_organization_id AS "homeOrganizationId", last_organization_id AS "lastOrganizationId"
    FROM damso_person_by_email(${email})`;
  return rows[0] ?? null;
}

export type SignInState = {
  signInId: string;
  personId: string;
  name: string;
  email: string;
  organizationId: string;
  organizationName: string;
  role: Role;
  secondFactorNeeded: boolean;
  totpConfirmed: boolean;
  factorAt: Date | null;
  createdAt: Date;
  endsAt: Date;
};

/** The session behind a cookie while it is in force (not ended, not idle for 30 min, membership in force), or null. */
export async function signInState(signInId: string): Promise<SignInState | null> {
  const rows = await database().$queryRaw<SignInState[]>`
    SELECT sign_in_id AS "signInId", person_id AS "personId", name, email, organization_id AS "organizationId", organization_name AS "organizationName",
      role::text AS role, second_factor_needed AS "secondFactorNeeded", totp_confirmed AS "totpConfirmed", factor_at AS "factorAt", created_at AS "createdAt", ends_at AS "endsAt"
    FROM damso_sign_in(${signInId}::uuid)`;
  return rows[0] ?? null;
}

export type TicketState = {
  id: string;
  kind: "invite" | "reset";
  organizationId: string;
  organizationName: string;
  personId: string | null;
  email: string;
  name: string;
  role: Role | null;
  membershipExpiresAt: Date | null;
  expiresAt: Date;
  usedAt: Date | null;
  withdrawnAt: Date | null;
};

/** The mailed link behind the SHA-256 of its token, or null. */
export async function ticketByHash(tokenHash: Uint8Array<ArrayBuffer>): Promise<TicketState | null> {
  const rows = await database().$queryRaw<TicketState[]>`
    SELECT id, kind, organization_id AS "organizationId", organization_name AS "organizationName", person_id AS "personId", email, name, role::text AS role,
      membership_expires_at AS "membershipExpiresAt", expires_at AS "expiresAt", used_at AS "usedAt", withdrawn_at AS "withdrawnAt"
    FROM damso_ticket(${tokenHash})`;
  return rows[0] ?? null;
}

/** Counts one more try under a keyed hash; `shutUntil` is set while it is shut. Durations in seconds. */
export async function throttle(
  subject: string,
  most: number,
  withinSeconds: number,
  shutSeconds: number,
): Promise<{ hits: number; shutUntil: Date | null }> {
  const rows = await database().$queryRaw<{ hits: number; shutUntil: Date | null }[]>`
    SELECT hits, shut_until AS "shutUntil" FROM damso_throttle(${subject}, ${most}::int, make_interval(secs => ${withinSeconds}::float8), make_interval(secs => ${shutSeconds}::float8))`;
  const row = rows[0];
  if (!row) throw new Error("damso_throttle answered nothing");
  return row;
}

/** Forgets the tries under a keyed hash. */
export async function clearThrottle(subject: string): Promise<void> {
  await database().$executeRaw`SELECT damso_throttle_clear(${subject})`;
}

export type DealerTokenState = {
  connectionId: string;
  organizationId: string;
  channelId: string;
  senderKey: string | null;
  format: "infobank" | "happytalk" | "canonical";
  allowedFrom: string[];
  secretSealed: Uint8Array<ArrayBuffer> | null;
  oldSecretSealed: Uint8Array<ArrayBuffer> | null;
  oldSecretUntil: Date | null;
  /** The rehearsal whose stand-in it is; null: a dealer. */
  rehearsalId: string | null;
  /** By how much its time is ahead; 0 of every dealer. */
  aheadMs: number;
};

/**
 * Links an organization's committed audit entries into its chain, oldest first, up to 20,000 in one call.
 * @returns how many, or -1 when another sealer is at it
 */
export async function sealAudit(organizationId: string): Promise<number> {
  const rows = await database().$queryRaw<
    { linked: number }[]
  >`SELECT damso_audit_seal(${organizationId}::uuid) AS linked`;
  return rows[0]?.linked ?? 0;
}

/** Organizations whose audit log has entries without a link. */
export async function unsealedOrganizationIds(): Promise<string[]> {
  const rows = await database().$queryRaw<{ id: string }[]>`SELECT damso_audit_unsealed() AS id`;
  return rows.map((row) => row.id);
}

/** Those of the given file ids that have a row in any organization: for the sweep of the file store. */
export async function knownFileIds(ids: string[]): Promise<string[]> {
  const rows = await database().$queryRaw<{ id: string }[]>`SELECT damso_known_files(${ids}) AS id`;
  return rows.map((row) => row.id);
}

/** The open connections behind the SHA-256 of hook tokens: one question for all posts that arrive together. Null where there is none. */
export async function dealerTokensByHash(tokenHashes: Uint8Array[]): Promise<(DealerTokenState | null)[]> {
  const names = tokenHashes.map((hash) => Buffer.from(hash).toString("hex"));
  const rows = await database().$queryRaw<(DealerTokenState & { tokenHash: string })[]>`
    SELECT encode(token_hash, 'hex') AS "tokenHash", connection_id AS "connectionId", organization_id AS "organizationId", channel_id AS "channelId",
      sender_key AS "senderKey", format, allowed_from AS "allowedFrom", secret_sealed AS "secretSealed", old_secret_sealed AS "oldSecretSealed",
      old_secret_until AS "oldSecretUntil", rehearsal_id AS "rehearsalId", ahead_ms::float8 AS "aheadMs"
    FROM damso_dealer_tokens((SELECT array_agg(decode(name, 'hex')) FROM unnest(${names}::text[]) AS name))`;
  const found = new Map(rows.map((row) => [row.tokenHash, row]));
  return names.map((name) => found.get(name) ?? null);
}

/** Takes a colleague's second factor away and ends that person's sessions everywhere. False when there is no such colleague. */
export async function resetFactorOfColleague(tx: Tx, personId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ done: boolean }[]>`SELECT damso_reset_factor(${personId}::uuid) AS done`;
  return rows[0]?.done ?? false;
}

/** Ids of the organizations that have mail to send now. */
export async function organizationsWithMail(): Promise<string[]> {
  const rows = await database().$queryRaw<{ id: string }[]>`SELECT damso_mail_due() AS id`;
  return rows.map((row) => row.id);
}

/** Ids of the organizations in which a user's file waits to be fetched now. */
export async function organizationsWithFiles(): Promise<string[]> {
  const rows = await database().$queryRaw<{ id: string }[]>`SELECT damso_files_waiting() AS id`;
  return rows.map((row) => row.id);
}

/** Ids of the organizations in which an export is to be made, or one whose time is over still lies. */
export async function organizationsWithExports(): Promise<string[]> {
  const rows = await database().$queryRaw<{ id: string }[]>`SELECT damso_exports_waiting() AS id`;
  return rows.map((row) => row.id);
}

/** Ids of the organizations in which a sheet of QR codes is to be drawn. */
export async function organizationsWithPrints(): Promise<string[]> {
  const rows = await database().$queryRaw<{ id: string }[]>`SELECT damso_prints_waiting() AS id`;
  return rows.map((row) => row.id);
}

/** Ids of the organizations in which a page is to be looked at now: due by itself, or asked for. */
export async function organizationsWithPresence(): Promise<string[]> {
  const rows = await database().$queryRaw<{ id: string }[]>`SELECT damso_presence_due() AS id`;
  return rows.map((row) => row.id);
}

/** Deletes counters of tries that have run out; how many. */
export async function sweepThrottles(): Promise<number> {
  const rows = await database().$queryRaw<{ swept: number }[]>`SELECT damso_throttle_sweep() AS swept`;
  return rows[0]?.swept ?? 0;
}

/** Organizations in which a job's period has no finished run and no runner: for the scheduler. */
export async function organizationsDue(job: string, period: string): Promise<string[]> {
  const rows = await database().$queryRaw<{ id: string }[]>`SELECT damso_jobs_due(${job}, ${period}) AS id`;
  return rows.map((row) => row.id);
}

export type RecordedPress = {
  organizationId: string;
  placementId: string;
  /** Milliseconds since the epoch. */
  at: number;
  kind: "press" | "scan";
  visitor: "person" | "preview" | "bot" | "head";
};

/** Counts presses that no spool holds (the demonstration's past), once under a name of their own; roll-ups included. */
export async function recordPresses(name: string, presses: readonly RecordedPress[]): Promise<void> {
  const column = (pick: (press: RecordedPress) => string) => presses.map(pick);
  await database()
    .$queryRaw`SELECT damso_record_presses(${name}, 0, ${presses.length}::int, ${column((one) => one.organizationId)}::uuid[],
    ${column((one) => one.placementId)}::uuid[], ${column((one) => String(one.at))}::bigint[], ${column((one) => one.kind)}, ${column((one) => one.visitor)},
    ${presses.map(() => null)}::bytea[])`;
}

export type CalendarFeedState = { feedId: string; personId: string; organizationId: string; role: Role };

/** The open calendar behind the SHA-256 of its token, with the rights that its person has now, or null. */
export async function calendarFeedByHash(hash: Uint8Array<ArrayBuffer>): Promise<CalendarFeedState | null> {
  const rows = await database().$queryRaw<CalendarFeedState[]>`
    SELECT feed_id::text AS "feedId", person_id::text AS "personId", organization_id::text AS "organizationId", role::text AS role
    FROM damso_calendar_feed(${hash})`;
  return rows[0] ?? null;
}

/** Ids of the organizations that have destroyed files to remove from the store. */
export async function organizationsWithRemovals(): Promise<string[]> {
  const rows = await database().$queryRaw<{ id: string }[]>`SELECT damso_files_to_remove() AS id`;
  return rows.map((row) => row.id);
}

/** Ids of the organizations in which a channel has a last day or a take-down campaign is under way. */
export async function organizationsWithTakeDowns(): Promise<string[]> {
  const rows = await database().$queryRaw<{ id: string }[]>`SELECT damso_take_downs_due() AS id`;
  return rows.map((row) => row.id);
}

/** Ids of the organizations in which a destruction has begun and is not over. */
export async function organizationsWithDestructions(): Promise<string[]> {
  const rows = await database().$queryRaw<{ id: string }[]>`SELECT damso_destructions_running() AS id`;
  return rows.map((row) => row.id);
}

export type OpenConsignees = {
  organizationName: string;
  number: number;
  effectiveOn: string;
  /** Canonical JSON (lib/privacy/rules/consignee-list). */
  text: string;
  hash: string;
  at: Date;
  /** No later list was published. */
  newest: boolean;
};

/** The published list of an organization that counted on a day, by its short name; null: unknown name, or no list by then. Needs no session. */
export async function openConsignees(slug: string, on: string): Promise<OpenConsignees | null> {
  const rows = await database().$queryRaw<OpenConsignees[]>`
    SELECT organization_name AS "organizationName", number, effective_on::text AS "effectiveOn", "text", hash, at, newest
    FROM damso_published_consignees(${slug}, ${on}::date)`;
  return rows[0] ?? null;
}
