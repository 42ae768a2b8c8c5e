import { z } from "zod";
import type { PersonActor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { type Here, type ImportRow, importPlan } from "../rules/import-plan";
import type { TemplateReport } from "../rules/report";
import { type TextPlan, textPlans } from "../rules/text-plan";
import { type TemplateContent, templateContentSchema } from "../schema/content";
import { importListSchema, type PackList, type TextList } from "../schema/transfer";
import { reporterOf } from "./judge-given";

/** How long a pack waits for its taking. */
export const importPatienceMs = 3_600_000;

/** `errors`: what would have to be mended before an approval can be asked for. */
export type PackPreview = { kind: "pack"; rows: (ImportRow & { errors: number })[] };
export type TextPreview = { kind: "texts"; plans: (TextPlan & { errors: number })[]; same: number };

/** What would come of what this person handed in within the last hour, or null. */
export async function getTemplateImport(
  actor: PersonActor,
  id: string,
  now: Date,
): Promise<((PackPreview | TextPreview) & { until: Date }) | null> {
  if (!z.uuid().safeParse(id).success) return null;
  return read(actor, "template:import", async (tx) => {
    const at = { gte: new Date(now.getTime() - importPatienceMs) };
    const found = await tx.templateImport.findFirst({ where: { id, personId: actor.personId, at } });
    if (!found) return null;
    const list = importListSchema.parse(found.list);
    const until = new Date(found.at.getTime() + importPatienceMs);
    return { ...(await (list.kind === "pack" ? ofPack(tx, list, now) : ofTexts(tx, list, now))), until };
  });
}

async function ofPack(tx: Tx, list: PackList, now: Date): Promise<PackPreview> {
  const rows = importPlan(list, await importContext(tx, list));
  const contents = rows.map(({ content }) => content);
  const report = await reporterOf(tx, contents, kstDay(now));
  return { kind: "pack", rows: rows.map((row) => ({ ...row, errors: errorsIn(report(row.content, row).report) })) };
}

async function ofTexts(tx: Tx, list: TextList, now: Date): Promise<TextPreview> {
  const here = await textContext(tx, list);
  const plans = textPlans(list, here);
  const contents = plans.flatMap(({ content }) => (content ? [content] : []));
  const report = await reporterOf(tx, contents, kstDay(now));
  const told = plans.reduce((sum, { lines }) => sum + lines.length, 0);
  const judged = plans.map((plan) => {
    const about = here.get(plan.templateId);
    return { ...plan, errors: plan.content && about ? errorsIn(report(plan.content, about).report) : 0 };
  });
  return { kind: "texts", plans: judged, same: list.rows.length - told };
}

const errorsIn = ({ findings }: TemplateReport): number =>
  findings.filter(({ severity }) => severity === "error").length;

/** What is here already of what a pack names. */
export async function importContext(tx: Tx, { templates, media }: PackList): Promise<Here> {
  const names = templates.map(({ name }) => name);
  const sums = Object.values(media).map(({ sha256 }) => sha256);
  const [same, said, files, channels] = [
    await tx.$queryRaw<{ name: string }[]>`
      SELECT name FROM templates WHERE name = ANY (${names}) OR regexp_replace(name, ' \\([0-9]+\\)$', '') = ANY (${names})`,
    await tx.$queryRaw<
      { hash: string }[]
    >`SELECT t.hash FROM templates t JOIN template_states s ON s.template_id = t.id WHERE s.state <> 'archived'`,
    // A picture that was cleaned on its way in is found by what it came as, too.
    await tx.mediaFile.findMany({
      where: { OR: [{ sha256: { in: sums } }, { cameAs: { in: sums } }], withdrawal: null },
      select: { id: true, sha256: true, cameAs: true },
    }),
    await tx.channel.findMany({ select: { id: true, searchId: true } }),
  ];
  return {
    names: new Set(same.map(({ name }) => name)),
    hashes: new Set(said.map(({ hash }) => hash)),
    media: new Map(files.flatMap(({ id, sha256, cameAs }) => [[cameAs, id] as const, [sha256, id] as const])),
    channels: new Map(channels.map(({ id, searchId }) => [searchId, id])),
  };
}

type TextTemplate = {
  name: string;
  mayEdit: boolean;
  tags: string[];
  channelId: string | null;
  content: TemplateContent;
};

/** What the templates of a list of texts say now. */
export async function textContext(tx: Tx, { rows }: TextList): Promise<Map<string, TextTemplate>> {
  const ids = [...new Set(rows.map(({ templateId }) => templateId))];
  const found = await tx.$queryRaw<(Omit<TextTemplate, "content"> & { id: string; content: unknown })[]>`
    SELECT t.id, t.name, t.tags, t.channel_id AS "channelId", s.state NOT IN ('submitted', 'archived') AS "mayEdit", d.content
    FROM templates t JOIN template_states s ON s.template_id = t.id
      JOIN template_drafts d ON d.organization_id = t.organization_id AND d.template_id = t.id AND d.number = t.revision
    WHERE t.id = ANY (${ids}::uuid[])`;
  return new Map(found.map(({ id, ...row }) => [id, { ...row, content: templateContentSchema.parse(row.content) }]));
}
