import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { templateStatus, type versionStepKinds } from "@/lib/templates/rules/status";
import { judgeScenario } from "../rules/judge-scenario";
import { type Scenario, scenarioSchema } from "../schema/scenario";
import type { ScenarioView } from "../schema/view";
import { templatesInUse } from "./templates-in-use";

/** One scenario with its newest draft, what is wrong with it and what was done about it, or null. */
export async function getScenario(actor: Actor, id: string): Promise<ScenarioView | null> {
  if (!z.uuid().safeParse(id).success) return null;
  return read(actor, "scenario:read", async (tx) => {
    const row = await tx.scenario.findUnique({
      where: { id },
      include: {
        channel: { select: { name: true } },
        drafts: { orderBy: { number: "desc" }, take: 1 },
        versions: { orderBy: { number: "desc" } },
        steps: { orderBy: [{ at: "desc" }, { id: "desc" }], include: { version: { select: { number: true } } } },
      },
    });
    const newest = row?.drafts[0];
    if (!row || !newest) return null;
    const content = scenarioSchema.parse(newest.content);
    const nameOf = await namesOf(
      tx,
      [...row.versions, ...row.steps].map(({ personId }) => personId),
    );
    const steps = row.steps.map(({ version, kind, id: stepId, note, at, personId }) => ({
      ...{ id: stepId, kind: kind as (typeof versionStepKinds)[number], number: version.number, note, at, personId },
      personName: nameOf(personId),
    }));
    const { name, channelId, revision, hash, changedAt, versions } = row;
    const approved = steps.filter(({ kind }) => kind === "approved").map(({ number }) => number);
    const behind = Math.max(0, ...versions.filter((one) => approved.includes(one.number)).map((one) => one.revision));
    const authors = await tx.scenarioDraft.findMany({
      where: { scenarioId: id, number: { gt: behind } },
      select: { personId: true },
      distinct: ["personId"],
    });
    const asked = steps.filter(({ kind, number }) => kind === "submitted" && number === versions[0]?.number);
    return {
      ...{ id, name, channelId, revision, hash, changedAt, content, steps },
      channelName: row.channel.name,
      standing: templateStatus(hash, versions.toReversed(), steps.toReversed()),
      findings: judgeScenario(content, await templatesInUse(tx)),
      templates: await templateNames(tx, content),
      versions: versions.map((one) => ({
        ...{ id: one.id, number: one.number, revision: one.revision, hash: one.hash, at: one.at },
        personName: nameOf(one.personId),
      })),
      ownIds: [...authors, ...asked].map(({ personId }) => personId),
    };
  });
}

/** One save of a scenario, for whoever writes on, or null. */
export async function getScenarioDraft(
  actor: Actor,
  id: string,
  number: number,
): Promise<{ name: string; content: Scenario } | null> {
  if (!z.uuid().safeParse(id).success || !Number.isSafeInteger(number)) return null;
  return read(actor, "scenario:edit", async (tx) => {
    const row = await tx.scenarioDraft.findFirst({ where: { scenarioId: id, number } });
    return row && { name: row.name, content: scenarioSchema.parse(row.content) };
  });
}

/** Templates that an answer may send: those in use, by name. */
export function listSendableTemplates(actor: Actor): Promise<{ id: string; name: string }[]> {
  return read(
    actor,
    "scenario:read",
    (tx) => tx.$queryRaw<{ id: string; name: string }[]>`
      SELECT t.id, t.name FROM templates t JOIN template_states s ON s.template_id = t.id WHERE s.in_use IS NOT NULL ORDER BY t.name, t.id LIMIT 500`,
  );
}

async function templateNames(tx: Tx, { nodes }: Scenario): Promise<ReadonlyMap<string, string>> {
  const ids = nodes.flatMap((node) => (node.kind === "answer" && node.templateId !== null ? [node.templateId] : []));
  const found = await tx.template.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(found.map(({ id, name }) => [id, name]));
}

async function namesOf(tx: Tx, ids: readonly string[]): Promise<(id: string) => string> {
  const found = await tx.person.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  const names = new Map(found.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? "";
}
