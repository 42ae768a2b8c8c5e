"use server";

import { redirect } from "next/navigation";
import { getLocale } from "next-intl/server";
import { type FormState, formAction, leave } from "@/lib/action";
import type { PersonActor } from "@/lib/auth/actor";
import { kstDay } from "@/lib/clock";
import { Conflict, NotFound, Refused } from "@/lib/errors";
import { sentence } from "@/lib/messages";
import { createTemplate, saveDraft } from "@/lib/templates/commands/save-draft";
import { submitTemplate } from "@/lib/templates/commands/take-step";
import { getTemplate, getTemplateDraft } from "@/lib/templates/queries/get-template";
import { getTemplateReport } from "@/lib/templates/queries/judge-given";
import { contentHash } from "@/lib/templates/rules/content-hash";
import { contentFromForm, editContent } from "@/lib/templates/rules/editor";
import { isSendable } from "@/lib/templates/rules/judge";
import { emptyContent } from "@/lib/templates/schema/content";
import { type EditorAnswer, editorFormSchema, newTemplateSchema, type OtherDraft } from "@/lib/templates/schema/editor";

const answer = (found: EditorAnswer): FormState => ({ found: [JSON.stringify(found)] });

/** A new template of a type, empty, open in its editor. */
export const createTemplateAction = formAction(newTemplateSchema, async (actor, { type, ...facts }) => {
  const id = await createTemplate(actor, { ...facts, content: emptyContent(type) });
  return leave(`/templates/${id}/edit`, "templates.editor.created");
});

/**
 * What a form of the editor does: saves, and with `submit` asks for approval. Without script every act comes here; what the form has is laid
 * over the draft that it was made from.
 */
export const saveDraftAction = formAction(editorFormSchema, async (actor, input, formData) => {
  const { templateId, revision, act, to } = input;
  const page = `/templates/${templateId}/edit`;
  const base = await getTemplateDraft(actor, templateId, revision);
  if (!base) throw new NotFound();
  const laid = contentFromForm(base.content, formData);
  if (!laid) throw new Refused("templates.editor.refused.form");
  const content = editContent(laid, act) ?? laid;
  let saved: { revision: number };
  try {
    saved = await saveDraft(actor, { templateId, revision, content });
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    const theirs = await newestDraft(actor, templateId);
    return { ...answer({ kind: "conflict", mine: laid, theirs }), message: sentence(error.key, await getLocale()) };
  }
  if (act === "submit") {
    const { report } = await getTemplateReport(actor, content, await aboutOf(actor, templateId), kstDay(new Date()));
    const { findings } = report;
    if (!isSendable(report)) return answer({ kind: "asked", content, revision: saved.revision, findings });
    await submitTemplate(actor, { templateId, hash: contentHash(content), note: "" });
    return leave(`/templates/${templateId}`, "templates.editor.submitted");
  }
  if (act === "ask-type") redirect(`${page}?to=${encodeURIComponent(to)}`);
  return leave(page, "templates.editor.savedForm");
});

async function aboutOf(actor: PersonActor, templateId: string) {
  const template = await getTemplate(actor, templateId);
  if (!template) throw new NotFound();
  return template;
}

async function newestDraft(actor: PersonActor, templateId: string): Promise<OtherDraft> {
  const template = await getTemplate(actor, templateId);
  const draft = template && (await getTemplateDraft(actor, templateId, template.revision));
  if (!draft) throw new NotFound();
  const { number, content, personName } = draft;
  return { number, content, personName };
}
