// What the demonstration company sends: written, approved, used and retired over the past months.
import type { AuditEntry } from "@/lib/audit/record";
import type { PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { contentHash } from "@/lib/templates/rules/content-hash";
import { mediaOf, searchText } from "@/lib/templates/rules/search-text";
import type { Prisma } from "@/prisma/generated/client";
import { seededId } from "./channels";
import { recordPastEvent } from "./past-event";
import { ago } from "./privacy";
import { seededMedia, storeTemplateMedia, writeTemplateMedia } from "./template-media";
import { type TemplatePlan, templatePlansOf, type VersionPlan } from "./template-plans";

export type TemplateContext = {
  now: Date;
  channelId: (searchId: string) => string;
  person: (name: string) => PersonActor;
};

const officerName = "박도현";

/** The library of a company, once. */
export async function seedTemplates(context: TemplateContext): Promise<void> {
  const actor = context.person("이하늘");
  const stored = await storeTemplateMedia(actor);
  const plans = templatePlansOf((name) => seededMedia(actor.organizationId, name));
  await ingest(actor, "template:edit", async (tx) => {
    if ((await tx.template.count()) > 0) return;
    await writeTemplateMedia(tx, actor, stored, ago(context.now, 230, 14));
    for (const [place, plan] of plans.entries()) await new Past(tx, context, plan, place).write();
  });
}

/** One template's past, told in the order in which it happened. */
class Past {
  private readonly owner: PersonActor;
  private readonly id: string;
  private changedAt = new Date(0);

  constructor(
    private readonly tx: Tx,
    private readonly context: TemplateContext,
    private readonly plan: TemplatePlan,
    /** Sets the minutes apart. */
    private readonly place: number,
  ) {
    this.owner = context.person(plan.owner);
    this.id = seededId(this.owner.organizationId, "template", plan.name);
  }

  async write(): Promise<void> {
    const { versions, archived, comments = [] } = this.plan;
    for (const [at, version] of versions.entries()) await this.writeVersion(version, at + 1);
    for (const { by, text, daysAgo } of comments) {
      const [at, who] = [this.at(daysAgo, 15), this.context.person(by)];
      const row = { organizationId: who.organizationId, templateId: this.id, personId: who.personId, at };
      await this.tx.templateComment.create({ data: { ...row, revision: versions.length, text } });
      await this.tell(who, at, "template.commented", { revision: versions.length });
    }
    if (archived) {
      const [at, hash] = [new Date(this.changedAt.getTime() + 3_600_000), contentHash(this.newest().content)];
      await this.step(this.owner, at, "archived", { versionId: null, hash, note: "" });
      await this.tell(this.owner, at, "template.archived", { hash });
    }
    await this.tx.template.update({ where: { id: this.id }, data: { changedAt: this.changedAt } });
  }

  private async writeVersion(version: VersionPlan, number: number): Promise<void> {
    const { content, savedDaysAgo, until } = version;
    const savedAt = this.at(savedDaysAgo, 10);
    const hash = contentHash(content);
    await this.save(version, number, savedAt);
    if (until === "draft") return;
    const { organizationId, personId } = this.owner;
    const versionId = seededId(this.id, "version", String(number));
    const submittedAt = new Date(savedAt.getTime() + 25 * 60_000);
    await this.tx.templateVersion.create({
      data: {
        ...{ id: versionId, organizationId, templateId: this.id, number, revision: number, name: this.plan.name },
        ...{ type: content.type, content: content as unknown as Prisma.InputJsonValue, hash, personId },
        at: submittedAt,
      },
    });
    const about = { versionId, hash, note: "" };
    const body = { version: number, hash };
    await this.step(this.owner, submittedAt, "submitted", about);
    await this.tell(this.owner, submittedAt, "template.submitted", body);
    if (until === "submitted") return;
    const officer = this.context.person(officerName);
    const decidedAt = this.at(savedDaysAgo - 1, 9);
    if (until === "returned") {
      await this.step(officer, decidedAt, "returned", { ...about, note: version.note ?? "" });
      await this.tell(officer, decidedAt, "template.returned", body);
      return;
    }
    await this.step(officer, decidedAt, "approved", about);
    await this.tell(officer, decidedAt, "template.approved", body);
    if (until === "approved") return;
    const usedAt = new Date(decidedAt.getTime() + 3_600_000);
    await this.step(this.owner, usedAt, "used", about);
    await this.tell(this.owner, usedAt, "template.used", body);
    for (const { way, place } of version.uses ?? []) {
      const row = { organizationId, templateId: this.id, versionId, channelId: this.channelId(), personId, at: usedAt };
      await this.tx.templateUse.create({ data: { ...row, way, place } });
    }
    if (until !== "retired") return;
    const retiredAt = this.at(version.retiredDaysAgo ?? 0, 17);
    await this.step(this.owner, retiredAt, "retired", about);
    await this.tell(this.owner, retiredAt, "template.retired", body);
  }

  private async save({ content }: VersionPlan, number: number, at: Date): Promise<void> {
    const { name, tags } = this.plan;
    const { organizationId, personId } = this.owner;
    const facts = { name, tags, channelId: this.channelId(), ownerId: personId };
    const hash = contentHash(content);
    const written = { type: content.type, hash };
    const search = searchText(name, tags, content);
    if (number === 1) {
      await this.tx.template.create({
        data: {
          ...{ id: this.id, organizationId, ...facts, ...written, search, createdBy: personId, createdAt: at },
          changedAt: at,
        },
      });
    } else {
      await this.tx.template.update({ where: { id: this.id }, data: { ...written, search, revision: number } });
    }
    await this.tx.templateDraft.create({
      data: {
        ...{ organizationId, templateId: this.id, number, ...facts, ...written, media: mediaOf(content), personId, at },
        content: content as unknown as Prisma.InputJsonValue,
      },
    });
    this.changedAt = at;
    if (number === 1) await this.tell(this.owner, at, "template.created", { type: content.type, hash });
    else await this.tell(this.owner, at, "template.saved", { revision: number, hash });
  }

  private async step(
    who: PersonActor,
    at: Date,
    kind: string,
    about: { versionId: string | null; hash: string; note: string },
  ): Promise<void> {
    const { organizationId, personId } = who;
    await this.tx.templateStep.create({ data: { organizationId, templateId: this.id, kind, ...about, personId, at } });
    this.changedAt = at;
  }

  private async tell(
    who: PersonActor,
    at: Date,
    action: AuditEntry["action"],
    body: NonNullable<AuditEntry["body"]>,
  ): Promise<void> {
    await recordPastEvent(this.tx, who, at, { action, target: { kind: "template", id: this.id }, body });
  }

  private channelId(): string | null {
    const { channel } = this.plan;
    return channel === null ? null : this.context.channelId(channel);
  }

  private newest(): VersionPlan {
    const newest = this.plan.versions.at(-1);
    if (!newest) throw new Error(`Template ${this.plan.name} says nothing`);
    return newest;
  }

  private at(daysAgo: number, hour: number): Date {
    return ago(this.context.now, daysAgo, hour, (this.place * 7) % 50);
  }
}
