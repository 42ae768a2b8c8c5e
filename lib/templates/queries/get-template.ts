import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { type TemplateStepKind, templateStatus } from "../rules/status";
import { templateContentSchema } from "../schema/content";
import type { UseWay } from "../schema/template";
import type { TemplateDraftView, TemplateView } from "../schema/view";

/** Steps, comments and uses on a page, each. */
const shown = 200;

/** One template with its newest draft and all that was done about it, or null. */
export async function getTemplate(actor: Actor, id: string): Promise<TemplateView | null> {
  if (!z.uuid().safeParse(id).success) return null;
  return read(actor, "template:read", async (tx) => {
    const newestFirst = [{ at: "desc" as const }, { id: "desc" as const }];
    const row = await tx.template.findUnique({
      where: { id },
      include: {
        channel: { select: { name: true } },
        drafts: { orderBy: { number: "desc" }, take: 1 },
        versions: { orderBy: { number: "desc" } },
        steps: { orderBy: newestFirst, include: { version: { select: { number: true } } } },
        comments: { orderBy: newestFirst, take: shown },
        uses: {
          ...{ orderBy: newestFirst, take: shown },
          include: { version: { select: { number: true } }, channel: { select: { name: true } } },
        },
      },
    });
    const newest = row?.drafts[0];
    if (!row || !newest) return null;
    const named = [row, ...row.versions, ...row.steps, ...row.comments, ...row.uses];
    const nameOf = await namesOf(
      tx,
      named.map((one) => ("ownerId" in one ? one.ownerId : one.personId)),
    );
    const steps = row.steps.map(({ version, kind, ...step }) => ({
      ...{
        ...step,
        kind: kind as TemplateStepKind,
        number: version?.number ?? null,
        personName: nameOf(step.personId),
      },
    }));
    const oldestFirst = { versions: row.versions.toReversed(), steps: steps.toReversed() };
    const { name, channelId, tags, ownerId, createdAt, changedAt, revision, hash } = row;
    return {
      ...{ id, name, channelId, tags, ownerId, createdAt, changedAt, revision, hash, steps },
      channelName: row.channel?.name ?? null,
      ownerName: nameOf(ownerId),
      content: templateContentSchema.parse(newest.content),
      standing: templateStatus(hash, oldestFirst.versions, oldestFirst.steps),
      authorIds: await authorsOf(tx, id, approvedRevision(row.versions, steps)),
      submitterIds: steps
        .filter((step) => step.kind === "submitted" && step.number === row.versions[0]?.number)
        .map(({ personId }) => personId),
      versions: row.versions.map((version) => ({
        ...version,
        content: templateContentSchema.parse(version.content),
        personName: nameOf(version.personId),
      })),
      comments: row.comments.map((comment) => ({ ...comment, personName: nameOf(comment.personId) })),
      uses: row.uses.map((use) => ({
        ...{ id: use.id, number: use.version.number, way: use.way as UseWay, place: use.place, at: use.at },
        ...{ channelName: use.channel?.name ?? null, personName: nameOf(use.personId) },
      })),
    };
  });
}

/** One save of a template, or null. */
export async function getTemplateDraft(actor: Actor, id: string, number: number): Promise<TemplateDraftView | null> {
  if (!z.uuid().safeParse(id).success || !Number.isSafeInteger(number)) return null;
  return read(actor, "template:read", async (tx) => {
    const row = await tx.templateDraft.findFirst({ where: { templateId: id, number } });
    if (!row) return null;
    const { hash, name, at } = row;
    const nameOf = await namesOf(tx, [row.personId]);
    const content = templateContentSchema.parse(row.content);
    return { number, hash, name, content, personName: nameOf(row.personId), at };
  });
}

function approvedRevision(
  versions: readonly { number: number; revision: number }[],
  steps: readonly { kind: string; number: number | null }[],
): number {
  const approved = steps.filter(({ kind }) => kind === "approved").map(({ number }) => number);
  return Math.max(0, ...versions.filter(({ number }) => approved.includes(number)).map(({ revision }) => revision));
}

async function authorsOf(tx: Tx, templateId: string, behind: number): Promise<string[]> {
  const found = await tx.templateDraft.findMany({
    where: { templateId, number: { gt: behind } },
    select: { personId: true },
    distinct: ["personId"],
  });
  return found.map(({ personId }) => personId);
}

/** Names of people by id; somebody who is gone has an empty one. */
async function namesOf(tx: Tx, ids: readonly string[]): Promise<(id: string) => string> {
  const found = await tx.person.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  const names = new Map(found.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? "";
}
