import { randomUUID } from "node:crypto";
import { type Actor, type PersonActor, personOf } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { NotFound } from "@/lib/errors";
import type { Prisma } from "@/prisma/generated/client";
import { contentHash } from "../rules/content-hash";
import { mediaOf, searchText } from "../rules/search-text";
import { assertMayEdit } from "../rules/status";
import type { TemplateContent } from "../schema/content";
import type { CreateTemplate, DuplicateTemplate, EditTemplate, SaveDraft } from "../schema/template";
import { assertChannel, assertNewest, assertOwner, type LockedTemplate, lockTemplate } from "./template-lock";

type Facts = { name: string; channelId: string | null; tags: string[]; ownerId: string };

/** Makes a template with its first draft; its maker owns it. @returns its id. @throws Refused beside a field */
export function createTemplate(actor: Actor, input: CreateTemplate, now = new Date()): Promise<string> {
  return change(actor, "template:edit", async (tx, record) => {
    const person = personOf(actor);
    await assertChannel(tx, input.channelId);
    const { content, ...facts } = input;
    const id = await addTemplate(tx, person, { ...facts, ownerId: person.personId }, content, now);
    await record({
      action: "template.created",
      target: { kind: "template", id },
      body: { type: content.type, hash: contentHash(content) },
    });
    return id;
  });
}

/** Makes a draft of another name that says the same. @returns its id. @throws NotFound */
export function duplicateTemplate(actor: Actor, input: DuplicateTemplate, now = new Date()): Promise<string> {
  return change(actor, "template:edit", async (tx, record) => {
    const person = personOf(actor);
    const { content, channelId, tags } = await lockTemplate(tx, input.templateId);
    const facts = { name: input.name, channelId, tags, ownerId: person.personId };
    const id = await addTemplate(tx, person, facts, content, now);
    await record({
      action: "template.duplicated",
      target: { kind: "template", id },
      body: { from: input.templateId, hash: contentHash(content) },
    });
    return id;
  });
}

/**
 * Saves a draft on top of the one that was open. The same again is no save: its number stays.
 * @returns the number of the newest draft
 * @throws NotFound; Conflict when somebody saved meanwhile; Refused while somebody decides on it, or beside a field
 */
export async function saveDraft(actor: Actor, input: SaveDraft, now = new Date()): Promise<{ revision: number }> {
  if (await read(actor, "template:edit", (tx) => saysTheSame(tx, input))) return { revision: input.revision };
  const { templateId, revision, content, ...facts } = input;
  return save(actor, { templateId, revision }, () => content, facts, now);
}

/** Saves name, channel, tags and owner beside the words, which stay. @throws as saveDraft */
export async function editTemplate(actor: Actor, input: EditTemplate, now = new Date()): Promise<{ revision: number }> {
  const { templateId, revision, ...facts } = input;
  return save(actor, { templateId, revision }, ({ content }) => content, facts, now);
}

async function save(
  actor: Actor,
  { templateId, revision }: { templateId: string; revision: number },
  contentOf: (template: LockedTemplate) => TemplateContent,
  given: { [Key in keyof Facts]?: Facts[Key] | undefined },
  now: Date,
): Promise<{ revision: number }> {
  return change(actor, "template:edit", async (tx, record) => {
    const template = await lockTemplate(tx, templateId);
    assertNewest(template, revision);
    assertMayEdit(template.standing);
    const facts: Facts = {
      name: given.name ?? template.name,
      channelId: given.channelId === undefined ? template.channelId : given.channelId,
      tags: given.tags ?? template.tags,
      ownerId: given.ownerId ?? template.ownerId,
    };
    if (facts.channelId !== template.channelId) await assertChannel(tx, facts.channelId);
    if (facts.ownerId !== template.ownerId) await assertOwner(tx, facts.ownerId);
    const saved = await addRevision(tx, personOf(actor), template, { facts, content: contentOf(template) }, now);
    await record({ action: "template.saved", target: { kind: "template", id: templateId }, body: saved });
    return { revision: saved.revision };
  });
}

/** The next draft of a locked template, within a change; whether it may be edited is asked before. @returns its number and hash */
export async function addRevision(
  tx: Tx,
  person: PersonActor,
  { id: templateId, revision }: LockedTemplate,
  { facts, content }: { facts: Facts; content: TemplateContent },
  now: Date,
): Promise<{ revision: number; hash: string }> {
  const { type, hash, search } = draftOf(facts, content);
  const number = revision + 1;
  await tx.template.update({
    where: { id: templateId },
    data: { ...facts, type, hash, search, revision: number, changedAt: now },
  });
  await addDraft(tx, person, { templateId, number, facts, content, at: now });
  return { revision: number, hash };
}

/** A template with its first draft, within a change. @returns its id */
export async function addTemplate(
  tx: Tx,
  person: PersonActor,
  facts: Facts,
  content: TemplateContent,
  now: Date,
): Promise<string> {
  const [templateId, { organizationId }] = [randomUUID(), person];
  const { type, hash, search } = draftOf(facts, content);
  await tx.template.create({
    data: {
      ...{ id: templateId, organizationId, ...facts, type, hash, search, createdBy: person.personId },
      ...{ createdAt: now, changedAt: now },
    },
  });
  await addDraft(tx, person, { templateId, number: 1, facts, content, at: now });
  return templateId;
}

async function addDraft(
  tx: Tx,
  { organizationId, personId }: PersonActor,
  given: { templateId: string; number: number; facts: Facts; content: TemplateContent; at: Date },
): Promise<void> {
  const { facts, content, ...rest } = given;
  const { type, hash, media } = draftOf(facts, content);
  await tx.templateDraft.create({
    data: {
      ...{ organizationId, personId, ...rest, ...facts, type, hash, media },
      content: content as unknown as Prisma.InputJsonValue,
    },
  });
}

function draftOf(facts: Facts, content: TemplateContent) {
  const search = searchText(facts.name, facts.tags, content);
  return { type: content.type, hash: contentHash(content), search, media: mediaOf(content) };
}

async function saysTheSame(tx: Tx, input: SaveDraft): Promise<boolean> {
  const row = await tx.template.findUnique({ where: { id: input.templateId } });
  if (!row) throw new NotFound();
  return (
    row.revision === input.revision &&
    row.hash === contentHash(input.content) &&
    (input.name ?? row.name) === row.name &&
    (input.channelId === undefined ? row.channelId : input.channelId) === row.channelId &&
    (input.ownerId ?? row.ownerId) === row.ownerId &&
    JSON.stringify(input.tags ?? row.tags) === JSON.stringify(row.tags)
  );
}
