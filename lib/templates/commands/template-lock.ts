import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { Conflict, NotFound, Refused } from "@/lib/errors";
import {
  type TemplateStanding,
  type TemplateStepFact,
  type TemplateStepKind,
  type TemplateVersionFact,
  templateStatus,
} from "../rules/status";
import { type TemplateContent, templateContentSchema } from "../schema/content";

export type LockedTemplate = {
  id: string;
  name: string;
  channelId: string | null;
  tags: string[];
  ownerId: string;
  /** Number, hash and words of its newest draft. */
  revision: number;
  hash: string;
  content: TemplateContent;
  /** Oldest first. */
  versions: (TemplateVersionFact & { id: string; revision: number })[];
  /** Oldest first. */
  steps: (TemplateStepFact & { at: Date })[];
  standing: TemplateStanding;
};

/** The template with how it stands, held until the change is committed. @throws NotFound */
export async function lockTemplate(tx: Tx, id: string): Promise<LockedTemplate> {
  if (!z.uuid().safeParse(id).success) throw new NotFound();
  const held = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM templates WHERE id = ${id}::uuid FOR UPDATE`;
  if (held.length === 0) throw new NotFound();
  const row = await tx.template.findUniqueOrThrow({
    where: { id },
    include: {
      drafts: { orderBy: { number: "desc" }, take: 1 },
      versions: { orderBy: { number: "asc" }, select: { id: true, number: true, revision: true, hash: true } },
      steps: { orderBy: [{ at: "asc" }, { id: "asc" }], include: { version: { select: { number: true } } } },
    },
  });
  const [newest] = row.drafts;
  if (!newest) throw new Error(`Template ${id} was never saved`);
  const steps = row.steps.map(({ kind, version, personId, at }) => ({
    ...{ kind: kind as TemplateStepKind, number: version?.number ?? null, personId, at },
  }));
  const { name, channelId, tags, ownerId, revision, hash, versions } = row;
  return {
    ...{ id, name, channelId, tags, ownerId, revision, hash, versions, steps },
    content: templateContentSchema.parse(newest.content),
    standing: templateStatus(hash, versions, steps),
  };
}

/** @throws Conflict when the template no longer says what was looked at */
export function assertSeen(template: LockedTemplate, hash: string): void {
  if (template.hash !== hash) {
    throw new Conflict("templates.template.refused.changed", { revision: template.revision });
  }
}

/** @throws Conflict when somebody saved meanwhile */
export function assertNewest(template: LockedTemplate, revision: number): void {
  if (template.revision !== revision) throw new Conflict("templates.template.stale", { revision: template.revision });
}

/** Steps and drafts of one template have instants of their own, so that their order is certain. */
export function stepTime({ steps }: LockedTemplate, now: Date): Date {
  return new Date(Math.max(now.getTime(), (steps.at(-1)?.at.getTime() ?? 0) + 1));
}

/** @throws Refused beside the field when the organization has no such channel */
export async function assertChannel(tx: Tx, channelId: string | null): Promise<void> {
  if (channelId !== null && (await tx.channel.count({ where: { id: channelId } })) === 0) {
    throw new Refused("templates.template.refused.channel", "channelId");
  }
}

/** @throws Refused beside the field when nobody of the organization is it */
export async function assertOwner(tx: Tx, ownerId: string): Promise<void> {
  const found = await tx.$queryRaw<{ id: string }[]>`
    SELECT person_id AS id FROM memberships WHERE organization_id = damso_organization() AND person_id = ${ownerId}::uuid AND disabled_at IS NULL`;
  if (found.length === 0) throw new Refused("templates.template.refused.owner", "ownerId");
}
