// Who may see, preview, ask for, agree to and begin destructions. Each is of one consultation of its own, before its day.
import type { Permission } from "@/lib/auth/permissions";
import { approveDestruction, requestDestruction } from "@/lib/retention/commands/decide-destruction";
import { runBatch } from "@/lib/retention/commands/run-destruction";
import { destructionPhrase } from "@/lib/retention/rules/destruction";
import { type Company, destructionOf, makeConsult } from "../harness-company";
import { row } from "../harness-database";
import { count, type Probe, say, sendForm } from "./probe";

type Stage = "prepared" | "requested" | "approved";

/** A run at a stage. @returns its id, the digest that forms carry, and what is typed to begin it */
async function run(company: Company, stage: Stage): Promise<{ id: string; digest: string; phrase: string }> {
  const sessionId = await makeConsult(company, company.channelId, company.connectionId);
  const { id, digest, sessions } = await destructionOf(company, company.people, sessionId);
  const { COMPLIANCE_OFFICER, CLIENT_ADMIN } = company.people;
  const said = { destructionId: id, digest, note: "" };
  if (stage !== "prepared") await requestDestruction(COMPLIANCE_OFFICER.actor, said, new Date());
  if (stage === "approved") await approveDestruction(CLIENT_ADMIN.actor, { ...said, guardSeen: true }, new Date());
  return { id, digest, phrase: destructionPhrase(sessions) };
}

/** Runs that forms are taken from, made before anything is measured. */
const pages = new Map<string, Record<Stage, string>>();

export async function prepareDestructions(company: Company): Promise<void> {
  pages.set(company.id, {
    prepared: (await run(company, "prepared")).id,
    requested: (await run(company, "requested")).id,
    approved: (await run(company, "approved")).id,
  });
}

function pageOf(home: Company, stage: Stage): string {
  const made = pages.get(home.id);
  if (!made) throw new Error("prepareDestructions was not called for this company");
  return `/retention/destructions/${made[stage]}`;
}

const officer = (home: Company) => home.people.COMPLIANCE_OFFICER.caller;
const admin = (home: Company) => home.people.CLIENT_ADMIN.caller;
const steps = (id: string, kind: string) =>
  count("SELECT count(*) n FROM destruction_steps WHERE destruction_id = $1 AND kind = $2", id, kind);

/** Finishes what was begun, so that the server's own chore has nothing left to do while the next probe is measured. */
async function finish(id: string): Promise<void> {
  const { organizationId } = await row<{ organizationId: string }>(
    `SELECT organization_id AS "organizationId" FROM destructions WHERE id = $1`,
    [id],
  );
  const job = { kind: "job", name: "destructions", organizationId } as const;
  for (let outcome = await runBatch(job, id, new Date()); outcome === "batch"; )
    outcome = await runBatch(job, id, new Date());
}

export const destructionProbes = {
  "destruction:read": {
    target: async (company) => ({ id: (await run(company, "prepared")).id, marker: company.marker }),
    act: (who, { id }) => who.get(`/retention/destructions/${id}`),
    effect: async ({ marker = "" }, answer) => answer.status === 200 && answer.text.includes(`사유 ${marker}`),
    ids: ["id"],
    refusal: 403,
  },
  "destruction:preview": {
    target: async () => ({}),
    act: (who) => who.get("/retention/destructions/new"),
    effect: async (_target, answer) =>
      answer.status === 200 && answer.text.includes(say("retention.destructions.preview.note")),
    ids: [],
    refusal: 403,
  },
  "destruction:request": {
    target: (company) => run(company, "prepared"),
    act: (who, { id = "", digest = "" }, home) =>
      sendForm(who, {
        giver: officer(home),
        page: pageOf(home, "prepared"),
        has: { destructionId: true, digest: true, note: true },
        words: say("retention.destructions.acts.request"),
        change: { destructionId: id, digest },
      }),
    effect: async ({ id = "" }) => (await steps(id, "requested")) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "destruction:approve": {
    target: (company) => run(company, "requested"),
    act: (who, { id = "", digest = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: pageOf(home, "requested"),
        has: { destructionId: true, digest: true },
        words: say("retention.destructions.acts.approve"),
        change: { destructionId: id, digest, guardSeen: "on" },
      }),
    effect: async ({ id = "" }) => (await steps(id, "approved")) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "destruction:run": {
    target: (company) => run(company, "approved"),
    act: (who, { id = "", digest = "", phrase = "" }, home) =>
      sendForm(who, {
        giver: officer(home),
        page: pageOf(home, "approved"),
        has: { destructionId: true, digest: true, phrase: true },
        change: { destructionId: id, digest, phrase },
      }),
    effect: async ({ id = "" }) => {
      if ((await steps(id, "started")) !== 1) return false;
      await finish(id);
      return true;
    },
    ids: ["id"],
    refusal: 404,
  },
} satisfies Partial<Record<Permission, Probe>>;
