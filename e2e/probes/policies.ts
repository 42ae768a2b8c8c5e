import { randomInt } from "node:crypto";
import type { Permission } from "@/lib/auth/permissions";
import { makePolicy, type PolicyPlan } from "@/prisma/seed/policies";
import type { Company } from "../harness-company";
import { row } from "../harness-database";
import { count, fresh, type Probe, sendForm } from "./probe";

type Stage = "draft" | "submitted" | "approved";

/** A policy at a stage, or one in force with a standing approval that waits. @returns its id, the hash of its version, and the waiting approval's id */
async function policy(
  { people, marker }: Company,
  stage: Stage,
  standing?: PolicyPlan["standing"],
): Promise<{ id: string; hash: string; standingId: string }> {
  const { COMPLIANCE_OFFICER, CLIENT_ADMIN } = people;
  const { id } = await makePolicy(
    { now: new Date(), officer: COMPLIANCE_OFFICER.actor, admin: CLIENT_ADMIN.actor },
    {
      ...{ number: randomInt(1_000, 2_000_000_000), name: `정책 ${marker}`, standing },
      versions: [{ savedDaysAgo: 3, stage, count: 6, unit: "months", anchor: "session-end", basis: "pipa-15-1-1" }],
    },
  );
  const { hash, standingId } = await row<{ hash: string; standingId: string | null }>(
    `SELECT v.hash, a.id AS "standingId" FROM policy_versions v LEFT JOIN standing_approvals a ON a.policy_version_id = v.id WHERE v.policy_id = $1`,
    [id],
  );
  return { id, hash, standingId: standingId ?? "" };
}

/** Policies that forms are taken from, made before anything is measured. */
const pages = new Map<string, Record<"stands" | "draft" | "waits" | "asked", string>>();

export async function preparePolicies(company: Company): Promise<void> {
  pages.set(company.id, {
    stands: (await policy(company, "approved")).id,
    draft: (await policy(company, "draft")).id,
    waits: (await policy(company, "submitted")).id,
    asked: (await policy(company, "approved", { askedDaysAgo: 1, waits: true })).id,
  });
}

function pageOf(home: Company, which: "stands" | "draft" | "waits" | "asked", part = ""): string {
  const made = pages.get(home.id);
  if (!made) throw new Error("preparePolicies was not called for this company");
  return `/retention/policies/${made[which]}${part}`;
}

const steps = (id: string, kind: string) =>
  count("SELECT count(*) n FROM policy_steps WHERE policy_id = $1 AND kind = $2", id, kind);
const admin = (home: Company) => home.people.CLIENT_ADMIN.caller;
const officer = (home: Company) => home.people.COMPLIANCE_OFFICER.caller;

export const policyProbes = {
  "policy:read": {
    target: async (company) => ({ id: (await policy(company, "approved")).id, marker: company.marker }),
    act: (who, { id }) => who.get(`/retention/policies/${id}`),
    effect: async ({ marker = "" }, answer) => answer.status === 200 && answer.text.includes(`정책 ${marker}`),
    ids: ["id"],
    refusal: 403,
  },
  "policy:edit": {
    target: async (company) => ({ id: (await policy(company, "approved")).id, basisNote: fresh() }),
    act: (who, { id = "", basisNote = "" }, home) =>
      sendForm(who, {
        giver: officer(home),
        page: pageOf(home, "stands", "/edit"),
        has: { policyId: true, whyNotShorter: true },
        change: { policyId: id, version: "1", basisNote },
      }),
    effect: async ({ id, basisNote }) =>
      (await count(
        "SELECT count(*) n FROM policy_versions WHERE policy_id = $1 AND number = 2 AND basis_note = $2",
        id,
        basisNote,
      )) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "policy:submit": {
    target: (company) => policy(company, "draft"),
    act: (who, { id = "", hash = "" }, home) =>
      sendForm(who, {
        giver: officer(home),
        page: pageOf(home, "draft"),
        has: { policyId: true, hash: true, note: true },
        change: { policyId: id, hash },
      }),
    effect: async ({ id = "" }) => (await steps(id, "submitted")) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "policy:approve": {
    target: (company) => policy(company, "submitted"),
    act: (who, { id = "", hash = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: pageOf(home, "waits"),
        has: { policyId: true, hash: true, note: true },
        words: "이 판 승인",
        change: { policyId: id, hash },
      }),
    effect: async ({ id = "" }) => (await steps(id, "approved")) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "retention:settings": {
    target: async () => ({ backupNote: fresh() }),
    act: (who, { backupNote = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: "/retention/settings",
        has: { version: true, backupDays: true },
        change: { backupNote },
      }),
    effect: async ({ backupNote }) =>
      (await count("SELECT count(*) n FROM retention_settings WHERE backup_note = $1", backupNote)) === 1,
    ids: [],
    refusal: 404,
  },
  "standing-approval:request": {
    target: (company) => policy(company, "approved"),
    act: (who, { id = "", hash = "" }, home) =>
      sendForm(who, {
        giver: officer(home),
        page: pageOf(home, "stands"),
        has: { policyId: true, hash: true },
        words: "상시 승인 요청",
        change: { policyId: id, hash },
      }),
    effect: async ({ hash, id }) =>
      (await count(
        "SELECT count(*) n FROM standing_approvals a JOIN policy_versions v ON v.id = a.policy_version_id WHERE v.policy_id = $1 AND a.hash = $2",
        id,
        hash,
      )) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "standing-approval:approve": {
    target: (company) => policy(company, "approved", { askedDaysAgo: 1, waits: true }),
    act: (who, { standingId = "", hash = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: pageOf(home, "asked"),
        has: { standingId: true, hash: true },
        words: "상시 승인",
        change: { standingId, hash },
      }),
    effect: async ({ standingId }) =>
      (await count("SELECT count(*) n FROM standing_approvals WHERE id = $1 AND outcome = 'approved'", standingId)) ===
      1,
    ids: ["standingId"],
    refusal: 404,
  },
} satisfies Partial<Record<Permission, Probe>>;
