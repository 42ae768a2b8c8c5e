// The one table of rights: door, can(), the roles page, docs/authz.csv and e2e/access.spec.ts all read it.
import { type Actor, type Principal, principalOf } from "./actor";

const AD = "CLIENT_ADMIN";
const CO = "COMPLIANCE_OFFICER";
const MK = "MARKETER";
const AU = "AUDITOR";
const everyone: readonly Principal[] = [AD, CO, MK, AU];

const table = {
  // channels (trust.md section 7: 1-3, 7)
  "channel:read": everyone,
  "channel:open": [AD],
  "channel:edit": [AD],
  "channel:go-live": [AD],
  "channel:end": [AD],
  "onboarding:mark": [AD, CO],
  "evidence:attach": [AD, CO],
  "evidence:download": [AD, CO, AU],
  // placements (36, 37, 39, 40)
  "placement:read": everyone,
  "placement:create": [AD, MK],
  "placement:edit": [AD, MK],
  "placement:retire": [AD, CO, MK],
  // dealer connections (53, 54) and their events (21)
  "connection:read": [AD, AU],
  "connection:create": [AD],
  "connection:edit": [AD],
  "connection:rotate": [AD],
  "connection:close": [AD],
  "set-aside:read": [AD, AU],
  "event:ingest": ["DEALER"],
  "press:record": ["JOB"],
  // consult monitor: how sessions began, never what was said
  "consult:read": everyone,
  // people (49-52, 55, 56)
  "person:read": [AD, AU],
  "person:invite": [AD],
  "person:change-role": [AD],
  "person:disable": [AD],
  "person:reset-factor": [AD],
  "right:read": [AD, CO, AU],
  "organization:settings": [AD],
  "account:own": everyone,
  "account:enter": ["VISITOR"],
  // audit (33-35)
  "audit:read": [AD, CO, AU],
  "audit:export": [CO, AU],
  "audit:verify": [CO, AU, "JOB"],
  "job:run": ["JOB"],
} as const satisfies Record<string, readonly Principal[]>;

export type Permission = keyof typeof table;

export const permissions: Readonly<Record<Permission, readonly Principal[]>> = table;

/** What the operator's command may not do: act as a dealer, as somebody's account, or as a visitor. */
const notForOperators: readonly Permission[] = ["event:ingest", "press:record", "account:own", "account:enter"];

/** True when the table grants `permission` to the actor's principal. Says nothing about organizations: row-level security does. */
export function can(actor: Actor, permission: Permission): boolean {
  const principal = principalOf(actor);
  if (principal === "OPERATOR") return !notForOperators.includes(permission);
  return permissions[permission].includes(principal);
}
