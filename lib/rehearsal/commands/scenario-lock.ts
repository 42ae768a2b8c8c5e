import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { Conflict, NotFound } from "@/lib/errors";
import {
  type TemplateStanding,
  type TemplateStepFact,
  type TemplateStepKind,
  type TemplateVersionFact,
  templateStatus,
} from "@/lib/templates/rules/status";
import { type Scenario, scenarioSchema } from "../schema/scenario";

export type LockedScenario = {
  id: string;
  channelId: string;
  name: string;
  /** Number, hash and content of its newest draft. */
  revision: number;
  hash: string;
  content: Scenario;
  /** Oldest first, both. */
  versions: (TemplateVersionFact & { id: string; revision: number })[];
  steps: (TemplateStepFact & { at: Date })[];
  standing: TemplateStanding;
};

/** The scenario with how it stands, held until the change is committed. @throws NotFound */
export async function lockScenario(tx: Tx, id: string): Promise<LockedScenario> {
  if (!z.uuid().safeParse(id).success) throw new NotFound();
  const held = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM scenarios WHERE id = ${id}::uuid FOR UPDATE`;
  if (held.length === 0) throw new NotFound();
  const row = await tx.scenario.findUniqueOrThrow({
    where: { id },
    include: {
      drafts: { orderBy: { number: "desc" }, take: 1 },
      versions: { orderBy: { number: "asc" }, select: { id: true, number: true, revision: true, hash: true } },
      steps: { orderBy: [{ at: "asc" }, { id: "asc" }], include: { version: { select: { number: true } } } },
    },
  });
  const [newest] = row.drafts;
  if (!newest) throw new Error(`Scenario ${id} was never saved`);
  const steps = row.steps.map(({ kind, version, personId, at }) => ({
    ...{ kind: kind as TemplateStepKind, number: version.number, personId, at },
  }));
  const { channelId, name, revision, hash, versions } = row;
  return {
    ...{ id, channelId, name, revision, hash, versions, steps },
    content: scenarioSchema.parse(newest.content),
    standing: templateStatus(hash, versions, steps),
  };
}

/** @throws Conflict when the scenario no longer says what was looked at */
export function assertSeen(scenario: LockedScenario, hash: string): void {
  if (scenario.hash !== hash) throw new Conflict("rehearsal.scenario.refused.changed", { revision: scenario.revision });
}

/** Steps and drafts of one scenario have instants of their own, so that their order is certain. */
export function stepTime({ steps }: LockedScenario, now: Date): Date {
  return new Date(Math.max(now.getTime(), (steps.at(-1)?.at.getTime() ?? 0) + 1));
}
