import { randomUUID } from "node:crypto";
import { type Actor, type PersonActor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { Conflict, Refused } from "@/lib/errors";
import { mayEdit } from "@/lib/templates/rules/status";
import type { Prisma } from "@/prisma/generated/client";
import { scenarioHash } from "../rules/scenario-hash";
import type { Scenario } from "../schema/scenario";
import type { CreateScenario, SaveScenario } from "../schema/store";
import { lockScenario } from "./scenario-lock";

/** Makes a scenario of a channel with its first draft. @returns its id. @throws Refused beside `channelId` */
export function createScenario(
  actor: Actor,
  { channelId, name, content }: CreateScenario,
  now = new Date(),
): Promise<string> {
  return change(actor, "scenario:edit", async (tx, record) => {
    const person = personOf(actor);
    if ((await tx.channel.count({ where: { id: channelId } })) === 0)
      throw new Refused("rehearsal.scenario.refused.channel", "channelId");
    const [scenarioId, hash] = [randomUUID(), scenarioHash(content)];
    const { organizationId, personId } = person;
    await tx.scenario.create({
      data: {
        id: scenarioId,
        organizationId,
        channelId,
        name,
        hash,
        createdBy: personId,
        createdAt: now,
        changedAt: now,
      },
    });
    await addDraft(tx, person, { scenarioId, number: 1, name, content, at: now });
    await record({ action: "scenario.created", target: { kind: "scenario", id: scenarioId }, body: { hash } });
    return scenarioId;
  });
}

/**
 * Saves a draft on top of the one that was open. @returns the number of the newest draft
 * @throws NotFound; Conflict when somebody saved meanwhile; Refused while somebody decides on it
 */
export function saveScenario(
  actor: Actor,
  { scenarioId, revision, name, content }: SaveScenario,
  now = new Date(),
): Promise<{ revision: number }> {
  return change(actor, "scenario:edit", async (tx, record) => {
    const scenario = await lockScenario(tx, scenarioId);
    if (scenario.revision !== revision)
      throw new Conflict("rehearsal.scenario.refused.stale", { revision: scenario.revision });
    if (!mayEdit(scenario.standing)) throw new Refused(`rehearsal.scenario.refused.${scenario.standing.state}`);
    const [number, hash] = [revision + 1, scenarioHash(content)];
    await tx.scenario.update({ where: { id: scenarioId }, data: { name, hash, revision: number, changedAt: now } });
    await addDraft(tx, personOf(actor), { scenarioId, number, name, content, at: now });
    await record({
      action: "scenario.saved",
      target: { kind: "scenario", id: scenarioId },
      body: { revision: number, hash },
    });
    return { revision: number };
  });
}

async function addDraft(
  tx: Tx,
  { organizationId, personId }: PersonActor,
  { content, ...given }: { scenarioId: string; number: number; name: string; content: Scenario; at: Date },
): Promise<void> {
  await tx.scenarioDraft.create({
    data: {
      ...{ organizationId, personId, ...given, hash: scenarioHash(content) },
      content: content as unknown as Prisma.InputJsonValue,
    },
  });
}
