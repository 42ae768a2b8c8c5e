import type { Permission } from "@/lib/auth/permissions";
import { createTemplate } from "@/lib/templates/commands/save-draft";
import { approveTemplate, submitTemplate, takeTemplateInUse } from "@/lib/templates/commands/take-step";
import { contentHash } from "@/lib/templates/rules/content-hash";
import { templateContentSchema } from "@/lib/templates/schema/content";
import { createTemplateSchema, takeTemplateInUseSchema } from "@/lib/templates/schema/template";
import type { Company } from "../harness-company";
import { count, fresh, type Probe, say, sendForm } from "./probe";

type Stage = "draft" | "submitted" | "approved" | "used";

/** A template at a stage, written by the marketer. @returns its id and the hash of what it says */
export async function template({ people, marker }: Company, stage: Stage): Promise<{ id: string; hash: string }> {
  const { actor: marketer } = people.MARKETER;
  const content = templateContentSchema.parse({ type: "PLAIN_TEXT", text: `안녕하세요 ${marker} 고객센터입니다.` });
  const input = createTemplateSchema.parse({ name: `템플릿 ${marker}`, content });
  const id = await createTemplate(marketer, input);
  const hash = contentHash(content);
  const about = { templateId: id, hash, note: "" };
  if (stage !== "draft") await submitTemplate(marketer, about);
  if (stage === "approved" || stage === "used") await approveTemplate(people.COMPLIANCE_OFFICER.actor, about);
  if (stage === "used") await takeTemplateInUse(marketer, takeTemplateInUseSchema.parse({ ...about, way: "agents" }));
  return { id, hash };
}

/** A template with an address that is refused before anybody is called: it is no public one. */
async function addressed({ people, marker }: Company): Promise<{ id: string; address: string }> {
  const address = `https://127.0.0.1/${fresh()}`;
  const buttons = [{ type: "WL", name: "보기", urlMobile: address }];
  const content = templateContentSchema.parse({
    type: "RICH_TEXT",
    text: `안녕하세요 ${marker} 고객센터입니다.`,
    buttons,
  });
  const input = createTemplateSchema.parse({ name: `템플릿 ${marker}`, content });
  return { id: await createTemplate(people.MARKETER.actor, input), address };
}

/** Templates that forms are taken from, made before anything is measured. */
const pages = new Map<string, Record<Stage | "addressed", string>>();

export async function prepareTemplates(company: Company): Promise<void> {
  const page = async (stage: Stage) => `/templates/${(await template(company, stage)).id}`;
  pages.set(company.id, {
    draft: await page("draft"),
    submitted: await page("submitted"),
    approved: await page("approved"),
    used: await page("used"),
    addressed: `/templates/${(await addressed(company)).id}`,
  });
}

function pageOf(home: Company, stage: Stage | "addressed"): string {
  const made = pages.get(home.id);
  if (!made) throw new Error("prepareTemplates was not called for this company");
  return made[stage];
}

const steps = (id: string, kind: string) =>
  count("SELECT count(*) n FROM template_steps WHERE template_id = $1 AND kind = $2", id, kind);
const marketer = (home: Company) => home.people.MARKETER.caller;
const officer = (home: Company) => home.people.COMPLIANCE_OFFICER.caller;

export const templateProbes = {
  "template:read": {
    target: async (company) => ({ id: (await template(company, "used")).id, marker: company.marker }),
    act: (who, { id }) => who.get(`/templates/${id}`),
    effect: async ({ marker = "" }, answer) => answer.status === 200 && answer.text.includes(`템플릿 ${marker}`),
    ids: ["id"],
    refusal: 403,
  },
  "template:edit": {
    target: async (company) => ({
      ...{ id: (await template(company, "draft")).id, name: fresh() },
      ownerId: company.people.MARKETER.personId,
    }),
    act: (who, { id = "", name = "", ownerId = "" }, home) =>
      sendForm(who, {
        giver: marketer(home),
        page: pageOf(home, "draft"),
        has: { revision: true, name: true, tags: true },
        change: { templateId: id, revision: "1", name, channelId: "", tags: "탐침", ownerId },
      }),
    effect: async ({ name }) => (await count("SELECT count(*) n FROM templates WHERE name = $1", name)) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "template:comment": {
    target: async (company) => ({ id: (await template(company, "draft")).id, text: fresh() }),
    act: (who, { id = "", text = "" }, home) =>
      sendForm(who, {
        giver: marketer(home),
        page: pageOf(home, "draft"),
        has: { templateId: true, text: true },
        change: { templateId: id, revision: "1", text },
      }),
    effect: async ({ text }) => (await count("SELECT count(*) n FROM template_comments WHERE text = $1", text)) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "template:check": {
    target: addressed,
    act: (who, { id = "" }, home) =>
      sendForm(who, {
        giver: marketer(home),
        page: pageOf(home, "addressed"),
        words: say("templates.addresses.check"),
        change: { templateId: id },
      }),
    effect: async ({ address }) =>
      (await count("SELECT count(*) n FROM template_address_checks WHERE address = $1", address)) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "template:submit": {
    target: (company) => template(company, "draft"),
    act: (who, { id = "", hash = "" }, home) =>
      sendForm(who, {
        giver: marketer(home),
        page: pageOf(home, "draft"),
        has: { templateId: true, hash: true, note: true },
        words: say("templates.step.submit"),
        change: { templateId: id, hash },
      }),
    effect: async ({ id = "" }) => (await steps(id, "submitted")) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "template:approve": {
    target: (company) => template(company, "submitted"),
    act: (who, { id = "", hash = "" }, home) =>
      sendForm(who, {
        giver: officer(home),
        page: pageOf(home, "submitted"),
        has: { templateId: true, hash: true, note: true },
        words: say("templates.step.approve"),
        change: { templateId: id, hash },
      }),
    effect: async ({ id = "" }) => (await steps(id, "approved")) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "template:use": {
    target: (company) => template(company, "approved"),
    act: (who, { id = "", hash = "" }, home) =>
      sendForm(who, {
        giver: marketer(home),
        page: pageOf(home, "approved"),
        has: { templateId: true, hash: true, way: true },
        change: { templateId: id, hash, way: "agents", channelId: "", place: "" },
      }),
    effect: async ({ id = "" }) => (await steps(id, "used")) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "template:retire": {
    target: (company) => template(company, "used"),
    act: (who, { id = "", hash = "" }, home) =>
      sendForm(who, {
        giver: marketer(home),
        page: pageOf(home, "used"),
        has: { templateId: true, hash: true, note: true },
        words: say("templates.step.retire"),
        change: { templateId: id, hash },
      }),
    effect: async ({ id = "" }) => (await steps(id, "retired")) === 1,
    ids: ["id"],
    refusal: 404,
  },
} satisfies Partial<Record<Permission, Probe>>;
