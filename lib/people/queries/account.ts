import type { PersonActor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { membershipStatus } from "../rules";
import type { RoleName } from "../schema";

export type Account = {
  name: string;
  email: string;
  passwordSetAt: Date | null;
  totpConfirmedAt: Date | null;
};

/** The own account. */
export function getAccount(actor: PersonActor): Promise<Account> {
  return read(actor, "account:own", (tx) =>
    tx.person.findUniqueOrThrow({
      where: { id: actor.personId },
      select: { name: true, email: true, passwordSetAt: true, totpConfirmedAt: true },
    }),
  );
}

/** How many recovery codes are left. */
export function countRecoveryCodes(actor: PersonActor): Promise<number> {
  return read(actor, "account:own", (tx) =>
    tx.recoveryCode.count({ where: { personId: actor.personId, usedAt: null } }),
  );
}

export type MyOrganization = { id: string; name: string; role: RoleName };

/** Every organization this person can work in now, by name. */
export function listMyOrganizations(actor: PersonActor): Promise<MyOrganization[]> {
  return read(actor, "account:own", async (tx) => {
    const memberships = await tx.membership.findMany({
      where: { personId: actor.personId },
      select: { role: true, disabledAt: true, expiresAt: true, organization: { select: { id: true, name: true } } },
    });
    const now = new Date();
    return memberships
      .filter((membership) => membershipStatus(membership, now) === "active")
      .map(({ role, organization }) => ({ ...organization, role }))
      .sort((a, b) => a.name.localeCompare(b.name, "ko"));
  });
}

export type MySession = {
  id: string;
  current: boolean;
  address: string;
  agent: string;
  createdAt: Date;
  lastSeenAt: Date;
  endsAt: Date;
};

/** The own sessions in force, this one first. */
export function listMySessions(actor: PersonActor): Promise<MySession[]> {
  return read(actor, "account:own", async (tx) => {
    const rows = await tx.$queryRaw<Omit<MySession, "current">[]>`
      SELECT id, address, agent, created_at AS "createdAt", last_seen_at AS "lastSeenAt", ends_at AS "endsAt" FROM sign_ins
      WHERE person_id = ${actor.personId}::uuid AND ended_at IS NULL AND ends_at > clock_timestamp()
        AND last_seen_at > clock_timestamp() - interval '30 minutes'
      ORDER BY last_seen_at DESC, id LIMIT 100`;
    const sessions = rows.map((row) => ({ ...row, current: row.id === actor.signInId }));
    return [...sessions.filter((row) => row.current), ...sessions.filter((row) => !row.current)];
  });
}

export type OrganizationSettings = {
  name: string;
  slug: string;
  secondFactorNeeded: boolean;
  demonstration: boolean;
  version: number;
};

/** What the settings page shows and changes. */
export function getOrganization(actor: PersonActor): Promise<OrganizationSettings> {
  return read(actor, "organization:settings", (tx) =>
    tx.organization.findUniqueOrThrow({
      where: { id: actor.organizationId },
      select: { name: true, slug: true, secondFactorNeeded: true, demonstration: true, version: true },
    }),
  );
}

/** Letters that wait in the outbox of the organization, those given up left out. */
export function countWaitingMail(actor: PersonActor): Promise<number> {
  return read(actor, "organization:settings", (tx) => tx.mail.count({ where: { sentAt: null, body: { not: "" } } }));
}
