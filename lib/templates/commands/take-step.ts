import { randomUUID } from "node:crypto";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { Permission } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { Refused } from "@/lib/errors";
import type { Prisma } from "@/prisma/generated/client";
import { assertTemplateStep, mayDecide, type TemplateStepKind } from "../rules/status";
import type { ArchiveTemplate, StepOfTemplate, TakeTemplateInUse } from "../schema/template";
import { assertSendable } from "./assert-sendable";
import { assertChannel, assertSeen, type LockedTemplate, lockTemplate, stepTime } from "./template-lock";

type Version = LockedTemplate["versions"][number];
type Act = { kind: TemplateStepKind; action: `template.${string}` };
type Given = { templateId: string; hash: string; note?: string };

/**
 * Asks for the approval of what was looked at: it becomes the next version.
 * @throws NotFound; Conflict when it was saved again; Refused when it is no draft, or breaks a rule
 */
export async function submitTemplate(actor: Actor, input: StepOfTemplate, now = new Date()): Promise<void> {
  const act = { kind: "submitted", action: "template.submitted" } as const;
  await step(actor, "template:submit", act, input, now, async (tx, template) => {
    await assertSendable(tx, template.content, template, now);
    const newest = template.versions.at(-1);
    if (newest?.revision === template.revision) return newest;
    return addVersion(tx, personOf(actor), template, stepTime(template, now));
  });
}

/** Takes a request back while nobody has decided. @throws NotFound, Conflict, Refused */
export async function withdrawTemplate(actor: Actor, input: StepOfTemplate, now = new Date()): Promise<void> {
  const act = { kind: "withdrawn", action: "template.withdrawn" } as const;
  await step(actor, "template:submit", act, input, now, async (_tx, template) => newestOf(template));
}

/**
 * Approves the submitted version by its hash. A second person does it: nobody who wrote any draft in it, nor who submitted it.
 * @throws NotFound; Conflict when the template no longer says what was looked at; Refused
 */
export async function approveTemplate(actor: Actor, input: StepOfTemplate, now = new Date()): Promise<void> {
  const act = { kind: "approved", action: "template.approved" } as const;
  await step(actor, "template:approve", act, input, now, (tx, template) => decided(tx, actor, template));
}

/** Sends the submitted version back with a reason. @throws as approveTemplate */
export async function returnTemplate(actor: Actor, input: StepOfTemplate, now = new Date()): Promise<void> {
  const act = { kind: "returned", action: "template.returned" } as const;
  await step(actor, "template:approve", act, input, now, (tx, template) => decided(tx, actor, template));
}

/** Takes the approved version in use, and says where. The version that was in use until now is so no more. @throws NotFound, Conflict, Refused */
export async function takeTemplateInUse(actor: Actor, input: TakeTemplateInUse, now = new Date()): Promise<void> {
  const act = { kind: "used", action: "template.used" } as const;
  await step(actor, "template:use", act, input, now, async (tx, template) => {
    const version = newestOf(template);
    await addUse(tx, actor, { input, version, at: now });
    return version;
  });
}

/** Says one more place where the version in use is at work. @throws NotFound, Refused when none is in use */
export async function recordTemplateUse(actor: Actor, input: TakeTemplateInUse, now = new Date()): Promise<void> {
  await change(actor, "template:use", async (tx, record) => {
    const template = await lockTemplate(tx, input.templateId);
    const version = inUseOf(template);
    await addUse(tx, actor, { input, version, at: now });
    await record({
      action: "template.use-recorded",
      target: { kind: "template", id: template.id },
      body: { version: version.number, way: input.way },
    });
  });
}

/** Takes the version in use out of use. @throws NotFound, Conflict, Refused when none is in use */
export async function retireTemplate(actor: Actor, input: StepOfTemplate, now = new Date()): Promise<void> {
  const act = { kind: "retired", action: "template.retired" } as const;
  await step(actor, "template:retire", act, input, now, async (_tx, template) => inUseOf(template));
}

