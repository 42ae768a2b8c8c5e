"use server";

import { formAction, leave } from "@/lib/action";
import { checkTemplateAddresses } from "@/lib/templates/commands/check-addresses";
import { commentTemplate } from "@/lib/templates/commands/comment-template";
import { duplicateTemplate, editTemplate } from "@/lib/templates/commands/save-draft";
import {
  approveTemplate,
  archiveTemplate,
  recordTemplateUse,
  restoreTemplate,
  retireTemplate,
  returnTemplate,
  submitTemplate,
  takeTemplateInUse,
  withdrawTemplate,
} from "@/lib/templates/commands/take-step";
import {
  approveTemplateSchema,
  archiveTemplateSchema,
  checkAddressesSchema,
  commentTemplateSchema,
  duplicateTemplateSchema,
  editTemplateSchema,
  retireTemplateSchema,
  returnTemplateSchema,
  submitTemplateSchema,
  takeTemplateInUseSchema,
  withdrawTemplateSchema,
} from "@/lib/templates/schema/template";

const at = (templateId: string) => `/templates/${templateId}`;

export const submitTemplateAction = formAction(submitTemplateSchema, async (actor, input) => {
  await submitTemplate(actor, input);
  return leave(at(input.templateId), "templates.template.done.submitted");
});

export const withdrawTemplateAction = formAction(withdrawTemplateSchema, async (actor, input) => {
  await withdrawTemplate(actor, input);
  return leave(at(input.templateId), "templates.template.done.withdrawn");
});

export const approveTemplateAction = formAction(approveTemplateSchema, async (actor, input) => {
  await approveTemplate(actor, input);
  return leave(at(input.templateId), "templates.template.done.approved");
});

export const returnTemplateAction = formAction(returnTemplateSchema, async (actor, input) => {
  await returnTemplate(actor, input);
  return leave(at(input.templateId), "templates.template.done.returned");
});

export const takeTemplateInUseAction = formAction(takeTemplateInUseSchema, async (actor, input) => {
  await takeTemplateInUse(actor, input);
  return leave(at(input.templateId), "templates.template.done.used");
});

export const recordTemplateUseAction = formAction(takeTemplateInUseSchema, async (actor, input) => {
  await recordTemplateUse(actor, input);
  return leave(at(input.templateId), "templates.template.done.recorded");
});

export const retireTemplateAction = formAction(retireTemplateSchema, async (actor, input) => {
  await retireTemplate(actor, input);
  return leave(at(input.templateId), "templates.template.done.retired");
});

export const archiveTemplateAction = formAction(archiveTemplateSchema, async (actor, input) => {
  await archiveTemplate(actor, input);
  return leave(at(input.templateId), "templates.template.done.archived");
});

export const restoreTemplateAction = formAction(archiveTemplateSchema, async (actor, input) => {
  await restoreTemplate(actor, input);
  return leave(at(input.templateId), "templates.template.done.restored");
});

export const duplicateTemplateAction = formAction(duplicateTemplateSchema, async (actor, input) => {
  const id = await duplicateTemplate(actor, input);
  return leave(at(id), "templates.template.done.duplicated");
});

export const editTemplateAction = formAction(editTemplateSchema, async (actor, input) => {
  await editTemplate(actor, input);
  return leave(at(input.templateId), "templates.template.done.saved");
});

export const commentTemplateAction = formAction(commentTemplateSchema, async (actor, input) => {
  await commentTemplate(actor, input);
  return leave(at(input.templateId), "templates.template.done.commented");
});

export const checkTemplateAddressesAction = formAction(checkAddressesSchema, async (actor, { templateId }) => {
  const { closed } = await checkTemplateAddresses(actor, templateId);
  return leave(at(templateId), closed === 0 ? "templates.addresses.done" : "templates.addresses.doneClosed");
});
