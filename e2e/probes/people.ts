import type { Permission } from "@/lib/auth/permissions";
import type { Role } from "@/prisma/generated/enums";
import { type Company, giveFactor, join, signedIn } from "../harness-company";
import { row } from "../harness-database";
import { count, fresh, type Probe, say, sendForm } from "./probe";

const admin = (home: Company) => home.people.CLIENT_ADMIN.caller;

async function member(company: Company, role: Role = "MARKETER"): Promise<{ id: string; version: string }> {
  const { personId } = await join(company, role, null, `m${fresh().slice(1)}`);
  return { id: personId, version: "1" };
}

/** A member with a second factor, so that there is one to take away. */
async function guarded(company: Company): Promise<{ id: string }> {
  const { id } = await member(company);
  await giveFactor(id);
  return { id };
}

export const peopleProbes = {
  "person:read": {
    target: async (company) => ({ id: company.people.MARKETER.personId, marker: company.marker }),
    act: (who, { id }) => who.get(`/people/${id}`),
    effect: async ({ marker = "" }, answer) => answer.status === 200 && answer.text.includes(`marketer@${marker}`),
    ids: ["id"],
    refusal: 403,
  },
  "person:invite": {
    target: async () => ({ email: `${fresh().slice(1)}@example.test`, name: "새 동료", role: "MARKETER" }),
    act: (who, target, home) =>
      sendForm(who, { giver: admin(home), page: "/people/invite", has: { email: true }, change: target }),
    effect: async ({ email }) => (await count("SELECT count(*) n FROM tickets WHERE email = $1", email)) === 1,
    ids: [],
    refusal: 404,
  },
  "person:change-role": {
    target: (company) => member(company),
    act: (who, { id = "", version = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: `/people/${home.people.AUDITOR.personId}`,
        has: { personId: true, role: true },
        change: { personId: id, version, role: "COMPLIANCE_OFFICER" },
      }),
    effect: async ({ id }) =>
      (await count("SELECT count(*) n FROM memberships WHERE person_id = $1 AND role = 'COMPLIANCE_OFFICER'", id)) ===
      1,
    ids: ["id"],
    refusal: 404,
  },
  "person:disable": {
    target: (company) => member(company),
    act: (who, { id = "", version = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: `/people/${home.people.AUDITOR.personId}`,
        has: { personId: true, note: true },
        change: { personId: id, version },
      }),
    effect: async ({ id }) =>
      (await count("SELECT count(*) n FROM memberships WHERE person_id = $1 AND disabled_at IS NOT NULL", id)) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "person:reset-factor": {
    target: guarded,
    act: async (who, { id = "" }, home) => {
      return sendForm(who, {
        giver: admin(home),
        page: `/people/${home.guardedId}`,
        words: say("people.person.resetFactor"),
        change: { personId: id, proofPassword: home.password },
      });
    },
    effect: async ({ id }) =>
      (await count("SELECT count(*) n FROM persons WHERE id = $1 AND totp_confirmed_at IS NULL", id)) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "right:read": {
    target: async (company) => ({ marker: company.marker }),
    act: (who) => who.get("/people/history"),
    effect: async ({ marker = "" }, answer) => answer.status === 200 && answer.text.includes(marker),
    ids: [],
    refusal: 403,
  },
  "organization:settings": {
    target: async () => ({ name: `주식회사 ${fresh()}` }),
    act: (who, { name = "" }, home) =>
      sendForm(who, { giver: admin(home), page: "/settings", has: { version: true, name: true }, change: { name } }),
    effect: async ({ name }) => (await count("SELECT count(*) n FROM organizations WHERE name = $1", name)) === 1,
    ids: [],
    refusal: 404,
  },
  "account:own": {
    target: async (company, role) => ({ id: (await signedIn(company.id, company.people[role].personId)).signInId }),
    act: async (who, { id = "" }, home) => {
      return sendForm(who, {
        giver: admin(home),
        page: "/account",
        has: { signInId: "others" },
        change: { signInId: id, proofPassword: home.password },
      });
    },
    effect: async ({ id }) =>
      (await row<{ ended: boolean }>("SELECT ended_at IS NOT NULL AS ended FROM sign_ins WHERE id = $1", [id])).ended,
    ids: ["id"],
    refusal: 404,
  },
} satisfies Partial<Record<Permission, Probe>>;
