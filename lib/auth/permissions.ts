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
  // going live is asked by one person and agreed to by another (9, 10 alike)
  "channel:request-go-live": [AD],
  "channel:go-live": [AD, CO],
  "channel:end": [AD],
  "channel:switch-dealer": [AD],
  "check:run": [AD, CO, "JOB"],
  "block:read": [AD, CO, AU],
  "block:edit": [AD, CO],
  "onboarding:mark": [AD, CO],
  "onboarding:plan": [AD, CO],
  "evidence:attach": [AD, CO],
  "evidence:download": [AD, CO, AU],
  // placements (36, 37, 39, 40)
  "placement:read": everyone,
  "placement:create": [AD, MK],
  "placement:edit": [AD, MK],
  "placement:retire": [AD, CO, MK],
  "placement:check": [AD, CO, MK],
  "symbol:upload": [AD, MK],
  // take-down campaigns (guide 3-4): everybody who reads placements reads them
  "take-down:open": [AD, CO, MK],
  "take-down:close": [AD, CO, MK],
  "take-down:reinstate": [AD, CO],
  "take-down:run": ["JOB"],
  // message templates (guide 1-2): written by the marketer, approved by the officer
  "template:read": everyone,
  "template:edit": [MK],
  "template:comment": [AD, CO, MK],
  "template:submit": [MK],
  "template:approve": [CO],
  "template:use": [AD, MK],
  "template:retire": [AD, MK],
  "template:check": [AD, CO, MK],
  "template:export": everyone,
  "template:import": [MK],
  "media:upload": [MK],
  "word-rule:edit": [CO],
  "scenario:read": everyone,
  "scenario:edit": [AD, MK],
  "scenario:approve": [CO],
  "rehearsal:read": everyone,
  "rehearsal:run": [AD, CO, MK],
  "rehearsal:sweep": ["JOB"],
  // contracts (4-12): written by the administrator, approved by the officer
  "contract:read": [AD, CO, AU],
  "contract:edit": [AD],
  "contract:submit": [AD],
  "contract:approve": [CO],
  "contract:upload": [AD],
  "contract:download": [AD, CO, AU],
  "contract:decide": [AD],
  "contract:end": [AD],
  "contract:approve-end": [CO],
  "exit:mark": [AD, CO],
  "reconsignment:record": [CO],
  "reconsignment:withdraw": [CO],
  "supervision:record": [AD, CO],
  "deadline:snooze": [AD, CO],
  "deadline:remind": ["JOB"],
  "calendar:own": [AD, CO, AU],
  "file:verify": [AD, CO, AU, "JOB"],
  // dealer connections (53, 54) and their events (21)
  "connection:read": [AD, AU],
  "connection:create": [AD],
  "connection:edit": [AD],
  "connection:rotate": [AD],
  "connection:close": [AD],
  "connection:call": [AD],
  "set-aside:read": [AD, AU],
  "event:ingest": ["DEALER"],
  "press:record": ["JOB"],
  "print:draw": ["JOB"],
  // consult monitor: how sessions began, never what was said
  "consult:read": everyone,
  // an approved template into an open consultation
  "consult:send": [AD, CO],
  // transcripts (17-20): looked at on purpose, every look an access record
  "transcript:search": [CO, AU],
  "transcript:read": [CO, AU],
  "transcript:unmask": [CO, AU],
  "attachment:download": [CO, AU],
  "attachment:keep": ["JOB"],
  "attachment-host:read": [AD, CO, AU],
  "attachment-host:edit": [AD],
  "transcript:classify": [CO],
  "transcript:forward": [CO],
  "transcript:export": [CO],
  "transcript:write-export": ["JOB"],
  "transcript:import": [],
  "purpose:read": [AD, CO, AU],
  "purpose:edit": [CO],
  // retention (22-32)
  "policy:read": [AD, CO, AU],
  "policy:edit": [CO],
  "policy:submit": [CO],
  "policy:approve": [AD],
  "retention:settings": [AD],
  "retention:reckon": ["JOB"],
  "hold:read": [AD, CO, AU],
  "hold:place": [CO],
  "hold:edit": [CO],
  "hold:request-release": [CO],
  "hold:approve-release": [AD],
  "destruction:read": [AD, CO, AU],
  "destruction:preview": [CO, AU],
  "destruction:request": [CO],
  "destruction:approve": [AD],
  "destruction:run": [CO, "JOB"],
  "destruction:prepare-routine": ["JOB"],
  "standing-approval:request": [CO],
  "standing-approval:approve": [AD],
  "ledger:read": [AD, CO, AU],
  "ledger:record": [CO],
  // the first automatic notice (13-16): drafted by who writes to users too, owned by the officer
  "notice:read": everyone,
  "notice:edit": [CO, MK],
  "notice:submit": [CO],
  "notice:approve": [AD, CO],
  "notice:follow": [AD, CO],
  "notice:withdraw": [CO],
  // consignees (12), as they are published
  "consignee-list:read": [AD, CO, AU],
  "consignee-list:publish": [CO],
  // consents
  "consent-form:read": everyone,
  "consent-form:edit": [CO],
  "consent-form:submit": [CO],
  "consent-form:approve": [AD],
  "consent-form:retire": [CO],
  "consent:read": [CO, AU],
  "consent:record": [CO],
  "consent:withdraw": [CO],
  // data subjects' requests
  "data-request:read": [CO, AU],
  "data-request:record": [CO],
  "data-request:answer": [CO],
  // access records (접속기록)
  "access-record:read": [AD, CO, AU],
  "access-record:drop": ["JOB"],
  "access-plan:edit": [CO],
  "access-review:record": [CO],
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