/** Puts a template away: lists show it only when asked. @throws NotFound, Conflict, Refused while it is in use or somebody decides on it */
export async function archiveTemplate(actor: Actor, input: ArchiveTemplate, now = new Date()): Promise<void> {
  const act = { kind: "archived", action: "template.archived" } as const;
  await step(actor, "template:retire", act, input, now, async () => null);
}

/** Takes a template out of the archive again, as it was. @throws NotFound, Conflict, Refused */
export async function restoreTemplate(actor: Actor, input: ArchiveTemplate, now = new Date()): Promise<void> {
  const act = { kind: "restored", action: "template.restored" } as const;
  await step(actor, "template:retire", act, input, now, async () => null);
}

async function step(
  actor: Actor,
  permission: Permission,
  { kind, action }: Act,
  { templateId, hash, note = "" }: Given,
  now: Date,
  versionOf: (tx: Tx, template: LockedTemplate) => Promise<Version | null>,
): Promise<void> {
  await change(actor, permission, async (tx, record) => {
    const template = await lockTemplate(tx, templateId);
    assertSeen(template, hash);
    assertTemplateStep(template.standing, kind);
    const version = await versionOf(tx, template);
    const { organizationId, personId } = personOf(actor);
    const at = stepTime(template, now);
    await tx.templateStep.create({
      data: {
        ...{ organizationId, templateId, versionId: version?.id ?? null, kind, hash: version?.hash ?? hash },
        ...{ note, personId, at },
      },
    });
    await tx.template.update({ where: { id: templateId }, data: { changedAt: at } });
    await record({
      action,
      target: { kind: "template", id: templateId },
      body: { ...(version ? { version: version.number } : {}), hash: version?.hash ?? hash },
    });
  });
}

function newestOf(template: LockedTemplate): Version {
  const newest = template.versions.at(-1);
  if (!newest) throw new Error(`Template ${template.id} was never submitted`);
  return newest;
}

function inUseOf(template: LockedTemplate): Version {
  const version = template.versions.find(({ number }) => number === template.standing.inUse);
  if (!version) throw new Refused("templates.template.refused.notInUse");
  return version;
}

async function addVersion(
  tx: Tx,
  { organizationId, personId }: { organizationId: string; personId: string },
  template: LockedTemplate,
  at: Date,
): Promise<Version> {
  const { id: templateId, revision, name, hash, content } = template;
  const [id, number] = [randomUUID(), (template.versions.at(-1)?.number ?? 0) + 1];
  await tx.templateVersion.create({
    data: {
      ...{ id, organizationId, templateId, number, revision, name, type: content.type, hash, personId, at },
      content: content as unknown as Prisma.InputJsonValue,
    },
  });
  return { id, number, revision, hash };
}

async function decided(tx: Tx, actor: Actor, template: LockedTemplate): Promise<Version> {
  const version = newestOf(template);
  const numbers = template.steps.flatMap(({ kind, number }) => (kind === "approved" ? [number] : []));
  const approved = Math.max(
    0,
    ...template.versions.filter((one) => numbers.includes(one.number)).map((one) => one.revision),
  );
  const authors = await tx.templateDraft.findMany({
    where: { templateId: template.id, number: { gt: approved, lte: version.revision } },
    select: { personId: true },
    distinct: ["personId"],
  });
  const submitters = template.steps.filter(({ kind, number }) => kind === "submitted" && number === version.number);
  const [authorIds, submitterIds] = [authors, submitters].map((found) => found.map(({ personId }) => personId));
  if (!mayDecide(personOf(actor).personId, authorIds ?? [], submitterIds ?? [])) {
    throw new Refused("templates.template.refused.own");
  }
  return version;
}

async function addUse(
  tx: Tx,
  actor: Actor,
  { input, version, at }: { input: TakeTemplateInUse; version: Version; at: Date },
): Promise<void> {
  const { templateId, way, channelId, place } = input;
  await assertChannel(tx, channelId);
  const { organizationId, personId } = personOf(actor);
  await tx.templateUse.create({
    data: { organizationId, templateId, versionId: version.id, channelId, way, place, personId, at },
  });
}
