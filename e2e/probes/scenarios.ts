import type { Permission } from "@/lib/auth/permissions";
import { submitScenario } from "@/lib/rehearsal/commands/take-scenario-step";
import { getScenario } from "@/lib/rehearsal/queries/get-scenario";
import { type Company, scenarioOf } from "../harness-company";
import { count, fresh, type Probe, say, sendForm } from "./probe";

/** A scenario, and the hash of what it says; `submitted`: it waits for approval. */
async function scenario(company: Company, submitted = false): Promise<{ id: string; hash: string }> {
  const { actor } = company.people.MARKETER;
  const id = await scenarioOf(actor, company.channelId, company.marker);
  const hash = (await getScenario(actor, id))?.hash ?? "";
  if (submitted) await submitScenario(actor, { scenarioId: id, hash, note: "" });
  return { id, hash };
}

/** A page with the form of an approval, made before anything is measured. */
const waiting = new Map<string, string>();
export async function prepareScenarios(company: Company): Promise<void> {
  waiting.set(company.id, `/rehearsal/scenarios/${(await scenario(company, true)).id}`);
}

export const scenarioProbes = {
  "scenario:read": {
    target: async (company) => ({ id: company.scenarioId, marker: company.marker }),
    act: (who, { id }) => who.get(`/rehearsal/scenarios/${id}`),
    effect: async ({ marker = "" }, answer) => answer.status === 200 && answer.text.includes(`시나리오 ${marker}`),
    ids: ["id"],
    refusal: 403,
  },
  "scenario:edit": {
    target: async (company) => ({ ...(await scenario(company)), name: fresh() }),
    act: (who, { id = "", name = "" }, home) =>
      sendForm(who, {
        giver: home.people.MARKETER.caller,
        page: `/rehearsal/scenarios/${home.scenarioId}/edit`,
        has: { scenarioId: true, name: true },
        change: { scenarioId: id, revision: "1", name },
      }),
    effect: async ({ name }) => (await count("SELECT count(*) n FROM scenarios WHERE name = $1", name)) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "scenario:approve": {
    target: (company) => scenario(company, true),
    act: (who, { id = "", hash = "" }, home) =>
      sendForm(who, {
        giver: home.people.COMPLIANCE_OFFICER.caller,
        page: waiting.get(home.id) ?? "",
        has: { scenarioId: true, hash: true, note: true },
        words: say("templates.step.approve"),
        change: { scenarioId: id, hash },
      }),
    effect: async ({ id }) =>
      (await count("SELECT count(*) n FROM scenario_steps WHERE scenario_id = $1 AND kind = 'approved'", id)) === 1,
    ids: ["id"],
    refusal: 404,
  },
} satisfies Partial<Record<Permission, Probe>>;
