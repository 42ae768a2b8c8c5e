import { randomUUID } from "node:crypto";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { Permission } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { Refused } from "@/lib/errors";
import { mayDecide, mayTakeStep, type versionStepKinds } from "@/lib/templates/rules/status";
import type { Prisma } from "@/prisma/generated/client";
import { templatesInUse } from "../queries/templates-in-use";
import { judgeScenario } from "../rules/judge-scenario";
import type { StepOfScenario } from "../schema/store";
import { assertSeen, type LockedScenario, lockScenario, stepTime } from "./scenario-lock";

type Kind = (typeof versionStepKinds)[number];
type Act = { kind: Kind; action: `scenario.${string}` };
type Version = LockedScenario["versions"][number];

/** Asks for the approval of what was looked at. @throws NotFound; Conflict when it was saved again; Refused when anything is wrong with it */
export async function submitScenario(actor: Actor, input: StepOfScenario, now = new Date()): Promise<void> {
  const act = { kind: "submitted", action: "scenario.submitted" } as const;
  await step(actor, "scenario:edit", act, input, now, async (tx, scenario) => {
    const faults = judgeScenario(scenario.content, await templatesInUse(tx));
    if (faults.some(({ severity }) => severity === "error")) throw new Refused("rehearsal.scenario.refused.faults");
    const newest = scenario.versions.at(-1);
    if (newest?.revision === scenario.revision) return newest;
    return addVersion(tx, personOf(actor), scenario, stepTime(scenario, now));
  });
}

/** Takes a request back while nobody has decided. @throws NotFound, Conflict, Refused */
export async function withdrawScenario(actor: Actor, input: StepOfScenario, now = new Date()): Promise<void> {
  const act = { kind: "withdrawn", action: "scenario.withdrawn" } as const;
  await step(actor, "scenario:edit", act, input, now, async (_tx, one) => newestOf(one));
}

/** Approves by its hash; a second person does it: nobody who wrote a draft of it, nor who asked. @throws NotFound, Conflict, Refused */
export async function approveScenario(actor: Actor, input: StepOfScenario, now = new Date()): Promise<void> {
  const act = { kind: "approved", action: "scenario.approved" } as const;
  await step(actor, "scenario:approve", act, input, now, (tx, one) => decided(tx, actor, one));
}

/** Sends it back with a reason. @throws as approveScenario */
export async function returnScenario(actor: Actor, input: StepOfScenario, now = new Date()): Promise<void> {
  const act = { kind: "returned", action: "scenario.returned" } as const;
  await step(actor, "scenario:approve", act, input, now, (tx, one) => decided(tx, actor, one));
}

/** The approved version answers from now on; the one before does so no more. @throws NotFound, Conflict, Refused */
export async function takeScenarioInUse(actor: Actor, input: StepOfScenario, now = new Date()): Promise<void> {
  const act = { kind: "used", action: "scenario.used" } as const;
  await step(actor, "scenario:edit", act, input, now, async (_tx, one) => newestOf(one));
}

/** Nothing answers by itself any more. @throws NotFound, Conflict, Refused when none is in use */
export async function retireScenario(actor: Actor, input: StepOfScenario, now = new Date()): Promise<void> {
  const act = { kind: "retired", action: "scenario.retired" } as const;
  await step(actor, "scenario:edit", act, input, now, async (_tx, one) => {
    const version = one.versions.find(({ number }) => number === one.standing.inUse);
    if (!version) throw new Refused("rehearsal.scenario.refused.notInUse");
    return version;
  });
}

async function step(
  actor: Actor,
  permission: Permission,
  { kind, action }: Act,
  { scenarioId, hash, note }: StepOfScenario,
  now: Date,
  versionOf: (tx: Tx, scenario: LockedScenario) => Promise<Version>,
): Promise<void> {
  await change(actor, permission, async (tx, record) => {
    const scenario = await lockScenario(tx, scenarioId);
    assertSeen(scenario, hash);
    if (!mayTakeStep(scenario.standing, kind))
      throw new Refused(`rehearsal.scenario.refused.${kind === "retired" ? "notInUse" : scenario.standing.state}`);
    const version = await versionOf(tx, scenario);
    const { organizationId, personId } = personOf(actor);
    const at = stepTime(scenario, now);
    await tx.scenarioStep.create({
      data: { organizationId, scenarioId, versionId: version.id, kind, hash: version.hash, note, personId, at },
    });
    await tx.scenario.update({ where: { id: scenarioId }, data: { changedAt: at } });
    await record({
      action,
      target: { kind: "scenario", id: scenarioId },
      body: { version: version.number, hash: version.hash },
    });
  });
}

function newestOf(scenario: LockedScenario): Version {
  const newest = scenario.versions.at(-1);
  if (!newest) throw new Error(`Scenario ${scenario.id} was never submitted`);
  return newest;
}

async function addVersion(
  tx: Tx,
  { organizationId, personId }: { organizationId: string; personId: string },
  { id: scenarioId, revision, name, hash, content, versions }: LockedScenario,
  at: Date,
): Promise<Version> {
  const [id, number] = [randomUUID(), (versions.at(-1)?.number ?? 0) + 1];
  await tx.scenarioVersion.create({
    data: {
      ...{ id, organizationId, scenarioId, number, revision, name, hash, personId, at },
      content: content as unknown as Prisma.InputJsonValue,
    },
  });
  return { id, number, revision, hash };
}

async function decided(tx: Tx, actor: Actor, scenario: LockedScenario): Promise<Version> {
  const version = newestOf(scenario);
  const numbers = scenario.steps.flatMap(({ kind, number }) => (kind === "approved" ? [number] : []));
  const revisions = scenario.versions.filter((one) => numbers.includes(one.number)).map((one) => one.revision);
  const authors = await tx.scenarioDraft.findMany({
    where: { scenarioId: scenario.id, number: { gt: Math.max(0, ...revisions), lte: version.revision } },
    select: { personId: true },
    distinct: ["personId"],
  });
  const submitters = scenario.steps.filter(({ kind, number }) => kind === "submitted" && number === version.number);
  const ids = (found: readonly { personId: string }[]) => found.map(({ personId }) => personId);
  if (!mayDecide(personOf(actor).personId, ids(authors), ids(submitters)))
    throw new Refused("rehearsal.scenario.refused.own");
  return version;
}
