import { type Actor, type PersonActor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { NotFound, Refused } from "@/lib/errors";
import { importContext, importPatienceMs, textContext } from "../queries/get-import";
import { contentHash } from "../rules/content-hash";
import { importPlan } from "../rules/import-plan";
import { mayEdit } from "../rules/status";
import { isTakeable, textPlans } from "../rules/text-plan";
import {
  type ImportList,
  importListSchema,
  type PackList,
  type TakeTemplateImport,
  type TextList,
} from "../schema/transfer";
import { addRevision, addTemplate } from "./save-draft";
import { lockTemplate } from "./template-lock";

type Recorder = Parameters<Parameters<typeof change>[2]>[1];
type Taking = { tx: Tx; record: Recorder; person: PersonActor; now: Date };

/**
 * Of a pack: makes a draft of each picked template; names that are taken get a number. Of a list of texts: saves a new draft of each picked
 * template. One entry each. @returns how many
 * @throws NotFound when the preview is gone or older than an hour; Refused when nothing was picked
 */
export function takeTemplateImport(
  actor: Actor,
  { importId, rows }: TakeTemplateImport,
  now = new Date(),
): Promise<number> {
  return change(actor, "template:import", async (tx, record) => {
    const person = personOf(actor);
    const list = await held(tx, { importId, personId: person.personId }, now);
    const taking: Taking = { tx, record, person, now };
    const picked = new Set(rows);
    const taken = await (list.kind === "pack" ? takePack(taking, list, picked) : takeTexts(taking, list, picked));
    if (taken === 0) throw new Refused("templates.transfer.refused.nothing");
    await end(tx, importId);
    return taken;
  });
}

async function takePack({ tx, record, person, now }: Taking, list: PackList, picked: ReadonlySet<number>) {
  const plan = importPlan(list, await importContext(tx, list)).filter(({ place }) => picked.has(place));
  for (const { newName: name, tags, channelId, content } of plan) {
    const id = await addTemplate(tx, person, { name, tags, channelId, ownerId: person.personId }, content, now);
    await record({
      action: "template.imported",
      target: { kind: "template", id },
      body: { type: content.type, hash: contentHash(content) },
    });
  }
  return plan.length;
}

/** Judged again against what each template says at this moment: what was changed since the preview stays as it is. */
async function takeTexts({ tx, record, person, now }: Taking, list: TextList, picked: ReadonlySet<number>) {
  const seen = textPlans(list, await textContext(tx, list));
  let taken = 0;
  for (const { templateId } of seen.filter((plan, place) => picked.has(place) && isTakeable(plan))) {
    const template = await lockTemplate(tx, templateId);
    const { name, channelId, tags, ownerId, content: before } = template;
    const here = new Map([[templateId, { name, mayEdit: mayEdit(template.standing), content: before }]]);
    const rows = list.rows.filter((row) => row.templateId === templateId);
    const [plan] = textPlans({ kind: "texts", rows }, here);
    if (!plan?.content || !isTakeable(plan)) continue;
    const facts = { name, channelId, tags, ownerId };
    const { revision, hash } = await addRevision(tx, person, template, { facts, content: plan.content }, now);
    await record({ action: "template.saved", target: { kind: "template", id: templateId }, body: { revision, hash } });
    taken += 1;
  }
  return taken;
}

/** Throws a preview away. @throws NotFound */
export async function discardTemplateImport(actor: Actor, importId: string, now = new Date()): Promise<void> {
  await change(actor, "template:import", async (tx, record) => {
    await held(tx, { importId, personId: personOf(actor).personId }, now);
    await end(tx, importId);
    await record({ action: "template.pack-discarded", target: { kind: "template-import", id: importId } });
  });
}

async function held(
  tx: Tx,
  { importId, personId }: { importId: string; personId: string },
  now: Date,
): Promise<ImportList> {
  const since = new Date(now.getTime() - importPatienceMs);
  const found = await tx.templateImport.findFirst({ where: { id: importId, personId, at: { gte: since } } });
  if (!found) throw new NotFound();
  return importListSchema.parse(found.list);
}

/** Of two who take or discard a preview at once, the second finds it gone. @throws NotFound */
async function end(tx: Tx, importId: string): Promise<void> {
  const { count } = await tx.templateImport.deleteMany({ where: { id: importId } });
  if (count === 0) throw new NotFound();
}
