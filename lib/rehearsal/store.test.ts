import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabase } from "@/lib/db/client";
import { Conflict, Forbidden, NotFound, Refused } from "@/lib/errors";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { createScenario, saveScenario } from "./commands/save-scenario";
import {
  approveScenario,
  retireScenario,
  returnScenario,
  submitScenario,
  takeScenarioInUse,
  withdrawScenario,
} from "./commands/take-scenario-step";
import { getScenario } from "./queries/get-scenario";
import { listScenarios } from "./queries/list-scenarios";
import { scenarioHash } from "./rules/scenario-hash";
import { type Scenario, scenarioSchema } from "./schema/scenario";

let company: TestCompany;
let other: TestCompany;
beforeAll(async () => {
  company = await openTestCompany();
  other = await openTestCompany();
});
afterAll(async () => {
  await company.owner.end();
  await other.owner.end();
  await closeDatabase();
});
beforeEach(() => company.mark());

const sound = (text = "무엇을 도와드릴까요?"): Scenario =>
  scenarioSchema.parse({
    ...{ start: "a", hours: { days: [{ day: 1, from: 540, to: 1_080 }] } },
    nodes: [
      { id: "a", kind: "menu", text, choices: [{ label: "상담원", to: "b" }] },
      { id: "b", kind: "agent" },
    ],
  });
const broken = (): Scenario => ({ ...sound(), start: "nowhere" });

async function made(content = sound()): Promise<{ scenarioId: string; hash: string; note: string }> {
  const channelId = crypto.randomUUID();
  const name = `c${channelId.slice(0, 8)}`;
  await company.owner.query("INSERT INTO channels (id, organization_id, search_id, name) VALUES ($1, $2, $3, $3)", [
    ...[channelId, company.admin.organizationId, name],
  ]);
  const scenarioId = await createScenario(company.marketer, { channelId, name: "첫 안내", content });
  await company.mark();
  return { scenarioId, hash: scenarioHash(content), note: "" };
}
const stateOf = async (id: string) => (await getScenario(company.auditor, id))?.standing;

describe("a scenario", () => {
  it("goes from draft to use past a second pair of eyes, each step with one event", async () => {
    const about = await made();
    await submitScenario(company.marketer, about);
    await company.expectOneEvent("scenario.submitted", about.scenarioId);
    await expect(
      saveScenario(company.marketer, { ...about, revision: 1, name: "x", content: sound("y") }),
    ).rejects.toThrow(Refused);
    await approveScenario(company.officer, about);
    await takeScenarioInUse(company.admin, about);
    expect(await stateOf(about.scenarioId)).toEqual({ state: "used", version: 1, inUse: 1 });
    const [listed] = await listScenarios(company.auditor);
    expect(listed).toMatchObject({ id: about.scenarioId, state: "used", version: 1, inUse: 1 });
    const content = sound("다시 쓴 글");
    await saveScenario(company.marketer, { ...about, revision: 1, name: "첫 안내", content });
    expect(await stateOf(about.scenarioId)).toEqual({ state: "draft", version: 1, inUse: 1 });
    await retireScenario(company.admin, { ...about, hash: scenarioHash(content) });
    expect((await stateOf(about.scenarioId))?.inUse).toBeNull();
  });

  it("is approved by nobody who wrote it or asked, and not against another hash", async () => {
    const about = await made();
    await submitScenario(company.admin, about);
    await expect(approveScenario(company.officer, { ...about, hash: "0".repeat(64) })).rejects.toThrow(Conflict);
    await expect(approveScenario(company.admin, about)).rejects.toThrow(Forbidden);
    const { rows } = await company.owner.query("SELECT id FROM scenario_versions WHERE scenario_id = $1", [
      about.scenarioId,
    ]);
    await expect(
      company.owner.query(
        "INSERT INTO scenario_steps (organization_id, scenario_id, version_id, kind, hash, person_id) VALUES ($1, $2, $3, 'approved', $4, $5)",
        [company.admin.organizationId, about.scenarioId, rows[0].id, about.hash, company.marketer.personId],
      ),
    ).rejects.toThrow("Nobody approves what they wrote");
    await returnScenario(company.officer, { ...about, note: "운영 시간을 적어 주십시오." });
    expect((await stateOf(about.scenarioId))?.state).toBe("returned");
    await expect(withdrawScenario(company.marketer, about)).rejects.toThrow(Refused);
  });

  it("is not asked to be approved while something is wrong with it", async () => {
    const about = await made(broken());
    await expect(submitScenario(company.marketer, about)).rejects.toThrow(Refused);
    expect((await getScenario(company.auditor, about.scenarioId))?.findings[0]?.fault).toBe("start");
  });

  it("lets one of several writers win each draft, and loses none (F-17)", async () => {
    const { scenarioId } = await made();
    const kept = [scenarioHash(sound())];
    for (let round = 1; round <= 20; round += 1) {
      const writers = Array.from({ length: 2 + (round % 7) }, (_none, at) => sound(`${round} ${at}`));
      const outcomes = await Promise.allSettled(
        writers.map((content) =>
          saveScenario(company.marketer, { scenarioId, revision: round, name: "첫 안내", content }),
        ),
      );
      const won = writers.filter((_one, at) => outcomes[at]?.status === "fulfilled");
      expect(won).toHaveLength(1);
      for (const outcome of outcomes)
        if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(Conflict);
      kept.push(...won.map(scenarioHash));
    }
    const { rows } = await company.owner.query<{ hash: string }>(
      "SELECT hash FROM scenario_drafts WHERE scenario_id = $1 ORDER BY number",
      [scenarioId],
    );
    expect(rows.map(({ hash }) => hash)).toEqual(kept);
  });

  it("is one company's alone", async () => {
    const about = await made();
    expect(await getScenario(other.auditor, about.scenarioId)).toBeNull();
    await expect(submitScenario(other.marketer, about)).rejects.toThrow(NotFound);
    await expect(
      createScenario(company.officer, { channelId: crypto.randomUUID(), name: "x", content: sound() }),
    ).rejects.toThrow(Forbidden);
  });
});
